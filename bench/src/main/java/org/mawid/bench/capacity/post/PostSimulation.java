package org.mawid.bench.capacity.post;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.mawid.bench.capacity.demand.Demand;
import org.mawid.bench.capacity.demand.Party;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.plan.PlannedNetwork;
import org.mawid.bench.capacity.plan.Site;
import org.mawid.bench.capacity.post.Agenda.Event;
import org.mawid.bench.capacity.post.Agenda.Kind;
import org.mawid.bench.capacity.post.OpenDates.Open;
import org.mawid.bench.capacity.result.PostResult;

/**
 * The weeks of one post, event by event through the real core. The plan is in force from the warm-up on: what is looked at is life under the plan,
 * not the change to it. Whoever asks is counted with the week in which they ask, what happens at the counters with its date.
 * <p>Here is only the order in which things happen; what people do is in {@link Seekers} and {@link Counters}, what the post does in {@link Offer}
 * and {@link Mornings}, what is looked up in {@link Measurement}. One thread; the same plan and seed give the same result.
 */
public final class PostSimulation implements AutoCloseable {
    static final long NEVER = Agenda.NEVER;
    /** Nobody comes without an appointment in the last hour [A]. */
    private static final long LAST_WALK_IN_MS = 60 * Course.MINUTE_MS;

    /** Told of each day that is over, on the simulating thread. */
    @FunctionalInterface
    public interface Progress {
        void day(int done, int of);
    }

    /** Told of every command before the core applies it. */
    @FunctionalInterface
    public interface Tap {
        void command(long position, long nowMs, DirectBuffer buffer, int length);
    }

    private final Site site;
    private final Plan plan;
    private final Demand demand;
    private final OpenDates dates;
    private final int simulatedFrom;
    private final int end;
    private final long endMs;
    private final PostBooks books;
    private final List<Visitor> carriedOver = new ArrayList<>();
    private Course course;
    private Offer offer;
    private Seekers seekers;
    private Mornings mornings;
    private Counters counters;
    private Measurement measurement;

    public PostSimulation(final Site site, final Plan plan, final Demand demand) {
        this.site = site;
        this.plan = plan;
        this.demand = demand;
        this.books = new PostBooks(site.post().code());
        final LocalDate covered = PlannedNetwork.earliest(site.network(), site.post(), plan.from(), plan.from().minusWeeks(plan.warmUpWeeks()));
        final LocalDate first = covered.isAfter(plan.from()) ? plan.from() : covered;
        this.dates = new OpenDates(site, first, plan.to().plusDays(PlannedNetwork.AHEAD_DAYS + 1));
        if (dates.last().isBefore(plan.to().minusDays(1))) {
            throw plan.refusal(PlanKey.FROM, "the calendars of " + site.post().code() + " cover dates up to " + dates.last() + ", the weeks end on " + plan.to().minusDays(1));
        }
        this.simulatedFrom = (int) first.toEpochDay();
        this.end = (int) plan.to().toEpochDay();
        this.endMs = dates.startMs(end);
    }

    public PostResult run(final Progress progress) {
        return run(progress, (position, nowMs, buffer, length) -> { });
    }

    /** @param tap is told what the core is given */
    public PostResult run(final Progress progress, final Tap tap) {
        try (this) {
            start(tap, (visitor, nowMs) -> false);
            while (nextMs() != NEVER) {
                next(progress);
            }
            return end();
        }
    }

    // ---- step by step, for whoever lives several posts at the same time

    /** @param elsewhere where people may go who find nothing here */
    void start(final Tap tap, final Elsewhere elsewhere) {
        begin(new PostCore(site, dates.startMs(simulatedFrom), tap), elsewhere);
    }

    /** Log time of what happens next; {@link #NEVER} when the weeks are over. */
    long nextMs() {
        return course.agenda.nextMs(endMs);
    }

    void next(final Progress progress) {
        final Event event = course.agenda.take();
        course.core.advance(event.atMs());
        happens(event, progress);
    }

    Site site() {
        return site;
    }

    /** Somebody from another post would ask here. @return false when the weeks of this post are over, or have not begun */
    boolean welcomes(final Visitor visitor, final long nowMs) {
        if (nowMs < dates.startMs(simulatedFrom) || nowMs >= endMs) {
            return false;
        }
        course.agenda.at(nowMs, Kind.ASK, visitor);
        return true;
    }

    /** Closes the books. */
    PostResult end() {
        counters.close();
        final Map<String, Long> counted = books.balanced(course.core.counts());
        final int measuredFrom = (int) plan.from().toEpochDay();
        return new PostResult(site, plan, course.figures, demand.basis(), dates.hoursAWeek(measuredFrom, end), counted, course.core.position(), (measuredFrom - simulatedFrom) / 7);
    }

    @Override
    public void close() {
        if (course != null) {
            course.core.close();
        }
    }

    private void begin(final PostCore core, final Elsewhere elsewhere) {
        course = new Course(site, plan, dates, core, simulatedFrom);
        final Absence absence = new Absence(site, plan);
        offer = new Offer(course, absence, demand);
        seekers = new Seekers(course, books::asked, elsewhere);
        mornings = new Mornings(course, absence, offer, seekers);
        seekers.onGiven(mornings::given);
        counters = new Counters(course, seekers, offer);
        measurement = new Measurement(course, demand, offer);
        course.agenda.at(dates.startMs(simulatedFrom), Kind.DAY, null);
    }

    private void happens(final Event event, final Progress progress) {
        final Visitor visitor = event.visitor();
        final long nowMs = event.atMs();
        switch (event.kind()) {
            case DAY -> {
                counters.close();
                day(dates.epochDay(nowMs), nowMs);
                progress.day(course.today() - simulatedFrom + 1, end - simulatedFrom);
            }
            case SAMPLE -> measurement.sample(nowMs);
            case MORNING -> mornings.morning(nowMs);
            case OPEN -> {
                if (course.isMeasured()) {
                    measurement.opened();
                }
                counters.open(nowMs);
            }
            case ASK -> seekers.ask(visitor, nowMs);
            case DECIDED -> seekers.decided(visitor, nowMs);
            case LOOK -> seekers.look(visitor, nowMs);
            case CONFIRM -> seekers.confirm(visitor, nowMs);
            case WALK_IN -> counters.walkIn(visitor, nowMs);
            case DONE -> counters.done(visitor, nowMs);
            default -> {
                if (event.isStillMeant()) {
                    ofAppointment(event.kind(), visitor, nowMs);
                }
            }
        }
    }

    private void ofAppointment(final Kind kind, final Visitor visitor, final long nowMs) {
        switch (kind) {
            case CHANGE -> seekers.change(visitor, nowMs);
            case ARRIVE -> counters.arrive(visitor, nowMs);
            default -> counters.miss(visitor);
        }
    }

    /** What is known of a date as it begins. */
    private void day(final int epochDay, final long nowMs) {
        course.begin(epochDay);
        offer.goOn();
        for (final Party party : demand.on(LocalDate.ofEpochDay(epochDay), nowMs)) {
            final Visitor visitor = new Visitor(party);
            if (visitor.walkIn) {
                carriedOver.add(visitor);
            } else {
                course.agenda.at(visitor.askedMs, Kind.ASK, visitor);
            }
        }
        if (course.isMeasured()) {
            course.agenda.at(nowMs + Measurement.SAMPLE_MS, Kind.SAMPLE, null);
        }
        final Open open = course.open();
        if (open != null) {
            course.agenda.at(open.startMs() - Mornings.BEFORE_MS, Kind.MORNING, null);
            course.agenda.at(open.startMs(), Kind.OPEN, null);
            final long spanMs = Math.max(1, open.units() * OpenDates.UNIT_MS - LAST_WALK_IN_MS);
            for (final Visitor visitor : carriedOver) {
                if (offer.staffed(visitor.desk) > 0) {
                    course.agenda.at(open.startMs() + (long) (visitor.temper.partOfDay() * spanMs), Kind.WALK_IN, visitor);
                }
            }
            carriedOver.removeIf(visitor -> offer.staffed(visitor.desk) > 0); // the others come when somebody is there
        }
        course.agenda.at(dates.startMs(epochDay + 1), Kind.DAY, null);
    }
}
