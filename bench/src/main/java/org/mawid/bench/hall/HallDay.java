package org.mawid.bench.hall;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.bench.load.Latency;
import org.mawid.engine.Engine;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.Priority;
import org.mawid.sbe.Result;
import org.mawid.sbe.TicketChangedDecoder;
import org.mawid.sbe.TicketQueuedDecoder;

/**
 * A reception day of many posts at once, durable: whoever comes has a ticket, is called, now and then sent to another desk and called there, and served. Each post waits for its answer before it asks
 * on, so that the order of its calls can be told; together they are as many as there are posts. One thread sends, that of the engine answers.
 */
final class HallDay {
    /** Of those who are called, one in so many is at the wrong desk. */
    private static final int TRANSFERRED_OF = 10;
    private static final int URGENT_OF = 50;
    private static final long LONGEST_NS = 60_000_000_000L;
    private static final int DIGITS = 3;
    private static final long PAUSE_NANOS = 20_000L;

    /** @param firstDesk the others follow */
    record Post(int postId, int firstDesk, int desks, int people) {
    }

    private enum Step { COME, CALL, TRANSFER, SERVE }

    /** What a post is at. What came back is written by the engine's thread before the post is handed over. */
    private final class Reception {
        final Post post;
        final Waiting sorted = new Waiting();
        final Deque<Long> atCounters = new ArrayDeque<>();
        int toCome;
        Step step;
        Waiting.Ticket asked;
        long sentNs;
        long answeredNs;
        Result result;
        long ticketId;
        long dueMs;

        Reception(final Post post) {
            this.post = post;
            this.toCome = post.people();
        }

        void onOutcome(final long tag, final Outcome outcome, final DirectBuffer events, final int offset, final int length) {
            answeredNs = System.nanoTime();
            result = outcome.result();
            ticketId = outcome.number3();
            dueMs = dueOf(events, offset + EventWriter.FRAME_BYTES, length);
            answered.add(this);
        }
    }

    private final Engine engine;
    private final HallCommands commands;
    private final List<Reception> receptions = new ArrayList<>();
    private final ManyToOneConcurrentArrayQueue<Reception> answered;
    private final SplittableRandom dice;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder(); // the engine's thread only, as the two below
    private final TicketQueuedDecoder queued = new TicketQueuedDecoder();
    private final TicketChangedDecoder changed = new TicketChangedDecoder();
    private final Histogram callNs = new Histogram(LONGEST_NS, DIGITS);
    private long sent;
    private long calls;
    private long transfers;

    HallDay(final Engine engine, final List<Post> posts, final long seed) {
        this.engine = engine;
        this.commands = new HallCommands(new UnsafeBuffer(new byte[512]), seed);
        this.dice = new SplittableRandom(seed);
        this.answered = new ManyToOneConcurrentArrayQueue<>(posts.size());
        posts.forEach(post -> receptions.add(new Reception(post)));
    }

    /** From the first who comes to the last who is served. @return what it was like */
    JsonObject run() {
        final long fromNs = System.nanoTime();
        int under = 0;
        for (final Reception one : receptions) {
            under += goOn(one) ? 1 : 0;
        }
        while (under > 0) {
            final Reception one = answered.poll();
            if (one == null) {
                LockSupport.parkNanos(PAUSE_NANOS);
            } else {
                took(one);
                under -= goOn(one) ? 0 : 1;
            }
        }
        final double seconds = (System.nanoTime() - fromNs) / 1e9;
        return new JsonObject().put("posts", receptions.size()).put("people", receptions.stream().mapToInt(one -> one.post.people()).sum()).put("calls", calls).put("transfers", transfers)
                .put("commands", sent).put("seconds", seconds).put("commandsPerSecond", sent / seconds).put("callNextDurableUs", Latency.us(callNs)).put("outOfOrder", wrong());
    }

    long wrong() {
        return receptions.stream().mapToLong(one -> one.sorted.wrong()).sum();
    }

    private void took(final Reception one) {
        if (one.result != Result.OK) {
            throw new IllegalStateException(one.step + " at post " + one.post.postId() + " was answered " + one.result);
        }
        switch (one.step) {
            case COME -> one.sorted.came(new Waiting.Ticket(one.dueMs, one.ticketId));
            case CALL -> {
                callNs.recordValue(Math.min(LONGEST_NS, one.answeredNs - one.sentNs));
                calls++;
                one.sorted.called(one.ticketId);
                one.atCounters.add(one.ticketId);
            }
            case TRANSFER -> {
                transfers++;
                one.sorted.came(new Waiting.Ticket(one.dueMs, one.asked.ticketId()));
            }
            case SERVE -> { }
        }
    }

    /** @return false when its day is over */
    private boolean goOn(final Reception one) {
        final long nowMs = engine.status().nowMs();
        final int length;
        if (one.atCounters.size() == one.post.desks() || one.toCome == 0 && one.sorted.count() == 0 && !one.atCounters.isEmpty()) {
            length = leave(one, nowMs);
        } else if (one.toCome > 0 && (one.sorted.count() == 0 || dice.nextBoolean())) {
            one.step = Step.COME;
            one.toCome--;
            final int priority = dice.nextInt(URGENT_OF) == 0 ? Priority.EMERGENCY.value() : dice.nextInt(Priority.EMERGENCY.value());
            length = commands.take(nowMs, (int) (nowMs / 86_400_000L), one.post.postId(), one.post.firstDesk() + dice.nextInt(one.post.desks()), 1 + dice.nextInt(HallCommands.SERVICES), priority);
        } else if (one.sorted.count() > 0) {
            one.step = Step.CALL;
            length = commands.next(nowMs, 1 + one.atCounters.size(), one.post.firstDesk(), one.post.desks());
        } else {
            return false;
        }
        send(one, length);
        return true;
    }

    /** Who was called first is served, or sent elsewhere. */
    private int leave(final Reception one, final long nowMs) {
        final long ticketId = one.atCounters.remove();
        one.asked = new Waiting.Ticket(0, ticketId);
        if (one.post.desks() > 1 && dice.nextInt(TRANSFERRED_OF) == 0) {
            one.step = Step.TRANSFER;
            return commands.transfer(nowMs, ticketId, one.post.firstDesk() + dice.nextInt(one.post.desks()));
        }
        one.step = Step.SERVE;
        return commands.served(nowMs, ticketId);
    }

    private void send(final Reception one, final int length) {
        sent++;
        one.sentNs = System.nanoTime();
        while (engine.submit((index, slot, offset) -> {
            slot.putBytes(offset, commands.buffer(), 0, length);
            return length;
        }, one::onOutcome, 0) != Result.OK) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Of the ticket that the first event tells of, 0 = of none. */
    private long dueOf(final DirectBuffer events, final int at, final int length) {
        if (length == 0) {
            return 0;
        }
        header.wrap(events, at);
        return switch (header.templateId()) {
            case TicketQueuedDecoder.TEMPLATE_ID -> queued.wrapAndApplyHeader(events, at, header).dueMs();
            case TicketChangedDecoder.TEMPLATE_ID -> changed.wrapAndApplyHeader(events, at, header).dueMs();
            default -> 0;
        };
    }
}
