package org.mawid.engine.readmodel.availability;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.readmodel.Availability;
import org.mawid.engine.readmodel.PositionGate;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.ReadModelFeed;
import org.mawid.engine.readmodel.RecordsSource;

/** A read side that is the masks alone, without a thread; insists on hearing of each position once and in order. */
public final class AvailabilityFeed implements ReadModelFeed {
    private final PositionGate gate = new PositionGate();
    private final LiveAvailability masks = new LiveAvailability(gate, System::nanoTime);
    private long position;
    private long nowMs;

    public Availability availability() {
        return masks;
    }

    @Override
    public void beginRebuild(final long at, final long atMs) {
        position = at;
        nowMs = atMs;
        masks.beginRebuild();
    }

    @Override
    public void rebuild(final DirectBuffer message, final int offset, final int length) {
        masks.onMessage(position, message, offset);
    }

    @Override
    public void endRebuild() {
        masks.endRebuild(position, nowMs);
        gate.moveTo(position);
    }

    @Override
    public void onEvents(final long at, final long atMs, final DirectBuffer events, final int offset, final int length) {
        Invariant.that(at == position + 1, "each position once and in order", at, position);
        position = at;
        nowMs = atMs;
        for (int read = offset; read < offset + length; ) {
            masks.onMessage(at, events, read + EventWriter.FRAME_BYTES);
            read += EventWriter.FRAME_BYTES + events.getInt(read, ByteOrder.LITTLE_ENDIAN) + 7 & ~7;
        }
    }

    @Override
    public void onBatchEnd() {
        masks.onBatchEnd(position, nowMs);
        gate.moveTo(position);
    }

    @Override
    public ReadModel readModel() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onReplayed(final long at, final long atMs, final DirectBuffer events, final int offset, final int length) {
        throw new UnsupportedOperationException();
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
