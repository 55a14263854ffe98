package org.mawid.engine.readmodel.records;

/** What a record is of. The order is part of the file's format. */
enum Kind {
    APPLICATION, HOLD, APPOINTMENT, STAMP;

    private static final int BITS = 2;

    /** One key space for all. @param number 1 to 2^60 */
    long key(final long number) {
        return number << BITS | ordinal();
    }
}
