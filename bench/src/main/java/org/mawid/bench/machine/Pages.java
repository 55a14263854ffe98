package org.mawid.bench.machine;

import org.agrona.UnsafeApi;
import org.mawid.bench.load.Output;

/**
 * What it takes to touch memory for the first time. A virtual machine may have been given much of its memory by name only: the host then provides each page when it is first touched, which takes ten times
 * as long as a page that has been there. A core that grows, and a disk's cache that is filled, pay for it; so do figures, until as much has been touched as they need.
 */
final class Pages {
    private static final int PAGE = 4096;
    private static final long PART = 256L << 20;
    private static final long LEAST_FREE = 2L << 30;

    private final long bytes;
    private double firstNs;
    private double againNs;

    private Pages(final long bytes) {
        this.bytes = bytes;
    }

    /**
     * Touches so much memory, gives it back, and touches a part again.
     *
     * @param wanted    bytes; less when the machine has less to give
     * @param available bytes that can be had without pushing others out
     */
    static Pages touch(final long wanted, final long available, final Output output) {
        final Pages pages = new Pages(bytes(wanted, available));
        pages.touch(output);
        return pages;
    }

    /** A multiple of a part, one at least. */
    static long bytes(final long wanted, final long available) {
        return Math.max(1, Math.min(wanted, available - LEAST_FREE) / PART) * PART;
    }

    private void touch(final Output output) {
        final long[] parts = new long[(int) (bytes / PART)];
        int taken = 0;
        try {
            final long fromNs = System.nanoTime();
            while (taken < parts.length) {
                parts[taken] = UnsafeApi.allocateMemory(PART);
                touch(parts[taken++]);
                if (output.isDue()) {
                    output.progressPart(fromNs, Output.leftNs(fromNs, taken, parts.length), "memory touched for the first time: %,d of %,d MiB", taken * PART >> 20, bytes >> 20);
                }
            }
            firstNs = nsEach(fromNs, bytes);
        } finally {
            for (int i = 0; i < taken; i++) {
                UnsafeApi.freeMemory(parts[i]);
            }
        }
        final long again = UnsafeApi.allocateMemory(PART);
        final long fromNs = System.nanoTime();
        touch(again);
        againNs = nsEach(fromNs, PART);
        UnsafeApi.freeMemory(again);
    }

    private static void touch(final long at) {
        for (long offset = 0; offset < PART; offset += PAGE) {
            UnsafeApi.putByte(at + offset, (byte) 1);
        }
    }

    private static double nsEach(final long fromNs, final long touched) {
        return (System.nanoTime() - fromNs) / (double) (touched / PAGE);
    }

    long touchedBytes() {
        return bytes;
    }

    /** Nanoseconds for a page of 4 KiB, on average of all. */
    double firstNs() {
        return firstNs;
    }

    /** Likewise, of memory that was given back a moment before. */
    double againNs() {
        return againNs;
    }
}
