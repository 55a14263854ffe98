package org.mawid.api.schedule;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.mawid.api.network.Calendars;
import org.mawid.api.schedule.WantedSchedule.Dates;

/** On which dates of a period a post keeps which holidays, and when Ramadan is. Those that follow the moon are provisional until the schedule confirms them. Immutable. */
final class Feasts {
    /** How far a feast may move when it is announced. Days. */
    private static final int MOST_MOVED = 2;

    /** @param of "Morocco", or the country @param provisional may still move by a day either way */
    record Feast(LocalDate date, String name, String of, boolean provisional) {
    }

    private final Map<LocalDate, Feast> kept = new TreeMap<>();
    private final List<Dates> ramadans = new ArrayList<>();

    Feasts(final WantedSchedule wanted, final Site site, final Mistakes mistakes) {
        final WantedSchedule.Holidays holidays = wanted.holidays();
        final boolean needsRamadan = wanted.pools().stream().anyMatch(pool -> pool.ramadan() != null) && holidays.ramadan() == null;
        if ((holidays.host() || holidays.morocco() || needsRamadan) && !isCovered(wanted, site, mistakes)) {
            return;
        }
        if (holidays.host()) {
            final String country = site.files().country();
            keep(site.calendars().host().getOrDefault(country, Map.of()), site.calendars().provisional().getOrDefault(country, Set.of()), country, wanted);
        }
        if (holidays.morocco()) {
            keep(site.calendars().moroccan(), site.calendars().provisional().getOrDefault(Calendars.MOROCCO, Set.of()), "Morocco", wanted);
        }
        checkConfirmed(wanted, site, mistakes);
        holidays.worked().forEach(kept::remove);
        if (holidays.ramadan() != null) {
            ramadans.addAll(holidays.ramadan());
        } else if (site.calendars() != null) {
            site.calendars().ramadans().forEach(ramadan -> addRamadan(ramadan, site, holidays.confirmed()));
        }
    }

    /** Null = an ordinary day. */
    Feast on(final LocalDate date) {
        return kept.get(date);
    }

    boolean isRamadan(final LocalDate date) {
        return ramadans.stream().anyMatch(ramadan -> ramadan.holds(date));
    }

    /** By date. */
    List<Feast> provisional(final LocalDate from, final LocalDate to) {
        return kept.values().stream().filter(feast -> feast.provisional() && !feast.date().isBefore(from) && !feast.date().isAfter(to)).toList();
    }

    /** Of two on one date the one that is certain. */
    private void keep(final Map<LocalDate, String> holidays, final Set<LocalDate> moving, final String of, final WantedSchedule wanted) {
        holidays.forEach((date, name) -> {
            final LocalDate announced = moving.contains(date) ? wanted.holidays().confirmed().get(date) : null;
            final LocalDate right = announced == null ? date : announced;
            final Feast feast = new Feast(right, name, of, moving.contains(date) && announced == null);
            kept.merge(right, feast, (one, other) -> one.provisional() ? other : one);
        });
    }

    /** The last day is the one before the feast. */
    private void addRamadan(final Calendars.Ramadan ramadan, final Site site, final Map<LocalDate, LocalDate> confirmed) {
        final LocalDate feast = ramadan.end().plusDays(1);
        final boolean moves = site.calendars().provisional().getOrDefault(Calendars.MOROCCO, Set.of()).contains(feast);
        ramadans.add(new Dates(ramadan.start(), moves ? confirmed.getOrDefault(feast, feast).minusDays(1) : ramadan.end()));
    }

    private static boolean isCovered(final WantedSchedule wanted, final Site site, final Mistakes mistakes) {
        if (site.files() == null) {
            mistakes.add("holidays", "no holidays are known of " + site.post().code() + ": say host false and morocco false, and give the dates as exceptions");
            return false;
        }
        boolean covered = true;
        for (int year = wanted.from().getYear(); year <= wanted.to().getYear(); year++) {
            final String why = site.calendars().whyNotCovered(site.files(), year).orElse(null);
            if (why != null) {
                mistakes.add("holidays", year + " is not covered: " + why);
                covered = false;
            }
        }
        return covered;
    }

    private static void checkConfirmed(final WantedSchedule wanted, final Site site, final Mistakes mistakes) {
        wanted.holidays().confirmed().forEach((expected, announced) -> {
            final String where = "holidays.confirmed";
            if (site.files() == null || !isProvisional(expected, site)) {
                mistakes.add(where, "no feast is expected on " + expected + " that follows the moon");
            } else if (Math.abs(ChronoUnit.DAYS.between(expected, announced)) > MOST_MOVED) {
                mistakes.add(where, announced + " is more than " + MOST_MOVED + " days from " + expected);
            }
        });
    }

    private static boolean isProvisional(final LocalDate date, final Site site) {
        final Map<String, Set<LocalDate>> all = site.calendars().provisional();
        return all.getOrDefault(Calendars.MOROCCO, Set.of()).contains(date) || all.getOrDefault(site.files().country(), Set.of()).contains(date);
    }
}
