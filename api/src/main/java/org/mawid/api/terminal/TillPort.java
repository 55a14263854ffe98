package org.mawid.api.terminal;

import java.util.concurrent.CompletionStage;

/**
 * The core, as the adapter sees it. Called on event loops: nothing may block. Answers may come on any thread. A stage that fails is asked again,
 * with growing pauses, as long as the adapter lives.
 */
public interface TillPort {
    /**
     * The terminal's payments that are PENDING or IN_DOUBT. Asked at start and whenever a terminal has come (back). Read behind everything that was given
     * to {@link #record} before, acknowledged or not, as a question through the log is: an approval that is still under way and not seen would be reversed.
     */
    CompletionStage<OpenPayments> open(int terminalId);

    /**
     * Says it to the core. Completed when it is durable; a command whose request id is known answers as it did the first time. One at a time for each
     * terminal, in order.
     */
    CompletionStage<Recorded> record(TillCommand command);

    /** Told once, to be counted and shown; losing it loses no money. Must not throw. */
    void incident(Incident incident);

    /**
     * The terminal's totals, also when whoever asked has gone. Must not throw.
     *
     * @return completed, however, when they are in the books or it was given up: until then no payment is asked of the terminal
     */
    CompletionStage<Void> totals(TerminalTotals totals);

    /** How the core took a command. */
    enum Recorded {
        ACCEPTED,
        /** Its rules forbid it, as when a person has decided meanwhile: it is not said again. */
        REFUSED
    }
}
