package org.mawid.engine.core;

import org.mawid.engine.allocation.Allocation;
import org.mawid.engine.allocation.Coolings;
import org.mawid.engine.application.Applications;
import org.mawid.engine.catalogue.Catalogue;
import org.mawid.engine.catalogue.Services;
import org.mawid.engine.hall.Hall;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.stamp.Price;
import org.mawid.engine.stamp.StampLedger;
import org.mawid.engine.waiting.Waiters;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.FeeTime;
import org.mawid.sbe.LineState;
import org.mawid.sbe.Result;
import org.mawid.sbe.StampState;
import org.mawid.sbe.TicketEnd;
import org.mawid.sbe.WaiterEnd;

/** All rooms of the core, and what concerns more than one of them. */
final class Rooms {
    final CoreMemory memory;
    final Emitter events = new Emitter();
    final Catalogue catalogue;
    final Applications applications;
    final Allocation allocation;
    final StampLedger stamps;
    final Party party;
    final Waiters waiters;
    final StampMoves moves;
    final StampsAsked asked;
    final OfferMoves offers;
    final Hall hall;
    final HallMoves tickets;

    Rooms(final CoreMemory memory) {
        this.memory = memory;
        this.catalogue = new Catalogue(memory, events);
        this.applications = new Applications(memory, catalogue, events);
        this.allocation = new Allocation(memory, catalogue, events);
        this.stamps = new StampLedger(memory, catalogue, events);
        this.waiters = new Waiters(memory, catalogue.coreVersion(), events, () -> catalogue.coreVersion().coolsRoom() ? allocation.coolings().rows().end() - 1 : -1);
        this.party = new Party(catalogue, applications);
        this.moves = new StampMoves(this);
        this.asked = new StampsAsked(this);
        this.offers = new OfferMoves(this);
        this.hall = new Hall(memory, catalogue.pools(), events);
        this.tickets = new HallMoves(this);
    }

    /** Lines end; stamps that nobody has begun to pay end with them. */
    void close(final long application, final int lineSet, final LineState state, final long nowMs) {
        applications.close(application, lineSet, state, nowMs);
        applications.emitDecided(application, lineSet, state, 0);
        endWith(application, lineSet);
    }

    /** Lines are rejected, as {@link #close}. @param reasonHash of the sealed reason, 0 = none */
    void reject(final long application, final int lineSet, final int reasonCode, final long reasonHash, final long nowMs) {
        applications.close(application, lineSet, LineState.REJECTED, nowMs);
        applications.emitDecided(application, lineSet, LineState.REJECTED, reasonCode);
        if (catalogue.coreVersion().keepsReasons()) {
            applications.giveReason(application, lineSet, reasonCode, reasonHash);
        }
        endWith(application, lineSet);
    }

    private void endWith(final long application, final int lineSet) {
        final long first = applications.firstLine(application);
        for (int set = lineSet; set != 0; set &= set - 1) {
            final long line = first + Integer.numberOfTrailingZeros(set);
            final long stamp = applications.lines().stamp(line);
            if (stamp != 0 && stamps.isIssued(stamp)) {
                makeVoid(stamp);
            }
        }
        if (waiters.count() > 0) {
            waiters.lose(application, lineSet, WaiterEnd.LINES_ENDED, catalogue.coreVersion().keepsWaitlist());
        }
    }

    /** A stamp that nobody has begun to pay is worth nothing any more; its line may have another. */
    void makeVoid(final long stamp) {
        if (catalogue.coreVersion().keepsMoney()) {
            moves.makeVoid(stamp);
            moves.tell(0, 0, 0);
        } else {
            stamps.makeVoid(stamp);
            applications.lines().stamp(moves.line(stamp), 0);
        }
    }

    /** Whether all of it has ended, long enough ago, and none of its money moves any more. */
    boolean canRetire(final long application, final long nowMs) {
        return applications.canRetire(application, nowMs)
                && (!catalogue.coreVersion().keepsMoney() || stamps.money().isOver(application, applications.lastStamp(application)));
    }

    /** Who has these lines. @param visit positive: a hold, negative: minus an appointment, 0: nobody */
    void give(final long application, final int lineSet, final long visit) {
        final long first = applications.firstLine(application);
        for (int set = lineSet; set != 0; set &= set - 1) {
            applications.lines().visit(first + Integer.numberOfTrailingZeros(set), visit);
        }
    }

    /** Decides about the stamps that these lines of an application still lack. They become what {@link #issueStamps} issues. */
    Result whyNoStamps(final long application, final int lineSet, final int postId, final long nowMs) {
        stamps.want(postId);
        final long first = applications.firstLine(application);
        for (int set = lineSet; set != 0; set &= set - 1) {
            final int i = Integer.numberOfTrailingZeros(set);
            if (applications.lines().stamp(first + i) == 0) {
                final Result refusal = stamps.want(i, applications.lines().service(first + i), applications.lines().quantity(first + i), nowMs);
                if (refusal != Result.OK) return refusal;
            }
        }
        return stamps.whyTooMany(applications.lastStamp(application));
    }

    /** Why it is too early for a fee that is to be paid by now. @param feeTime the first that asks for it: this and all later ones do */
    Result whyNotPaid(final long application, final int lineSet, final FeeTime feeTime, final long nowMs) {
        final long first = applications.firstLine(application);
        for (int set = lineSet; set != 0; set &= set - 1) {
            final long line = first + Integer.numberOfTrailingZeros(set);
            if (catalogue.services().feeTime(applications.lines().service(line)) >= feeTime.value() && !isPaid(line, nowMs)) return Result.STAMP_STATE;
        }
        return Result.OK;
    }

    /** Or it costs nothing, now or in its post's money. */
    private boolean isPaid(final long line, final long nowMs) {
        final long stamp = applications.lines().stamp(line);
        if (stamp != 0) {
            return stamps.is(stamp, StampState.PAID) || stamps.is(stamp, StampState.CONSUMED) || stamps.is(stamp, StampState.WAIVED) || stamps.localMinor(stamp) == 0;
        }
        final int service = applications.lines().service(line);
        final int which = catalogue.services().tariff(service, nowMs);
        return which == Services.NONE || Price.amountCentimes(catalogue.services().unitCentimes(service, which), applications.lines().quantity(line)) == 0;
    }

    /** Issues the stamps that were decided about and tells it. @return the first number with the count in the upper byte, 0 = none */
    long issueStamps(final long application, final long nowMs) {
        final int count = stamps.wanted();
        if (count == 0) {
            return 0;
        }
        final long first = stamps.issue(application, applications.lastStamp(application), nowMs);
        final long firstLine = applications.firstLine(application);
        for (int i = 0; i < count; i++) {
            applications.lines().stamp(firstLine + stamps.wantedLine(i), first + i);
        }
        applications.lastStamp(application, first + count - 1);
        stamps.emitIssued(application, first);
        return first | (long) count << 56;
    }

    /** A hold ends without a visit; what that is to a waiter is another matter, see {@link OfferMoves}. @param closed a closure has its places: they come to nobody */
    void endHold(final long hold, final boolean expired, final boolean closed, final long nowMs) {
        final long application = allocation.holds().application(hold);
        final int lineSet = allocation.holds().lines(hold);
        final boolean earlier = offers.isEarlier(hold);
        party.loadOne(application, lineSet);
        party.countHold(-1);
        if (!earlier) {
            give(application, lineSet, 0);
            applications.setFree(application, nowMs);
        }
        applications.changed(application, nowMs);
        cool(application, lineSet, allocation.holds().startMs(hold), nowMs);
        allocation.release(hold, expired, closed);
        if (!earlier) {
            moves.visitEnded(application, lineSet, nowMs);
        }
    }

    /**
     * What these lines give back next is kept for those who wait, unless it starts so soon that people who come today need it. Nothing is before core
     * version 7.
     *
     * @param startMs of the visit that is given back
     */
    void cool(final long application, final int lineSet, final long startMs, final long nowMs) {
        if (!catalogue.coreVersion().coolsRoom() || startMs < nowMs + waiters.waitlist().coolingLeadMs()) {
            return;
        }
        final Coolings coolings = allocation.coolings();
        final long first = applications.firstLine(application);
        int least = 0;
        int most = 0;
        for (int set = lineSet; set != 0; set &= set - 1) {
            final int service = applications.lines().service(first + Integer.numberOfTrailingZeros(set));
            least = Math.max(least, coolings.times().leastMs(service));
            most = Math.max(most, coolings.times().mostMs(service));
        }
        coolings.arm(least, most, nowMs, startMs, waiters.waitlist().maxCoolings());
    }

    /** A visit does not take place: its lines are VALIDATED again and its room is free. */
    void endVisit(final long appointment, final AppointmentState state, final long nowMs) {
        tickets.end(appointment, state == AppointmentState.NO_SHOW ? TicketEnd.NO_SHOW : TicketEnd.CANCELLED, nowMs);
        final long application = allocation.appointments().application(appointment);
        final int lineSet = allocation.appointments().lines(appointment);
        give(application, lineSet, 0);
        applications.renew(application, nowMs);
        applications.changed(application, nowMs);
        if (state == AppointmentState.CANCELLED) {
            cool(application, lineSet, allocation.appointments().startMs(appointment), nowMs);
        }
        allocation.giveBack(appointment, state, nowMs);
        moves.visitEnded(application, lineSet, nowMs);
        offers.movedOn(appointment, WaiterEnd.VISIT_OVER, state == AppointmentState.DISPLACED, nowMs);
    }
}
