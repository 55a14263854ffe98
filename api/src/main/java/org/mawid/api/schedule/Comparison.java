package org.mawid.api.schedule;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.mawid.api.network.ChannelQuotas;
import org.mawid.api.network.OpenDay;
import org.mawid.api.network.PlannedDay;
import org.mawid.api.schedule.Difference.Change;
import org.mawid.api.schedule.Difference.Kind;
import org.mawid.api.schedule.Difference.Refused;
import org.mawid.api.schedule.WantedSchedule.Quota;
import org.mawid.engine.readmodel.Availability.DayView;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.ClosuresView;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.sbe.Result;

/**
 * Compares day by day. What a closure covers stays closed by it, whatever is wanted; a day on which somebody has a place keeps its grid where it can.
 * A date that is wanted closed and would be opened by the calendar that goes on by itself is published as a closed day, so that it stays closed.
 */
final class Comparison {
    private final WantedDays wanted;
    private final Site site;
    private final ReadModel model;
    private final Overbookings overbookings;
    private final LongSupplier nowMs;
    private final List<ClosuresView.Closure> closures;
    private final List<Change> changes = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private final Set<String> notices = new TreeSet<>();
    /** Dates by what is to be said of them. */
    private final Map<String, List<LocalDate>> spilled = new TreeMap<>();
    private int same;

    Comparison(final WantedDays wanted, final Site site, final ReadModel model, final Overbookings overbookings, final LongSupplier nowMs) {
        this.wanted = wanted;
        this.site = site;
        this.model = model;
        this.overbookings = overbookings;
        this.nowMs = nowMs;
        this.closures = model.closures().closures(site.post().postId());
    }

    Difference run() {
        final long version = model.catalogue().post(site.post().postId()).calendarVersion();
        final WantedSchedule schedule = wanted.wanted();
        notices.addAll(wanted.notices());
        notices.addAll(overbookings.notices());
        for (final CatalogueView.Pool pool : wanted.pools()) {
            services(pool, schedule);
            if (site.places().containsKey(pool.code())) {
                notices.add(pool.code() + " is a mobile desk, at " + site.places().get(pool.code()));
            }
            for (LocalDate date = schedule.from(); !date.isAfter(schedule.to()); date = date.plusDays(1)) {
                compare(pool, date);
            }
        }
        site.pools().values().stream().filter(pool -> !wanted.pools().contains(pool)).forEach(pool -> notices.add(pool.code() + " is not in the schedule and stays as it is"));
        spilled.forEach((what, dates) -> notices.add(what + " on " + Words.dates(dates)));
        notices.addAll(overbookings.told());
        final List<Difference.Provisional> provisional = wanted.feasts().provisional(schedule.from(), schedule.to()).stream()
                .map(feast -> new Difference.Provisional(feast.date(), feast.name(), feast.of())).toList();
        return new Difference(site.post().code(), site.zone(), schedule.from(), schedule.to(), version, List.copyOf(changes), List.copyOf(refused), provisional,
                List.copyOf(notices), same);
    }

    private void compare(final CatalogueView.Pool pool, final LocalDate date) {
        final DayView view = model.availability().day(pool.poolId(), (int) date.toEpochDay());
        final long now = nowMs.getAsLong(); // after the view: what it shows as spilled is due
        final PlannedDay there = view == null ? null : PlannedDay.of(view).at(now);
        final PlannedDay planned = plan(pool, date, there);
        if (planned == null || planned.endMs() <= now || there != null && there.endMs() <= now) {
            return; // over, or closed and not there
        }
        final PlannedDay plan = overbookings.of(pool, date, planned.at(now), there, isUnderClosure(pool, planned), now);
        noteSpilled(planned, pool, date, now);
        if (there != null && plan.isSame(there)) {
            same++;
            return;
        }
        final int[] cooling = view == null ? null : model.cooling().on(view.poolId(), view.epochDay());
        final PlannedDay day = view != null && PlannedDay.isTaken(view, cooling) ? plan.onGridOf(view) : plan;
        changes.add(new Change(day.isClosed() ? Kind.CLOSED : there == null || there.isClosed() ? Kind.ADDED : Kind.CHANGED, pool.code(), date, day, there));
        final Result why = !day.fits() ? Result.OUT_OF_RANGE : view == null ? Result.OK : day.whyNot(view, cooling);
        if (why != Result.OK) {
            final Refused general = refused(pool.code(), date, why, 0);
            refused.add(why == Result.CAPACITY_BELOW_TAKEN ? belowTaken(general, pool, day, view, cooling, there, now) : general);
        }
    }

    private Refused belowTaken(final Refused general, final CatalogueView.Pool pool, final PlannedDay day, final DayView view, final int[] cooling, final PlannedDay there, final long now) {
        final int unit = day.firstBelowTaken(view, cooling);
        final String inTheWay = "at " + Words.time(view.startMs() + unit * OpenDay.UNIT_MS, site.zone()) + " " + PlannedDay.takers(view, cooling, unit)
                + " are booked or held, and " + day.roomFor(view, unit) + " could be";
        return new Refused(general.pool(), general.date(), general.why(), inTheWay, overbookings.todo(pool, there, general.todo(), now));
    }

    private void noteSpilled(final PlannedDay planned, final CatalogueView.Pool pool, final LocalDate date, final long now) {
        for (final Quota quota : Quota.values()) {
            if (planned.quotas().hasSpilled(Quotas.classOf(quota).value(), now)) {
                spilled.computeIfAbsent(pool.code() + ": what is left of " + quota + " is for everybody already, so that nothing is kept again", key -> new ArrayList<>()).add(date);
            }
        }
    }

    /** Null = closed, and nothing is there that could be open. */
    private PlannedDay plan(final CatalogueView.Pool pool, final LocalDate date, final PlannedDay there) {
        final PlannedDay open = wanted.day(pool, date);
        if (open != null) {
            return closures.isEmpty() ? open : underClosures(pool, date, open, there);
        } else if (there != null) {
            return there.closed();
        }
        final long noonMs = date.atTime(12, 0).atZone(site.zone()).toInstant().toEpochMilli();
        return site.wouldOpenByItself(date) ? new PlannedDay(pool.poolId(), (int) date.toEpochDay(), noonMs - noonMs % OpenDay.UNIT_MS, 1, 0, new int[1], new int[1]) : null;
    }

    private boolean isUnderClosure(final CatalogueView.Pool pool, final PlannedDay day) {
        return closures.stream().anyMatch(one -> (one.poolId() == 0 || one.poolId() == pool.poolId()) && one.fromMs() < day.endMs() && one.toMs() > day.startMs());
    }

    /** Where a closure leaves less, no more is kept for channels than it has left of that: everybody's room goes first, then what is kept, in the order of classes. */
    private PlannedDay underClosures(final CatalogueView.Pool pool, final LocalDate date, final PlannedDay open, final PlannedDay there) {
        final int[] most = new int[open.units()];
        Arrays.fill(most, ChannelQuotas.ALL);
        final int[] capacity = open.capacity().clone();
        final int[] withheld = open.withheld().clone();
        for (final ClosuresView.Closure closure : closures) {
            if (closure.poolId() != 0 && closure.poolId() != pool.poolId()) {
                continue;
            }
            for (int unit = 0; unit < capacity.length; unit++) {
                final long ms = open.startMs() + unit * OpenDay.UNIT_MS;
                if (ms >= closure.fromMs() && ms < closure.toMs() && capacity[unit] - withheld[unit] > closure.capacity()) {
                    capacity[unit] = closure.capacity() + withheld[unit];
                    most[unit] = closure.capacity();
                    notices.add(pool.code() + " on " + date + " stays closed as closure " + closure.closureId() + " says, until that is ended");
                }
            }
        }
        final ChannelQuotas quotas = there == null ? open.quotas().within(most, null, 0)
                : open.quotas().within(most, there.quotas(), (int) ((open.startMs() - there.startMs()) / OpenDay.UNIT_MS));
        return new PlannedDay(open.poolId(), open.epochDay(), open.startMs(), open.alignUnits(), open.releasedAtMs(), capacity, withheld, quotas);
    }

    /** What a desk serves has no dates in the core: it is told, not changed in passing. */
    private void services(final CatalogueView.Pool pool, final WantedSchedule schedule) {
        final Set<String> declared = schedule.pools().stream().filter(one -> one.pool().equals(pool.code())).findFirst().orElseThrow().services();
        if (declared == null) {
            return;
        }
        final Set<String> served = new TreeSet<>();
        model.catalogue().desk(pool.poolId()).services().forEach(service -> served.add(service.code()));
        final Set<String> either = new TreeSet<>(served);
        either.addAll(declared);
        for (final String code : either) {
            if (served.contains(code) != declared.contains(code)) {
                final CatalogueView.Service service = model.catalogue().service(code);
                refused.add(service == null ? new Refused(pool.code(), null, Result.SERVICE_UNKNOWN, "no service is called " + code)
                        : new Refused(pool.code(), null, Result.DESK_DOES_NOT_SERVE, code + (served.contains(code) ? " is served there" : " is not served there")
                                + ", which holds on all dates: PUT /v1/catalogue/desks/" + pool.poolId() + "/services/" + service.serviceId() + " first"));
            }
        }
    }

    static Refused refused(final String pool, final LocalDate date, final Result why, final long number) {
        return new Refused(pool, date, why, switch (why) {
            case CAPACITY_BELOW_TAKEN -> "more is booked or held than is wanted beside what is to be kept for channels: keep less, or close it by POST /v1/posts/{post}/closures (CloseDays), which offers everybody another time, then send this again";
            case GRID_MISMATCH -> "somebody has a place, so that the day can neither begin earlier nor have other starts: keep both, or close it by POST /v1/posts/{post}/closures (CloseDays)";
            case DAY_ALREADY_STAGED -> "somebody has staged it in a change that is open: GET /v1/changes tells which";
            case CLOSED_BY_CLOSURE -> "closure " + number + " leaves less: end that first";
            case OUT_OF_RANGE -> "with what closures leave, it has more than " + PlannedDay.MAX_RUNS + " stretches, or " + PlannedDay.MAX_QUOTA_RUNS + " of places that are kept for channels";
            case DAYS_FULL -> "the table of days is full: an operator raises maxDays";
            default -> "the engine refuses it";
        });
    }
}
