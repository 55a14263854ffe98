package org.mawid.api.fake;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.CommandSource;
import org.mawid.engine.CoreQuery;
import org.mawid.engine.Engine;
import org.mawid.engine.EngineStatus;
import org.mawid.engine.Reply;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.sbe.ConfirmDecoder;
import org.mawid.sbe.HoldDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.ReleaseDecoder;
import org.mawid.sbe.RequestDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.BooleanType;

/**
 * An engine that can misbehave on demand: full, silent, slow to start. It counts applications, holds and appointments, remembers
 * request ids, and answers on a thread of its own, as the real one does.
 */
public final class FakeEngine implements Engine {
    /** A desk where every day is yet to be released, at {@link #RELEASED_AT_MS}. */
    public static final int UNRELEASED_DESK = 999;
    public static final long RELEASED_AT_MS = 1_900_000_000_000L;
    public static final long HOLD_MS = 600_000;

    private record Entry(UnsafeBuffer command, Reply reply, long tag) {
    }

    private record Remembered(Result result, long number1, long number2, long number3, long position) {
    }

    private final FakeReadModel readModel = new FakeReadModel();
    private final Queue<Entry> entries = new ArrayDeque<>();
    private final Map<List<Long>, Remembered> remembered = new HashMap<>();
    private final Set<Long> liveHolds = new HashSet<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RequestDecoder request = new RequestDecoder();
    private final Outcome outcome = new Outcome();
    private final Thread core;
    private int capacity = 100_000;
    private Result admission = Result.OK;
    private boolean recordsBehind;
    private boolean silent;
    private boolean broken;
    private boolean closed;
    private long position;
    private long applications;
    private long holds;
    private long appointments;
    private long stamps;
    private byte[] lastCommand = {};
    private Consumer<String> haltListener;

    public FakeEngine() {
        core = new Thread(this::answerAll, "fake-core");
        core.setDaemon(true);
        core.start();
    }

    /** Commands that are admitted before the rest is UNAVAILABLE, until they are answered. */
    public synchronized void capacity(final int commands) {
        capacity = commands;
    }

    public synchronized void admission(final Result result) {
        admission = result;
    }

    /** Whether the records are what closes admission. */
    public synchronized void recordsBehind(final boolean behind) {
        recordsBehind = behind;
        admission = behind ? Result.UNAVAILABLE : Result.OK;
    }

    /** While silent, commands are admitted and not answered. */
    public synchronized void silent(final boolean nowSilent) {
        silent = nowSilent;
        notifyAll();
    }

    /** While broken, submitting throws what no engine should. */
    public synchronized void broken(final boolean nowBroken) {
        broken = nowBroken;
    }

    public synchronized void halt(final String reason) {
        haltListener.accept(reason);
    }

    public synchronized int waiting() {
        return entries.size();
    }

    public synchronized long lastPosition() {
        return position;
    }

    /** The bytes of what was admitted last; empty before the first. */
    public synchronized byte[] lastCommand() {
        return lastCommand;
    }

    @Override
    public synchronized Result submit(final CommandSource source, final Reply reply, final long tag) {
        return submit(source, 1, reply, tag) == 1 ? Result.OK : admission == Result.OK ? Result.UNAVAILABLE : admission;
    }

    @Override
    public synchronized int submit(final CommandSource source, final int count, final Reply reply, final long tag) {
        if (broken) {
            throw new IllegalStateException("by order of the test");
        }
        int admitted = 0;
        while (admitted < count && admission == Result.OK && entries.size() < capacity) {
            final MutableDirectBuffer slot = new UnsafeBuffer(new byte[CommandSource.MAX_BYTES]);
            final int length = source.write(admitted, slot, 0);
            lastCommand = Arrays.copyOf(slot.byteArray(), length);
            entries.add(new Entry(new UnsafeBuffer(slot, 0, length), reply, tag + admitted));
            admitted++;
        }
        notifyAll();
        return admitted;
    }

    @Override
    public synchronized Result admission() {
        return admission;
    }

    @Override
    public synchronized boolean waitsForRecords() {
        return recordsBehind;
    }

    @Override
    public synchronized boolean query(final CoreQuery query) {
        if (closed) {
            return false;
        }
        final Thread thread = new Thread(() -> query.on(new EngineCore()), "fake-query");
        thread.start();
        return true;
    }

    @Override
    public ReadModel readModel() {
        return readModel;
    }

    public FakeReadModel fakeReadModel() {
        return readModel;
    }

    @Override
    public synchronized EngineStatus status() {
        return new EngineStatus(position, position, position, position, System.currentTimeMillis(), entries.size(), capacity, 0, 0, 0,
                admission == Result.STORAGE_FULL, !closed);
    }

    @Override
    public synchronized void onHalt(final Consumer<String> listener) {
        haltListener = listener;
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void answerAll() {
        try {
            while (true) {
                final Entry entry;
                synchronized (this) {
                    while (!closed && (silent || entries.isEmpty())) {
                        wait();
                    }
                    if (closed) {
                        return;
                    }
                    entry = entries.remove();
                    apply(entry.command());
                }
                entry.reply().onOutcome(entry.tag(), outcome, entry.command(), 0, 0);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void apply(final UnsafeBuffer command) {
        header.wrap(command, 0);
        request.wrap(command, MessageHeaderDecoder.ENCODED_LENGTH);
        final long nowMs = System.currentTimeMillis();
        if (request.deadlineMs() != 0 && request.deadlineMs() < nowMs) {
            outcome.begin(0, nowMs).set(Result.DEADLINE_EXCEEDED, 0, 0, 0);
            return;
        }
        final List<Long> id = List.of(request.idHigh(), request.idLow());
        final Remembered before = remembered.get(id);
        position++;
        outcome.begin(position, nowMs);
        if (before != null) {
            outcome.set(before.result(), before.number1(), before.number2(), before.number3()).repeated(true);
            return;
        }
        decide(command, nowMs);
        remembered.put(id, new Remembered(outcome.result(), outcome.number1(), outcome.number2(), outcome.number3(), position));
    }

    private void decide(final UnsafeBuffer command, final long nowMs) {
        switch (header.templateId()) {
            case 30 -> outcome.set(Result.OK, ++applications, 0, 0);
            case HoldDecoder.TEMPLATE_ID -> hold(new HoldDecoder().wrapAndApplyHeader(command, 0, header), nowMs);
            case ConfirmDecoder.TEMPLATE_ID -> confirm(new ConfirmDecoder().wrapAndApplyHeader(command, 0, header));
            case ReleaseDecoder.TEMPLATE_ID -> outcome.set(
                    liveHolds.remove(new ReleaseDecoder().wrapAndApplyHeader(command, 0, header).holdId()) ? Result.OK : Result.HOLD_EXPIRED, 0, 0, 0);
            case 45 -> outcome.set(Result.OK, 0, 17, 0);
            case 49 -> outcome.set(Result.OVERFLOW, ++appointments, 18, 0);
            case 60 -> {
                outcome.set(Result.OK, stamps + 1, 3, 0);
                stamps += 3;
            }
            case 26 -> outcome.set(Result.OK, 5, 0, 0);
            case 50 -> outcome.set(Result.OK, 7, nowMs + HOLD_MS, 0);
            case 51 -> outcome.set(Result.OK, 7, 17, 0);
            case 52 -> outcome.set(Result.OVERFLOW, 7, 18, 0);
            case 53 -> outcome.set(Result.OK, 50_000, 0, 0);
            case 62 -> outcome.set(Result.OK, 7, 4_650, 50_000);
            case 63 -> outcome.set(Result.OK, 7, 17, 0);
            case 64, 65, 66, 67, 68, 69 -> outcome.set(Result.OK, 7, 3, 0);
            case 70 -> outcome.set(Result.OK, 50_000, 0, 0);
            case 71, 78 -> outcome.set(Result.OK, 7, 0, 0);
            case 76 -> outcome.set(Result.OK, 7, 4_650, 1);
            case 22 -> outcome.set(Result.OK, 5, 0, 0);
            case 24 -> outcome.set(Result.CONFLICT, 41, 0, 0);
            default -> outcome.set(Result.OK, 0, 0, 0);
        }
    }

    private void hold(final HoldDecoder command, final long nowMs) {
        final long application = command.applicationId();
        final boolean stamped = command.issueStamps() == BooleanType.YES;
        int legs = 0;
        int desk = 0;
        for (final HoldDecoder.LegsDecoder leg : command.legs()) {
            desk = leg.deskId();
            legs++;
        }
        if (application < 1 || application > applications) {
            outcome.set(Result.APPLICATION_UNKNOWN, 0, 0, 0);
        } else if (desk == UNRELEASED_DESK) {
            outcome.set(Result.NOT_YET_RELEASED, RELEASED_AT_MS, 0, 0);
        } else {
            liveHolds.add(++holds);
            outcome.set(Result.OK, holds, nowMs + HOLD_MS, stamped ? stamps + 1 | (long) legs << 56 : 0);
            stamps += stamped ? legs : 0;
        }
    }

    private void confirm(final ConfirmDecoder command) {
        final long hold = command.holdId();
        if (hold > holds) {
            outcome.set(Result.HOLD_UNKNOWN, 0, 0, 0);
        } else if (!liveHolds.remove(hold)) {
            outcome.set(Result.HOLD_EXPIRED, 0, 0, 0);
        } else {
            outcome.set(Result.OK, ++appointments, 1_800_000_000_000L, 0);
        }
    }
}
