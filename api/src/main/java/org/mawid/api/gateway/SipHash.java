package org.mawid.api.gateway;

/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012) of exactly eight bytes. Guava has it too, and is what the test compares with; its
 * door makes several objects for every hash, and there are a dozen hashes in every command of a batch.
 * <p>Immutable, any thread. {@link Permutations} does the same to many at once.
 */
final class SipHash {
    static final long LENGTH_BLOCK = 8L << 56;
    static final long FINISH = 0xff;

    final long v0;
    final long v1;
    final long v2;
    final long v3;

    SipHash(final long k0, final long k1) {
        v0 = k0 ^ 0x736f6d6570736575L;
        v1 = k1 ^ 0x646f72616e646f6dL;
        v2 = k0 ^ 0x6c7967656e657261L;
        v3 = k1 ^ 0x7465646279746573L;
    }

    /** @param message taken as eight bytes, little endian */
    long hash(final long message) {
        long a = v0;
        long b = v1;
        long c = v2;
        long d = v3 ^ message;
        for (int round = 0; round < 8; round++) {
            if (round == 2) {
                a ^= message;
                d ^= LENGTH_BLOCK;
            } else if (round == 4) {
                a ^= LENGTH_BLOCK;
                c ^= FINISH;
            }
            a += b;
            b = Long.rotateLeft(b, 13) ^ a;
            a = Long.rotateLeft(a, 32);
            c += d;
            d = Long.rotateLeft(d, 16) ^ c;
            a += d;
            d = Long.rotateLeft(d, 21) ^ a;
            c += b;
            b = Long.rotateLeft(b, 17) ^ c;
            c = Long.rotateLeft(c, 32);
        }
        return a ^ b ^ c ^ d;
    }
}
