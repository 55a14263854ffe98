package org.mawid.api.network;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.mawid.engine.Engine;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.Result;

/**
 * Sends many commands to an engine, in order, without waiting for each: an fsync each would make a year of days last an hour.
 * Sends from one thread; answers come on a thread of the engine, which only counts, so that an import does not slow the core.
 */
final class CommandPipe {
    /** Commands without an answer, at most: a fraction of the ring, so that others get in between. */
    static final int WINDOW = 1_024;
    /** How long the engine may answer nothing at all before the import gives up. Milliseconds. */
    static final long STALL_MS = 60_000;

    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(200);

    /** Writes one command, with its header, into the ring. @return bytes written */
    @FunctionalInterface
    interface Command {
        int write(MutableDirectBuffer slot, int offset);
    }

    /** What became of one command. On a thread of the engine: return at once. */
    @FunctionalInterface
    interface Answer {
        void on(Result result, long number1);
    }

    private final Engine engine;
    private final long stallMs;
    private final Answer[] waiting = new Answer[WINDOW]; // by tag; written before the command is in the ring, read after
    private final AtomicLong answered = new AtomicLong();
    private volatile long position;
    private long sent;

    CommandPipe(Engine engine, long stallMs) {
        this.engine = engine;
        this.stallMs = stallMs;
    }

    /** Returns when the command is in the ring. @throws NetworkImportException when the engine has stopped or takes nothing more */
    void send(Command command, Answer answer) {
        waitUntilAnswered(sent - WINDOW + 1);
        waiting[(int) (sent % WINDOW)] = answer;
        final long patientUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(stallMs);
        Result admission;
        while ((admission = engine.submit((index, slot, offset) -> command.write(slot, offset), this::onOutcome, sent)) != Result.OK) {
            pause(patientUntil, "takes no commands: " + admission);
        }
        sent++;
    }

    /** Returns when every command sent has its answer. */
    void await() {
        waitUntilAnswered(sent);
    }

    /** How long to be patient. Milliseconds. */
    long stallMs() {
        return stallMs;
    }

    /** Position of the newest answer, 0 before the first. */
    long position() {
        return position;
    }

    /** Commands admitted so far. */
    long sent() {
        return sent;
    }

    private void waitUntilAnswered(long count) {
        long seen = answered.get();
        long patientUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(stallMs);
        while (seen < count) {
            pause(patientUntil, "does not answer");
            final long now = answered.get();
            if (now != seen) patientUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(stallMs);
            seen = now;
        }
    }

    private void pause(long patientUntil, String trouble) {
        if (!engine.status().running()) throw new NetworkImportException("the engine has stopped");
        if (System.nanoTime() - patientUntil > 0) throw new NetworkImportException("the engine " + trouble + ", for " + stallMs / 1_000 + " s");
        if (Thread.currentThread().isInterrupted()) throw new NetworkImportException("the import was interrupted");
        LockSupport.parkNanos(PAUSE_NS); // polled: waking us for each answer would cost the core more than the answer
    }

    private void onOutcome(long tag, Outcome outcome, DirectBuffer events, int offset, int length) {
        waiting[(int) (tag % WINDOW)].on(outcome.result(), outcome.number1());
        position = Math.max(position, outcome.position());
        answered.incrementAndGet();
    }

    /** Refusals as they come in on the engine's thread; the first hundred in full. */
    static final class Refused {
        private final List<String> kept = new ArrayList<>();
        private int total;

        synchronized void add(String what, Result result, long number1) {
            if (kept.size() < Refusals.KEPT) kept.add(what + ": " + result + (number1 == 0 ? "" : " " + number1));
            total++;
        }

        synchronized boolean isEmpty() {
            return total == 0;
        }

        synchronized void clear() {
            kept.clear();
            total = 0;
        }

        synchronized void throwIfAny() {
            if (total > 0) throw NetworkImportException.refused(List.copyOf(kept), total);
        }
    }
}
