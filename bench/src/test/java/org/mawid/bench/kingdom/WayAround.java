package org.mawid.bench.kingdom;

import org.agrona.MutableDirectBuffer;

/** A way by way of another: whoever extends it hears, or loses, what is said. */
abstract class WayAround extends Way {
    final Way way;

    WayAround(final Cases cases, final Way way) {
        super(cases);
        this.way = way;
    }

    @Override
    void advanceTo(final long nowMs) throws Exception {
        way.advanceTo(nowMs);
    }

    @Override
    MutableDirectBuffer buffer(final int postId) throws Exception {
        return way.buffer(postId);
    }

    @Override
    int offset(final int postId) {
        return way.offset(postId);
    }

    @Override
    void answered() throws Exception {
        way.answered();
    }

    @Override
    void finish() throws Exception {
        way.finish();
    }

    @Override
    public void close() throws Exception {
        way.close();
    }
}
