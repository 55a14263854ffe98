package org.mawid.api.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * All sums. Of each post one day is open; the others are packed, less than half a kilobyte of one with five services and 0.8 of one with ten, and a month whose
 * last day is more than {@link #DAYS_KEPT} days back is kept as a whole only: 163 posts have 65 000 days of 30 to 50 MB in all, and 4 MB for each year before. A
 * month is written as year × 12 + month − 1. Any thread; readers see whole positions.
 */
final class Tally {
    /** Thirteen months, and a few days. */
    static final int DAYS_KEPT = 400;
    private static final int MONTHS = 12;

    private final IntFunction<ZoneId> zones;
    private final Map<Integer, PostSums> posts = new HashMap<>();
    private Origin origin;
    private long position;
    private long nowMs;
    private long unknown;

    /** Since when everything is there. @param position all events behind it were counted; 0 = all there are @param ms log time of it, 0 = of the log's beginning */
    record Origin(long position, long ms) {
        static final Origin BEGINNING = new Origin(0, 0);
    }

    /** @param number date as days since 1970-01-01, or month */
    record Packed(int postId, boolean isMonth, int number, byte[] sums) {
    }

    /** Everything, at one position. @param unknown changes of stamps, lines and payments whose record had gone before they were counted */
    record Image(Origin origin, long position, long nowMs, long unknown, List<Packed> packed) {
    }

    private static final class PostSums {
        final NavigableMap<Integer, byte[]> days = new TreeMap<>();
        final NavigableMap<Integer, byte[]> months = new TreeMap<>();
        int day;
        Sums open;

        Sums on(final int wanted) {
            if (open == null || day != wanted) {
                if (open != null) {
                    days.put(day, open.pack());
                }
                final byte[] before = days.remove(wanted);
                open = before == null ? new Sums() : Sums.unpack(before);
                day = wanted;
                fold();
            }
            return open;
        }

        private void fold() {
            while (!days.isEmpty()) {
                final YearMonth oldest = YearMonth.from(LocalDate.ofEpochDay(days.firstKey()));
                if (oldest.atEndOfMonth().toEpochDay() >= day - DAYS_KEPT) {
                    return;
                }
                final NavigableMap<Integer, byte[]> of = days.headMap((int) oldest.atEndOfMonth().toEpochDay(), true);
                months.put(month(oldest), merged(of.values(), months.get(month(oldest))).pack());
                of.clear();
            }
        }
    }

    /** @param zones of posts; UTC for those that have none */
    Tally(final IntFunction<ZoneId> zones, final Image from) {
        this.zones = zones;
        origin = from.origin();
        position = from.position();
        nowMs = from.nowMs();
        unknown = from.unknown();
        for (final Packed one : from.packed()) {
            final PostSums of = posts.computeIfAbsent(one.postId(), none -> new PostSums());
            (one.isMonth() ? of.months : of.days).put(one.number(), one.sums());
        }
    }

    static int month(final YearMonth month) {
        return month.getYear() * MONTHS + month.getMonthValue() - 1;
    }

    static YearMonth month(final int number) {
        return YearMonth.of(number / MONTHS, number % MONTHS + 1);
    }

    private static Sums merged(final Iterable<byte[]> days, final byte[] more) {
        final Sums sums = more == null ? new Sums() : Sums.unpack(more);
        days.forEach(sums::add);
        return sums;
    }

    /** All of a position. */
    synchronized void count(final long ofPosition, final long ofMs, final List<Addition> additions, final int unknownOfThem) {
        for (final Addition one : additions) {
            final int day = (int) LocalDate.ofInstant(Instant.ofEpochMilli(ofMs), zones.apply(one.postId())).toEpochDay();
            posts.computeIfAbsent(one.postId(), none -> new PostSums()).on(day).add(one.slice(), one.measure(), one.amount());
        }
        position = ofPosition;
        nowMs = ofMs;
        unknown += unknownOfThem;
    }

    /** Up to there nothing more has happened. */
    synchronized void reached(final long reachedPosition) {
        position = Math.max(position, reachedPosition);
    }

    /** What comes next is not what follows: something is missing between. */
    synchronized void beginAnewAt(final Origin newOrigin) {
        origin = newOrigin;
        position = newOrigin.position();
        nowMs = Math.max(nowMs, newOrigin.ms());
    }

    synchronized long position() {
        return position;
    }

    synchronized Image image() {
        final List<Packed> packed = new ArrayList<>();
        posts.forEach((postId, of) -> {
            of.days.forEach((day, sums) -> packed.add(new Packed(postId, false, day, sums)));
            of.months.forEach((month, sums) -> packed.add(new Packed(postId, true, month, sums)));
            if (of.open != null) {
                packed.add(new Packed(postId, false, of.day, of.open.pack()));
            }
        });
        return new Image(origin, position, nowMs, unknown, packed);
    }
}
