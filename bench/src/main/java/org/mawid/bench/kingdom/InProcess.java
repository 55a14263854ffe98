package org.mawid.bench.kingdom;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.CommandSource;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.Reply;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.Result;

/**
 * Straight into the ring of an engine in this process. The core counts in order, so that numbers are known before they are answered; each
 * answer is held against that on the core's thread, which writes nothing but the refusals and how far it has come.
 */
final class InProcess extends Way {
    /** Commands that are admitted together. */
    private static final int CHUNK = 256;
    private static final long PAUSE_NS = 20_000;
    private static final long MOST_NS = 60_000_000_000L;

    private final EmbeddedEngine engine;
    private final int inFlight;
    private final UnsafeBuffer staged = new UnsafeBuffer(ByteBuffer.allocateDirect(CHUNK * COMMAND_BYTES));
    private final int[] lengths = new int[CHUNK];
    /** What is expected of those on their way, by tag: twice as many as the ring admits, so that none is overwritten before it is answered. */
    private final long[] numbers;
    private final byte[] brings;
    private final byte[] stamps;
    private final int mask;
    private final CommandSource source = this::write;
    private final Reply reply = this::onAnswer;
    private int count;
    private int from;
    private long admitted;
    private long answeredPlain;
    private volatile long answered;

    /** @param inFlight most commands without an answer: what the engine does by itself, as retiring what has ended, waits behind as many */
    InProcess(final Cases cases, final EmbeddedEngine engine, final int inFlight) {
        super(cases);
        this.engine = engine;
        this.inFlight = inFlight;
        final int window = 2 * Math.max(engine.status().ringSize(), CHUNK);
        this.numbers = new long[window];
        this.brings = new byte[window];
        this.stamps = new byte[window];
        this.mask = window - 1;
    }

    @Override
    void advanceTo(final long nowMs) {
        flush();
        engine.advanceTo(nowMs);
        requireForeseen();
    }

    @Override
    MutableDirectBuffer buffer(final int postId) {
        return staged;
    }

    @Override
    int offset(final int postId) {
        return count * COMMAND_BYTES;
    }

    @Override
    void say(final int postId, final int length, final int slot, final int expected, final long number, final int stampCount) {
        made(slot, expected, number);
        lengths[count] = length;
        final int at = (int) (admitted + count) & mask;
        numbers[at] = number;
        brings[at] = (byte) expected;
        stamps[at] = (byte) stampCount;
        if (++count == CHUNK) {
            flush();
        }
    }

    private void flush() {
        from = 0;
        final long sinceNs = count == 0 ? 0 : System.nanoTime();
        while (from < count) {
            final int taken = admitted - answered > inFlight ? 0 : engine.submit(source, count - from, reply, admitted);
            admitted += taken;
            from += taken;
            if (taken == 0) {
                requireForeseen();
                final Result admission = engine.admission();
                if (admission == Result.STORAGE_FULL || System.nanoTime() - sinceNs > MOST_NS) {
                    throw new IllegalStateException("the engine admits nothing: " + admission);
                }
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
        count = 0;
    }

    private int write(final int index, final MutableDirectBuffer slot, final int offset) {
        slot.putBytes(offset, staged, (from + index) * COMMAND_BYTES, lengths[from + index]);
        return lengths[from + index];
    }

    /** On the core's thread. */
    private void onAnswer(final long tag, final Outcome outcome, final DirectBuffer events, final int offset, final int length) {
        final int at = (int) tag & mask;
        if (outcome.result() != Result.OK || brings[at] == REFUSAL) {
            check(brings[at], outcome.result(), "position " + outcome.position() + ", template " + outcome.templateId());
        } else if (numbers[at] != 0 && (outcome.number1() != numbers[at] || outcome.number3() >>> 56 != stamps[at])) {
            unforeseen("position " + outcome.position() + " brought number " + outcome.number1() + " and " + (outcome.number3() >>> 56)
                    + " stamps, not " + numbers[at] + " and " + stamps[at]);
        }
        answered = ++answeredPlain;
    }

    @Override
    void answered() {
        // numbers are known beforehand
    }

    @Override
    void finish() throws InterruptedException {
        flush();
        final long sinceNs = System.nanoTime();
        while (answered < admitted) {
            requireForeseen();
            if (System.nanoTime() - sinceNs > MOST_NS) {
                throw new IllegalStateException("answers are missing: " + answered + " of " + admitted);
            }
            Thread.sleep(1);
        }
        requireForeseen();
    }

    @Override
    public void close() {
        engine.close();
    }
}
