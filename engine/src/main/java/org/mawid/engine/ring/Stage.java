package org.mawid.engine.ring;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.WaitStrategy;

/** One stage of the ring, on its own thread. Lets the next stage have what is done before the batch is over, and wakes it. */
abstract class Stage implements EventHandler<Entry> {
    /** After so many entries the next stage is let in, whatever the batch. */
    static final int STRIDE = 256;

    private final int number;
    private final PhasedWait waits;
    private Sequence sequence;

    Stage(final int number, final WaitStrategy waits) {
        this.number = number;
        this.waits = waits instanceof PhasedWait ? (PhasedWait) waits : null;
    }

    @Override
    public final void setSequenceCallback(final Sequence sequence) {
        this.sequence = sequence;
    }

    @Override
    public final void onStart() {
        if (waits != null) {
            waits.enter(number);
        }
    }

    /** Everything up to {@code last} is done. */
    final void passed(final long last) {
        sequence.set(last);
        if (waits != null) {
            waits.passed(number);
        }
    }

    /** The same, while more is to come at once: the next stage sees it if it is awake, and sleeps on if it is not. */
    final void passing(final long last) {
        sequence.set(last);
    }

    static boolean isStride(final long sequence) {
        return (sequence & (STRIDE - 1)) == STRIDE - 1;
    }
}
