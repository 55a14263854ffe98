package org.mawid.engine.archive;

import org.mawid.engine.core.Bookmark;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordConsumer;

/**
 * How far the questions have come in the numbers of the applications. They go on from where the one before them ended, so that several can
 * be on their way at once. Written on the core's thread while there are any, by the one that archives while there are none.
 */
final class Walk {
    private final Bookmark at = new Bookmark();
    private volatile boolean over = true;
    private long end;

    /** No question is on its way. @param numbers most numbers to walk over before a rest */
    void begin(final long numbers) {
        end = at.number() + numbers;
        over = false;
    }

    /** No question is on its way: the next ones begin there. */
    void backTo(final long number) {
        at.moveTo(number);
    }

    /** Core's thread. What is told may be none, or the next part of an application. */
    void goOn(final EngineCore core, final int lookedAt, final int applications, final RecordConsumer records) {
        if (!over) {
            core.dumpRetirable(at, lookedAt, applications, records);
            over = at.number() == 0 || at.number() >= end;
        }
    }

    /** Core's thread. Application number at which the next question begins, also in its middle. */
    long number() {
        return at.number();
    }

    /** Whether nothing more is to be asked in this round. */
    boolean isOver() {
        return over;
    }
}
