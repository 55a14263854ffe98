package org.mawid.api.gateway;

/**
 * A keyed permutation of 0 to size - 1: a balanced Feistel network of six rounds over SipHash-2-4, and cycle walking (again,
 * until the value is inside) where size is not a power of four. Whoever does not have the key cannot tell it from a random one.
 * <p>Nothing of it is ours. A Feistel network over a pseudorandom function is a pseudorandom permutation whatever the function (Luby and
 * Rackoff, "How to construct pseudorandom permutations from pseudorandom functions", SIAM J. Comput. 17, 1988); with six rounds also against
 * who may choose texts both ways, as long as fewer than about 2^halfBits were seen: four million stamps of known number, 268 million of the others
 * (Patarin, "Security of random Feistel schemes with 5 or more rounds", CRYPTO 2004), and the generic attacks beyond that need nearly all of
 * them. Cycle walking keeps that in a domain of any size (Black and Rogaway, "Ciphers with arbitrary finite domains",
 * CT-RSA 2002). The same two steps are in NIST SP 800-38G's FF1, which takes ten rounds of AES. The function is SipHash-2-4, a pseudorandom
 * function of 128-bit keys (Aumasson and Bernstein, INDOCRYPT 2012), of round and half.
 * <p>Immutable, any thread, allocates nothing. {@link Permutations} does the same to many at once.
 */
final class Permutation {
    static final int ROUNDS = 6;

    final SipHash hash;
    final long size;
    final int halfBits;
    final long halfMask;

    /** @param size 4 to 2^60 */
    Permutation(final SipHash hash, final long size) {
        this.hash = hash;
        this.size = size;
        final int bits = 64 - Long.numberOfLeadingZeros(size - 1);
        this.halfBits = (bits + 1) / 2;
        this.halfMask = (1L << halfBits) - 1;
    }

    /** @param value 0 to size - 1 */
    long apply(final long value) {
        long walked = value;
        do {
            long left = walked >>> halfBits;
            long right = walked & halfMask;
            for (int round = 0; round < ROUNDS; round++) {
                final long next = left ^ mix(round, right);
                left = right;
                right = next;
            }
            walked = left << halfBits | right;
        } while (walked >= size);
        return walked;
    }

    /** The inverse of {@link #apply}. @param value 0 to size - 1 */
    long invert(final long value) {
        long walked = value;
        do {
            long left = walked >>> halfBits;
            long right = walked & halfMask;
            for (int round = ROUNDS - 1; round >= 0; round--) {
                final long previous = right ^ mix(round, left);
                right = left;
                left = previous;
            }
            walked = left << halfBits | right;
        } while (walked >= size);
        return walked;
    }

    private long mix(final int round, final long half) {
        return hash.hash((long) round << 56 | half) & halfMask;
    }
}
