package org.mawid.api.control;

import io.vertx.core.json.JsonObject;

/** What is asked about a person of whoever has the log, and told to it. Each may block as long as it takes; a {@link ControlException} says in one line why it was not done. */
public interface PersonControl {
    /**
     * What the log has of a person, and what stands beside it in clear.
     *
     * @param person key
     * @return as {@code org.mawid.api.person.trace.Traces} tells it
     */
    JsonObject traces(long person, Control.Progress progress);

    /**
     * Writes into the log what is about to be done about a person, or what became of it: durable when this returns.
     *
     * @param act    as {@code org.mawid.api.audit.PersonAct} names it
     * @param person key
     * @param things how many it was about, 0 = not known yet
     * @param isDone false = it could not be done
     */
    void tell(String act, long person, int things, boolean isDone);
}
