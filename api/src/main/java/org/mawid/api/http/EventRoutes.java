package org.mawid.api.http;

import io.vertx.core.Context;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.Places;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.sbe.Result;

/** Streams of server-sent events. One for each event loop. */
final class EventRoutes {
    private static final long LOOK_MS = 10_000;
    private static final CharSequence EVENT_STREAM = HttpHeaders.createOptimized(Contract.EVENT_STREAM);

    private final Loop loop;
    private final Context context;
    private final WorkerExecutor workers;
    /** Watches of all event loops. */
    private final Places places;
    /** What hangs in halls, likewise. */
    private final Places halls;
    private final Set<EventStream> streams = new HashSet<>();

    EventRoutes(final Loop loop, final Context context, final WorkerExecutor workers, final Places places, final Places halls) {
        this.loop = loop;
        this.context = context;
        this.workers = workers;
        this.places = places;
        this.halls = halls;
        final long stallMs = loop.config().stallTimeoutMs();
        loop.vertx().setPeriodic(Math.min(LOOK_MS, stallMs), timer -> look(stallMs * 1_000_000L));
    }

    void watch(final Call call) {
        final CatalogueView.Post post = call.post(call.text("post"));
        // What can be refused comes before what is counted.
        final EventLog.Cursor seen = seen(call);
        final int from = call.has("snapshotFrom") ? Times.epochDay(call.text("snapshotFrom")) : 0;
        final int count = call.has("snapshotFrom") ? call.integer("snapshotDays") : 0;
        final EventStream.Wanted wanted = new EventStream.Wanted(seen == null, call.has("inStep"), "end".equals(call.text("inStep")));
        // Days are looked up when the subscription is there: a pool that comes in between is in one of the two.
        final long leftMs = loop.access() == null ? Long.MAX_VALUE : loop.access().leftMs(call);
        final Source source = loop.access() == null ? EventLog::subscribe : (events, cursor, postId) -> loop.access().follow(call, events, cursor, postId);
        open(call, places, post, seen, wanted, leftMs, source, () -> new PostTelling(loop, post.postId(), seen == null ? days(post.postId(), from, count) : new ArrayDeque<>(), call.flag("visits")));
    }

    /** What hangs in a hall, for as long as somebody looks. */
    void watchHall(final Call call) {
        final CatalogueView.Post post = call.post(call.text("post"));
        final EventLog.Cursor seen = seen(call);
        open(call, halls, post, seen, new EventStream.Wanted(false, false, false), Long.MAX_VALUE, EventLog::subscribe, () -> new HallTelling(loop, post));
    }

    private static EventLog.Cursor seen(final Call call) {
        return call.has("Last-Event-ID") ? cursor(call.text("Last-Event-ID")) : null;
    }

    /** Where events of a post come from. */
    @FunctionalInterface
    private interface Source {
        EventLog.Subscription follow(EventLog events, EventLog.Cursor from, int postId);
    }

    /** @param seen null = from now on @param leftMs for how long who listens may */
    private void open(final Call call, final Places places, final CatalogueView.Post post, final EventLog.Cursor seen, final EventStream.Wanted wanted, final long leftMs, final Source source,
                      final Supplier<Telling> telling) {
        final Places.Place place = places.take();
        if (place == null) {
            throw new Fault(Problem.of(Cause.TOO_MANY_STREAMS));
        }
        try {
            final EventLog events = loop.readModel().events();
            final EventLog.Subscription subscription = source.follow(events,
                    seen == null ? EventLog.Cursor.after(events.epoch(), loop.readModel().position()) : seen, post.postId());
            final EventStream[] stream = new EventStream[1];
            stream[0] = new EventStream(loop, context, workers, call.routing().response(), subscription, telling.get(), wanted, () -> {
                streams.remove(stream[0]);
                place.giveBack();
            });
            Answers.head(call.routing().response(), 200, EVENT_STREAM, loop.config().isTls()).setChunked(true);
            loop.metrics().onHttp(call.operation(), 200);
            streams.add(stream[0]);
            stream[0].begin(leftMs);
        } catch (final RuntimeException ours) {
            place.giveBack();
            throw ours;
        }
    }

    /** Ends all streams: their clients resume elsewhere. */
    void stop() {
        List.copyOf(streams).forEach(EventStream::stop);
    }

    private void look(final long stallNanos) {
        final long nowNanos = System.nanoTime();
        new ArrayList<>(streams).forEach(stream -> stream.look(nowNanos, stallNanos));
    }

    private Deque<PostTelling.DayToSend> days(final int postId, final int from, final int count) {
        final Deque<PostTelling.DayToSend> days = new ArrayDeque<>();
        for (final CatalogueView.Pool pool : loop.catalogue().pools(postId)) {
            for (int day = 0; day < count; day++) {
                days.add(new PostTelling.DayToSend(pool.poolId(), from + day));
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
