package org.mawid.bench.release;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.mawid.bench.release.books.Audit;
import org.mawid.bench.release.books.Books;
import org.mawid.bench.release.books.Settling;
import org.mawid.bench.release.crowd.Bot;
import org.mawid.bench.release.crowd.Cast;
import org.mawid.bench.release.crowd.Contest;
import org.mawid.bench.release.crowd.Crowd;
import org.mawid.bench.release.crowd.Demand;
import org.mawid.bench.release.crowd.Plan;
import org.mawid.bench.release.crowd.Progress;
import org.mawid.bench.release.crowd.Scene;
import org.mawid.bench.release.crowd.Seeker;
import org.mawid.bench.release.crowd.Sizes;
import org.mawid.bench.release.ground.Address;
import org.mawid.bench.release.ground.Asks;
import org.mawid.bench.release.ground.Ground;
import org.mawid.bench.release.ground.Opening;
import org.mawid.bench.release.ground.PoolDay;
import org.mawid.bench.release.history.History;
import org.mawid.bench.release.history.HistoryCheck;
import org.mawid.bench.release.loop.Consumption;
import org.mawid.bench.release.loop.Figures;
import org.mawid.bench.release.loop.Loop;
import org.mawid.bench.release.loop.Meter;
import org.mawid.bench.release.loop.PerSecond;
import org.mawid.bench.release.loop.Pulse;
import org.mawid.bench.release.visit.Applicant;
import org.mawid.bench.release.visit.Layout;
import org.mawid.bench.release.visit.Start;
import org.mawid.bench.release.wire.Actor;
import org.mawid.bench.release.wire.Exchange;
import org.mawid.bench.release.wire.Exchange.Kind;
import org.mawid.bench.release.wire.GrpcWire;
import org.mawid.bench.release.wire.HttpWire;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.AvailabilityServiceGrpc;
import org.mawid.grpc.FirstStartsReply;
import org.mawid.grpc.HoldReply;

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

    private static final int DATES_FOR_CONTESTS = 14;
    private static final Duration SETUP_TIMEOUT = Duration.ofSeconds(60);
    private static final long SECOND_NS = Loop.SECOND_NS;
    /** What publishing may take before the warm-up begins: some time, and for each day so many times what a command took just now. */
    private static final long LEAD_MS = 1_500;
    private static final int LEAD_TIMES = 5;
    private static final long MOST_LEAD_MS = 5_000;
    /** How long those who came in the last second may still go on. */
    private static final int TAIL_SECONDS = 10;
    private static final long ANSWERS_NS = 10 * SECOND_NS;
    private static final long CONTEST_NS = 20 * SECOND_NS;
    private static final long BETWEEN_CONTESTS_NS = SECOND_NS / 2;
    private static final int LOOKS = 4;
    private static final int MOST_TOLD = 10;
    private static final long LOOK_AGAIN_MS = 500;

    private final Demand demand;
    private final Where where;
    private final History history;
    private final Consumption used;
    private final Progress progress;
    private final List<Seeker> seekers = new ArrayList<>();
    private final List<Bot> bots = new ArrayList<>();
    private final List<Contest> contests = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private Audit audit = new Audit();
    private Ground ground;
    private Books books;
    private Plan plan;
    private Cast cast;
    private Opening opening;
    private Loop loop;
    private Scene scene;
    private Pulse pulse;
    private Figures surge;
    private Figures before;
    private Figures contested;
    private long releaseNs;
    private long releaseMs;
    private long unknown;
    private int released;
    private int lost;
    private String whyLost;
    private long nextPage;
    private long nextLook;
    private long nextGrab;

    /** @param history null = none is kept; closed by whoever made it */
    Surge(final Demand demand, final Where where, final History history, final Meter meter, final Progress progress) {
        this.demand = demand;
        this.where = where;
        this.history = history;
        this.used = new Consumption(meter);
        this.progress = progress;
    }

    /** @param mix as {@link Ground#mixOf} tells */
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
            play(asks, client);
            wrong.addAll(books.wrong());
        }
    }

    private void play(final Asks asks, final MawidClient client) throws Exception {
        final Arena arena = arena(asks);
        final List<Cast.Seeking> users = cast.seekers(plan.arrivalNs().length);
        final List<Cast.Seeking> earlier = cast.earlier(plan.earlierNs().length, where.earlierFrom(), where.earlierDays());
        final List<Cast.Automaton> automata = cast.bots(demand.bots());
        final List<List<Applicant>> takers = new ArrayList<>();
        for (int round = 1; arena != null && round <= demand.winners().size(); round++) {
            takers.add(cast.takers(round, arena.desk(), arena.service()));
        }
        final Cast.Seeking probe = cast.one("probe", where.earlierFrom(), where.earlierDays());
        final List<Applicant> all = new ArrayList<>(List.of(probe.applicant()));
        users.forEach(user -> all.add(user.applicant()));
        earlier.forEach(user -> all.add(user.applicant()));
        automata.forEach(automaton -> all.addAll(automaton.hands()));
        takers.forEach(all::addAll);
        final Crowd crowd = new Crowd(client, progress);
        crowd.bring(all);
        books.brought(all.size());
        System.gc(); // of what was made so far; otherwise it stops everybody in the middle of the surge
        opening = new Opening(client, ground);
        final Leaving leaving = new Leaving(client, asks, opening);
        try {
            publish(asks, arena, crowd.commandNs());
            probe(asks, probe);
            release(asks, users, earlier, automata, arena, takers);
        } catch (final Exception e) {
            if (!where.isOurs()) {
                leaving.giveBackDays(e);
            }
            throw e;
        }
        if (!where.isOurs()) {
            progress.at(-1, "leaving the server as it was found");
            leaving.giveBack(books, all);
            patiently(leaving::compare);
        }
    }

    private void release(final Asks asks, final List<Cast.Seeking> users, final List<Cast.Seeking> earlier, final List<Cast.Automaton> automata, final Arena arena,
                         final List<List<Applicant>> takers) throws InterruptedException {
        before = new Figures(releaseNs + plan.firstSecond() * SECOND_NS, 1);
        surge = new Figures(releaseNs, demand.seconds() + TAIL_SECONDS);
        contested = new Figures(releaseNs, 1);
        loop = new Loop(releaseNs, before, surge, history, ThreadLocalRandom.current().nextLong());
        scene = new Scene(loop, ground, books, demand, releaseMs);
        try (GrpcWire grpc = new GrpcWire(where.grpc(), loop::answered); HttpWire http = new HttpWire(where.http(), loop::answered)) {
            loop.wires(grpc, http);
            pulse = new Pulse(loop, releaseNs + demand.seconds() * SECOND_NS, grpc, http);
            begin(users, earlier, automata);
            open();
            contest(arena, takers);
            settle(asks);
            compare(asks);
            lost = http.lost();
            whyLost = http.whyLost();
        }
    }

    /** Where the thousand meet. */
    private record Arena(Ground.Desk desk, Ground.Service service, int epochDay, int units) {
    }

    /** A desk of the hottest post with a short service that needs nothing but the desk, on a date of its own. @return null when there is none */
    private Arena arena(final Asks asks) throws InterruptedException {
        if (demand.takers() == 0 || demand.winners().isEmpty()) {
            return null;
        }
        final Ground.Post post = cast.hottest();
        final int from = where.monthFrom() + where.monthDays();
        ground.readDays(asks, List.of(post), from, DATES_FOR_CONTESTS);
        final List<Integer> dates = ground.openDates(post, from, DATES_FOR_CONTESTS);
        Arena best = null;
        for (final Ground.Desk desk : post.desks()) {
            for (final Ground.Service service : desk.services()) {
                final int units = (service.minutes() + Ground.UNIT_MINUTES - 1) / Ground.UNIT_MINUTES;
                if (!dates.isEmpty() && (service.kinds() & ~(1 << Ground.SEATS)) == 0 && (best == null || units < best.units())) {
                    best = new Arena(desk, service, dates.get(0), units);
                }
            }
        }
        return best;
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

    /** One hold that is given back, to learn how long they are kept. Not in the history, which begins afterwards. */
    private void probe(final Asks asks, final Cast.Seeking probe) {
        final FirstStartsReply starts = AvailabilityServiceGrpc.newBlockingStub(asks.channel()).firstStarts(probe.search().query());
        if (history == null || starts.getSlotsCount() == 0) {
            return;
        }
        final AppointmentServiceGrpc.AppointmentServiceBlockingStub stub = AppointmentServiceGrpc.newBlockingStub(asks.channel());
        final Exchange hold = Exchange.hold(probe.applicant(), Layout.of(ground, probe.applicant(), new Start(starts.getSlots(0).getDeskId(),
                starts.getSlots(0).getEpochDay(), starts.getSlots(0).getStartUnit())), false, System.nanoTime(), Actor.NOBODY);
        final ThreadLocalRandom random = ThreadLocalRandom.current();
        hold.sending(random.nextLong() | 1, random.nextLong(), System.currentTimeMillis(), System.nanoTime(), null);
        final HoldReply held = stub.hold(GrpcWire.hold(hold));
        history.ttlNs((held.getUntilMs() - held.getNowMs()) * 1_000_000);
        final Exchange release = Exchange.release(probe.applicant(), held.getHold(), System.nanoTime(), Actor.NOBODY);
        release.sending(random.nextLong() | 1, random.nextLong(), System.currentTimeMillis(), System.nanoTime(), null);
        stub.release(GrpcWire.release(release));
    }

    // ---- the surge

    private void begin(final List<Cast.Seeking> users, final List<Cast.Seeking> earlier, final List<Cast.Automaton> automata) {
        final long nowNs = System.nanoTime(); // on a slow machine publishing takes from the warm-up
        for (int i = 0; i < earlier.size(); i++) {
            if (releaseNs + plan.earlierNs()[i] - nowNs >= 0) {
                arrive(new Seeker(scene.ofDaysReleasedLongAgo(), earlier.get(i), plan.random(Plan.earlier(i))), plan.earlierNs()[i]);
            }
        }
        for (int i = 0; i < users.size(); i++) {
            final Seeker seeker = new Seeker(scene, users.get(i), plan.random(i));
            seekers.add(seeker);
            arrive(seeker, plan.arrivalNs()[i]);
        }
        for (int i = 0; i < automata.size(); i++) {
            bots.add(new Bot(scene, automata.get(i), plan.random(Long.MIN_VALUE + i)));
        }
        final List<Cast.Page> pages = cast.pages();
        final long fromNs = releaseNs + plan.firstSecond() * SECOND_NS;
        new PerSecond(loop, fromNs, plan.onlookers(), dueNs -> {
            final Cast.Page page = pages.get((int) (nextPage % pages.size()));
            loop.send(Exchange.read(Kind.COUNTS, "onlooker", nextPage++, page.search(), page.isHttp(), dueNs, Actor.NOBODY));
        }).begin(nowNs);
        new PerSecond(loop, fromNs, plan.botLooks(), dueNs -> bots.get((int) (nextLook++ % bots.size())).look(dueNs)).begin(nowNs);
        new PerSecond(loop, fromNs, plan.botHolds(), dueNs -> bots.get((int) (nextGrab++ % bots.size())).grab(dueNs)).begin(nowNs);
        loop.at(releaseNs, dueNs -> used.begin());
        loop.at(releaseNs, pulse);
        loop.at(releaseNs + demand.seconds() * SECOND_NS, dueNs -> used.end());
    }

    private void arrive(final Seeker seeker, final long arrivalNs) {
        loop.at(releaseNs + arrivalNs, seeker::arrive);
    }

    private void open() {
        final long endNs = releaseNs + demand.seconds() * SECOND_NS;
        final long lastNs = endNs + TAIL_SECONDS * SECOND_NS;
        loop.run(endNs + SECOND_NS / 10, told(lastNs, () -> false));
        loop.run(lastNs, told(lastNs, () -> seekers.stream().allMatch(seeker -> isOver(seeker.state()))));
        loop.close();
        loop.run(System.nanoTime() + ANSWERS_NS, () -> loop.openCount() == 0);
    }

    private static boolean isOver(final Seeker.State state) {
        return state == Seeker.State.CONFIRMED || state == Seeker.State.GAVE_UP;
    }

    /** Now and then says how far it is, and asks whether it is over: not more often than that. */
    private BooleanSupplier told(final long lastNs, final BooleanSupplier isOver) {
        final long[] toldNs = {System.nanoTime()};
        return () -> {
            final long nowNs = System.nanoTime();
            if (nowNs - toldNs[0] < SECOND_NS / 4) {
                return false;
            }
            toldNs[0] = nowNs;
            progress.at(lastNs - nowNs, String.format("%s %d s: %,d confirmed, %,d holds live, %,d reads and commands under way",
                    nowNs - releaseNs < 0 ? "release in" : "released since", Math.abs(nowNs - releaseNs) / SECOND_NS, books.confirmed(), books.live(), loop.openCount()));
            return isOver.getAsBoolean();
        };
    }

    // ---- afterwards

    private void contest(final Arena arena, final List<List<Applicant>> takers) {
        loop.reopen();
        loop.figures(contested);
        for (int round = 0; round < takers.size(); round++) {
            final int capacity = demand.winners().get(round);
            progress.at(-1, takers.get(round).size() + " takers for one slot with " + capacity + " places");
            final Contest contest = new Contest(scene, takers.get(round), new Start(arena.desk().id(), arena.epochDay(), round * arena.units()), capacity);
            contests.add(contest);
            loop.at(System.nanoTime() + BETWEEN_CONTESTS_NS, contest::begin);
            if (!loop.run(System.nanoTime() + BETWEEN_CONTESTS_NS + CONTEST_NS, contest::isOver) || !contest.isRight()) {
                wrong.add(contest.inWords());
            }
        }
    }

    private void settle(final Asks asks) {
        progress.at(-1, "giving back what is held");
        final Settling settling = new Settling(loop, books, asks);
        settling.settle(ANSWERS_NS);
        unknown = settling.unknown();
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

    /** What a look at the data directory of the stopped server has said, of one that began with nothing but its network. */
    void inspected(final org.mawid.engine.upkeep.Inspection.Report report) {
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

    /** Of all that was measured, once it is over. */
    Results results() {
        return new Results(demand, cast.hottest().code(), seekers, bots, contests, before, surge, pulse.lateNs(), books, audit, used, released, unknown, lost, whyLost);
    }
}
