package org.mawid.engine.ring;

import com.lmax.disruptor.WaitStrategy;
import org.agrona.DirectBuffer;
import org.mawid.engine.readmodel.ReadModelFeed;

/** Shows what happened to the read models, and gives places of the ring and bytes of the event area back. */
final class ProjectionStage extends Stage {
    /** How often what was fed is shown while more is waiting. */
    private static final int STRIDES_SHOWN = 8;

    private final ReadModelFeed readModel;
    private final DirectBuffer events;
    private final EventArea area;
    private final FailStop failStop;
    private final Progress progress;
    private Runnable closeAdmission = () -> { };
    private long position;
    private int strides;

    ProjectionStage(
            final int number, final WaitStrategy waits, final ReadModelFeed readModel, final EventArea area, final FailStop failStop,
            final Progress progress) {
        super(number, waits);
        this.readModel = readModel;
        this.events = area.buffer();
        this.area = area;
        this.failStop = failStop;
        this.progress = progress;
        this.position = progress.projectedPosition();
    }

    /** Before the first event: what to do while the records are too far behind. It is the ticker that admits again. */
    void whenTooFarBehind(final Runnable admitNothing) {
        closeAdmission = admitNothing;
    }

    @Override
    public void onEvent(final Entry entry, final long sequence, final boolean endOfBatch) {
        failStop.check();
        if (entry.kind == Entry.COMMAND && entry.refusal == null) {
            position = entry.position;
            readModel.onEvents(position, entry.nowMs, events, entry.eventsOffset, entry.eventsLength);
        }
        if (endOfBatch || isStride(sequence)) {
            if (endOfBatch || ++strides % STRIDES_SHOWN == 0) {
                readModel.onBatchEnd();
                progress.projected(position);
            }
            area.release(entry.eventsEnd);
            passed(sequence);
            if (readModel.recordsTooFarBehind()) {
                closeAdmission.run(); // at once, for what the records cannot take is lost to them
            }
        }
    }
}
