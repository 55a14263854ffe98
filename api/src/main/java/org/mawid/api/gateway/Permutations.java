package org.mawid.api.gateway;

/**
 * What {@link Permutation} and {@link SipHash} do to one value, done to many side by side. In one value every step waits for the one
 * before it; here each step is a loop over lanes that do not know of each other, of which the compiler makes vector instructions:
 * hence arrays, a loop for each round, and nothing in it that chooses. The same results to the bit.
 * <p>One thread at a time; allocates nothing after construction.
 */
final class Permutations {
    /** Values under way at once: all arrays together fit into the cache nearest to the processor. */
    private static final int LANES = 256;

    private final long[] k0 = new long[LANES];
    private final long[] k1 = new long[LANES];
    private final long[] k2 = new long[LANES];
    private final long[] k3 = new long[LANES];
    private final long[] mask = new long[LANES];
    private final long[] left = new long[LANES];
    private final long[] right = new long[LANES];
    private final long[] message = new long[LANES];
    private final long[] a = new long[LANES];
    private final long[] b = new long[LANES];
    private final long[] c = new long[LANES];
    private final long[] d = new long[LANES];
    private final Permutation[] of = new Permutation[LANES];
    private final int[] index = new int[LANES];

    /** Each value becomes what its permutation makes of it; where that is null, it stays as it is. */
    void apply(final long[] values, final Permutation[] permutations, final int count) {
        walk(values, permutations, count, true);
    }

    /** The inverse of {@link #apply}. */
    void invert(final long[] values, final Permutation[] permutations, final int count) {
        walk(values, permutations, count, false);
    }

    /** Lanes whose value has come out are given to the next ones; the others walk on. */
    private void walk(final long[] values, final Permutation[] permutations, final int count, final boolean forward) {
        int lanes = 0;
        for (int next = 0; next < count || lanes > 0; ) {
            for (; next < count && lanes < LANES; next++) {
                if (permutations[next] != null) {
                    begin(lanes++, permutations[next], next);
                }
            }
            for (int lane = 0; lane < lanes; lane++) {
                final long value = values[index[lane]];
                final long high = value >>> of[lane].halfBits;
                final long low = value & mask[lane];
                left[lane] = forward ? high : low;
                right[lane] = forward ? low : high;
            }
            for (int round = 0; round < Permutation.ROUNDS; round++) {
                feistel(forward ? round : Permutation.ROUNDS - 1 - round, lanes);
            }
            int walking = 0;
            for (int lane = 0; lane < lanes; lane++) {
                final Permutation permutation = of[lane];
                final int at = index[lane];
                final long high = forward ? left[lane] : right[lane];
                final long low = forward ? right[lane] : left[lane];
                values[at] = high << permutation.halfBits | low;
                if (values[at] >= permutation.size) {
                    begin(walking++, permutation, at);
                }
            }
            lanes = walking;
        }
    }

    private void begin(final int lane, final Permutation permutation, final int at) {
        of[lane] = permutation;
        index[lane] = at;
        k0[lane] = permutation.hash.v0;
        k1[lane] = permutation.hash.v1;
        k2[lane] = permutation.hash.v2;
        k3[lane] = permutation.hash.v3;
        mask[lane] = permutation.halfMask;
    }

    private void feistel(final long round, final int lanes) {
        for (int i = 0; i < lanes; i++) {
            final long block = round << 56 | right[i];
            message[i] = block;
            a[i] = k0[i];
            b[i] = k1[i];
            c[i] = k2[i];
            d[i] = k3[i] ^ block;
        }
        sipRound(a, b, c, d, lanes);
        sipRound(a, b, c, d, lanes);
        for (int i = 0; i < lanes; i++) {
            a[i] ^= message[i];
            d[i] ^= SipHash.LENGTH_BLOCK;
        }
        sipRound(a, b, c, d, lanes);
        sipRound(a, b, c, d, lanes);
        for (int i = 0; i < lanes; i++) {
            a[i] ^= SipHash.LENGTH_BLOCK;
            c[i] ^= SipHash.FINISH;
        }
        sipRound(a, b, c, d, lanes);
        sipRound(a, b, c, d, lanes);
        sipRound(a, b, c, d, lanes);
        sipRound(a, b, c, d, lanes);
        for (int i = 0; i < lanes; i++) {
            final long next = left[i] ^ (a[i] ^ b[i] ^ c[i] ^ d[i]) & mask[i];
            left[i] = right[i];
            right[i] = next;
        }
    }

    private static void sipRound(final long[] a, final long[] b, final long[] c, final long[] d, final int lanes) {
        for (int i = 0; i < lanes; i++) {
            long p = a[i];
            long q = b[i];
            long r = c[i];
            long s = d[i];
            p += q;
            q = Long.rotateLeft(q, 13) ^ p;
            p = Long.rotateLeft(p, 32);
            r += s;
            s = Long.rotateLeft(s, 16) ^ r;
            p += s;
            s = Long.rotateLeft(s, 21) ^ p;
            r += q;
            q = Long.rotateLeft(q, 17) ^ r;
            r = Long.rotateLeft(r, 32);
            a[i] = p;
            b[i] = q;
            c[i] = r;
            d[i] = s;
        }
    }
}
