package org.mawid.engine.readmodel.events;

import java.util.ArrayList;
import java.util.List;

/**
 * Followers that wait, by the post they follow: who follows a quiet post is not woken for what happens elsewhere.
 * Guarded by the tail that it belongs to, but for {@link #touch}, which is the feeding thread's.
 */
final class Sleepers {
    /** Post ids are below it. */
    private static final int POSTS = 4_096;

    private final List<List<Follower>> byPost = new ArrayList<>();
    private final long[] touched = new long[POSTS / 64];
    private boolean anything;
    private int count;

    Sleepers() {
        for (int post = 0; post < POSTS; post++) {
            byPost.add(null);
        }
    }

    /** Something happened there that is not shown yet. */
    void touch(final int postId) {
        touched[(postId & POSTS - 1) >> 6] |= 1L << postId;
        anything = true;
    }

    void add(final Follower follower) {
        List<Follower> there = byPost.get(follower.postId());
        if (there == null) {
            there = new ArrayList<>();
            byPost.set(follower.postId(), there);
        }
        there.add(follower);
        count++;
    }

    void remove(final Follower follower) {
        final List<Follower> there = byPost.get(follower.postId());
        if (there != null && there.remove(follower)) {
            count--;
        }
    }

    /** Takes out those whom what was touched concerns, and forgets what was touched. @return empty, or those to be woken */
    List<Follower> takeTouched() {
        if (!anything) {
            return List.of();
        }
        anything = false;
        if (count == 0) {
            java.util.Arrays.fill(touched, 0);
            return List.of();
        }
        final List<Follower> woken = new ArrayList<>();
        if ((touched[0] & 1) != 0) {
            for (int post = 0; post < POSTS; post++) { // an event of the network is everybody's
                take(post, woken);
            }
        } else {
            take(0, woken);
            for (int word = 0; word < touched.length; word++) {
                for (long bits = touched[word]; bits != 0; bits &= bits - 1) {
                    take(word << 6 | Long.numberOfTrailingZeros(bits), woken);
                }
            }
        }
        java.util.Arrays.fill(touched, 0);
        return woken;
    }

    /** Takes out everybody. */
    List<Follower> takeAll() {
        final List<Follower> woken = new ArrayList<>();
        for (int post = 0; post < POSTS && count > 0; post++) {
            take(post, woken);
        }
        return woken;
    }

    private void take(final int post, final List<Follower> into) {
        final List<Follower> there = byPost.get(post);
        if (there != null && !there.isEmpty()) {
            into.addAll(there);
            count -= there.size();
            there.clear();
        }
    }
}
