package org.mawid.bench.capacity;

import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayList;
import org.agrona.collections.LongHashSet;
import org.mawid.api.network.Network.Post;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.sbe.ApplicationRetiredDecoder;
import org.mawid.sbe.ApplicationSubmittedDecoder;
import org.mawid.sbe.AppointmentChangedDecoder;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.HeldDecoder;
import org.mawid.sbe.LineState;
import org.mawid.sbe.LinesDecidedDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PoolDefinedDecoder;
import org.mawid.sbe.PostRecordDecoder;
import org.mawid.sbe.RescheduledDecoder;
import org.mawid.sbe.ServiceDefinedDecoder;
import org.mawid.sbe.WalkedInDecoder;

/**
 * Counts what a core tells while a journal is applied to it: requests per post by day and service, minutes from called to served, and how many were
 * rejected, did not come, cancelled or moved. Requests for any post count where they were first held; one that is sent again after it was rejected is
 * the same people and does not count twice. One thread.
 */
final class JournalTally {
    /** Seen alone so often, a service's own mean is taken. */
    private static final int OFTEN = 20;
    /** How often somebody had the choice, before a share of those who did something is taken. */
    private static final long SEEN_FOR_A_SHARE = 200;
    /** Somebody forgot to press a key. Ms. */
    private static final long SHORTEST_MS = 15_000L;
    private static final long LONGEST_MS = 4 * 3_600_000L;
    /** Where log time is told in steps of that and more, as by a generator, how long somebody was served is not in it. */
    private static final long COARSE_MS = 300_000L;

    /** Of a day; a weekday of which less was seen is taken to be like the others. */
    private static final double LEAST_PART = 0.25;

    private static final class Request {
        private long askedMs;
        private int[] services;
        private int[] quantities;
        private long applicant;
        /** Sent again after it was rejected: the same people as before. */
        private boolean isAgain;
        private boolean isDecided;
        private boolean isWalkIn;
        private boolean isMoved;
        private int post;
        private long calledMs;
    }

    private static final class OfPost {
        private final LongArrayList asked = new LongArrayList();
        private final Map<Integer, Long> units = new TreeMap<>();
        private final Map<Integer, Spread> alone = new TreeMap<>();
        private double servedMinutes;
        private double nominalMinutes;
        private long decided;
        private long rejected;
        private long again;
        private long served;
        private long noShows;
        private long cancelled;
        private long moved;
    }

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ApplicationSubmittedDecoder submitted = new ApplicationSubmittedDecoder();
    private final ApplicationRetiredDecoder retired = new ApplicationRetiredDecoder();
    private final HeldDecoder held = new HeldDecoder();
    private final LinesDecidedDecoder decided = new LinesDecidedDecoder();
    private final RescheduledDecoder rescheduled = new RescheduledDecoder();
    private final WalkedInDecoder walkedIn = new WalkedInDecoder();
    private final AppointmentChangedDecoder changed = new AppointmentChangedDecoder();
    private final Long2ObjectHashMap<Request> open = new Long2ObjectHashMap<>();
    /** Applicants whose request was rejected and who have not sent another since. */
    private final LongHashSet rejected = new LongHashSet();
    private final Int2ObjectHashMap<OfPost> posts = new Int2ObjectHashMap<>();
    private final Map<String, Integer> postIds = new HashMap<>();
    private final Map<Integer, String> serviceCodes = new TreeMap<>();
    private final Map<Integer, Integer> serviceMinutes = new HashMap<>();
    private final Map<Integer, Integer> postOfPool = new HashMap<>();
    private long firstMs = Long.MAX_VALUE;
    private long lastMs;
    private long stepMs;

    // ---- told

    void onCatalogue(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
        switch (templateId) {
            case PostRecordDecoder.TEMPLATE_ID -> {
                final PostRecordDecoder post = new PostRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
                postIds.put(post.code(), post.postId());
            }
            case PoolDefinedDecoder.TEMPLATE_ID -> pool(new PoolDefinedDecoder().wrapAndApplyHeader(buffer, offset, header));
            case ServiceDefinedDecoder.TEMPLATE_ID -> service(new ServiceDefinedDecoder().wrapAndApplyHeader(buffer, offset, header));
            default -> { }
        }
    }

    private void pool(final PoolDefinedDecoder pool) {
        postOfPool.put(pool.poolId(), pool.postId());
    }

    private void service(final ServiceDefinedDecoder service) {
        serviceCodes.put(service.serviceId(), service.code());
        serviceMinutes.put(service.serviceId(), service.durationMinutes());
    }

    /** What the core said to one command. */
    void onApplied(final long position, final long nowMs, final DirectBuffer events, final int offset, final int length) {
        int at = offset;
        while (at < offset + length) {
            final int bytes = events.getInt(at, ByteOrder.nativeOrder());
            final int message = at + EventWriter.FRAME_BYTES;
            switch (header.wrap(events, message).templateId()) {
                case PoolDefinedDecoder.TEMPLATE_ID -> pool(new PoolDefinedDecoder().wrapAndApplyHeader(events, message, header));
                case ServiceDefinedDecoder.TEMPLATE_ID -> service(new ServiceDefinedDecoder().wrapAndApplyHeader(events, message, header));
                case ApplicationSubmittedDecoder.TEMPLATE_ID -> onSubmitted(nowMs, submitted.wrapAndApplyHeader(events, message, header));
                case ApplicationRetiredDecoder.TEMPLATE_ID -> open.remove(retired.wrapAndApplyHeader(events, message, header).applicationId());
                case LinesDecidedDecoder.TEMPLATE_ID -> onDecided(decided.wrapAndApplyHeader(events, message, header));
                case RescheduledDecoder.TEMPLATE_ID -> onMoved(rescheduled.wrapAndApplyHeader(events, message, header));
                case WalkedInDecoder.TEMPLATE_ID -> onWalkedIn(walkedIn.wrapAndApplyHeader(events, message, header));
                case HeldDecoder.TEMPLATE_ID -> onHeld(held.wrapAndApplyHeader(events, message, header));
                case AppointmentChangedDecoder.TEMPLATE_ID -> onChanged(nowMs, changed.wrapAndApplyHeader(events, message, header));
                default -> { }
            }
            at += EventWriter.FRAME_BYTES + bytes + 7 & ~7;
        }
    }

    private void onSubmitted(final long nowMs, final ApplicationSubmittedDecoder event) {
        final Request request = new Request();
        request.askedMs = nowMs;
        final int post = event.head().postId();
        final ApplicationSubmittedDecoder.LinesDecoder lines = event.lines();
        request.services = new int[lines.count()];
        request.quantities = new int[request.services.length];
        for (int i = 0; lines.hasNext(); i++) {
            lines.next();
            request.services[i] = lines.serviceId();
            request.quantities[i] = lines.quantity();
        }
        request.applicant = event.applicant();
        request.isAgain = rejected.remove(request.applicant);
        firstMs = Math.min(firstMs, nowMs);
        lastMs = Math.max(lastMs, nowMs);
        open.put(event.applicationId(), request);
        if (post != 0) {
            place(request, post);
        }
    }

    private void onHeld(final HeldDecoder event) {
        final Request request = open.get(event.applicationId());
        if (request != null && request.post == 0) {
            final HeldDecoder.LegsDecoder legs = event.legs();
            if (legs.hasNext()) {
                place(request, postOfPool.getOrDefault(legs.next().deskId(), 0));
            }
        }
    }

    private void place(final Request request, final int post) {
        request.post = post;
        final OfPost of = posts.computeIfAbsent(post, id -> new OfPost());
        if (request.isAgain) {
            of.again++;
            return;
        }
        of.asked.addLong(request.askedMs);
        for (int i = 0; i < request.services.length; i++) {
            of.units.merge(request.services[i], (long) request.quantities[i], Long::sum);
        }
    }

    private void onChanged(final long nowMs, final AppointmentChangedDecoder event) {
        final Request request = open.get(event.applicationId());
        if (request == null) {
            return;
        }
        final OfPost of = posts.computeIfAbsent(event.head().postId(), id -> new OfPost());
        if (event.state() == AppointmentState.CALLED) {
            request.calledMs = nowMs;
        } else if (event.state() == AppointmentState.NO_SHOW) {
            of.noShows++;
        } else if (event.state() == AppointmentState.CANCELLED) {
            of.cancelled++;
        } else if (event.state() == AppointmentState.SERVED) {
            of.served += request.isWalkIn ? 0 : 1;
            served(request, of, event.fulfilled(), nowMs - request.calledMs);
            if (Integer.bitCount(event.fulfilled()) == request.services.length) {
                open.remove(event.applicationId());
            }
        }
    }

    /** The first decision about a request counts. */
    private void onDecided(final LinesDecidedDecoder event) {
        final Request request = open.get(event.applicationId());
        if (request == null || request.isDecided || event.state() != LineState.VALIDATED && event.state() != LineState.REJECTED) {
            return;
        }
        request.isDecided = true;
        final OfPost of = posts.computeIfAbsent(request.post, id -> new OfPost());
        of.decided++;
        if (event.state() == LineState.REJECTED) {
            of.rejected++;
            rejected.add(request.applicant);
        }
    }

    private void onMoved(final RescheduledDecoder event) {
        final Request request = open.get(event.applicationId());
        if (request != null && !request.isMoved) {
            request.isMoved = true;
            posts.computeIfAbsent(event.head().postId(), id -> new OfPost()).moved++;
        }
    }

    private void onWalkedIn(final WalkedInDecoder event) {
        final Request request = open.get(event.applicationId());
        if (request != null) {
            request.isWalkIn = true;
        }
    }

    private void served(final Request request, final OfPost of, final int lines, final long tookMs) {
        if (request.calledMs == 0) {
            return;
        }
        stepMs = greatestCommon(stepMs, tookMs);
        if (tookMs < SHORTEST_MS || tookMs > LONGEST_MS) {
            return;
        }
        for (int set = lines; set != 0; set &= set - 1) {
            final int line = Integer.numberOfTrailingZeros(set);
            of.nominalMinutes += serviceMinutes.getOrDefault(request.services[line], 0) * request.quantities[line];
        }
        of.servedMinutes += tookMs / 60_000.0;
        if (request.services.length == 1 && lines == 1 && request.quantities[0] == 1) {
            of.alone.computeIfAbsent(request.services[0], id -> new Spread()).add(tookMs / 60_000.0);
        }
    }

    private static long greatestCommon(final long one, final long other) {
        return other == 0 ? one : greatestCommon(other, one % other);
    }

    // ---- asked

    /** Of the first request, ms; {@link Long#MAX_VALUE} when there is none. */
    long firstMs() {
        return firstMs;
    }

    long lastMs() {
        return lastMs;
    }

    Map<String, Long> requestsByPost() {
        final Map<String, Long> all = new TreeMap<>();
        postIds.forEach((code, id) -> {
            final OfPost of = posts.get(id);
            if (of != null && !of.asked.isEmpty()) {
                all.put(code, (long) of.asked.size());
            }
        });
        return all;
    }

    Map<String, Long> unitsByService() {
        final Map<String, Long> all = new TreeMap<>();
        posts.values().forEach(of -> of.units.forEach((service, count) -> all.merge(serviceCodes.getOrDefault(service, ""), count, Long::sum)));
        return all;
    }

    /** @param post that has requests @param from date of the first request of all @param to of the last, there */
    Observed observed(final Post post, final LocalDate from, final LocalDate to) {
        final OfPost of = posts.get((int) postIds.get(post.code()));
        final double[] asked = new double[7];
        for (int i = 0; i < of.asked.size(); i++) {
            asked[at(of.asked.getLong(i), post).getDayOfWeek().getValue() - 1]++;
        }
        final double[] seen = new double[7];
        double days = 0;
        double season = 0;
        for (LocalDate date = from; !date.isAfter(to); date = date.plusDays(1)) {
            final double part = part(date, post);
            seen[date.getDayOfWeek().getValue() - 1] += part;
            season += part * ModelDemand.season(date);
            days += part;
        }
        final double mean = of.asked.size() / days;
        final double[] weekdays = new double[7];
        double sum = 0;
        for (int day = 0; day < 7; day++) {
            weekdays[day] = seen[day] < LEAST_PART ? 1 : asked[day] / seen[day] / mean;
            sum += weekdays[day];
        }
        for (int day = 0; day < 7; day++) {
            weekdays[day] *= 7 / sum;
        }
        final Map<String, Double> units = new TreeMap<>();
        of.units.forEach((service, count) -> units.merge(serviceCodes.getOrDefault(service, ""), (double) count, Double::sum));
        final boolean isTimed = of.nominalMinutes > 0 && stepMs < COARSE_MS;
        return new Observed(mean, units, weekdays, isTimed ? minutes(of) : Map.of(), isTimed ? of.servedMinutes / of.nominalMinutes : 1, isTimed, stepMs, season / days, from, to, of.asked.size(), shares(of));
    }

    private static Map<PlanKey, Double> shares(final OfPost of) {
        final Map<PlanKey, Double> shares = new EnumMap<>(PlanKey.class);
        share(shares, PlanKey.REJECTED, of.rejected, of.decided);
        share(shares, PlanKey.RESUBMITTED, of.again, of.rejected);
        share(shares, PlanKey.NO_SHOW, of.noShows, of.noShows + of.served);
        share(shares, PlanKey.CANCEL, of.cancelled, of.cancelled + of.noShows + of.served);
        share(shares, PlanKey.MOVE, of.moved, of.cancelled + of.noShows + of.served);
        return shares;
    }

    /** Of fewer nothing can be said. */
    private static void share(final Map<PlanKey, Double> shares, final PlanKey key, final long part, final long whole) {
        if (whole >= SEEN_FOR_A_SHARE) {
            shares.put(key, Math.min(1.0, part / (double) whole));
        }
    }

    /** How much of a date's requests the journal saw: less than all on the first and the last, by the hours at which people ask. */
    private double part(final LocalDate date, final Post post) {
        final ZonedDateTime first = at(firstMs, post);
        final ZonedDateTime last = at(lastMs, post);
        final double from = date.equals(first.toLocalDate()) ? ModelDemand.partOfDay(hour(first.toLocalTime())) : 0;
        final double to = date.equals(last.toLocalDate()) ? ModelDemand.partOfDay(hour(last.toLocalTime())) : 1;
        return Math.max(0, to - from);
    }

    private static double hour(final LocalTime time) {
        return time.toSecondOfDay() / 3_600.0;
    }

    private Map<String, Double> minutes(final OfPost of) {
        final Map<String, Double> minutes = new TreeMap<>();
        of.alone.forEach((service, spread) -> {
            if (spread.count() >= OFTEN) {
                minutes.put(serviceCodes.getOrDefault(service, ""), spread.mean());
            }
        });
        return minutes;
    }

    private static ZonedDateTime at(final long atMs, final Post post) {
        return Instant.ofEpochMilli(atMs).atZone(post.zone());
    }
}
