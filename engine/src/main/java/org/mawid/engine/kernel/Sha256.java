package org.mawid.engine.kernel;

/** SHA-256 (FIPS 180-4) of exactly 32 bytes, as four numbers with the first byte highest: one block, nothing allocated. One thread. */
public final class Sha256 {
    private static final int[] K = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74,
        0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d,
        0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e,
        0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5,
        0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};
    private static final int[] H = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    private static final int MESSAGE_BITS = 256;

    private final int[] schedule = new int[64];
    private final int[] hash = new int[8];

    /** Afterwards {@link #word} has the hash. */
    public void of(final long word1, final long word2, final long word3, final long word4) {
        put(0, word1);
        put(2, word2);
        put(4, word3);
        put(6, word4);
        put(8, 1L << 63); // the bit behind the message, zeros, and its length
        put(10, 0);
        put(12, 0);
        put(14, MESSAGE_BITS);
        for (int t = 16; t < 64; t++) {
            final int a = schedule[t - 15];
            final int b = schedule[t - 2];
            final int sigma0 = Integer.rotateRight(a, 7) ^ Integer.rotateRight(a, 18) ^ a >>> 3;
            final int sigma1 = Integer.rotateRight(b, 17) ^ Integer.rotateRight(b, 19) ^ b >>> 10;
            schedule[t] = schedule[t - 16] + sigma0 + schedule[t - 7] + sigma1;
        }
        compress();
    }

    /** @param index 0 to 3 */
    public long word(final int index) {
        return (long) hash[2 * index] << 32 | hash[2 * index + 1] & 0xFFFF_FFFFL;
    }

    private void put(final int at, final long word) {
        schedule[at] = (int) (word >>> 32);
        schedule[at + 1] = (int) word;
    }

    private void compress() {
        int a = H[0];
        int b = H[1];
        int c = H[2];
        int d = H[3];
        int e = H[4];
        int f = H[5];
        int g = H[6];
        int h = H[7];
        for (int t = 0; t < 64; t++) {
            final int big1 = Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11) ^ Integer.rotateRight(e, 25);
            final int temp1 = h + big1 + (e & f ^ ~e & g) + K[t] + schedule[t];
            final int big0 = Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22);
            final int temp2 = big0 + (a & b ^ a & c ^ b & c);
            h = g;
            g = f;
            f = e;
            e = d + temp1;
            d = c;
            c = b;
            b = a;
            a = temp1 + temp2;
        }
        hash[0] = H[0] + a;
        hash[1] = H[1] + b;
        hash[2] = H[2] + c;
        hash[3] = H[3] + d;
        hash[4] = H[4] + e;
        hash[5] = H[5] + f;
        hash[6] = H[6] + g;
        hash[7] = H[7] + h;
    }
}
