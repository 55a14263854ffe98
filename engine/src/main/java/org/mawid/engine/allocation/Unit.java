package org.mawid.engine.allocation;

/** One unit of a day, five minutes, as four bytes of an int: capacity, booked, held, withheld. The last holds what is left of {@link Quotas} too. */
public final class Unit {
    /** Length, ms. */
    public static final long MS = 300_000L;
    /** Units of a day at most. */
    public static final int MOST = 192;
    static final int BOOKED = 1 << 8;
    static final int HELD = 1 << 16;
    static final int WITHHELD = 1 << 24;
    static final int TAKEN = 0x00FF_FF00;

    private Unit() {
    }

    static int of(final int capacity, final int withheld) {
        return capacity | withheld << 24;
    }

    static int capacity(final int unit) {
        return unit & 0xFF;
    }

    static int booked(final int unit) {
        return unit >>> 8 & 0xFF;
    }

    static int held(final int unit) {
        return unit >>> 16 & 0xFF;
    }

    static int withheld(final int unit) {
        return unit >>> 24;
    }

    /** Capacity less withheld. */
    static int open(final int unit) {
        return capacity(unit) - withheld(unit);
    }

    static int taken(final int unit) {
        return booked(unit) + held(unit);
    }

    static int room(final int unit) {
        return open(unit) - taken(unit);
    }
}
