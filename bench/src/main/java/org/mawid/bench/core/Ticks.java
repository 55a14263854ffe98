package org.mawid.bench.core;

import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.bench.load.Output;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.TickEncoder;

/** What follows from a command, Tick by Tick, and what that takes of the run's thread. */
final class Ticks {
    /** What lies between two in log time: there are at most a hundred in a second. */
    static final long TICK_MS = 10;
    private static final int TICK_BYTES = MessageHeaderEncoder.ENCODED_LENGTH + TickEncoder.BLOCK_LENGTH;

    private final CoreRun run;
    private final UnsafeBuffer tick = new UnsafeBuffer(ByteBuffer.allocateDirect(TICK_BYTES));
    private long spentNs;
    private long longestNs;
    private long count;

    Ticks(final CoreRun run) {
        this.run = run;
        new TickEncoder().wrapAndApplyHeader(tick, 0, new MessageHeaderEncoder());
    }

    /** Whether the next one would have something to do. */
    boolean isDue() {
        return run.core().nextDueMs() <= run.nowMs();
    }

    /** The command of which they are the consequence: its time counts, too. */
    void apply(final DirectBuffer command, final int length) {
        spentNs += timed(command, length, 0);
    }

    void tick() {
        final long ns = timed(tick, TICK_BYTES, TICK_MS);
        spentNs += ns;
        longestNs = Math.max(longestNs, ns);
        count++;
    }

    private long timed(final DirectBuffer command, final int length, final long ms) {
        final long fromNs = CpuClock.nanos();
        run.apply(command, length, ms);
        return CpuClock.nanos() - fromNs;
    }

    /** Of all so far: processor time, how many, the longest one, log time. */
    JsonObject figures() {
        return new JsonObject().put("coreMs", Output.rounded(spentNs / 1e6)).put("ticks", count).put("longestTickUs", Output.rounded(longestNs / 1e3)).put("logMs", count * TICK_MS);
    }
}
