package org.mawid.bench.release.crowd;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mawid.bench.release.loop.Loop;
import org.mawid.bench.release.visit.Applicant;
import org.mawid.bench.release.visit.Start;
import org.mawid.bench.release.wire.Exchange;

/** A thousand who want one slot, all in the same nanosecond: as many must win as there are places. Only the thread that decides. */
public final class Contest {
    /** How long answers are waited for, from when all ask. */
    public static final long PATIENCE_NS = 20 * Loop.SECOND_NS;

    private final Scene scene;
    private final List<Applicant> takers;
    private final Start slot;
    private final int capacity;
    private final Map<String, Long> lost = new TreeMap<>();
    private int won;
    private int answered;
    private int confirmed;
    private int confirmationsAnswered;
    private int holdsOpen;
    private int confirmationsOpen;
    private long dueNs;
    private long lastNs;

    public Contest(final Scene scene, final List<Applicant> takers, final Start slot, final int capacity) {
        this.scene = scene;
        this.takers = takers;
        this.slot = slot;
        this.capacity = capacity;
    }

    public void begin(final long newDueNs) {
        dueNs = newDueNs;
        takers.forEach(taker -> ask(taker, newDueNs));
    }

    private void ask(final Applicant taker, final long askedNs) {
        scene.loop().send(Exchange.hold(taker, scene.laidOut(taker, slot), false, askedNs, this::answered));
    }

    private void answered(final Exchange hold) {
        if (!hold.isDone() && hold.result() == org.mawid.grpc.Result.UNAVAILABLE) {
            scene.loop().at(System.nanoTime() + Loop.SECOND_NS / 10, againNs -> ask(hold.applicant(), againNs)); // it had no place in the queue: nobody has decided yet
            return;
        }
        answered++;
        lastNs = hold.completeNs();
        if (hold.isDone()) {
            won++;
            scene.held(hold);
            confirm(hold.applicant(), hold.made(), hold.completeNs());
        } else {
            lost.merge(hold.result().name(), 1L, Long::sum);
        }
    }

    private void confirm(final Applicant winner, final String hold, final long askedNs) {
        scene.loop().send(Exchange.confirm(winner, hold, true, askedNs, confirmation -> {
            if (confirmation.isDone()) {
                scene.books().confirmed(confirmation);
                confirmed++;
                confirmationsAnswered++;
            } else if (confirmation.result() == org.mawid.grpc.Result.UNAVAILABLE) {
                scene.loop().at(System.nanoTime() + Loop.SECOND_NS / 10, againNs -> confirm(winner, hold, againNs));
            } else {
                confirmationsAnswered++;
            }
        }));
    }

    public boolean isOver() {
        return answered == takers.size() && confirmationsAnswered == won;
    }

    /** Exactly as many have won as there are places, or all when there are more places than takers; as long as it is not over, not more than that. */
    public boolean isRight() {
        final int places = Math.min(capacity, takers.size());
        return isOver() ? won == places && confirmed == won : won <= places;
    }

    public String inWords() {
        return won + " of " + takers.size() + " won a slot with " + capacity + " places, and " + confirmed + " confirmed it";
    }

    /** Its time is over: what has no answer by now is told as such, also when one comes afterwards. */
    public void end() {
        holdsOpen = takers.size() - answered;
        confirmationsOpen = won - confirmationsAnswered;
    }

    /** Of one that was not over in time. */
    public String notAnsweredInWords() {
        return holdsOpen + " of " + takers.size() + " takers of a slot with " + capacity + " places had no answer within " + PATIENCE_NS / Loop.SECOND_NS + " s"
                + (confirmationsOpen == 0 ? "" : ", nor had " + confirmationsOpen + " who confirmed it");
    }

    public JsonObject json() {
        final JsonObject reasons = new JsonObject();
        lost.forEach(reasons::put);
        return new JsonObject().put("capacity", capacity).put("takers", takers.size()).put("won", won).put("confirmed", confirmed).put("refused", reasons)
                .put("notAnswered", holdsOpen + confirmationsOpen)
                .put("allAnsweredMs", Math.round((lastNs - dueNs) / 1e4) / 100.0);
    }
}
