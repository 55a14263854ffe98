package org.mawid.api.network;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * When posts are open, as the files say it: local times and dates. {@link Schedule} turns it into instants.
 *
 * @param weeks       by post id: the hours of each weekday; a weekday that is missing is closed
 * @param exceptional by post id: hours that replace the regular ones for a while
 * @param moroccan    holidays kept at every post
 * @param host        by country: holidays kept at its posts as well; a country that is absent keeps none
 * @param ramadans    ascending, not overlapping
 * @param provisional holidays that follow the sight of the moon and may move by a day; of Morocco under "", else by country
 */
public record Calendars(Map<Integer, Map<DayOfWeek, Hours>> weeks, Map<Integer, List<ExceptionalHours>> exceptional,
        Map<LocalDate, String> moroccan, Map<String, Map<LocalDate, String>> host, List<Ramadan> ramadans,
        Map<String, Set<LocalDate>> provisional) {
    /** Whose {@link #provisional} holidays are not a host country's. */
    public static final String MOROCCO = "";

    /** Local time, {@code close} excluded. */
    public record Hours(LocalTime open, LocalTime close, LocalTime ramadanOpen, LocalTime ramadanClose) {}

    /** Hours of one weekday from {@code from} to {@code to}, both included. */
    public record ExceptionalHours(DayOfWeek weekday, LocalTime open, LocalTime close, LocalDate from, LocalDate to) {
        boolean holdOn(LocalDate date) {
            return date.getDayOfWeek() == weekday && !date.isBefore(from) && !date.isAfter(to);
        }
    }

    /** Both days included. */
    public record Ramadan(LocalDate start, LocalDate end) {
        public boolean holds(LocalDate date) {
            return !date.isBefore(start) && !date.isAfter(end);
        }
    }

    /** The public's hours on one date. */
    record Window(LocalTime open, LocalTime close) {}

    public Calendars {
        // Not Map.copyOf: its order changes with every start of the JVM, and someone will iterate one day.
        weeks = frozen(weeks, Collections::unmodifiableMap);
        exceptional = frozen(exceptional, List::copyOf);
        moroccan = frozen(moroccan, name -> name);
        host = frozen(host, Collections::unmodifiableMap);
        ramadans = List.copyOf(ramadans);
        provisional = frozen(provisional, dates -> Collections.unmodifiableSet(new TreeSet<>(dates)));
    }

    /**
     * The public's hours of a post on a date. Exceptional hours win over everything: they replace the regular row of their
     * weekday, in Ramadan too, and holidays are staffed while they last. Otherwise a holiday of Morocco or of the host country
     * closes the post, and Ramadan has hours of its own.
     *
     * @return {@code null} when closed
     */
    Window windowOn(Network.Post post, LocalDate date) {
        for (ExceptionalHours hours : exceptional.getOrDefault(post.id(), List.of())) {
            if (hours.holdOn(date)) return new Window(hours.open(), hours.close());
        }
        return regularWindowOn(post, date);
    }

    /** As {@link #windowOn}, without exceptional hours. */
    Window regularWindowOn(Network.Post post, LocalDate date) {
        if (isHoliday(post, date)) return null;
        final Hours hours = weeks.getOrDefault(post.id(), Map.of()).get(date.getDayOfWeek());
        if (hours == null) return null;
        for (Ramadan ramadan : ramadans) {
            if (ramadan.holds(date)) return new Window(hours.ramadanOpen(), hours.ramadanClose());
        }
        return new Window(hours.open(), hours.close());
    }

    /** Whether the post has hours on that date. */
    public boolean isOpen(Network.Post post, LocalDate date) {
        return windowOn(post, date) != null;
    }

    /** Whether the post keeps the date as a holiday of Morocco or of its host country. */
    public boolean isHoliday(Network.Post post, LocalDate date) {
        return moroccan.containsKey(date) || host.getOrDefault(post.country(), Map.of()).containsKey(date);
    }

    /**
     * Why nothing can be said about a year at a post; empty when all of its calendars cover it. A calendar covers the years of
     * which it has at least one day: a day beyond would look open only because nobody has entered its holidays yet.
     */
    public Optional<String> whyNotCovered(Network.Post post, int year) {
        final Map<LocalDate, String> ofHost = host.get(post.country());
        if (!years(moroccan.keySet()).contains(year)) return Optional.of("the holidays of Morocco cover " + years(moroccan.keySet()));
        if (ofHost != null && !years(ofHost.keySet()).contains(year)) {
            return Optional.of("the holidays of " + post.country() + " cover " + years(ofHost.keySet()));
        }
        final Set<Integer> withRamadan = new TreeSet<>();
        ramadans.forEach(ramadan -> withRamadan.add(ramadan.start().getYear()));
        return withRamadan.contains(year) ? Optional.empty() : Optional.of("the dates of Ramadan cover " + withRamadan);
    }

    private static <K extends Comparable<? super K>, V> Map<K, V> frozen(Map<K, V> map, UnaryOperator<V> value) {
        final Map<K, V> copy = new TreeMap<>();
        map.forEach((key, old) -> copy.put(key, value.apply(old)));
        return Collections.unmodifiableMap(copy);
    }

    private static Set<Integer> years(Set<LocalDate> dates) {
        final Set<Integer> years = new TreeSet<>();
        dates.forEach(date -> years.add(date.getYear()));
        return years;
    }
}
