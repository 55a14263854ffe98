package org.mawid.api.command;

import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
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
import org.mawid.api.rpc.Calls;
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
 * <p>A command of which it is not known yet whose what it names is, because that was made a moment ago, is waited for once, and all behind it wait with it: they come to the core in the order in which they were sent.
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
    /** Commands that are kept behind one that waits; what comes beyond is answered READ_MODEL_BEHIND. Source: a window of usual ones. */
    private static final int MOST_KEPT_BYTES = 1 << 20;
    private static final AtomicIntegerFieldUpdater<StreamCall> SIGNALLED = AtomicIntegerFieldUpdater.newUpdater(StreamCall.class, "signalled");

    private final Calls calls;
    private final Worker worker;
    private final CommandMapping mapping;
    private final Judge judge;
    private final WaitingCalls waiting;
    private final Context context = Context.current();
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
    /** Behind the one that waits, in their order. */
    private final ArrayDeque<Kept> kept = new ArrayDeque<>();
    private int keptBytes;
    /** That waits; its command is at the beginning of what is gathered. Null = none. */
    private Stalled stalled;
    private int gatheredCount;
    private long gatheredFirst;
    private boolean flushIsDue;
    private long received;
    private long sent;
    private boolean halfClosed;
    private boolean ended;
    private volatile int signalled;

    private record Kept(long number, Command command) {
    }

    private record Stalled(long number, CommandTemplate template, int length, String capability) {
    }

    /** @param judge of each command by itself, null = any may go on @param waiting with the others of the event loop */
    StreamCall(final Calls calls, final CommandMapping mapping, final Judge judge, final WaitingCalls waiting, final ServerCallStreamObserver<CommandReply> observer, final Runnable onEnd) {
        this.calls = calls;
        this.worker = calls.worker();
        this.mapping = mapping;
        this.judge = judge;
        this.waiting = waiting;
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
        final long number = take(CommandTemplate.of(command.getCommandCase().getNumber()), command.getTag());
        if (stalled == null) {
            handle(number, command);
        } else if (keptBytes + command.getSerializedSize() > MOST_KEPT_BYTES) {
            refuse(number, Result.READ_MODEL_BEHIND, 0, 0);
        } else {
            kept.add(new Kept(number, command));
            keptBytes += command.getSerializedSize();
        }
    }

    private void handle(final long number, final Command command) {
        if (gatheredCount > 0 && number != gatheredFirst + gatheredCount) {
            flush(); // what is gathered has consecutive numbers
        }
        final int at = offsets[gatheredCount];
        final Draft draft = worker.draft(gathered, at, deadlineMs);
        final int length = mapping.encode(draft, command);
        final CommandTemplate template = slab(number).template((int) number & CHUNK - 1);
        final Result verdict = length == 0 ? draft.problem() : judge == null ? Result.OK : judge.judge(template, gathered, at, command.getCapability());
        if (verdict == Result.READ_MODEL_BEHIND && waiting.mayWait()) {
            flush();
            gathered.putBytes(0, gathered, at, length);
            stall(new Stalled(number, template, length, command.getCapability()));
        } else if (verdict != Result.OK) {
            flush();
            refuse(number, verdict, length == 0 ? 0 : judge.detail(), length == 0 ? 0 : judge.waitMs());
            wake();
        } else {
            gather(number, at + length);
        }
    }

    private void gather(final long number, final int end) {
        if (gatheredCount == 0) {
            gatheredFirst = number;
        }
        offsets[++gatheredCount] = end;
        if (gatheredCount == GATHER_COMMANDS || end + MAX_BYTES > GATHER_BYTES) {
            flush();
        } else if (!flushIsDue) {
            // Runs when the present read has been delivered.
            flushIsDue = true;
            worker.eventLoop().execute(flush);
        }
    }

    private void stall(final Stalled one) {
        stalled = one;
        waiting.begins();
        calls.whenKnown(reached -> worker.eventLoop().execute(context.wrap(() -> wentOn(reached)))); // never within this: another one may stall next
    }

    /** Nobody ends the call for an exception of ours here. */
    private void wentOn(final boolean reached) {
        try {
            goOn(reached);
        } catch (final RuntimeException ours) {
            if (!ended) {
                end();
                observer.onError(ours);
            }
            throw ours;
        }
    }

    private void goOn(final boolean reached) {
        final Stalled one = stalled;
        stalled = null;
        waiting.ended();
        if (ended) {
            return;
        }
        final Result verdict = reached ? judge.judgePaid(one.template(), gathered, 0, one.capability()) : Result.READ_MODEL_BEHIND;
        if (verdict == Result.OK) {
            gather(one.number(), one.length());
        } else {
            refuse(one.number(), verdict, reached ? judge.detail() : 0, 0);
            wake();
        }
        while (stalled == null && !kept.isEmpty()) {
            final Kept next = kept.poll();
            keptBytes -= next.command().getSerializedSize();
            handle(next.number(), next.command());
        }
        if (stalled == null && halfClosed) {
            flush();
            send();
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
            kept.clear();
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
