package org.mawid.api.cutover;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.mawid.engine.Engine;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.Result;

/** To an engine, many commands under way at once: a fsync each would make a night of an hour. Others get in between. */
final class EngineDoor implements Door {
    private static final int WINDOW = 1_024;
    private static final long STALL_MS = 60_000;
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final Engine engine;
    private final Answer[] waiting = new Answer[WINDOW]; // by tag; written before the command is in the ring, read after
    private final AtomicLong answered = new AtomicLong();
    private long sent;

    EngineDoor(final Engine engine) {
        this.engine = engine;
    }

    /** @throws CutOverStoppedException when the engine has stopped, or takes nothing more for a minute */
    @Override
    public void send(final Message message, final Answer answer) {
        waitUntilAnswered(sent - WINDOW + 1);
        waiting[(int) (sent % WINDOW)] = answer;
        final long patientUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STALL_MS);
        Result admission;
        while ((admission = engine.submit((index, slot, offset) -> message.write(slot, offset), this::onOutcome, sent)) != Result.OK) {
            pause(patientUntil, "takes no commands: " + admission);
        }
        sent++;
    }

    @Override
    public void await() {
        waitUntilAnswered(sent);
    }

    private void waitUntilAnswered(final long count) {
        long seen = answered.get();
        long patientUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STALL_MS);
        while (seen < count) {
            pause(patientUntil, "does not answer");
            final long now = answered.get();
            if (now != seen) {
                patientUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STALL_MS);
            }
            seen = now;
        }
    }

    private void pause(final long patientUntil, final String trouble) {
        if (!engine.status().running()) {
            throw new CutOverStoppedException("the engine has stopped");
        }
        if (System.nanoTime() - patientUntil > 0) {
            throw new CutOverStoppedException("the engine " + trouble + ", for " + STALL_MS / 1_000 + " s");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new CutOverStoppedException("it was interrupted");
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    private void onOutcome(final long tag, final Outcome outcome, final DirectBuffer events, final int offset, final int length) {
        waiting[(int) (tag % WINDOW)].on(outcome.result(), outcome.number1(), outcome.number2());
        answered.incrementAndGet();
    }
}
