package org.mawid.engine.readmodel.records;

/** What a record is of. The order is part of the file's format. */
enum Kind {
    APPLICATION, HOLD, APPOINTMENT, STAMP, PAYMENT;

    private static final int BITS = 3;
    private static final Kind[] ALL = values();

    /** One key space for all. @param number 1 to 2^59 */
    long key(final long number) {
        return number << BITS | ordinal();
    }

    static Kind of(final long key) {
        return ALL[(int) key & (1 << BITS) - 1];
    }

    static long number(final long key) {
        return key >>> BITS;
    }
}
