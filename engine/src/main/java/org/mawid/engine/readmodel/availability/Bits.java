package org.mawid.engine.readmodel.availability;

/** A set of units, 0 to 191, in three words. One for each thread; made once, used for every day of every search. */
final class Bits {
    static final int UNITS = 192;
    private static final long[][] ALIGNED = new long[UNITS + 1][];

    long w0;
    long w1;
    long w2;

    static {
        for (int align = 1; align <= UNITS; align++) {
            ALIGNED[align] = new long[3];
            for (int unit = 0; unit < UNITS; unit += align) {
                ALIGNED[align][unit >> 6] |= 1L << unit;
            }
        }
    }

    void set(final long first, final long second, final long third) {
        w0 = first;
        w1 = second;
        w2 = third;
    }

    boolean isEmpty() {
        return (w0 | w1 | w2) == 0;
    }

    int count() {
        return Long.bitCount(w0) + Long.bitCount(w1) + Long.bitCount(w2);
    }

    void clear() {
        w0 = 0;
        w1 = 0;
        w2 = 0;
    }

    void or(final Bits more) {
        w0 |= more.w0;
        w1 |= more.w1;
        w2 |= more.w2;
    }

    void set(final int unit) {
        final long bit = 1L << unit;
        switch (unit >> 6) {
            case 0 -> w0 |= bit;
            case 1 -> w1 |= bit;
            default -> w2 |= bit;
        }
    }

    long word(final int index) {
        return index == 0 ? w0 : index == 1 ? w1 : w2;
    }

    /** Keeps the units u for which {@code other} has u + {@code distance}. */
    void andShifted(final Bits other, final long distance) {
        if (distance == 0) { // nearly always: pools of one post open together
            w0 &= other.w0;
            w1 &= other.w1;
            w2 &= other.w2;
            return;
        }
        if (distance >= UNITS || distance <= -UNITS) {
            clear();
            return;
        }
        final int by = (int) distance;
        w0 &= other.shifted(0, by);
        w1 &= other.shifted(1, by);
        w2 &= other.shifted(2, by);
    }

    /** The 64 bits that begin at bit {@code 64 * word + by}, zeros outside. */
    private long shifted(final int word, final int by) {
        final int at = (word << 6) + by;
        final int index = at >> 6;
        final int within = at & 63;
        final long low = inside(index) >>> within;
        return within == 0 ? low : low | inside(index + 1) << (64 - within);
    }

    private long inside(final int index) {
        return index < 0 || index > 2 ? 0 : word(index);
    }

    /**
     * Keeps the units from which {@code units} consecutive ones are in the set. Doubles what is known at each step: after
     * knowing n in a row, n and n again make 2n.
     */
    void keepRuns(final int units) {
        if (units > UNITS) {
            clear();
            return;
        }
        long a = w0;
        long b = w1;
        long c = w2;
        int known = 1;
        while (known < units) {
            final int step = Math.min(known, units - known); // 1, 2, 4... 64 and never more, since units are at most 192
            if (step == 64) { // a shift by 64 shifts by nothing
                a &= b;
                b &= c;
                c = 0;
            } else {
                a &= a >>> step | b << -step;
                b &= b >>> step | c << -step;
                c &= c >>> step;
            }
            known += step;
        }
        w0 = a;
        w1 = b;
        w2 = c;
    }

    /** The units, 64 from {@code 64 * word} on, at which a visit may start. @param align 1 to 192 */
    static long aligned(final int align, final int word) {
        return ALIGNED[align][word];
    }

    void keepAligned(final int align) {
        if (align > 1) {
            final long[] aligned = ALIGNED[align];
            w0 &= aligned[0];
            w1 &= aligned[1];
            w2 &= aligned[2];
        }
    }

    /** Removes the units before {@code unit}, 0 or more. */
    void keepFrom(final int unit) {
        if (unit >= UNITS) {
            clear();
            return;
        }
        final long kept = -1L << unit;
        if (unit >= 128) {
            w0 = 0;
            w1 = 0;
            w2 &= kept;
        } else if (unit >= 64) {
            w0 = 0;
            w1 &= kept;
        } else {
            w0 &= kept;
        }
    }
}
