package org.mawid.engine.allocation;

/** Posts at which room came by the present command, in the order in which it came first, and on which dates: whoever waits there is told by the core. */
public final class Came {
    /** One command gives back visits of one application, or one Tick those of so many holds. */
    private static final int MOST = 64;
    private static final int MOST_DATES = 16;
    /** More than can be told apart. */
    private static final int ALL = MOST_DATES + 1;

    private final int[] posts = new int[MOST];
    private final int[] dateCounts = new int[MOST];
    private final int[] dates = new int[MOST * MOST_DATES];
    private int count;

    /** Somewhere at that post. */
    int at(final int postId) {
        int i = 0;
        while (i < count && posts[i] != postId) {
            i++;
        }
        if (i == count) {
            posts[count] = postId;
            dateCounts[count++] = 0;
        }
        return i;
    }

    void at(final int postId, final int epochDay) {
        final int i = at(postId);
        for (int k = 0; k < dates(i); k++) {
            if (date(i, k) == epochDay) {
                return;
            }
        }
        if (dateCounts[i] < MOST_DATES) {
            dates[i * MOST_DATES + dateCounts[i]] = epochDay;
        }
        dateCounts[i] = Math.min(ALL, dateCounts[i] + 1);
    }

    /** On dates that are too many to name. */
    void atAll(final int postId) {
        dateCounts[at(postId)] = ALL;
    }

    public int count() {
        return count;
    }

    /** @param index 0 to before {@link #count()} */
    public int post(final int index) {
        return posts[index];
    }

    /** Whether it may be any date. */
    public boolean isAll(final int index) {
        return dateCounts[index] == ALL;
    }

    public int dates(final int index) {
        return Math.min(MOST_DATES, dateCounts[index]);
    }

    /** @param which 0 to before {@link #dates} */
    public int date(final int index, final int which) {
        return dates[index * MOST_DATES + which];
    }

    /** They were told, or another command begins. */
    public void forget() {
        count = 0;
    }
}
