package org.mawid.bench.release;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.mawid.bench.release.books.Audit;
import org.mawid.bench.release.books.Books;
import org.mawid.bench.release.crowd.Cast;
import org.mawid.bench.release.crowd.Crowd;
import org.mawid.bench.release.crowd.Demand;
import org.mawid.bench.release.crowd.Plan;
import org.mawid.bench.release.crowd.Progress;
import org.mawid.bench.release.crowd.Sizes;
import org.mawid.bench.release.ground.Address;
import org.mawid.bench.release.ground.Asks;
import org.mawid.bench.release.ground.Ground;
import org.mawid.bench.release.ground.Opening;
import org.mawid.bench.release.ground.PoolDay;
import org.mawid.bench.release.history.History;
import org.mawid.bench.release.history.HistoryCheck;
import org.mawid.bench.release.loop.Loop;
import org.mawid.bench.release.loop.Meter;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.engine.upkeep.Inspection;

/**
 * One opening of a month at one server, from reading what it has to the comparison of the books. Everybody's applications are there before the clock starts;
 * then ordinary traffic in days that were released long ago, people who wait and bots who try; then the release, which is the server's own: its days become
 * bookable at an instant that was published. One thread.
 */
final class Surge {
    /**
     * Where and when.
     *
     * @param monthFrom   first date that is released, days since 1970-01-01
     * @param earlierFrom first of the dates that are bookable already
     * @param isOurs      nobody else's: what was done to it need not be undone
     */
    record Where(Address grpc, Address http, int monthFrom, int monthDays, int earlierFrom, int earlierDays, boolean isOurs) {
    }

    private static final Duration SETUP_TIMEOUT = Duration.ofSeconds(60);
    private static final long SECOND_NS = Loop.SECOND_NS;
    /** What publishing may take before the warm-up begins: some time, and for each day so many times what a command took just now. */
    private static final long LEAD_MS = 1_500;
    private static final int LEAD_TIMES = 5;
    private static final long MOST_LEAD_MS = 5_000;
    private static final int LOOKS = 4;
    private static final int MOST_TOLD = 10;
    private static final long LOOK_AGAIN_MS = 500;
    /** As seen on two quiet cores: reading what there is; applications brought; publishing and the time left for it; comparing every day. */
    private static final double READING_SECONDS = 2;
    private static final double BROUGHT_PER_SECOND = 8_000;
    private static final double LEAD_SECONDS = 3;
    private static final double COMPARING_SECONDS = 2;

    private final Demand demand;
    private final Where where;
    private final History history;
    private final Meter meter;
    private final Progress progress;
    private final Probe probe = new Probe();
    private final List<String> wrong = new ArrayList<>();
    private List<String> notGivenBack = List.of();
    private Audit audit = new Audit();
    private Ground ground;
    private Books books;
    private Plan plan;
    private Cast cast;
    private Opening opening;
    private Rush rush;
    private long releaseNs;
    private long releaseMs;
    private int released;

    /** @param history null = none is kept; closed by whoever made it */
    Surge(final Demand demand, final Where where, final History history, final Meter meter, final Progress progress) {
        this.demand = demand;
        this.where = where;
        this.history = history;
        this.meter = meter;
        this.progress = progress;
    }

    /** Of {@link #run} at a server that is ours, seconds. */
    static double plannedSeconds(final Demand demand) {
        return READING_SECONDS + demand.applications() / BROUGHT_PER_SECOND + fromPublishing(demand) + COMPARING_SECONDS;
    }

    private static double fromPublishing(final Demand demand) {
        return LEAD_SECONDS + demand.warmUpSeconds() + Rush.plannedSeconds(demand);
    }

    /**
     * An interrupt ends it. However it ends, a server that is not ours is left as it was found as far as that can be: see {@link #notGivenBack}.
     *
     * @param mix as {@link Ground#mixOf} tells
     */
    void run(final Map<String, Double> mix, final Sizes sizes) throws Exception {
        try (Asks asks = new Asks(where.grpc());
             MawidClient client = MawidClient.connect(ClientOptions.of(where.grpc().host(), where.grpc().port()).withTimeout(SETUP_TIMEOUT))) {
            progress.at(-1, "reading what the server has");
            ground = Ground.read(asks, mix);
            ground.readDays(asks, ground.posts(), where.monthFrom(), where.monthDays());
            ground.readDays(asks, ground.posts(), where.earlierFrom(), where.earlierDays());
            books = new Books(ground);
            plan = new Plan(demand);
            cast = new Cast(demand, ground, sizes, where.monthFrom(), where.monthDays(), ThreadLocalRandom.current().nextLong());
            opening = new Opening(client, ground);
            if (where.isOurs()) {
                opening.coolNothing();
            }
            final long afterNs = (long) (fromPublishing(demand) * SECOND_NS);
            final Crowd crowd = new Crowd(client, (leftNs, what) -> progress.at(leftNs < 0 ? leftNs : leftNs + afterNs, what));
            final Leaving leaving = new Leaving(client, asks, opening, crowd, books);
            try {
                play(asks, crowd);
            } catch (final Exception e) {
                leaveAfterFailure(leaving);
                throw e;
            }
            if (!where.isOurs()) {
                leave(leaving);
            }
            wrong.addAll(books.wrong());
        }
    }

    private void play(final Asks asks, final Crowd crowd) throws Exception {
        final Arena arena = Arena.find(ground, asks, cast.hottest(), demand, where.monthFrom() + where.monthDays());
        final People people = People.drawn(cast, plan, demand, where, arena);
        final List<Cast.Page> pages = cast.pages();
        crowd.bring(people.all());
        books.brought(people.all().size());
        System.gc(); // of what was made so far; otherwise it stops everybody in the middle of the surge
        publish(asks, arena, crowd.commandNs());
        if (history != null) {
            history.ttlNs(probe.ttlNs(ground, asks, people.probe()));
        }
        rush = new Rush(demand, plan, people, ground, books, history, meter, progress, releaseMs, releaseNs);
        wrong.addAll(rush.run(where, asks, pages, arena));
        compare(asks);
    }

    private void publish(final Asks asks, final Arena arena, final long commandNs) throws InterruptedException {
        progress.at(-1, "publishing the month");
        final long leadMs = LEAD_MS + Math.min(MOST_LEAD_MS, LEAD_TIMES * commandNs * ground.days().size() / 1_000_000) + demand.warmUpSeconds() * 1_000L;
        releaseMs = System.currentTimeMillis() + leadMs;
        releaseNs = System.nanoTime() + leadMs * 1_000_000;
        released = opening.addMonth(where.monthFrom(), where.monthDays(), releaseMs);
        if (arena != null && !opening.addSlots(arena.desk(), arena.epochDay(), arena.units(), demand.winners(), releaseMs)) {
            throw new IllegalStateException("a day of " + arena.desk().post().code() + " has no room for " + demand.winners().size() + " slots: give fewer --winners");
        }
        opening.publish(asks);
        if (System.nanoTime() - (releaseNs - SECOND_NS) > 0) {
            throw new IllegalStateException("publishing " + released + " days took too long: the machine is too busy for this run");
        }
    }

    // ---- afterwards

    private void leave(final Leaving leaving) throws InterruptedException {
        progress.at(-1, "leaving the server as it was found");
        try {
            leaving.giveBack();
        } catch (final Exception e) {
            leaveAfterFailure(leaving); // what did not come in the way may still be done
            throw e;
        }
        patiently(leaving::compare);
    }

    private void leaveAfterFailure(final Leaving leaving) {
        if (where.isOurs()) {
            return;
        }
        Thread.interrupted(); // it has ended what it was meant to end
        progress.at(-1, "leaving the server as it was found");
        notGivenBack = leaving.giveBackAfterFailure(rush == null ? probe.unanswered() : rush.unanswered());
    }

    private void compare(final Asks asks) throws InterruptedException {
        progress.at(-1, "comparing the books with the server's room, unit by unit");
        patiently(() -> {
            audit = new Audit();
            audit.compareDays(books, ground, asks, where.monthFrom(), where.monthDays());
            return audit.differences();
        });
    }

    /** Looks at the server. */
    @FunctionalInterface
    private interface Look {
        /** @return what is not as it should be */
        List<String> differences() throws InterruptedException;
    }

    /** Looks again when there are differences: what is seen may be a moment behind what was decided. */
    private void patiently(final Look look) throws InterruptedException {
        List<String> differences = look.differences();
        for (int again = 1; again < LOOKS && !differences.isEmpty(); again++) {
            Thread.sleep(LOOK_AGAIN_MS);
            differences = look.differences();
        }
        wrong.addAll(differences.subList(0, Math.min(MOST_TOLD, differences.size())));
    }

    // ---- told

    Books books() {
        return books;
    }

    Ground ground() {
        return ground;
    }

    Audit audit() {
        return audit;
    }

    /** After a failure: what a server that is not ours still has of this run, in words; empty when it is as it was found. */
    List<String> notGivenBack() {
        return notGivenBack;
    }

    /** What a look at the data directory of the stopped server has said, of one that began with nothing but its network. */
    void inspected(final Inspection.Report report) {
        final int before = audit.differences().size();
        audit.compareCounts(books, report);
        wrong.addAll(audit.differences().subList(before, audit.differences().size()));
    }

    /** Looks at the history that was written, once it is closed. */
    HistoryCheck.Findings check(final Path file) throws IOException {
        final HistoryCheck.Findings findings = HistoryCheck.of(file, new HistoryCheck.Places() {
            @Override
            public int free(final int deskId, final int epochDay, final int unit) {
                final PoolDay day = ground.day(deskId, epochDay);
                return day == null ? 0 : day.free(unit);
            }

            @Override
            public int taken(final int deskId, final int epochDay, final int unit) {
                final PoolDay day = ground.day(deskId, epochDay);
                return day == null ? 0 : day.free(unit) - day.left(unit);
            }
        });
        findings.wrong().forEach(what -> wrong.add("history: " + what));
        return findings;
    }

    /** What does not balance; empty when all is well. */
    List<String> wrong() {
        return wrong;
    }

    /** What was not answered in time, so that nobody can say whether it is right; empty when all was. */
    List<String> notAnswered() {
        return rush.notAnswered();
    }

    /** Of all that was measured, once it is over. */
    Results results() {
        return new Results(demand, cast.hottest().code(), rush.seekers(), rush.bots(), rush.contests(), rush.before(), rush.surge(), rush.transportNs(), books, audit,
                rush.inWarmUp(), rush.inBurst(), rush.used(), released, rush.unknown(), rush.lost(), rush.whyLost());
    }
}
