package org.mawid.engine.ring;

import org.agrona.DirectBuffer;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.ReadModelFeed;
import org.mawid.engine.readmodel.RecordsSource;

/** A read side that only insists on hearing of each position once and in order. */
public final class QuietFeed implements ReadModelFeed {
    private long position;

    public QuietFeed(final long position) {
        this.position = position;
    }

    @Override
    public void onEvents(final long at, final long nowMs, final DirectBuffer events, final int offset, final int length) {
        Invariant.that(at == position + 1, "each position once and in order", at, position);
        position = at;
    }

    @Override
    public ReadModel readModel() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onReplayed(final long at, final long nowMs, final DirectBuffer events, final int offset, final int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void beginRebuild(final long at, final long nowMs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void rebuild(final DirectBuffer message, final int offset, final int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void endRebuild() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onBatchEnd() {
        // nobody looks
    }

    @Override
    public void startRecords(final RecordsSource source) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean recordsTooFarBehind() {
        return false;
    }

    @Override
    public void forceEvents() {
        // nothing is kept
    }

    @Override
    public void close() {
        // nothing is open
    }
}
