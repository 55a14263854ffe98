package org.mawid.bench.capacity.demand;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.agrona.collections.LongArrayList;
import org.mawid.api.network.Network.Post;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.result.Spread;

/** What a journal tells of one post, counted, and what that means for demand there. One thread. */
final class PostTally {
    /** Seen alone so often, a service's own mean is taken. */
    private static final int OFTEN = 20;
    /** How often somebody had the choice, before a share of those who did something is taken. */
    private static final long SEEN_FOR_A_SHARE = 200;
    /** Of fewer requests it cannot be told how much each asks for. */
    private static final long SEEN_FOR_SIZES = 200;
    /** Where log time is told in steps of that and more, as by a generator, how long somebody was served is not in it. */
    private static final long COARSE_MS = 300_000L;
    /** Of a day; a weekday of which less was seen is taken to be like the others. */
    private static final double LEAST_PART = 0.25;

    /**
     * What the journal says of all posts together.
     *
     * @param firstMs of the first request
     * @param lastMs  of the last
     * @param stepMs  of log time, 0 = not known
     * @param codes   of services, by id
     */
    record Seen(long firstMs, long lastMs, long stepMs, Map<Integer, String> codes) {
    }

    long decided;
    long rejected;
    long again;
    /** With an appointment. */
    long served;
    long noShows;
    long cancelled;
    /** Applications whose appointment was moved at least once. */
    long moved;
    /** Requests whose people came without an appointment, and units of services for which they do so anyhow. */
    long walkIns;
    long unitsAnyhow;
    private final LongArrayList asked = new LongArrayList();
    private final Map<Integer, Long> units = new TreeMap<>();
    private final SortedMap<Integer, SortedMap<Integer, Long>> requestsBySize = new TreeMap<>();
    private int longestMinutes;
    private final Map<Integer, Spread> alone = new TreeMap<>();
    private double servedMinutes;
    private double nominalMinutes;

    /** @param persons for whom it is @param minutes nominal, of all */
    void asked(final long askedMs, final int[] services, final int[] quantities, final int persons, final int minutes) {
        asked.addLong(askedMs);
        for (int i = 0; i < services.length; i++) {
            units.merge(services[i], (long) quantities[i], Long::sum);
        }
        requestsBySize.computeIfAbsent(IntStream.of(quantities).sum(), size -> new TreeMap<>()).merge(persons, 1L, Long::sum);
        longestMinutes = Math.max(longestMinutes, minutes);
    }

    /** @param minutes from called to served @param nominal as planned @param service when it was one unit of that alone, else 0 */
    void took(final double minutes, final double nominal, final int service) {
        servedMinutes += minutes;
        nominalMinutes += nominal;
        if (service != 0) {
            alone.computeIfAbsent(service, id -> new Spread()).add(minutes);
        }
    }

    long requests() {
        return asked.size();
    }

    /** By id of service. */
    Map<Integer, Long> units() {
        return units;
    }

    /** @param from date of the first request of all @param to of the last, there */
    Observed observed(final Seen seen, final Post post, final LocalDate from, final LocalDate to) {
        final double[] askedOn = new double[7];
        for (int i = 0; i < asked.size(); i++) {
            askedOn[at(asked.getLong(i), post).getDayOfWeek().getValue() - 1]++;
        }
        final double[] seenOn = new double[7];
        double days = 0;
        double season = 0;
        for (LocalDate date = from; !date.isAfter(to); date = date.plusDays(1)) {
            final double part = part(seen, date, post);
            seenOn[date.getDayOfWeek().getValue() - 1] += part;
            season += part * ModelDemand.season(date);
            days += part;
        }
        final double mean = asked.size() / days;
        final Map<String, Double> unitsByCode = new TreeMap<>();
        units.forEach((service, count) -> unitsByCode.merge(seen.codes.getOrDefault(service, ""), (double) count, Double::sum));
        final boolean isTimed = nominalMinutes > 0 && seen.stepMs < COARSE_MS;
        return new Observed(mean, asked.size() < SEEN_FOR_SIZES ? null : VisitSizes.seen(requestsBySize, longestMinutes), unitsByCode, weekdays(askedOn, seenOn, mean), isTimed ? minutes(seen.codes) : Map.of(), isTimed ? servedMinutes / nominalMinutes : 1,
                isTimed, seen.stepMs, season / days, from, to, asked.size(), shares());
    }

    /** Of the mean of all seven. */
    private static double[] weekdays(final double[] askedOn, final double[] seenOn, final double mean) {
        final double[] weekdays = new double[7];
        double sum = 0;
        for (int day = 0; day < 7; day++) {
            weekdays[day] = seenOn[day] < LEAST_PART ? 1 : askedOn[day] / seenOn[day] / mean;
            sum += weekdays[day];
        }
        for (int day = 0; day < 7; day++) {
            weekdays[day] *= 7 / sum;
        }
        return weekdays;
    }

    /** How much of a date's requests the journal saw: less than all on the first and the last, by the hours at which people ask. */
    private static double part(final Seen seen, final LocalDate date, final Post post) {
        final ZonedDateTime first = at(seen.firstMs, post);
        final ZonedDateTime last = at(seen.lastMs, post);
        final double from = date.equals(first.toLocalDate()) ? ModelDemand.partOfDay(hour(first.toLocalTime())) : 0;
        final double to = date.equals(last.toLocalDate()) ? ModelDemand.partOfDay(hour(last.toLocalTime())) : 1;
        return Math.max(0, to - from);
    }

    private static double hour(final LocalTime time) {
        return time.toSecondOfDay() / 3_600.0;
    }

    private Map<String, Double> minutes(final Map<Integer, String> codes) {
        final Map<String, Double> minutes = new TreeMap<>();
        alone.forEach((service, spread) -> {
            if (spread.count() >= OFTEN) {
                minutes.put(codes.getOrDefault(service, ""), spread.mean());
            }
        });
        return minutes;
    }

    private Map<PlanKey, Double> shares() {
        final Map<PlanKey, Double> shares = new EnumMap<>(PlanKey.class);
        share(shares, PlanKey.REJECTED, rejected, decided);
        share(shares, PlanKey.RESUBMITTED, again, rejected);
        share(shares, PlanKey.NO_SHOW, noShows, noShows + served);
        share(shares, PlanKey.CANCEL, cancelled, cancelled + noShows + served);
        share(shares, PlanKey.MOVE, moved, cancelled + noShows + served);
        if (asked.size() >= SEEN_FOR_A_SHARE) {
            shares.put(PlanKey.WALK_IN, walkInsByChoice());
        }
        return shares;
    }

    /** Of the people who are not drawn to come anyhow, so that with these there are as many as were seen. */
    private double walkInsByChoice() {
        final double anyhow = unitsAnyhow / (double) units.values().stream().mapToLong(Long::longValue).sum();
        return anyhow == 1 ? 0 : Math.max(0, (walkIns / (double) asked.size() - anyhow) / (1 - anyhow));
    }

    /** Of fewer nothing can be said. */
    private static void share(final Map<PlanKey, Double> shares, final PlanKey key, final long part, final long whole) {
        if (whole >= SEEN_FOR_A_SHARE) {
            shares.put(key, Math.min(1.0, part / (double) whole));
        }
    }

    private static ZonedDateTime at(final long atMs, final Post post) {
        return Instant.ofEpochMilli(atMs).atZone(post.zone());
    }
}
