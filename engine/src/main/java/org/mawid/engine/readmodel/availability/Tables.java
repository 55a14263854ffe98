package org.mawid.engine.readmodel.availability;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** All that searches read. One thread writes; a rebuild makes new ones and swaps. */
final class Tables {
    static final int POSTS = 4_096;
    static final int POOLS = 65_536;
    private static final int KINDS = 4;

    final DayRows rows = new DayRows();
    /** Position of the last change of each post's days. */
    final AtomicLongArray versions = new AtomicLongArray(POSTS);
    private final AtomicReferenceArray<PoolDays> pools = new AtomicReferenceArray<>(POOLS);
    private final AtomicReferenceArray<PoolDays> resources = new AtomicReferenceArray<>(POSTS * KINDS);
    private final List<PoolDays> all = new ArrayList<>();

    /** Null when unknown. */
    PoolDays pool(final int poolId) {
        return poolId < 0 || poolId >= POOLS ? null : pools.getAcquire(poolId);
    }

    /** The resource of that kind, 1 to 3, at the post; null when it has none. */
    PoolDays resource(final int postId, final int kind) {
        return resources.getAcquire(postId * KINDS + kind);
    }

    void define(final int poolId, final int postId, final int kind) {
        if (pools.getPlain(poolId) != null) {
            return; // post and kind of a pool never change
        }
        final PoolDays pool = new PoolDays(poolId, postId, kind);
        all.add(pool);
        pools.setRelease(poolId, pool);
        if (kind != 0) {
            resources.setRelease(postId * KINDS + kind, pool);
        }
    }

    /** Writer's thread only. */
    List<PoolDays> all() {
        return all;
    }
}
