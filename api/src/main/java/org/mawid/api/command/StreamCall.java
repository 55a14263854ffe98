package org.mawid.api.command;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.ResultTable;
import org.mawid.api.gateway.Signal;
import org.mawid.api.gateway.WalkInTicket;
import org.mawid.api.rpc.Worker;
import org.mawid.engine.CommandSource;
import org.mawid.engine.Engine;
import org.mawid.engine.Reply;
import org.mawid.engine.kernel.Outcome;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.sbe.Result;

/**
 * One stream of commands. Those that arrive in one read are submitted together; answers go out in the order of the commands, as
 * many as are known at a time.
 * <p>Memory is bounded by {@value #WINDOW} commands without a sent answer: the client is asked for another command only when an
 * answer has been handed to the transport, and none is handed over while the transport is full. Who does not read, stops writing.
 * <p>On the event loop, but for {@link #onOutcome}.
 */
final class StreamCall extends Signal implements StreamObserver<Command>, Reply, CommandSource {
    /** Most commands of a stream that are on their way or whose answer waits to be sent. A power of two. */
    static final int WINDOW = 2_048;

    /** Bytes that the transport may hold before it counts as full. */
    private static final int READY_BYTES = 128 << 10;
    private static final int CHUNK = 64;
    private static final int GATHER_COMMANDS = 64;
    private static final int GATHER_BYTES = 16 << 10;
    private static final AtomicIntegerFieldUpdater<StreamCall> SIGNALLED = AtomicIntegerFieldUpdater.newUpdater(StreamCall.class, "signalled");

    private final Worker worker;
    private final CommandMapping mapping;
    private final Judge judge;
    private final ServerCallStreamObserver<CommandReply> observer;
    private final Runnable onEnd;
    private final long deadlineMs;
    /** Slot of command n: chunk (n / 64) modulo their number; made when first used. */
    private final OutcomeSlab[] slabs = new OutcomeSlab[WINDOW / CHUNK];
    private final long[][] tags = new long[WINDOW / CHUNK][];
    /** Direct: a command in an array would be copied to be checked. */
    private final UnsafeBuffer gathered = new UnsafeBuffer(ByteBuffer.allocateDirect(GATHER_BYTES));
    private final int[] offsets = new int[GATHER_COMMANDS + 1];
    private final Runnable flush = this::flush;
    private int gatheredCount;
    private long gatheredFirst;
    private boolean flushIsDue;
    private long received;
    private long sent;
    private boolean halfClosed;
    private boolean ended;
    private volatile int signalled;

    /** @param judge of each command by itself, null = any may go on */
    StreamCall(final Worker worker, final CommandMapping mapping, final Judge judge, final ServerCallStreamObserver<CommandReply> observer, final Runnable onEnd) {
        this.worker = worker;
        this.mapping = mapping;
        this.judge = judge;
        this.observer = observer;
        this.onEnd = onEnd;
        this.deadlineMs = worker.callDeadlineMs();
    }

    /** Within the call's handler, before it returns. */
    void begin() {
        observer.disableAutoRequest();
        observer.setOnReadyThreshold(READY_BYTES);
        observer.setOnReadyHandler(this::send);
        observer.setOnCancelHandler(this::end);
        observer.setOnCloseHandler(this::end); // of a call that gRPC ends for an exception of ours, only this is told
        observer.request(WINDOW);
    }

    @Override
    public void onNext(final Command command) {
        final int at = offsets[gatheredCount];
        final Draft draft = worker.draft(gathered, at, deadlineMs);
        final int length = mapping.encode(draft, command);
        final CommandTemplate template = CommandTemplate.of(command.getCommandCase().getNumber());
        final long number = take(template, command.getTag());
        final Result verdict = length == 0 ? draft.problem() : judge == null ? Result.OK : judge.judge(template, gathered, at, command.getCapability());
        if (verdict != Result.OK) {
            flush(); // what is gathered has consecutive numbers
            refuse(number, verdict, length == 0 ? 0 : judge.detail(), length == 0 ? 0 : judge.waitMs());
            wake();
            return;
        }
        if (gatheredCount == 0) {
            gatheredFirst = number;
        }
        offsets[++gatheredCount] = at + length;
        if (gatheredCount == GATHER_COMMANDS || at + length + MAX_BYTES > GATHER_BYTES) {
            flush();
        } else if (!flushIsDue) {
            // Runs when the present read has been delivered.
            flushIsDue = true;
            worker.eventLoop().execute(flush);
        }
    }

    @Override
    public void onError(final Throwable cancelled) {
        end();
    }

    @Override
    public void onCompleted() {
        halfClosed = true;
        flush();
        send();
    }

    @Override
    public int write(final int index, final MutableDirectBuffer slot, final int offset) {
        final int length = offsets[index + 1] - offsets[index];
        slot.putBytes(offset, gathered, offsets[index], length);
        return length;
    }

    @Override
    public void onOutcome(final long tag, final Outcome outcome, final DirectBuffer events, final int offset, final int length) {
        final OutcomeSlab slab = slab(tag);
        final int slot = (int) tag & CHUNK - 1;
        slab.set(slot, outcome, WalkInTicket.of(worker.gateway().engine(), slab.template(slot), outcome, events, offset, length));
        wake();
    }

    @Override
    protected void onLane() {
        SIGNALLED.set(this, 0);
        send();
    }

    @Override
    protected void onTimeout() {
        throw new IllegalStateException("a stream tells when it is known and never awaits");
    }

    /** Any thread. A full fence: either the event loop has yet to look, or it is told. */
    private void wake() {
        if (SIGNALLED.getAndSet(this, 1) == 0) {
            worker.lane().push(this);
        }
    }

    private void flush() {
        flushIsDue = false;
        if (gatheredCount == 0) {
            return;
        }
        final Engine engine = worker.gateway().engine();
        final int admitted = engine.submit(this, gatheredCount, this, gatheredFirst);
        if (admitted < gatheredCount) {
            final Answer refusal = worker.gateway().notAdmitted(null);
            for (int i = admitted; i < gatheredCount; i++) {
                refuse(gatheredFirst + i, refusal.result(), refusal.number1(), 0);
            }
        }
        final boolean someRefused = admitted < gatheredCount;
        gatheredCount = 0;
        if (someRefused) {
            send();
        }
    }

    private void send() {
        int answers = 0;
        while (!ended && sent < received && observer.isReady() && slab(sent).isAnswered((int) sent & CHUNK - 1)) {
            final OutcomeSlab slab = slab(sent);
            final int slot = (int) sent & CHUNK - 1;
            final long tag = tags[chunk(sent)][slot];
            sent++;
            answers++;
            observer.onNext(CommandReplies.reply(slab.answer(slot), tag, worker.gateway().references()));
        }
        if (ended) {
            return;
        }
        if (sent == received) {
            if (halfClosed) {
                end();
                observer.onCompleted();
                return;
            }
            sent = 0; // nothing is on its way: the first slots again, which are warm
            received = 0;
        }
        if (answers > 0) {
            observer.request(answers);
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            onEnd.run();
        }
    }

    private long take(final CommandTemplate template, final long tag) {
        final long number = received++;
        final int chunk = chunk(number);
        if (slabs[chunk] == null) {
            slabs[chunk] = new OutcomeSlab(CHUNK);
            tags[chunk] = new long[CHUNK];
        }
        final int slot = (int) number & CHUNK - 1;
        slabs[chunk].begin(slot, template);
        tags[chunk][slot] = tag;
        return number;
    }

    /** @param waitMs of a limit, 0 = as usual */
    private void refuse(final long number, final Result result, final long number1, final long waitMs) {
        final int slot = (int) number & CHUNK - 1;
        worker.gateway().localAnswers().count(slab(number).template(slot), result, number1);
        slab(number).setLocal(slot, result, number1, waitMs == 0 ? ResultTable.retryMs(result, number1) : waitMs);
    }

    private OutcomeSlab slab(final long number) {
        return slabs[chunk(number)];
    }

    private static int chunk(final long number) {
        return (int) (number / CHUNK) & WINDOW / CHUNK - 1;
    }
}
