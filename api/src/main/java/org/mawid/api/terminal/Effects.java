package org.mawid.api.terminal;

import org.mawid.api.terminal.nexo.Request;

/** What the state machines want done. None of it answers at once: answers come as inputs. */
interface Effects {
    void send(String serviceId, Request request);

    /** Ends the connection; another is made after a pause. */
    void disconnect(String why);

    /** In the order of the calls, each after the one before was taken; repeated until it was. Its answer is {@link TerminalTill#recorded}. */
    void record(TillCommand command);

    /** Its answer is {@link TerminalTill#opened}. */
    void askOpen();

    void incident(Incident incident);

    void totals(TerminalTotals totals);
}
