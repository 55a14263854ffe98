package org.mawid.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.network.PlannedDay;
import org.mawid.api.network.Release;
import org.mawid.api.overbooking.OverbookingRule;
import org.mawid.api.schedule.Schedules.Outcome;
import org.mawid.api.schedule.WantedSchedule.ExceptionalDays;
import org.mawid.api.schedule.WantedSchedule.Holidays;
import org.mawid.api.schedule.WantedSchedule.Opening;
import org.mawid.api.schedule.WantedSchedule.Overbooked;
import org.mawid.api.schedule.WantedSchedule.PoolHours;
import org.mawid.api.schedule.WantedSchedule.Quota;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.readmodel.Availability.DayView;
import org.mawid.grpc.Channel;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Result;

/** Whatever is wanted, measured, taken, spilled and withdrawn: what was published is no difference, and what is read back and sent again is none either. */
class ScheduleRoundTripTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final long FIRST_SEED = Long.getLong("seed", 1);
    private static final int SEEDS = Long.getLong("seed") == null ? 8 : 1;
    private static final int STEPS = 30;
    private static final int DAYS = 9;
    private static final Release.Rolling RELEASE = new Release.Rolling(60, LocalTime.of(9, 0), 1);
    private static final Channel[] CHANNELS = {Channel.CHANNEL_ONLINE, Channel.CHANNEL_CALL_CENTRE, Channel.CHANNEL_COUNTER, Channel.CHANNEL_ASSISTED};

    @TempDir
    private Path folder;
    private final Map<String, Integer> seen = new TreeMap<>();
    private Random random;
    private QuotaPost post;
    private LocalDate first;
    private String again;

    @Test
    void givenQuotasAndSpillsAndOverbookedAndTakenPlacesAcrossAChangeOfClocks_whenTheScheduleIsReadBackAndSentAgain_thenItIsNoDifference() throws Exception {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            again = "mvn -pl api -am test -Dtest=ScheduleRoundTripTest -Dsurefire.failIfNoSpecifiedTests=false -Dseed=" + seed;
            random = new Random(seed);
            first = random.nextBoolean() ? LocalDate.of(2027, 3, 24) : LocalDate.of(2027, 10, 27);
            Instant now = first.minusDays(2).atStartOfDay(PARIS).toInstant();
            try (QuotaPost one = new QuotaPost(folder.resolve("seed" + seed), now, EngineCore.NEWEST_CORE_VERSION)) {
                post = one;
                measure();
                WantedSchedule wanted = apply(null);
                for (int step = 0; step < STEPS; step++) {
                    if (random.nextInt(8) == 0) {
                        measure();
                        follow(wanted);
                    }
                    if (random.nextInt(4) == 0) {
                        now = now.plus(Duration.ofMinutes(random.nextInt(16 * 60)));
                        post.timeIs(now);
                    } else if (random.nextInt(6) == 0) {
                        wanted = apply(wanted);
                    } else {
                        take();
                    }
                    isNoDifference(wanted);
                    isNoDifference(readBack(wanted));
                }
            }
        }
        assertThat(seen).as("what was seen, and how often").containsKeys("taken CHANNEL_ONLINE", "taken CHANNEL_CALL_CENTRE", "taken CHANNEL_COUNTER", "taken CHANNEL_ASSISTED",
                "KEPT_FOR_CHANNEL", "applied again", "refused", "spilled already", "spills later", "overbooked", "with more than is wanted", "taken beyond the counters", "measured otherwise and kept",
                "measured otherwise and added");
    }

    /** @param before stays in force when what comes to mind is refused; {@code null} = nothing is */
    private WantedSchedule apply(final WantedSchedule before) {
        final WantedSchedule wanted = wanted();
        final Outcome outcome = post.schedules.apply(wanted, Schedules.ANY_VERSION);
        if (outcome instanceof Outcome.Applied) {
            seen.merge(before == null ? "applied" : "applied again", 1, Integer::sum);
            return wanted;
        }
        assertThat(before).as("only what is taken can be in the way: %s, %s", outcome, again).isNotNull();
        seen.merge("refused", 1, Integer::sum);
        return before;
    }

    private void measure() {
        final int missed = random.nextInt(600);
        post.measured.are(2_000 - missed, missed);
    }

    /** A day that has places beyond its counters keeps those; one that has none gets those that are borne now. */
    private void follow(final WantedSchedule wanted) {
        final Difference difference = post.schedules.difference(wanted);
        assertThat(difference.changes()).as("%s%n%s", String.join("\n", Words.of(difference)), again).allMatch(change -> !change.there().isOverbooked() && change.wanted().isOverbooked());
        assertThat(post.schedules.apply(wanted, Schedules.ANY_VERSION)).as(again).isInstanceOf(Outcome.Applied.class);
        seen.merge(difference.isNothing() ? "measured otherwise and kept" : "measured otherwise and added", 1, Integer::sum);
    }

    private void take() {
        final LocalDate date = first.plusDays(random.nextInt(DAYS));
        final Channel channel = CHANNELS[random.nextInt(CHANNELS.length)];
        final CommandReply held = post.hold(channel, date, random.nextInt(4) * 3);
        if (held.getResult() == Result.OK) {
            seen.merge("taken " + channel, 1, Integer::sum);
            final DayView view = post.day(date);
            for (int unit = 0; unit < view.overbooked().places().length; unit++) {
                if (view.overbooked().places()[unit] > 0 && view.room()[unit] < view.overbooked().places()[unit]) {
                    seen.merge("taken beyond the counters", 1, Integer::sum);
                    break;
                }
            }
            if (random.nextInt(3) > 0) {
                post.confirm(held.getReference());
            }
        } else {
            seen.merge(held.getResult().name(), 1, Integer::sum);
        }
    }

    private void isNoDifference(final WantedSchedule wanted) {
        final Difference difference = post.schedules.difference(wanted);
        assertThat(difference.isNothing()).as("%s%n%s%nat %s%n%s", wanted, String.join("\n", Words.of(difference)), Instant.ofEpochMilli(post.engine.nowMs()), again).isTrue();
        if (difference.notices().stream().anyMatch(line -> line.contains("for everybody already"))) {
            seen.merge("spilled already", 1, Integer::sum);
        }
        if (difference.notices().stream().anyMatch(line -> line.contains("has more places than are wanted"))) {
            seen.merge("with more than is wanted", 1, Integer::sum);
        }
    }

    /** Every day that is there, said as an exception; a date has one spill for each channel, which is a schedule's, so each date is one. */
    private WantedSchedule readBack(final WantedSchedule wanted) {
        final List<ExceptionalDays> dates = new ArrayList<>();
        final Map<Quota, Integer> spill = new EnumMap<>(Quota.class);
        for (final Present.Day one : post.schedules.present(QuotaPost.CODE, first, first.plusDays(DAYS - 1)).days()) {
            final List<Opening> hours = new ArrayList<>();
            final PlannedDay day = one.day();
            seen.merge(day.isOverbooked() ? "overbooked" : "not overbooked", 1, Integer::sum);
            day.forEachOpenRun(run -> add(hours, new Opening(EnumSet.allOf(DayOfWeek.class), at(day, run.from()), at(day, run.to()), run.capacity() - run.withheld() - day.overbookedOn(run.from()),
                    Quotas.kept(day, run))));
            dates.add(new ExceptionalDays(one.date(), one.date(), Set.of(), Set.of(), hours, ""));
            Quotas.spills(day).forEach((quota, ms) -> spill.put(quota, (int) Duration.ofMillis(opensMs(day) - ms).toHours()));
        }
        seen.merge(spill.isEmpty() ? "spills never" : "spills later", 1, Integer::sum);
        return new WantedSchedule(QuotaPost.CODE, first, first.plusDays(DAYS - 1), RELEASE, Holidays.NONE, List.of(new PoolHours("D1", 15, null, List.of(), null, null,
                wanted.pools().get(0).overbooked())), dates, spill);
    }

    /** Stretches that differ in what is beyond the counters only are one. */
    private static void add(final List<Opening> hours, final Opening next) {
        final Opening last = hours.isEmpty() ? null : hours.get(hours.size() - 1);
        if (last != null && last.close().equals(next.open()) && last.places() == next.places() && last.quotas().equals(next.quotas())) {
            hours.set(hours.size() - 1, new Opening(last.days(), last.open(), next.close(), last.places(), last.quotas()));
        } else {
            hours.add(next);
        }
    }

    private static long opensMs(final PlannedDay day) {
        final List<PlannedDay.Run> runs = new ArrayList<>();
        day.forEachOpenRun(runs::add);
        return day.startMs() + runs.get(0).from() * 300_000L;
    }

    private static LocalTime at(final PlannedDay day, final int unit) {
        return Words.time(day.startMs() + unit * 300_000L, PARIS);
    }

    // ---- what comes to mind

    private WantedSchedule wanted() {
        final List<Opening> week = new ArrayList<>();
        final LocalTime opens = LocalTime.of(random.nextInt(8) == 0 ? 1 : 9, 0); // at one o'clock the clocks have not changed yet
        final LocalTime noon = LocalTime.of(11, 0).plusMinutes(15L * random.nextInt(4));
        week.add(opening(EnumSet.allOf(DayOfWeek.class), opens, noon));
        if (random.nextBoolean()) {
            week.add(opening(EnumSet.complementOf(EnumSet.of(DayOfWeek.WEDNESDAY)), noon, noon.plusHours(1 + random.nextInt(3))));
        }
        final List<ExceptionalDays> exceptions = new ArrayList<>();
        if (random.nextBoolean()) {
            final LocalDate date = first.plusDays(random.nextInt(DAYS));
            exceptions.add(new ExceptionalDays(date, date, Set.of(), Set.of(), List.of(opening(EnumSet.allOf(DayOfWeek.class), LocalTime.of(9, 0), LocalTime.of(13, 0))), "longer"));
        }
        final Map<Quota, Integer> spill = new EnumMap<>(Quota.class);
        for (final Quota quota : Quota.values()) {
            if (random.nextBoolean()) {
                spill.put(quota, 1 + random.nextInt(72));
            }
        }
        return new WantedSchedule(QuotaPost.CODE, first, first.plusDays(DAYS - 1), RELEASE, Holidays.NONE, List.of(new PoolHours("D1", 15, null, week, null, null, overbooked())), exceptions,
                spill);
    }

    private Overbooked overbooked() {
        return random.nextInt(4) == 0 ? null : new Overbooked(new OverbookingRule(5 + random.nextInt(56), 0.25 * (1 + random.nextInt(2))), 1 + random.nextInt(72));
    }

    private Opening opening(final Set<DayOfWeek> days, final LocalTime open, final LocalTime close) {
        final Map<Quota, Integer> quotas = new EnumMap<>(Quota.class);
        int left = 2 + random.nextInt(5);
        final int places = left;
        for (final Quota quota : Quota.values()) {
            final int kept = Math.min(left, random.nextInt(3));
            left -= kept;
            if (kept > 0) {
                quotas.put(quota, kept);
            }
        }
        return new Opening(days, open, close, places, quotas);
    }
}
