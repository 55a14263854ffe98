package org.mawid.api.schedule;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.mawid.api.network.Network;
import org.mawid.api.network.NetworkImportException;
import org.mawid.api.network.PlannedDay;
import org.mawid.api.network.StagedDays;
import org.mawid.api.report.Reports;
import org.mawid.engine.Engine;
import org.mawid.engine.readmodel.Availability.DayView;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.sbe.Result;

/**
 * What posts want of their calendars, compared with what is there and brought about by one staged change. One caller at a time gets in, the others wait; on a thread
 * that may wait for the disk.
 */
public final class Schedules {
    /** Of calendars as they are when it is looked. */
    public static final long ANY_VERSION = -1;

    private final Engine engine;
    private final StagedDays staged;
    private final Supplier<Network> network;
    private final Reports reports;
    private final LongSupplier nowMs;

    /** What became of a wish. */
    public sealed interface Outcome {
        /** How it differed from what was there before, or, when nothing was done, from what is there now. */
        Difference difference();

        /** @param version of the post's calendars now; the one before when nothing differed */
        record Applied(Difference difference, long version) implements Outcome {
        }

        /** Somebody else has changed the calendars since. Nothing was done; the difference is a new one, with the version to expect. */
        record Conflict(Difference difference) implements Outcome {
        }

        /** As the difference says. Nothing was done. */
        record Refused(Difference difference) implements Outcome {
            /** Of the first that is refused. */
            public Result why() {
                return difference.refused().get(0).why();
            }
        }
    }

    /**
     * @param note    file beside the log, ours alone, in which it stands what has been begun; {@code null} = a killed process leaves its change for good
     * @param network the one in force, {@code null} from it = none
     * @param reports from which it is known who comes
     * @param nowMs   log time, ms since 1970-01-01 UTC
     */
    public Schedules(final Engine engine, final Path note, final Supplier<Network> network, final Reports reports, final LongSupplier nowMs) {
        this.engine = engine;
        this.staged = new StagedDays(engine, note, nowMs);
        this.network = network;
        this.reports = reports;
        this.nowMs = nowMs;
    }

    /** Abandons what a killed process has left staged. Before anybody is answered. @return changes, 0 or 1 */
    public synchronized int abandonWhatWasLeft() {
        return staged.abandonWhatWasLeft();
    }

    /**
     * Changes nothing.
     *
     * @throws ScheduleMistakenException it cannot be meant
     * @throws UnknownPostException      no such post
     */
    public synchronized Difference difference(final WantedSchedule wanted) {
        staged.catchUp();
        return compare(wanted);
    }

    /**
     * All of it, or nothing.
     *
     * @param expectedVersion of the post's calendars, as a difference said it, or {@link #ANY_VERSION}
     * @throws ScheduleMistakenException it cannot be meant
     * @throws UnknownPostException      no such post
     * @throws NetworkImportException    the engine has stopped, or what would have to be ended cannot be kept
     */
    public synchronized Outcome apply(final WantedSchedule wanted, final long expectedVersion) {
        staged.catchUp();
        final Difference difference = compare(wanted);
        if (expectedVersion != ANY_VERSION && difference.version() != expectedVersion) {
            return new Outcome.Conflict(difference);
        } else if (!difference.canBeApplied()) {
            return new Outcome.Refused(difference);
        } else if (difference.isNothing()) {
            return new Outcome.Applied(difference, difference.version());
        }
        final StagedDays.Ended ended = staged.apply(post(wanted.post()).postId(), difference.version(), difference.changes().stream().map(Difference.Change::wanted).toList());
        if (ended instanceof StagedDays.Ended.Applied applied) {
            return new Outcome.Applied(difference, applied.version());
        } else if (ended instanceof StagedDays.Ended.Refused refused) {
            return new Outcome.Refused(difference.refusedBy(named(refused.days())));
        }
        return new Outcome.Conflict(compare(wanted));
    }

    /** What is there. @param to included, at most {@value WantedSchedule#MOST_DAYS} days; by pool, then date; closed days are left out */
    public Present present(final String post, final LocalDate from, final LocalDate to) {
        final Site site = site(post, false, false); // what may be kept does not matter to what is
        final Mistakes mistakes = new Mistakes();
        if (to.isBefore(from) || to.isAfter(from.plusDays(WantedSchedule.MOST_DAYS - 1))) {
            mistakes.add("to", "from " + from + " to " + to + " are not 1 to " + WantedSchedule.MOST_DAYS + " days");
        }
        mistakes.throwIfAny();
        final long version = site.post().calendarVersion(); // before the days: what changes meanwhile makes a conflict, not a silent loss
        final List<Present.Day> days = new ArrayList<>();
        for (final CatalogueView.Pool pool : site.pools().values()) {
            for (LocalDate date = from; !date.isAfter(to); date = date.plusDays(1)) {
                final DayView view = engine.readModel().availability().day(pool.poolId(), (int) date.toEpochDay());
                final PlannedDay day = view == null ? null : PlannedDay.of(view).at(nowMs.getAsLong());
                if (day != null && !day.isClosed()) {
                    days.add(new Present.Day(pool.code(), date, day));
                }
            }
        }
        return new Present(post, site.zone(), version, days);
    }

    private Difference compare(final WantedSchedule wanted) {
        final Site site = site(wanted.post(), staged.keepsQuotas(), staged.keepsOverbooking());
        final WantedDays days = new WantedDays(wanted, site, nowMs.getAsLong(), engine.readModel().catalogue().rules().horizonDays());
        return new Comparison(days, site, engine.readModel(), new Overbookings(site, wanted, engine.readModel().catalogue(), reports, nowMs.getAsLong()), nowMs).run();
    }

    private List<Difference.Refused> named(final List<StagedDays.RefusedDay> days) {
        final Map<Integer, String> codes = new HashMap<>();
        return days.stream().map(refused -> Comparison.refused(codes.computeIfAbsent(refused.day().poolId(), id -> engine.readModel().catalogue().pool(id).code()),
                LocalDate.ofEpochDay(refused.day().epochDay()), refused.why(), refused.number())).collect(Collectors.toList());
    }

    /** In which the post says its hours; UTC when the files in force do not have it. */
    public ZoneId zone(final String code) {
        return zone(network.get(), code);
    }

    private static ZoneId zone(final Network files, final String code) {
        return files == null ? ZoneOffset.UTC
                : files.posts().stream().filter(one -> one.code().equals(code)).map(Network.Post::zone).findFirst().orElse(ZoneOffset.UTC);
    }

    private Site site(final String code, final boolean keepsQuotas, final boolean keepsOverbooking) {
        final Network files = network.get();
        final CatalogueView.Post post = post(code);
        return Site.of(engine.readModel().catalogue(), post, zone(files, code), files, keepsQuotas, keepsOverbooking);
    }

    private CatalogueView.Post post(final String code) {
        final CatalogueView.Post post = engine.readModel().catalogue().post(code);
        if (post == null) {
            throw new UnknownPostException(code);
        }
        return post;
    }
}
