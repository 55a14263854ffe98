package org.mawid.engine;

import java.util.concurrent.CountDownLatch;
import org.agrona.DirectBuffer;
import org.mawid.engine.readmodel.MissingEvents;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.ReadModelFeed;
import org.mawid.engine.readmodel.RecordsSource;

/** A read side whose records can be stopped in the middle of their work: where they ask the core for something, nobody answers for a while. */
final class HeldRecords implements ReadModelFeed {
    private final ReadModelFeed real;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean isAsking;

    HeldRecords(final ReadModelFeed real) {
        this.real = real;
    }

    /** Who asks from now on waits for {@link #letGo}. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    void letGo() {
        gate.countDown();
    }

    /** True while the records' thread stands still. */
    boolean isStopped() {
        return isAsking && gate.getCount() > 0;
    }

    @Override
    public void startRecords(final RecordsSource source) {
        real.startRecords((table, from, max, slice) -> {
            isAsking = true;
            try {
                gate.await();
            } catch (final InterruptedException e) {
                throw new IllegalStateException(e);
            }
            isAsking = false;
            return source.request(table, from, max, slice);
        });
    }

    @Override
    public ReadModel readModel() {
        return real.readModel();
    }

    @Override
    public void onReplayed(final long position, final long nowMs, final DirectBuffer events, final int offset, final int length) {
        real.onReplayed(position, nowMs, events, offset, length);
    }

    @Override
    public void beginRebuild(final long position, final long nowMs) {
        real.beginRebuild(position, nowMs);
    }

    @Override
    public void rebuild(final DirectBuffer message, final int offset, final int length) {
        real.rebuild(message, offset, length);
    }

    @Override
    public void endRebuild() {
        real.endRebuild();
    }

    @Override
    public MissingEvents missingEvents() {
        return real.missingEvents();
    }

    @Override
    public void onEvents(final long position, final long nowMs, final DirectBuffer events, final int offset, final int length) {
        real.onEvents(position, nowMs, events, offset, length);
    }

    @Override
    public void onBatchEnd() {
        real.onBatchEnd();
    }

    @Override
    public boolean recordsTooFarBehind() {
        return real.recordsTooFarBehind();
    }

    @Override
    public void forceEvents() {
        real.forceEvents();
    }

    @Override
    public void close() {
        letGo();
        real.close();
    }
}
