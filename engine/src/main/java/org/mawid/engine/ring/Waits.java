package org.mawid.engine.ring;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.LiteBlockingWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import org.mawid.engine.WaitKind;

/** Which wait strategy of the ring a {@link WaitKind} is. */
final class Waits {
    private Waits() {
    }

    static WaitStrategy of(final WaitKind kind) {
        return switch (kind) {
            case PHASED -> new PhasedWait(Pipeline.STAGES);
            case BLOCKING -> new BlockingWaitStrategy();
            case LITE_BLOCKING -> new LiteBlockingWaitStrategy();
            case YIELDING -> new YieldingWaitStrategy();
            case BUSY_SPIN -> new BusySpinWaitStrategy();
        };
    }
}
