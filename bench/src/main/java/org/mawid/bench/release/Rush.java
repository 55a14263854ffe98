package org.mawid.bench.release;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.mawid.bench.release.books.Books;
import org.mawid.bench.release.books.Settling;
import org.mawid.bench.release.crowd.Bot;
import org.mawid.bench.release.crowd.Cast;
import org.mawid.bench.release.crowd.Contest;
import org.mawid.bench.release.crowd.Demand;
import org.mawid.bench.release.crowd.Plan;
import org.mawid.bench.release.crowd.Progress;
import org.mawid.bench.release.crowd.Scene;
import org.mawid.bench.release.crowd.Seeker;
import org.mawid.bench.release.ground.Asks;
import org.mawid.bench.release.ground.Ground;
import org.mawid.bench.release.history.History;
import org.mawid.bench.release.loop.Consumption;
import org.mawid.bench.release.loop.Figures;
import org.mawid.bench.release.loop.Loop;
import org.mawid.bench.release.loop.Meter;
import org.mawid.bench.release.loop.PerSecond;
import org.mawid.bench.release.loop.Pulse;
import org.mawid.bench.release.visit.Applicant;
import org.mawid.bench.release.visit.Start;
import org.mawid.bench.release.wire.Actor;
import org.mawid.bench.release.wire.Exchange;
import org.mawid.bench.release.wire.Exchange.Kind;
import org.mawid.bench.release.wire.GrpcWire;
import org.mawid.bench.release.wire.HttpWire;

/**
 * From the warm-up before the release to the last answer: what was drawn and planned is done when it is due, then the thousand meet, and what is still held is
 * given back. One thread.
 */
final class Rush {
    private static final long SECOND_NS = Loop.SECOND_NS;
    /** How long those who came in the last second may still go on. */
    private static final int TAIL_SECONDS = 10;
    private static final long ANSWERS_NS = 10 * SECOND_NS;
    private static final long BETWEEN_CONTESTS_NS = SECOND_NS / 2;
    /** As seen on two quiet cores: a contest, and the pause before it. */
    private static final double CONTEST_SECONDS = 0.65;

    private final Demand demand;
    private final Plan plan;
    private final People people;
    private final Books books;
    private final Progress progress;
    private final long releaseNs;
    private final Consumption inWarmUp;
    private final Consumption inBurst;
    private final Consumption used;
    private final Figures before;
    private final Figures surge;
    private final Figures contested;
    private final Loop loop;
    private final Scene scene;
    private final List<Seeker> seekers = new ArrayList<>();
    private final List<Bot> bots = new ArrayList<>();
    private final List<Contest> contests = new ArrayList<>();
    private final List<String> notAnswered = new ArrayList<>();
    private Pulse pulse;
    private long unknown;
    private int lost;
    private String whyLost;
    private long nextPage;
    private long nextLook;
    private long nextGrab;

    /**
     * @param history   null = none is kept
     * @param releaseMs when the month becomes bookable, ms since 1970-01-01 UTC
     * @param releaseNs the same instant, {@link System#nanoTime()}
     */
    Rush(final Demand demand, final Plan plan, final People people, final Ground ground, final Books books, final History history, final Meter meter,
         final Progress progress, final long releaseMs, final long releaseNs) {
        this.demand = demand;
        this.plan = plan;
        this.people = people;
        this.books = books;
        this.progress = progress;
        this.releaseNs = releaseNs;
        this.inWarmUp = new Consumption(meter);
        this.inBurst = new Consumption(meter);
        this.used = new Consumption(meter);
        this.before = new Figures(releaseNs + plan.firstSecond() * SECOND_NS, 1);
        this.surge = new Figures(releaseNs, demand.seconds() + TAIL_SECONDS);
        this.contested = new Figures(releaseNs, 1);
        this.loop = new Loop(releaseNs, before, surge, history, ThreadLocalRandom.current().nextLong());
        this.scene = new Scene(loop, ground, books, demand, releaseMs);
    }

    /** From the release until what is held was given back. */
    static double plannedSeconds(final Demand demand) {
        return demand.seconds() + TAIL_SECONDS + contestSeconds(demand);
    }

    private static double contestSeconds(final Demand demand) {
        return demand.takers() == 0 ? 0 : demand.winners().size() * CONTEST_SECONDS;
    }

    /** @param pages that are looked at again and again @param arena null = no contests @return what is not as it should be, in words */
    List<String> run(final Surge.Where where, final Asks asks, final List<Cast.Page> pages, final Arena arena) throws InterruptedException {
        try (GrpcWire grpc = new GrpcWire(where.grpc(), loop::answered); HttpWire http = new HttpWire(where.http(), loop::answered)) {
            loop.wires(grpc, http);
            pulse = new Pulse(loop, releaseNs + demand.seconds() * SECOND_NS, grpc, http);
            begin(pages);
            open();
            final List<String> wrong = contest(arena);
            settle(asks);
            lost = http.lost();
            whyLost = http.whyLost();
            return wrong;
        }
    }

    private void begin(final List<Cast.Page> pages) {
        final long nowNs = System.nanoTime(); // on a slow machine publishing takes from the warm-up
        for (int i = 0; i < people.earlier().size(); i++) {
            if (releaseNs + plan.earlierNs()[i] - nowNs >= 0) {
                arrive(new Seeker(scene.ofDaysReleasedLongAgo(), people.earlier().get(i), plan.random(Plan.earlier(i))), plan.earlierNs()[i]);
            }
        }
        for (int i = 0; i < people.users().size(); i++) {
            final Seeker seeker = new Seeker(scene, people.users().get(i), plan.random(i));
            seekers.add(seeker);
            arrive(seeker, plan.arrivalNs()[i]);
        }
        for (int i = 0; i < people.automata().size(); i++) {
            bots.add(new Bot(scene, people.automata().get(i), plan.random(Long.MIN_VALUE + i)));
        }
        final long fromNs = releaseNs + plan.firstSecond() * SECOND_NS;
        new PerSecond(loop, fromNs, plan.onlookers(), dueNs -> {
            final Cast.Page page = pages.get((int) (nextPage % pages.size()));
            loop.send(Exchange.read(Kind.COUNTS, "onlooker", nextPage++, page.search(), page.isHttp(), dueNs, Actor.NOBODY));
        }).begin(nowNs);
        new PerSecond(loop, fromNs, plan.botLooks(), dueNs -> bots.get((int) (nextLook++ % bots.size())).look(dueNs)).begin(nowNs);
        new PerSecond(loop, fromNs, plan.botHolds(), dueNs -> bots.get((int) (nextGrab++ % bots.size())).grab(dueNs)).begin(nowNs);
        inWarmUp.begin();
        loop.at(releaseNs, dueNs -> {
            inWarmUp.end();
            inBurst.begin();
            used.begin();
        });
        loop.at(releaseNs, pulse);
        loop.at(releaseNs + Math.min(Demand.BURST_TO_SECOND, demand.seconds()) * SECOND_NS, dueNs -> inBurst.end());
        loop.at(releaseNs + demand.seconds() * SECOND_NS, dueNs -> used.end());
    }

    private void arrive(final Seeker seeker, final long arrivalNs) {
        loop.at(releaseNs + arrivalNs, seeker::arrive);
    }

    private void open() throws InterruptedException {
        final long endNs = releaseNs + demand.seconds() * SECOND_NS;
        final long lastNs = endNs + TAIL_SECONDS * SECOND_NS;
        loop.run(endNs + SECOND_NS / 10, told(lastNs, () -> false));
        loop.run(lastNs, told(lastNs, () -> seekers.stream().allMatch(seeker -> isOver(seeker.state()))));
        inBurst.end(); // a client that is late has not come to it
        used.end();
        loop.close();
        loop.run(System.nanoTime() + ANSWERS_NS, () -> loop.openCount() == 0);
    }

    private static boolean isOver(final Seeker.State state) {
        return state == Seeker.State.CONFIRMED || state == Seeker.State.GAVE_UP;
    }

    /** Now and then says how far it is, and asks whether it is over: not more often than that. */
    private BooleanSupplier told(final long lastNs, final BooleanSupplier isOver) {
        final long[] toldNs = {System.nanoTime()};
        final long afterNs = (long) (contestSeconds(demand) * SECOND_NS);
        return () -> {
            final long nowNs = System.nanoTime();
            if (nowNs - toldNs[0] < SECOND_NS / 4) {
                return false;
            }
            toldNs[0] = nowNs;
            progress.at(lastNs - nowNs + afterNs, String.format("%s %d s: %,d confirmed, %,d holds live, %,d reads and commands under way",
                    nowNs - releaseNs < 0 ? "release in" : "released since", Math.abs(nowNs - releaseNs) / SECOND_NS, books.confirmed(), books.live(), loop.openCount()));
            return isOver.getAsBoolean();
        };
    }

    private List<String> contest(final Arena arena) throws InterruptedException {
        final List<String> wrong = new ArrayList<>();
        loop.reopen();
        loop.figures(contested);
        for (int round = 0; round < people.takers().size(); round++) {
            final List<Applicant> takers = people.takers().get(round);
            final int capacity = demand.winners().get(round);
            progress.at(-1, takers.size() + " takers for one slot with " + capacity + " places");
            final Contest contest = new Contest(scene, takers, new Start(arena.desk().id(), arena.epochDay(), round * arena.units()), capacity);
            contests.add(contest);
            loop.at(System.nanoTime() + BETWEEN_CONTESTS_NS, contest::begin);
            final boolean isOver = loop.run(System.nanoTime() + BETWEEN_CONTESTS_NS + Contest.PATIENCE_NS, contest::isOver);
            contest.end();
            if (!contest.isRight()) {
                wrong.add(contest.inWords());
            }
            if (!isOver) {
                notAnswered.add(contest.notAnsweredInWords());
                break; // whoever does not answer these would not answer the next either
            }
        }
        return wrong;
    }

    private void settle(final Asks asks) throws InterruptedException {
        progress.at(-1, "giving back what is held");
        final Settling settling = new Settling(loop, books, asks);
        settling.settle(ANSWERS_NS);
        unknown = settling.unknown();
    }

    // ---- told

    /** Commands of which nobody knows what became. */
    Collection<Exchange> unanswered() {
        return loop.open();
    }

    /** Contests that were not over in time, in words: neither right nor wrong. */
    List<String> notAnswered() {
        return notAnswered;
    }

    List<Seeker> seekers() {
        return seekers;
    }

    List<Bot> bots() {
        return bots;
    }

    List<Contest> contests() {
        return contests;
    }

    Figures before() {
        return before;
    }

    Figures surge() {
        return surge;
    }

    /** How far behind the threads of the transports were, nanoseconds. */
    Histogram transportNs() {
        return pulse.lateNs();
    }

    /** Before the release. */
    Consumption inWarmUp() {
        return inWarmUp;
    }

    /** From the release to the end of the burst of holds. */
    Consumption inBurst() {
        return inBurst;
    }

    /** From the release as long as users come. */
    Consumption used() {
        return used;
    }

    /** Commands that never had an answer. */
    long unknown() {
        return unknown;
    }

    /** Connections over HTTP that the server ended. */
    int lost() {
        return lost;
    }

    /** The first of them; null = none. */
    String whyLost() {
        return whyLost;
    }
}
