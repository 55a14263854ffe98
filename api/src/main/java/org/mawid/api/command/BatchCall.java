package org.mawid.api.command;

import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.ResultTable;
import org.mawid.api.gateway.Signal;
import org.mawid.api.gateway.WalkInTicket;
import org.mawid.api.rpc.CallBytes;
import org.mawid.api.rpc.Worker;
import org.mawid.engine.CommandSource;
import org.mawid.engine.Engine;
import org.mawid.engine.Reply;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.Result;

/** One batch: submitted in one go, answered when its last command is. */
final class BatchCall extends Signal implements Reply, CommandSource {
    private static final AtomicIntegerFieldUpdater<BatchCall> OPEN = AtomicIntegerFieldUpdater.newUpdater(BatchCall.class, "open");

    private final Worker worker;
    private final ServerCallStreamObserver<ByteString> observer;
    private final CallBytes bytes;
    private final boolean packed;
    private final OutcomeSlab outcomes;
    private final int count;
    private Frames frames;
    /** Which item each submitted command is; null when all items were submitted. */
    private int[] items;
    private boolean handedOver;
    /** Commands without an answer, and one for the submitting itself. */
    private volatile int open;

    BatchCall(final Worker worker, final Frames frames, final ServerCallStreamObserver<ByteString> observer, final CallBytes bytes) {
        this.worker = worker;
        this.frames = frames;
        this.packed = frames.isPacked();
        this.observer = observer;
        this.bytes = bytes;
        this.count = frames.count();
        this.outcomes = new OutcomeSlab(count);
    }

    /** On the event loop. */
    void submit() {
        bytes.answer((long) count * OutcomeSlab.FRAME_BYTES); // before anything is admitted: what is admitted is answered, whatever waits by then
        final int good = frames.good();
        if (good < count) {
            items = new int[good];
        }
        for (int i = 0, submitted = 0; i < count; i++) {
            outcomes.begin(i, frames.template(i));
            if (frames.result(i) != Result.OK) {
                refuse(i, frames.result(i), frames.detail(i), frames.retryMs(i));
            } else if (items != null) {
                items[submitted++] = i;
            }
        }
        open = good + 1;
        worker.lane().await(this);
        final Engine engine = worker.gateway().engine();
        final int admitted = engine.submit(this, good, this, 0);
        if (admitted < good) {
            final Answer refusal = worker.gateway().notAdmitted(null);
            for (int i = admitted; i < good; i++) {
                refuse(item(i), refusal.result(), refusal.number1(), ResultTable.retryMs(refusal.result(), refusal.number1()));
            }
        }
        frames.release();
        frames = null;
        if (OPEN.addAndGet(this, admitted - good - 1) == 0) {
            onLane();
        }
    }

    @Override
    public int write(final int index, final MutableDirectBuffer slot, final int offset) {
        return frames.copy(item(index), slot, offset);
    }

    @Override
    public void onOutcome(final long tag, final Outcome outcome, final DirectBuffer events, final int offset, final int length) {
        final int item = item((int) tag);
        outcomes.set(item, outcome, WalkInTicket.of(worker.gateway().engine(), outcomes.template(item), outcome, events, offset, length));
        if (OPEN.decrementAndGet(this) == 0) {
            worker.lane().push(this);
        }
    }

    @Override
    protected void onLane() {
        worker.lane().answered(this);
        if (!handedOver) {
            handOver(outcomes);
        }
    }

    @Override
    protected void onTimeout() {
        handOver(outcomes.asFarAsKnown(worker.gateway().localAnswers()));
    }

    private void refuse(final int item, final Result result, final long number1, final long retryMs) {
        worker.gateway().localAnswers().count(outcomes.template(item), result, number1);
        outcomes.setLocal(item, result, number1, retryMs);
    }

    private void handOver(final OutcomeSlab answers) {
        handedOver = true;
        final ByteString reply = packed ? ReplyWriter.packed(answers.toWire(worker.references())) : answers.toMessage(worker.references());
        bytes.answer(reply.size());
        observer.onNext(reply);
        observer.onCompleted();
    }

    private int item(final int submitted) {
        return items == null ? submitted : items[submitted];
    }
}
