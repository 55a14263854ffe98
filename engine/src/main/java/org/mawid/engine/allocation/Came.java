package org.mawid.engine.allocation;

/** Posts at which room came by the present command, in the order in which it came first: whoever waits there is told by the core. */
public final class Came {
    /** One command gives back visits of one application, or one Tick those of so many holds. */
    private static final int MOST = 64;

    private final int[] posts = new int[MOST];
    private int count;

    void at(final int postId) {
        for (int i = 0; i < count; i++) {
            if (posts[i] == postId) {
                return;
            }
        }
        posts[count++] = postId;
    }

    public int count() {
        return count;
    }

    /** @param index 0 to before {@link #count()} */
    public int post(final int index) {
        return posts[index];
    }

    /** They were told, or another command begins. */
    public void forget() {
        count = 0;
    }
}
