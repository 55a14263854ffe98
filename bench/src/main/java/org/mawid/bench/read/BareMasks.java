package org.mawid.bench.read;

import java.util.SplittableRandom;

/** Free units as bits, of a desk and of its seats at each post: what a search costs at least. Any thread. */
final class BareMasks {
    /** Units of a day, three words of bits. */
    static final int UNITS = 192;
    /** Units that must follow each other. */
    static final int NEEDED = 4;
    private static final int WORDS = UNITS / Long.SIZE;

    private final int days;
    private final long[][] desks;
    private final long[][] seats;

    /** Free but for a unit in each word. @param seed the same one makes the same masks */
    BareMasks(final long seed, final int posts, final int days) {
        this.days = days;
        this.desks = masks(seed, posts, days);
        this.seats = masks(seed + 1, posts, days);
    }

    private static long[][] masks(final long seed, final int posts, final int days) {
        final SplittableRandom random = new SplittableRandom(seed);
        final long[][] masks = new long[posts][WORDS * days];
        for (final long[] post : masks) {
            for (int word = 0; word < post.length; word++) {
                post[word] = -1L ^ (1L << random.nextInt(Long.SIZE));
            }
        }
        return masks;
    }

    /** @param post from 0 @param day from 0 @param unit 0 to {@value #UNITS} − 1 */
    boolean isFree(final int post, final int day, final int unit) {
        final int word = WORDS * day + unit / Long.SIZE;
        return (desks[post][word] & seats[post][word] & 1L << unit) != 0;
    }

    /** Starts from which {@value #NEEDED} units follow each other in both, day by day, made one number: shifts and ands, and nothing else. @param post from 0 */
    long counted(final int post) {
        final long[] desk = desks[post];
        final long[] seat = seats[post];
        long sum = 0;
        for (int day = 0; day < days; day++) {
            long first = desk[3 * day] & seat[3 * day];
            long second = desk[3 * day + 1] & seat[3 * day + 1];
            long third = desk[3 * day + 2] & seat[3 * day + 2];
            for (int step = 1; step < NEEDED; step <<= 1) {
                first &= first >>> step | second << -step;
                second &= second >>> step | third << -step;
                third &= third >>> step;
            }
            sum = sum * 31 + Long.bitCount(first) + Long.bitCount(second) + Long.bitCount(third);
        }
        return sum;
    }
}
