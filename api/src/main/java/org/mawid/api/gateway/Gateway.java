package org.mawid.api.gateway;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;
import org.mawid.engine.Engine;
import org.mawid.sbe.Result;

/**
 * The way into the engine for every edge: commands in, answers back on the thread that asked. An answer that does not come in
 * time is PENDING; the command may still be done, and its outcome can be asked for. Any thread unless said.
 */
public final class Gateway implements AutoCloseable {
    /** What {@link #createdMsOf} tells when the core did not answer in time. */
    public static final long NOT_KNOWN = -2;
    /** What {@link #createdMsOf} tells when the core could not be asked, see {@link #notAsked}. */
    public static final long NOT_ASKED = -3;

    /** How long a read by reference waits for records that are opening, beside any wait for a position. Milliseconds. Source: our estimate. */
    public static final long OPENING_TIMEOUT_MS = 5_000;

    private static final long TIMER_MS = 50;

    private final Engine engine;
    private final References references;
    private final SecretGuard secretGuard;
    private final long replyTimeoutMs;
    private final EpochClock clock;
    private final LocalAnswers localAnswers;
    private final List<Lane> lanes = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer;

    /** With the system's clock. @param replyTimeoutMs how long to wait for the core before the answer is PENDING, 100 to 30 000 */
    public Gateway(final Engine engine, final References references, final long replyTimeoutMs) {
        this(engine, references, replyTimeoutMs, SystemEpochClock.INSTANCE);
    }

    /**
     * @param replyTimeoutMs how long to wait for the core before the answer is PENDING, 100 to 30 000
     * @param clock          what time it is for the log: the engine's own, which does not step with the system's
     */
    public Gateway(final Engine engine, final References references, final long replyTimeoutMs, final EpochClock clock) {
        this(engine, references, replyTimeoutMs, clock, new LocalAnswers());
    }

    /** As above. @param localAnswers where answers are counted that the edges give by themselves */
    public Gateway(final Engine engine, final References references, final long replyTimeoutMs, final EpochClock clock, final LocalAnswers localAnswers) {
        this(engine, references, replyTimeoutMs, clock, localAnswers, SecretGuard.NONE);
    }

    /** As above. @param secretGuard how often secret codes may be tried, over all edges */
    public Gateway(final Engine engine, final References references, final long replyTimeoutMs, final EpochClock clock, final LocalAnswers localAnswers,
                   final SecretGuard secretGuard) {
        this.secretGuard = secretGuard;
        if (replyTimeoutMs < 100 || replyTimeoutMs > 30_000) {
            throw new IllegalArgumentException("reply time-out of 100 to 30 000 ms: " + replyTimeoutMs);
        }
        this.engine = engine;
        this.references = references;
        this.replyTimeoutMs = replyTimeoutMs;
        this.clock = clock;
        this.localAnswers = localAnswers;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            final Thread thread = new Thread(task, "mawid-reply-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(this::tick, TIMER_MS, TIMER_MS, TimeUnit.MILLISECONDS);
    }

    public Engine engine() {
        return engine;
    }

    public References references() {
        return references;
    }

    public SecretGuard secretGuard() {
        return secretGuard;
    }

    /** Where an edge counts what it answers by itself, but for what {@link #submit} does. */
    public LocalAnswers localAnswers() {
        return localAnswers;
    }

    /** What time it is for the log, ms since 1970-01-01 UTC: what reads compare with, and deadlines are told in. */
    public long nowMs() {
        return clock.time();
    }

    public long replyTimeoutMs() {
        return replyTimeoutMs;
    }

    /** One for each event loop, kept as long as the loop. @param executor runs everything on that loop's thread, in order */
    public Lane lane(final Executor executor) {
        final Lane lane = new Lane(executor, replyTimeoutMs);
        lanes.add(lane);
        return lane;
    }

    /**
     * Submits one command that was checked (see {@link Draft#end}). On the lane's thread.
     *
     * @param handler called exactly once, on the lane's thread; at once when the command is not admitted
     */
    public void submit(final Lane lane, final CommandTemplate template, final DirectBuffer command, final int offset, final int length,
                       final AnswerHandler handler) {
        final PendingAnswer pending = new PendingAnswer(engine, lane, template, localAnswers, handler);
        // Before submitting: the answer may be on its way before submit returns.
        lane.await(pending);
        final Result admission = engine.submit((index, slot, at) -> {
            slot.putBytes(at, command, offset, length);
            return length;
        }, pending, 0);
        if (admission != Result.OK) {
            lane.answered(pending);
            final Answer refusal = admission == Result.UNAVAILABLE ? notAdmitted(template) : Answer.local(template, admission);
            localAnswers.count(template, refusal.result(), refusal.number1());
            handler.onAnswer(refusal);
        }
    }

    /** What to say for a command that was not admitted just now. If the way is open again since, it is said to come back soon. */
    public Answer notAdmitted(final CommandTemplate template) {
        final Result admission = engine.admission();
        if (admission == Result.STORAGE_FULL) {
            return Answer.local(template, admission);
        }
        return Answer.unavailable(template, engine.waitsForRecords() && engine.status().running() ? Cause.RECORDS_BEHIND : notAsked());
    }

    /** Why a question was not taken just now: it waits for neither records nor disk. */
    public Cause notAsked() {
        return engine.status().running() ? Cause.RING_FULL : Cause.STOPPING;
    }

    /**
     * Asks the core what became of a request. On the lane's thread.
     *
     * @param handler as in {@link #submit}; the template of the answer is null when the request is not remembered
     */
    public void outcomeOf(final Lane lane, final long idHigh, final long idLow, final AnswerHandler handler) {
        final PendingAnswer pending = new PendingAnswer(engine, lane, null, null, handler);
        lane.await(pending);
        if (!engine.query(core -> pending.ask(core, idHigh, idLow))) {
            lane.answered(pending);
            handler.onAnswer(Answer.unavailable(null, notAsked()));
        }
    }

    /**
     * Asks the core when a remembered request was made: a repeat must say the same. On the lane's thread.
     *
     * @param handler called exactly once, on the lane's thread: ms since 1970-01-01 UTC, -1 = not remembered, {@link #NOT_KNOWN} or {@link #NOT_ASKED}
     */
    public void createdMsOf(final Lane lane, final long idHigh, final long idLow, final LongConsumer handler) {
        final CreatedQuestion question = new CreatedQuestion(lane, idHigh, idLow, handler);
        lane.await(question);
        if (!engine.query(question)) {
            lane.answered(question);
            handler.accept(NOT_ASKED);
        }
    }

    /**
     * Asks the core which payment was begun last, behind all commands that were submitted before. On the lane's thread.
     *
     * @param handler called exactly once, on the lane's thread; with null when the core could not be asked, or did not answer in time
     */
    public void lastPayment(final Lane lane, final Consumer<LastPayment> handler) {
        final LastPaymentQuestion question = new LastPaymentQuestion(lane, handler);
        lane.await(question);
        if (!engine.query(question)) {
            lane.answered(question);
            handler.accept(null);
        }
    }

    /**
     * Asks the core whether money that goes back after its settlement is a return, behind all commands that were submitted before. Any thread.
     *
     * @return completed on the core's thread: to be waited for on another, with nothing hung on it; null when the core cannot be asked now
     */
    public CompletableFuture<Boolean> keepsReturns() {
        final ReturnsQuestion question = new ReturnsQuestion();
        return engine.query(question) ? question.kept() : null;
    }

    private void tick() {
        for (final Lane lane : lanes) {
            lane.tick();
            if (lane.hasEnded()) {
                lanes.remove(lane);
            }
        }
    }

    /** Stops the timer. Answers that are still on their way are handed over, but no longer time out. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
