package org.mawid.api.audit.trail;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.mawid.api.audit.Opening;
import org.mawid.engine.Engine;

/**
 * Which application a command has opened: nothing in the log says its number. Applications are numbered in the order in which they were submitted, so they are gone through beside the log, and each is met once, also where its events
 * are not kept any more. One that has left memory is not found. One thread.
 */
final class Openings {
    private final Engine engine;
    /** Submitted at the time that was asked for last, or later. */
    private final Deque<ApplicationSlice.Opened> ahead = new ArrayDeque<>();
    private long next;
    private boolean isEnd;

    /** @param next number of an application: those before it were submitted before what will be asked for */
    Openings(final Engine engine, final long next) {
        this.engine = engine;
        this.next = next;
    }

    /** What is asked for next is in the core's state by now. */
    void begin() {
        isEnd = false;
    }

    /** @param nowMs log time of the command, never one before the last @throws org.mawid.engine.readmodel.ReadModelBehindException the core does not answer now */
    List<Long> of(final Opening opening, final long nowMs) {
        while (!ahead.isEmpty() && ahead.getFirst().submittedMs() < nowMs) {
            ahead.removeFirst();
        }
        while (!isEnd && (ahead.isEmpty() || ahead.getLast().submittedMs() <= nowMs)) {
            readOn(nowMs);
        }
        return ahead.stream().filter(one -> one.submittedMs() == nowMs && one.opening().equals(opening)).map(ApplicationSlice.Opened::number).toList();
    }

    private void readOn(final long nowMs) {
        final ApplicationSlice.Found found = new ApplicationSlice(next).ask(engine);
        for (final ApplicationSlice.Opened one : found.opened()) {
            next = one.number() + 1;
            if (one.submittedMs() >= nowMs) {
                ahead.addLast(one);
            }
        }
        isEnd = found.next() == 0;
        next = Math.max(next, found.next());
    }

    /** Where another one may go on, behind what was asked for last. */
    long next() {
        return ahead.isEmpty() ? next : ahead.getFirst().number();
    }
}
