package org.mawid.engine.archive;

import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordConsumer;

/**
 * How far the questions have come in the numbers of the applications. They go on from where the one before them ended, so that several can
 * be on their way at once. Written on the core's thread while there are any, by the one that archives while there are none.
 */
final class Walk {
    private volatile long cursor;
    private volatile boolean over = true;
    private long end;

    /** No question is on its way. @param numbers most numbers to walk over before a rest */
    void begin(final long numbers) {
        end = cursor + numbers;
        over = false;
    }

    /** No question is on its way: the next ones begin there. */
    void backTo(final long number) {
        cursor = number;
    }

    /** Core's thread. What is told may be none. */
    void goOn(final EngineCore core, final int lookedAt, final int applications, final RecordConsumer records) {
        if (!over) {
            cursor = core.dumpRetirable(cursor, lookedAt, applications, records);
            over = cursor == 0 || cursor >= end;
        }
    }

    long cursor() {
        return cursor;
    }

    /** Whether nothing more is to be asked in this round. */
    boolean isOver() {
        return over;
    }
}
