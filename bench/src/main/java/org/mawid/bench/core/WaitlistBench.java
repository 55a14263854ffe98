package org.mawid.bench.core;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.mawid.bench.load.NoSeconds;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A visit is cancelled at a full post for which many wait: how long until who may have it has the offer, and what looking through the line takes of the core's thread. */
@Command(name = "waitlist", mixinStandardHelpOptions = true,
        description = "A visit is cancelled at a full post for which many wait: processor time of the core, Ticks and log time until the offer is made and until the line is looked through, when the first in line may have"
                + " it, when only the last may, and when nobody may; and everybody searched for on all of their dates before, with a visit cancelled for the first in line meanwhile and one for the last. Exits 1 when an offer went to anybody else.",
        footer = {"", "Takes about 7 s.", "", "Examples:", "  bench waitlist --waiters 100000 --dates 60", "  bench waitlist --rounds 20"})
public final class WaitlistBench implements Callable<Integer>, Planned {
    private static final int MOST_WAITERS = 200_000;
    private static final int MOST_ROUNDS = 20; // and one more: long visits of a date
    /** As seen beside other work: dates of somebody that are searched, and those who wait that are passed over. */
    private static final double SEARCHED_PER_SECOND = 1_000_000;
    private static final double LOOKED_AT_PER_SECOND = 400_000;
    private static final int KINDS = 3;
    /** Visits that are cancelled while everybody is searched for. */
    private static final int MEANWHILE = 2;

    @Mixin
    private Output output;

    @Mixin
    private final NoSeconds seconds = new NoSeconds("--waiters");

    @Option(names = "--waiters", paramLabel = "N", defaultValue = "20000", description = "How many wait at the post, 1 to 200 000: ${DEFAULT-VALUE}.")
    private int waiters;

    @Option(names = "--dates", paramLabel = "N", defaultValue = "180", description = "On how many dates each of them would come, 20 to 256: ${DEFAULT-VALUE}.")
    private int dates;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "7", description = "Visits that are cancelled of each kind, 1 to 20; the middle one by processor time counts: ${DEFAULT-VALUE}.")
    private int rounds;

    private boolean isRight = true;

    @Override
    public Integer call() throws Exception {
        output.require(waiters >= 1 && waiters <= MOST_WAITERS, "--waiters must be 1 to 200 000");
        output.require(dates >= 20 && dates <= 256, "--dates must be 20 to 256");
        output.require(rounds >= 1 && rounds <= MOST_ROUNDS, "--rounds must be 1 to 20");
        final FullPost post = new FullPost(dates + 1);
        final JsonObject everybody = everybody(post);
        output.result(new JsonObject().put("benchmark", "waitlist")
                .put("load", new JsonObject().put("waiters", waiters).put("datesEach", dates).put("desks", 1).put("units", FullPost.UNITS).put("visits", post.visits()).put("seed", CoreRun.SEED).put("readModel", "off"))
                .put("leftOut", "ring, journal, wire, telling them; log time goes on by " + Ticks.TICK_MS + " ms with each Tick; nothing else is due, and room is looked for at no other post")
                .put("everybodyOnAllDates", everybody).put("firstInLine", firstInLine(post)).put("lastInLine", lastInLine(post)).put("nobody", nobody(post)));
        if (!isRight) {
            output.failed("an offer went to somebody else, or somebody was not told that there is no room");
            return 1;
        }
        return 0;
    }

    @Override
    public double plannedSeconds() {
        return 2 + (double) waiters * dates / SEARCHED_PER_SECOND + (double) KINDS * rounds * waiters / LOOKED_AT_PER_SECOND;
    }

    /** All have joined before room is looked for; after a tenth of it a visit is cancelled for the first in line, and one for somebody who joins behind all. */
    private JsonObject everybody(final FullPost post) {
        for (int i = 0; i < waiters; i++) {
            post.join(0, dates);
        }
        final Ticks ticks = post.ticks();
        final JsonObject meanwhile = new JsonObject();
        final long fromNs = System.nanoTime();
        while (ticks.isDue()) {
            ticks.tick();
            post.read();
            output.progressOf(fromNs, post.refused(), waiters, "searched for %,d of %,d on %d dates", post.refused(), waiters, dates);
            if (meanwhile.isEmpty() && post.refused() >= waiters / 10) {
                meanwhile.put("firstInLine", offered(post, dates / 2, 1));
                post.join(0, dates);
                post.join(1, dates);
                meanwhile.put("lastInLine", offered(post, dates, post.joined()));
            }
        }
        isRight &= post.offers() == MEANWHILE && post.refused() >= waiters;
        return ticks.figures().put("meanwhile", meanwhile);
    }

    /** Until somebody has the offer who is not searched for yet, or is. */
    private JsonObject offered(final FullPost post, final int date, final long expected) {
        final long offers = post.offers();
        final Ticks ticks = post.ticks();
        post.cancel(ticks, date, 0);
        while (ticks.isDue() && post.offers() == offers) {
            ticks.tick();
            post.read();
        }
        isRight &= post.offers() == offers + 1 && post.waiter() == expected;
        post.confirm(post.hold());
        return ticks.figures();
    }

    private JsonObject firstInLine(final FullPost post) {
        final List<JsonObject> all = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            all.add(round(post, dates / 2, round + 1, round + MEANWHILE));
            post.join(0, dates);
            post.lookThrough();
            shown("the first in line", round, all);
        }
        return figures(all);
    }

    /** Who joined last wants one date more than all others. */
    private JsonObject lastInLine(final FullPost post) {
        final List<JsonObject> all = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            post.join(1, dates);
            post.lookThrough();
            all.add(round(post, dates, round + 1, post.joined()));
            shown("the last in line", round, all);
        }
        return figures(all);
    }

    /** A visit of one unit is cancelled between two free ones, each on another date. */
    private JsonObject nobody(final FullPost post) {
        final List<JsonObject> all = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            all.add(round(post, round, FullPost.LONG_VISITS + 1, 0));
            shown("nobody", round, all);
        }
        return figures(all);
    }

    /** A visit is cancelled, the line looked through, and an offer taken: the post is full again. @param expected whose offer it has to be, 0 = there must be none */
    JsonObject round(final FullPost post, final int date, final int visit, final long expected) {
        final long offers = post.offers();
        final JsonObject figures = new JsonObject();
        final Ticks ticks = post.ticks();
        post.cancel(ticks, date, visit);
        while (ticks.isDue()) {
            ticks.tick();
            post.read();
            if (post.offers() > offers && figures.isEmpty()) {
                figures.put("untilOffered", ticks.figures());
            }
        }
        if (post.offers() > offers) {
            post.confirm(post.hold());
        }
        isRight &= expected == 0 ? post.offers() == offers : post.offers() == offers + 1 && post.waiter() == expected;
        return figures.put("untilLookedThrough", ticks.figures());
    }

    /** Whether everybody has had and been told what they should, so far. */
    boolean isRight() {
        return isRight;
    }

    private void shown(final String who, final int round, final List<JsonObject> all) {
        output.progress("%s: %d of %d, %.1f ms", who, round + 1, rounds, coreMs(all.get(round)));
    }

    private static double coreMs(final JsonObject round) {
        return round.getJsonObject("untilLookedThrough").getDouble("coreMs");
    }

    /** The middle round, and all of them. */
    private static JsonObject figures(final List<JsonObject> all) {
        final List<JsonObject> sorted = all.stream().sorted(Comparator.comparingDouble(WaitlistBench::coreMs)).toList();
        return sorted.get(all.size() / 2).copy().put("rounds", new JsonArray(all));
    }
}
