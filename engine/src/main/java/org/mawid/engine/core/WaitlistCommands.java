package org.mawid.engine.core;

import org.agrona.DirectBuffer;
import org.mawid.engine.allocation.Appointments;
import org.mawid.engine.application.Lines;
import org.mawid.engine.catalogue.Posts;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.waiting.Waiters;
import org.mawid.engine.waiting.Waitlist;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.JoinWaitlistDecoder;
import org.mawid.sbe.LeaveWaitlistDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.WaiterEnd;
import org.mawid.sbe.WaitlistRulesSetEncoder;

/** Who waits by their own wish. An offer to them is a hold: Confirm takes it, Release declines it. The order of the checks is public contract. */
final class WaitlistCommands {
    private static final int MOST_DATES_AFTER = 255;
    private static final long DAY_MS = 86_400_000L;

    private final Rooms rooms;
    private final Releases releases;
    private final Waiters waiters;
    private final JoinWaitlistDecoder join = new JoinWaitlistDecoder();
    private final LeaveWaitlistDecoder leave = new LeaveWaitlistDecoder();
    private final WaitlistRulesSetEncoder rulesSet = new WaitlistRulesSetEncoder();
    private long known;

    WaitlistCommands(final Rooms rooms, final Releases releases) {
        this.rooms = rooms;
        this.releases = releases;
        this.waiters = rooms.waiters;
    }

    Result join(final long nowMs, final DirectBuffer command, final Outcome outcome) {
        if (!rooms.catalogue.coreVersion().keepsWaitlist()) return Result.CORE_VERSION_UNSUPPORTED;
        join.wrap(command, CommandCheck.HEADER, JoinWaitlistDecoder.BLOCK_LENGTH, JoinWaitlistDecoder.SCHEMA_VERSION);
        final long application = join.applicationId();
        final long appointment = join.appointmentId();
        if (!rooms.applications.has(application)) return Result.APPLICATION_UNKNOWN;
        Result refusal = appointment != 0 ? whyNotEarlier(application, appointment, nowMs) : whyNotThese(application, join.lines(), join.postId());
        if (refusal != Result.OK) return refusal;
        final Appointments appointments = rooms.allocation.appointments();
        final int lineSet = appointment != 0 ? appointments.lines(appointment) : join.lines();
        final int postId = appointment != 0 ? appointments.post(appointment) : join.postId();
        if (!areDates(appointment, nowMs)) return Result.DATES_INVALID;
        refusal = whyNotAgain(application, appointment, lineSet, postId);
        if (refusal != Result.OK) {
            outcome.set(refusal, known, 0, 0);
            return refusal;
        }
        rooms.party.loadOne(application, lineSet);
        refusal = rooms.party.whyNotThey(nowMs, false);
        if (refusal != Result.OK) {
            outcome.set(refusal, rooms.party.nextHoldMs(), 0, 0);
            return refusal;
        }
        if (waiters.waitlist().joined() + 1 > waiters.waitlist().maxWaiters()) return Result.WAITLIST_FULL;

        rooms.party.spend(nowMs);
        releases.begin(nowMs);
        final long waiter = waiters.join(application, appointment, lineSet, postId, join.fromEpochDay(), join.toEpochDay() - join.fromEpochDay(), nowMs);
        rooms.applications.changed(application, nowMs);
        outcome.set(Result.OK, waiter, waiters.queues().count(postId), 0);
        return Result.OK;
    }

    /** As for Reschedule, for an offer that is taken moves the appointment. */
    private Result whyNotEarlier(final long application, final long appointment, final long nowMs) {
        final Appointments appointments = rooms.allocation.appointments();
        if (!appointments.has(appointment) || appointments.application(appointment) != application) return Result.APPOINTMENT_UNKNOWN;
        if (!appointments.is(appointment, AppointmentState.CONFIRMED)) return Result.APPOINTMENT_STATE;
        if (appointments.startMs(appointment) <= nowMs) return Result.IN_THE_PAST;
        return appointments.reschedules(appointment) >= rooms.catalogue.rules().reschedulesPerAppointment() ? Result.LIMIT_REACHED : Result.OK;
    }

    /** As for Hold, at a desk that could serve them all. */
    private Result whyNotThese(final long application, final int lineSet, final int postId) {
        if (!rooms.applications.names(application, lineSet)) return Result.LINE_UNKNOWN;
        final Lines lines = rooms.applications.lines();
        final long first = rooms.applications.firstLine(application);
        for (int set = lineSet; set != 0; set &= set - 1) {
            final long line = first + Integer.numberOfTrailingZeros(set);
            if (!lines.isValidated(line)) return Result.NOT_VALIDATED;
            if (lines.visit(line) != 0) return Result.LINE_TAKEN;
            if (!rooms.catalogue.services().needsAppointment(lines.service(line))) return Result.NO_APPOINTMENT_NEEDED;
        }
        final Posts posts = rooms.catalogue.posts();
        if (!posts.has(postId)) return Result.POST_UNKNOWN;
        final int chosen = rooms.offers.chosenPost(application, postId);
        if (chosen != 0 && chosen != postId) return Result.WRONG_POST;
        rooms.party.loadOne(application, lineSet);
        for (int i = 0; i < posts.poolCount(postId); i++) {
            final int desk = posts.pool(postId, i);
            if (rooms.catalogue.pools().isDesk(desk) && rooms.party.whyNotAt(desk, lineSet, chosen, true) == Result.OK) return Result.OK;
        }
        return Result.DESK_DOES_NOT_SERVE;
    }

    private boolean areDates(final long appointment, final long nowMs) {
        final long today = Math.floorDiv(nowMs, DAY_MS);
        final int from = join.fromEpochDay();
        final int to = join.toEpochDay();
        return from <= to && (long) to - from <= MOST_DATES_AFTER && to >= today && from <= today + rooms.catalogue.rules().horizonDays()
                && (appointment == 0 || from <= rooms.allocation.legs().epochDay(rooms.allocation.appointments().firstLeg(appointment)));
    }

    private Result whyNotAgain(final long application, final long appointment, final int lineSet, final int postId) {
        int entries = 0;
        for (long waiter = waiters.of(application); waiter != 0; waiter = waiters.nextOfApplication(waiter)) {
            if ((waiters.lines(waiter) & lineSet) != 0) {
                entries++;
                if (waiters.isDisplaced(waiter) || waiters.post(waiter) == postId) {
                    known = waiter;
                    return Result.ALREADY_WAITING;
                }
            }
        }
        known = 0;
        return entries >= waiters.waitlist().entriesEach() ? Result.LIMIT_REACHED : Result.OK;
    }

    Result leave(final long nowMs, final DirectBuffer command) {
        if (!rooms.catalogue.coreVersion().keepsWaitlist()) return Result.CORE_VERSION_UNSUPPORTED;
        final long waiter = leave.wrap(command, CommandCheck.HEADER, LeaveWaitlistDecoder.BLOCK_LENGTH, LeaveWaitlistDecoder.SCHEMA_VERSION).waiterId();
        if (!waiters.has(waiter) || waiters.isDisplaced(waiter)) return Result.WAITER_UNKNOWN;

        if (waiters.hold(waiter) != 0) {
            rooms.offers.endHold(waiters.hold(waiter), false, nowMs);
        } else {
            waiters.end(waiter, WaiterEnd.LEFT);
        }
        return Result.OK;
    }

    Result setRules(final DirectBuffer command) {
        if (!rooms.catalogue.coreVersion().keepsWaitlist()) return Result.CORE_VERSION_UNSUPPORTED;
        final Waitlist rules = waiters.waitlist();
        if (!rules.areInRange(command, CommandCheck.BODY)) return Result.RULES_INVALID;

        rules.set(command, CommandCheck.BODY);
        waiters.queues().searchAnew();
        final int block = rooms.events.begin(WaitlistRulesSetEncoder.TEMPLATE_ID, WaitlistRulesSetEncoder.BLOCK_LENGTH, 0);
        rulesSet.wrap(rooms.events.buffer(), block).offerTtlMs(rules.offerTtlMs()).noticeMs(rules.noticeMs()).coolingLeadMs(rules.coolingLeadMs())
                .maxWaiters(rules.maxWaiters()).maxCoolings(rules.maxCoolings()).entriesEach((short) rules.entriesEach())
                .offersEach((short) rules.offersEach()).spentEach((short) rules.spentEach());
        rooms.events.end(rulesSet.limit());
        return Result.OK;
    }
}
