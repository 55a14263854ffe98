package org.mawid.engine.stamp;

/** Parts an amount by weights in exact integers: nothing is lost and nothing is made. Pure; the caller's thread; allocates nothing. */
public final class Split {
    private Split() {
    }

    /**
     * The largest remainder: each part is rounded down, and what is left goes one by one to those that lost most by it, the first of equals.
     *
     * @param amount  to be parted, 0 or more
     * @param weights 0 or more each; their sum is {@code total}
     * @param total   1 or more
     * @param parts   as many as there are weights: the answer; together they are {@code amount}
     */
    public static void largestRemainder(final long amount, final long[] weights, final long total, final long[] parts) {
        long left = amount;
        for (int i = 0; i < weights.length; i++) {
            parts[i] = quotient(amount, weights[i], total);
            left -= parts[i];
        }
        for (long taken = 0; left > 0; left--) {
            int most = -1;
            for (int i = 0; i < weights.length; i++) {
                if ((taken >>> i & 1) == 0 && (most < 0 || Long.compare(remainder(amount, weights[i], total), remainder(amount, weights[most], total)) > 0)) {
                    most = i;
                }
            }
            taken |= 1L << most;
            parts[most]++;
        }
    }

    /** floor(a * b / c) where it fits into 63 bits, although the product may not. @param a 0 or more @param b 0 to c @param c 1 or more */
    static long quotient(final long a, final long b, final long c) {
        return divide(a, b, c, true);
    }

    /** a * b mod c, as {@link #quotient}. */
    static long remainder(final long a, final long b, final long c) {
        return divide(a, b, c, false);
    }

    private static long divide(final long a, final long b, final long c, final boolean quotient) {
        final long high = Math.multiplyHigh(a, b);
        final long low = a * b;
        if (high == 0 && low >= 0) {
            return quotient ? low / c : low % c;
        }
        long rest = 0;
        long whole = 0;
        for (int bit = 127; bit >= 0; bit--) {
            rest = rest << 1 | (bit >= 64 ? high >>> bit - 64 : low >>> bit) & 1;
            whole <<= 1;
            if (Long.compareUnsigned(rest, c) >= 0) {
                rest -= c;
                whole |= 1;
            }
        }
        return quotient ? whole : rest;
    }
}
