package org.mawid.api.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.mawid.api.network.ChannelQuotas;
import org.mawid.api.network.PlannedDay;
import org.mawid.api.schedule.WantedSchedule.Opening;
import org.mawid.api.schedule.WantedSchedule.PoolHours;
import org.mawid.api.schedule.WantedSchedule.Quota;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.QuotaClass;

/**
 * What a schedule makes of quotas and of when they spill: the one place that knows. A desk keeps them by channel; where the log is of an older core version, which
 * keeps none, their sum is withheld, which nobody can take.
 */
final class Quotas {
    private static final long HOUR_MS = 3_600_000L;

    private final Site site;
    private final WantedSchedule wanted;

    Quotas(final Site site, final WantedSchedule wanted) {
        this.site = site;
        this.wanted = wanted;
    }

    /** Places on each unit of it that the public does not see. */
    static int together(final Opening opening) {
        return opening.quotas().values().stream().mapToInt(Integer::intValue).sum();
    }

    /** As the core calls it. */
    static QuotaClass classOf(final Quota quota) {
        return QuotaClass.valueOf(quota.name());
    }

    /** Of these places of an opening those that nobody can take: what the staged day says. */
    int withheld(final Opening opening) {
        return site.keepsQuotas() ? 0 : together(opening);
    }

    /** What is kept of a day as it begins. @param openings by unit, {@code null} = closed @param startMs of its first opening, ms since 1970-01-01 UTC */
    ChannelQuotas of(final CatalogueView.Pool pool, final PoolHours rules, final Opening[] openings, final long startMs) {
        if (!site.keepsQuotas() || pool.kind() != PoolKind.DESK || !hasAny(Arrays.asList(openings))) {
            return ChannelQuotas.NONE;
        }
        final int[][] places = new int[ChannelQuotas.CLASSES][];
        final long[] spillMs = new long[ChannelQuotas.CLASSES];
        for (final Quota quota : Quota.values()) {
            final int index = classOf(quota).value() - 1;
            places[index] = Arrays.stream(openings).mapToInt(opening -> opening == null ? 0 : opening.quotas().getOrDefault(quota, 0)).toArray();
            final Integer hours = spill(rules).get(quota);
            spillMs[index] = hours == null ? 0 : startMs - hours * HOUR_MS;
        }
        return new ChannelQuotas(places, spillMs);
    }

    /** What a day keeps on a run of units, by channel; those that have nothing are left out. */
    static Map<Quota, Integer> kept(final PlannedDay day, final PlannedDay.Run run) {
        final Map<Quota, Integer> kept = new EnumMap<>(Quota.class);
        for (final Quota quota : Quota.values()) {
            final int places = day.quotas().places(classOf(quota).value(), run.from());
            if (places > 0) {
                kept.put(quota, places);
            }
        }
        return kept;
    }

    /** From which instant on what is left of a channel's places is everybody's, ms since 1970-01-01 UTC; channels without one are left out. */
    static Map<Quota, Long> spills(final PlannedDay day) {
        final Map<Quota, Long> spills = new EnumMap<>(Quota.class);
        for (final Quota quota : Quota.values()) {
            final long spillMs = day.quotas().spillMs(classOf(quota).value());
            if (spillMs != 0) {
                spills.put(quota, spillMs);
            }
        }
        return spills;
    }

    /** Hours before, by channel. */
    private Map<Quota, Integer> spill(final PoolHours pool) {
        return pool.spill() == null ? wanted.spill() : pool.spill();
    }

    /** What is wanted and cannot be kept, in words. */
    List<String> notices() {
        final List<String> notices = new ArrayList<>();
        for (final PoolHours pool : wanted.pools()) {
            if (!site.keepsQuotas() && hasAny(pool)) {
                notices.add(pool.pool() + ": quotas are withheld from everybody and do not spill, for the log is of a core version before 6, which keeps no places for channels:"
                        + " an operator raises it (mawid core-version), then send this again");
            }
        }
        return notices;
    }

    private boolean hasAny(final PoolHours pool) {
        return hasAny(pool.weekly()) || pool.ramadan() != null && hasAny(pool.ramadan())
                || wanted.exceptions().stream().anyMatch(one -> (one.pools().isEmpty() || one.pools().contains(pool.pool())) && hasAny(one.hours()));
    }

    /** @param openings {@code null} among them = closed */
    static boolean hasAny(final List<Opening> openings) {
        return openings.stream().anyMatch(opening -> opening != null && together(opening) > 0);
    }
}
