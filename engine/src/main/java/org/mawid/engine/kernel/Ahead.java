package org.mawid.engine.kernel;

/**
 * Places in memory that will be needed soon. They are collected first and then read one right after the other, so that as many misses of
 * the cache are under way at once as the machine allows: one at a time takes ten times as long. What is read is of no meaning.
 */
public final class Ahead {
    private final long[] wanted = new long[4096];
    private int count;

    /** @param at an address that can be read, or 0 = nothing. Beyond what fits it is passed over. */
    public void want(final long at) {
        if (at != 0 && count < wanted.length) {
            wanted[count++] = at;
        }
    }

    /** Reads them all and forgets them. @return something to be added up by the caller, so that the reading cannot be left out */
    public long read() {
        final int end = count;
        long sum = 0;
        for (int i = 0; i < end; i++) {
            sum += Memory.getByte(wanted[i]);
        }
        count = 0;
        return sum;
    }
}
