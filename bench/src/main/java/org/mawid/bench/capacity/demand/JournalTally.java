package org.mawid.bench.capacity.demand;

import java.nio.ByteOrder;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongHashSet;
import org.mawid.api.network.Network.Post;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.sbe.ApplicationRetiredDecoder;
import org.mawid.sbe.ApplicationSubmittedDecoder;
import org.mawid.sbe.AppointmentChangedDecoder;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.ConfirmedDecoder;
import org.mawid.sbe.HeldDecoder;
import org.mawid.sbe.LineState;
import org.mawid.sbe.LinesDecidedDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PoolDefinedDecoder;
import org.mawid.sbe.PostRecordDecoder;
import org.mawid.sbe.RecordedOfflineDecoder;
import org.mawid.sbe.RescheduledDecoder;
import org.mawid.sbe.ServiceDefinedDecoder;
import org.mawid.sbe.WalkedInDecoder;

/**
 * Counts what a core tells while a journal is applied to it: requests per post by day, service and size, minutes from called to served, and how many were
 * rejected, did not come, cancelled, moved or came without an appointment; a {@link PostTally} for each post. Requests for any post count where they were first held; one that is sent again after it was rejected is
 * the same people and does not count twice. One thread.
 */
final class JournalTally {
    /** Somebody forgot to press a key. Ms. */
    private static final long SHORTEST_MS = 15_000L;
    private static final long LONGEST_MS = 4 * 3_600_000L;


    private static final class Request {
        private long askedMs;
        private int[] services;
        private int[] quantities;
        private int persons;
        private long applicant;
        /** Sent again after it was rejected: the same people as before. */
        private boolean isAgain;
        private boolean isDecided;
        /** Units of services for which people come without an appointment anyhow. */
        private int unitsAnyhow;
        private boolean hasHadAppointment;
        private boolean isWalkIn;
        /** From called to served they also wait between desks: that tells nothing of how long services take. */
        private boolean isOverDesks;
        private boolean isMoved;
        private int post;
        private long calledMs;
    }

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ApplicationSubmittedDecoder submitted = new ApplicationSubmittedDecoder();
    private final ApplicationRetiredDecoder retired = new ApplicationRetiredDecoder();
    private final HeldDecoder held = new HeldDecoder();
    private final LinesDecidedDecoder decided = new LinesDecidedDecoder();
    private final RescheduledDecoder rescheduled = new RescheduledDecoder();
    private final ConfirmedDecoder confirmed = new ConfirmedDecoder();
    private final WalkedInDecoder walkedIn = new WalkedInDecoder();
    private final AppointmentChangedDecoder changed = new AppointmentChangedDecoder();
    private final Long2ObjectHashMap<Request> open = new Long2ObjectHashMap<>();
    /** Applicants whose request was rejected and who have not sent another since. */
    private final LongHashSet rejected = new LongHashSet();
    private final Int2ObjectHashMap<PostTally> posts = new Int2ObjectHashMap<>();
    private final Map<String, Integer> postIds = new HashMap<>();
    private final Map<Integer, String> serviceCodes = new TreeMap<>();
    private final Map<Integer, Integer> serviceMinutes = new HashMap<>();
    /** Services that are urgent or need no appointment. */
    private final Set<Integer> withoutAppointment = new HashSet<>();
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
        if (service.urgent() == BooleanType.YES || service.appointmentRequired() == BooleanType.NO) {
            withoutAppointment.add(service.serviceId());
        } else {
            withoutAppointment.remove(service.serviceId());
        }
    }

    /** What the core said to one command. */
    void onApplied(final long position, final long nowMs, final DirectBuffer events, final int offset, final int length) {
        final boolean isToldLater = lastTemplate(events, offset, length) == RecordedOfflineDecoder.TEMPLATE_ID;
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
                case ConfirmedDecoder.TEMPLATE_ID -> onConfirmed(confirmed.wrapAndApplyHeader(events, message, header));
                case WalkedInDecoder.TEMPLATE_ID -> onWalkedIn(walkedIn.wrapAndApplyHeader(events, message, header));
                case HeldDecoder.TEMPLATE_ID -> onHeld(held.wrapAndApplyHeader(events, message, header));
                case AppointmentChangedDecoder.TEMPLATE_ID -> onChanged(nowMs, isToldLater, changed.wrapAndApplyHeader(events, message, header));
                default -> { }
            }
            at += EventWriter.FRAME_BYTES + bytes + 7 & ~7;
        }
    }

    private int lastTemplate(final DirectBuffer events, final int offset, final int length) {
        int last = 0;
        for (int at = offset; at < offset + length; at += EventWriter.FRAME_BYTES + events.getInt(at, ByteOrder.nativeOrder()) + 7 & ~7) {
            last = header.wrap(events, at + EventWriter.FRAME_BYTES).templateId();
        }
        return last;
    }

    private void onSubmitted(final long nowMs, final ApplicationSubmittedDecoder event) {
        final Request request = new Request();
        request.askedMs = nowMs;
        final int post = event.head().postId();
        final ApplicationSubmittedDecoder.LinesDecoder lines = event.lines();
        request.services = new int[lines.count()];
        request.quantities = new int[request.services.length];
        final LongHashSet persons = new LongHashSet();
        for (int i = 0; lines.hasNext(); i++) {
            lines.next();
            request.services[i] = lines.serviceId();
            request.quantities[i] = lines.quantity();
            request.unitsAnyhow += withoutAppointment.contains(lines.serviceId()) ? lines.quantity() : 0;
            persons.add(lines.personKey());
        }
        request.persons = persons.size();
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
        if (request == null) {
            return;
        }
        int desk = 0;
        request.isOverDesks = false;
        for (final HeldDecoder.LegsDecoder leg : event.legs()) {
            request.isOverDesks |= desk != 0 && desk != leg.deskId();
            desk = leg.deskId();
        }
        if (request.post == 0 && desk != 0) {
            place(request, postOfPool.getOrDefault(desk, 0));
        }
    }

    private void place(final Request request, final int post) {
        request.post = post;
        final PostTally of = posts.computeIfAbsent(post, id -> new PostTally());
        if (request.isAgain) {
            of.again++;
            return;
        }
        of.asked(request.askedMs, request.services, request.quantities, request.persons, nominalMinutes(request, (1 << request.services.length) - 1));
        of.unitsAnyhow += request.unitsAnyhow;
    }

    /** @param isToldLater by a post whose link was down: it says nothing of how long anything took */
    private void onChanged(final long nowMs, final boolean isToldLater, final AppointmentChangedDecoder event) {
        final Request request = open.get(event.applicationId());
        if (request == null) {
            return;
        }
        final PostTally of = posts.computeIfAbsent(event.head().postId(), id -> new PostTally());
        if (event.state() == AppointmentState.CALLED) {
            request.calledMs = nowMs;
        } else if (event.state() == AppointmentState.NO_SHOW) {
            of.noShows++;
        } else if (event.state() == AppointmentState.CANCELLED) {
            of.cancelled++;
        } else if (event.state() == AppointmentState.SERVED) {
            of.served += request.isWalkIn ? 0 : 1;
            if (!isToldLater) {
                served(request, of, event.fulfilled(), nowMs - request.calledMs);
            }
            request.calledMs = 0;
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
        final PostTally of = posts.computeIfAbsent(request.post, id -> new PostTally());
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
            posts.computeIfAbsent(event.head().postId(), id -> new PostTally()).moved++;
        }
    }

    private void onConfirmed(final ConfirmedDecoder event) {
        final Request request = open.get(event.applicationId());
        if (request != null) {
            request.hasHadAppointment = true;
        }
    }

    /** Who missed an appointment and comes then has asked for one, and so has who was rejected before. */
    private void onWalkedIn(final WalkedInDecoder event) {
        final Request request = open.get(event.applicationId());
        if (request == null) {
            return;
        }
        if (request.post == 0) {
            place(request, event.head().postId());
        }
        if (!request.isWalkIn && !request.hasHadAppointment && !request.isAgain) {
            posts.get(request.post).walkIns++;
        }
        request.isWalkIn = true;
    }

    private void served(final Request request, final PostTally of, final int lines, final long tookMs) {
        if (request.calledMs == 0 || request.isOverDesks) {
            return;
        }
        stepMs = greatestCommon(stepMs, tookMs);
        if (tookMs < SHORTEST_MS || tookMs > LONGEST_MS) {
            return;
        }
        final boolean isAlone = request.services.length == 1 && lines == 1 && request.quantities[0] == 1;
        of.took(tookMs / 60_000.0, nominalMinutes(request, lines), isAlone ? request.services[0] : 0);
    }

    /** @param lines as a set */
    private int nominalMinutes(final Request request, final int lines) {
        int minutes = 0;
        for (int set = lines; set != 0; set &= set - 1) {
            final int line = Integer.numberOfTrailingZeros(set);
            minutes += serviceMinutes.getOrDefault(request.services[line], 0) * request.quantities[line];
        }
        return minutes;
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
            final PostTally of = posts.get(id);
            if (of != null && of.requests() > 0) {
                all.put(code, of.requests());
            }
        });
        return all;
    }

    Map<String, Long> unitsByService() {
        final Map<String, Long> all = new TreeMap<>();
        posts.values().forEach(of -> of.units().forEach((service, count) -> all.merge(serviceCodes.getOrDefault(service, ""), count, Long::sum)));
        return all;
    }

    /** @param post that has requests @param from date of the first request of all @param to of the last, there */
    Observed observed(final Post post, final LocalDate from, final LocalDate to) {
        return posts.get((int) postIds.get(post.code())).observed(new PostTally.Seen(firstMs, lastMs, stepMs, serviceCodes), post, from, to);
    }
}
