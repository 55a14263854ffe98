package org.mawid.api.network;

import java.time.LocalDate;
import java.time.zone.ZoneRules;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Resolves the calendars of a network to open days. All pools of a post share its hours: a resource is open whenever a desk is.
 * <p>Same network, same arguments and same time-zone tables give the same
 * days in any locale and default zone.
 */
public final class Schedule {
    private final Network network;
    private final Release release;
    private final int alignUnits;

    /** @param alignUnits visits start at multiples of so many five-minute units after opening, 1 to {@value OpenDay#MAX_UNITS} */
    public Schedule(Network network, Release release, int alignUnits) {
        if (alignUnits < 1 || alignUnits > OpenDay.MAX_UNITS) {
            throw new IllegalArgumentException("alignUnits " + alignUnits + " is not within 1.." + OpenDay.MAX_UNITS);
        }
        this.network = network;
        this.release = release;
        this.alignUnits = alignUnits;
    }

    /** Rolling release, a start every five minutes. */
    public Schedule(Network network) {
        this(network, Release.DEFAULT, 1);
    }

    public Network network() {
        return network;
    }

    /**
     * Open days of every post, by post, date, pool. Computed while iterating: a year of the network has about 180 000.
     *
     * @param from  first local date
     * @param to    last local date, included
     * @param today the local date before which nothing is published any more
     * @throws ScheduleRefusedException at once, for the whole range: it is reversed, begins before {@code today}, or ends beyond
     *                                  what the calendars of some post cover
     */
    public Iterable<OpenDay> openDays(LocalDate from, LocalDate to, LocalDate today) {
        return openDays(network.posts(), from, to, today);
    }

    /** As {@link #openDays(LocalDate, LocalDate, LocalDate)}, for one post. */
    public Iterable<OpenDay> openDays(Network.Post post, LocalDate from, LocalDate to, LocalDate today) {
        return openDays(List.of(post), from, to, today);
    }

    /**
     * The last date up to {@code wanted} to which a post can be opened from {@code from} on: its calendars cover every year in between.
     *
     * @return {@code null} when they do not even cover the year of {@code from}
     */
    public LocalDate lastCovered(Network.Post post, LocalDate from, LocalDate wanted) {
        for (int year = from.getYear(); year <= wanted.getYear(); year++) {
            if (network.calendars().whyNotCovered(post, year).isEmpty()) continue;
            return year == from.getYear() ? null : LocalDate.of(year - 1, 12, 31);
        }
        return wanted;
    }

    private Iterable<OpenDay> openDays(List<Network.Post> posts, LocalDate from, LocalDate to, LocalDate today) {
        if (to.isBefore(from)) throw new ScheduleRefusedException(to + " is before " + from);
        if (from.isBefore(today)) throw new ScheduleRefusedException(from + " is in the past, today is " + today);
        for (Network.Post post : posts) {
            if (network.poolsOf(post.id()).isEmpty()) continue;
            for (int year = from.getYear(); year <= to.getYear(); year++) refuseUncovered(post, year, from, to);
        }
        return () -> new Days(posts, from, to);
    }

    private void refuseUncovered(Network.Post post, int year, LocalDate from, LocalDate to) {
        network.calendars().whyNotCovered(post, year).ifPresent(why -> {
            throw new ScheduleRefusedException(
                    post.code() + " cannot be opened from " + from + " to " + to + ": " + year + " is not covered, " + why);
        });
    }

    /**
     * When the public's hours of a date begin and end. On the day on which the clocks change: an opening or closing time that is
     * skipped means the moment of the change; of one that comes twice, opening means the first and closing the second.
     *
     * @return {@code null} when nothing of the hours is left, because the clocks skipped all of it
     */
    static Span span(Network.Post post, LocalDate date, Calendars.Window window) {
        final ZoneRules rules = post.zone().getRules();
        final long startMs = LocalTimes.instantMs(rules, date.atTime(window.open()), true);
        final long endMs = LocalTimes.instantMs(rules, date.atTime(window.close()), false);
        if (startMs % OpenDay.UNIT_MS != 0 || endMs % OpenDay.UNIT_MS != 0) {
            throw new ScheduleRefusedException(post.code() + " on " + date + ": " + post.zone() + " is not a multiple of five minutes off UTC");
        }
        final long units = (endMs - startMs) / OpenDay.UNIT_MS;
        if (units <= 0) return null;
        return new Span(startMs, (int) Math.min(units, OpenDay.MAX_UNITS)); // an hour that comes twice may not exceed the grid
    }

    /** Start in ms since 1970-01-01 UTC, length in units. */
    record Span(long startMs, int units) {}

    /** Walks posts, dates, pools; keeps one date in memory. */
    private final class Days implements Iterator<OpenDay> {
        private final Iterator<Network.Post> posts;
        private final LocalDate from;
        private final LocalDate to;
        private Network.Post post;
        private List<Network.Pool> ofPost;
        private List<Network.Pool> pools = List.of(); // empty on a date that is closed
        private LocalDate date;
        private Span span;
        private long releasedAtMs;
        private int nextPool;

        Days(List<Network.Post> posts, LocalDate from, LocalDate to) {
            this.posts = posts.iterator();
            this.from = from;
            this.to = to;
        }

        @Override
        public boolean hasNext() {
            while (nextPool == pools.size()) {
                if (post == null || !date.isBefore(to)) {
                    if (!posts.hasNext()) return false;
                    post = posts.next();
                    ofPost = network.poolsOf(post.id());
                    date = from;
                } else {
                    date = date.plusDays(1);
                }
                open();
            }
            return true;
        }

        private void open() {
            nextPool = 0;
            pools = List.of();
            final Calendars.Window window = network.calendars().windowOn(post, date);
            span = window == null ? null : span(post, date, window);
            if (span == null) return;
            pools = ofPost;
            releasedAtMs = release.of(post, date).toEpochMilli();
        }

        @Override
        public OpenDay next() {
            if (!hasNext()) throw new NoSuchElementException();
            final Network.Pool pool = pools.get(nextPool++);
            return new OpenDay(pool.id(), (int) date.toEpochDay(), span.startMs(), span.units(), alignUnits, releasedAtMs, pool.capacity());
        }
    }
}
