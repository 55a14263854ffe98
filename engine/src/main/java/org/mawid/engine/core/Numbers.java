package org.mawid.engine.core;

/** Numbers of rows that commands of a batch have to do with. Beyond what fits they are passed over. */
final class Numbers {
    final long[] at;
    int count;

    Numbers(final int most) {
        at = new long[most];
    }

    void add(final long number) {
        if (count < at.length) {
            at[count++] = number;
        }
    }
}
