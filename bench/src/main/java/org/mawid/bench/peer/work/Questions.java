package org.mawid.bench.peer.work;

import java.util.SplittableRandom;

/** What is searched for, and the right answers, which the clients' books tell: every answer is compared. Any thread. */
public final class Questions {
    private final int firstPost;
    private final long[][] right;
    private final SplittableRandom random;

    /** @param posts how many are asked for, from the first one on @param taken by the books */
    public Questions(final int firstPost, final int posts, final Taken taken, final long seed) {
        this.firstPost = firstPost;
        this.right = new long[posts][Applications.MOST_UNITS];
        for (int post = 0; post < posts; post++) {
            for (int units = 1; units <= Applications.MOST_UNITS; units++) {
                right[post][units - 1] = taken.datesWith(firstPost + post, units);
            }
        }
        this.random = new SplittableRandom(seed);
    }

    /** For another client. */
    public synchronized Question another() {
        return new Question(random.split());
    }

    /** Share of the dates that are found, 0 to 1: that they are neither all nor none makes the question one. */
    public double found(final int dates) {
        long bits = 0;
        for (final long[] post : right) {
            for (final long found : post) {
                bits += Long.bitCount(found);
            }
        }
        return bits / (double) (right.length * Applications.MOST_UNITS * dates);
    }

    /** One client's. */
    public final class Question {
        private final SplittableRandom own;
        private int post;
        private int units;

        private Question(final SplittableRandom own) {
            this.own = own;
        }

        public void next() {
            post = own.nextInt(right.length);
            units = 1 + own.nextInt(Applications.MOST_UNITS);
        }

        public int post() {
            return firstPost + post;
        }

        public int units() {
            return units;
        }

        /** @throws IllegalStateException the answer is not what the books say */
        public void answered(final long dates) {
            if (dates != right[post][units - 1]) {
                throw new IllegalStateException("of " + units + " consecutive slots at post " + post() + " it finds dates " + Long.toBinaryString(dates)
                        + ", by the clients' books they are " + Long.toBinaryString(right[post][units - 1]));
            }
        }
    }
}
