package org.mawid.bench.release;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A thousand who want one slot, all in the same nanosecond: as many must win as there are places. Only the thread that decides. */
final class Contest {
    private final Loop loop;
    private final Books books;
    private final List<Applicant> takers;
    private final Ground ground;
    private final Start slot;
    private final int capacity;
    private final long releasedAtMs;
    private final Map<String, Long> lost = new TreeMap<>();
    private int won;
    private int answered;
    private int confirmed;
    private int confirmationsAnswered;
    private long dueNs;
    private long lastNs;

    Contest(final Loop loop, final Ground ground, final Books books, final List<Applicant> takers, final Start slot, final int capacity, final long releasedAtMs) {
        this.loop = loop;
        this.ground = ground;
        this.books = books;
        this.takers = takers;
        this.slot = slot;
        this.capacity = capacity;
        this.releasedAtMs = releasedAtMs;
    }

    void begin(final long newDueNs) {
        dueNs = newDueNs;
        takers.forEach(taker -> ask(taker, newDueNs));
    }

    private void ask(final Applicant taker, final long askedNs) {
        loop.send(Exchange.hold(taker, Layout.of(ground, taker, slot), false, askedNs, this::answered));
    }

    private void answered(final Exchange hold) {
        if (!hold.isDone() && hold.result() == org.mawid.grpc.Result.UNAVAILABLE) {
            loop.at(System.nanoTime() + Plan.SECOND_NS / 10, againNs -> ask(hold.applicant(), againNs)); // it had no place in the queue: nobody has decided yet
            return;
        }
        answered++;
        lastNs = hold.completeNs();
        if (hold.isDone()) {
            won++;
            books.held(hold, releasedAtMs);
            confirm(hold.applicant(), hold.made(), hold.completeNs());
        } else {
            lost.merge(hold.result().name(), 1L, Long::sum);
        }
    }

    private void confirm(final Applicant winner, final String hold, final long askedNs) {
        loop.send(Exchange.confirm(winner, hold, true, askedNs, confirmation -> {
            if (confirmation.isDone()) {
                books.confirmed(confirmation);
                confirmed++;
                confirmationsAnswered++;
            } else if (confirmation.result() == org.mawid.grpc.Result.UNAVAILABLE) {
                loop.at(System.nanoTime() + Plan.SECOND_NS / 10, againNs -> confirm(winner, hold, againNs));
            } else {
                confirmationsAnswered++;
            }
        }));
    }

    boolean isOver() {
        return answered == takers.size() && confirmationsAnswered == won;
    }

    /** Exactly as many have won as there are places, or all when there are more places than takers. */
    boolean isRight() {
        return won == Math.min(capacity, takers.size()) && confirmed == won;
    }

    String inWords() {
        return won + " of " + takers.size() + " won a slot with " + capacity + " places, and " + confirmed + " confirmed it";
    }

    JsonObject json() {
        final JsonObject reasons = new JsonObject();
        lost.forEach(reasons::put);
        return new JsonObject().put("capacity", capacity).put("takers", takers.size()).put("won", won).put("confirmed", confirmed).put("refused", reasons)
                .put("allAnsweredMs", Math.round((lastNs - dueNs) / 1e4) / 100.0);
    }
}
