package org.mawid.api.http;

import io.vertx.core.Context;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.mawid.api.gateway.Cause;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.sbe.Result;

/** Streams of server-sent events. One for each event loop. */
final class EventRoutes {
    private static final long LOOK_MS = 10_000;
    private static final CharSequence EVENT_STREAM = "text/event-stream";

    private final Loop loop;
    private final Context context;
    private final WorkerExecutor workers;
    /** Streams of all event loops. */
    private final AtomicInteger open;
    private final Set<EventStream> streams = new HashSet<>();

    EventRoutes(final Loop loop, final Context context, final WorkerExecutor workers, final AtomicInteger open) {
        this.loop = loop;
        this.context = context;
        this.workers = workers;
        this.open = open;
        final long stallMs = loop.config().stallTimeoutMs();
        loop.vertx().setPeriodic(Math.min(LOOK_MS, stallMs), timer -> look(stallMs * 1_000_000L));
    }

    void watch(final Call call) {
        final CatalogueView.Post post = call.post(call.text("post"));
        if (open.incrementAndGet() > loop.config().maxStreams()) {
            open.decrementAndGet();
            throw new Fault(Problem.of(Cause.TOO_MANY_STREAMS));
        }
        final HttpServerResponse response = call.routing().response();
        Answers.head(response, 200, EVENT_STREAM, loop.config().isTls()).setChunked(true);
        loop.metrics().onHttp("watch", 200);
        final String cursor = call.text("Last-Event-ID");
        final EventLog events = loop.readModel().events();
        final EventLog.Subscription subscription = events.subscribe(
                cursor == null ? EventLog.Cursor.after(events.epoch(), loop.readModel().position()) : cursor(cursor), post.postId());
        final EventStream[] stream = new EventStream[1];
        stream[0] = new EventStream(loop, context, workers, response, loop.zone(post.postId()), subscription, () -> {
            streams.remove(stream[0]);
            open.decrementAndGet();
        });
        if (cursor == null) {
            stream[0].snapshot(days(call, post.postId()));
        }
        streams.add(stream[0]);
        stream[0].begin();
    }

    /** Ends all streams: their clients resume elsewhere. */
    void stop() {
        List.copyOf(streams).forEach(EventStream::stop);
    }

    private void look(final long stallNanos) {
        final long nowNanos = System.nanoTime();
        new ArrayList<>(streams).forEach(stream -> stream.look(nowNanos, stallNanos));
    }

    private Deque<EventStream.DayToSend> days(final Call call, final int postId) {
        final Deque<EventStream.DayToSend> days = new ArrayDeque<>();
        if (call.has("snapshotFrom")) {
            final int from = Times.epochDay(call.text("snapshotFrom"));
            for (final CatalogueView.Pool pool : loop.catalogue().pools(postId)) {
                for (int day = 0; day < call.integer("snapshotDays"); day++) {
                    days.add(new EventStream.DayToSend(pool.poolId(), from + day));
                }
            }
        }
        return days;
    }

    /** @param text as the contract has checked it: epoch-position-ordinal */
    private static EventLog.Cursor cursor(final String text) {
        final String[] parts = text.split("-");
        try {
            return new EventLog.Cursor(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Math.min(EventLog.Cursor.ALL, Integer.parseInt(parts[2])));
        } catch (final NumberFormatException tooLong) {
            throw new Fault(Problem.of(Result.MALFORMED).in("Last-Event-ID", "not a cursor"));
        }
    }
}
