package org.mawid.engine.readmodel;

import org.agrona.DirectBuffer;

/** Where comes from what must be made anew, or what events do not say: the core's state, slice by slice, between commands. */
@FunctionalInterface
public interface RecordsSource {
    enum Table {
        /** Each followed by its appointments, then by its stamps, then by its payments, the newest first of each. Numbers are those of the applications. */
        APPLICATIONS,
        HOLDS,
        /** By themselves. */
        PAYMENTS,
        /** All books of each post, memorandum accounts too. Numbers are those of posts. */
        BOOKS,
        /** Those that are not settled. */
        BATCHES,
        /** Those that are settled, too. */
        ALL_BATCHES,
        /** Those that are resolved, too. */
        BREAKS,
        /** Those that are settled, too. */
        RETURNS
    }

    /** Called on the core's thread: copies and returns at once, never blocks, never throws. */
    interface Slice {
        /** One ApplicationRecord, HoldRecord, AppointmentRecord, StampRecord, PaymentRecord, BookRecord, BatchRecord, BreakRecord or ReturnRecord with its header; valid during the call. */
        void onRecord(DirectBuffer message, int offset, int length);

        /** After the last record of the slice. @param position of the core then @param next first number not looked at, 0 = that was all */
        void onEnd(long position, long next);
    }

    /**
     * Asks for at most {@code max} of a table numbered {@code from} or higher, in ascending order; fewer come when much belongs to them.
     *
     * @return false when the question was not admitted: ask again later. Otherwise {@code slice} is called, ending with onEnd
     */
    boolean request(Table table, long from, int max, Slice slice);
}
