package org.mawid.engine.allocation;

import org.agrona.MutableDirectBuffer;
import org.mawid.engine.catalogue.Catalogue;
import org.mawid.engine.kernel.Ahead;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.CoolingEnd;
import org.mawid.sbe.GroupSizeEncodingEncoder;
import org.mawid.sbe.HeldEncoder;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.QuotaClass;
import org.mawid.sbe.Result;
import org.mawid.sbe.SystemRowDecoder;
import org.mawid.sbe.SystemRowEncoder;

/** Who has which places when: says whether a visit has room, takes it as held or booked, moves it, gives it back. */
public final class Allocation {
    private final Catalogue catalogue;
    private final Changes changes;
    private final Days days;
    private final Legs legs;
    private final Holds holds;
    private final Appointments appointments;
    private final Inventory inventory;
    private final Room room;
    private final Room back;
    private final VisitEvents happened;
    private final Offers offers;
    private final Closures closures;
    private final Shrinking shrinking;
    private final Places places;
    private final Starts starts;
    private final Choice choice;
    private final Spilling spilling;
    private final Coolings coolings;
    private final Came came = new Came();
    private int told;
    private long detail;

    public Allocation(final CoreMemory memory, final Catalogue catalogue, final Emitter events) {
        this.changes = new Changes(memory);
        this.days = new Days(memory, changes);
        this.legs = new Legs(memory);
        this.holds = new Holds(memory);
        this.appointments = new Appointments(memory);
        this.closures = new Closures(memory);
        this.shrinking = new Shrinking(days, closures, events);
        this.coolings = new Coolings(memory, catalogue, days, closures, shrinking, events);
        this.catalogue = catalogue;
        this.spilling = new Spilling(catalogue, days, came, memory, events);
        this.choice = new Choice(days.quotas());
        this.inventory = new Inventory(catalogue, days, changes, closures, coolings, came, spilling, events);
        this.room = new Room(days, events);
        this.back = new Room(days, events);
        this.places = new Places(catalogue, days, legs);
        this.starts = new Starts(days, closures, places, new Room(days, events));
        this.happened = new VisitEvents(events, legs);
        this.offers = new Offers(catalogue, days);
    }

    public Inventory inventory() {
        return inventory;
    }

    public Days days() {
        return days;
    }

    public Changes changes() {
        return changes;
    }

    public Legs legs() {
        return legs;
    }

    public Holds holds() {
        return holds;
    }

    public Appointments appointments() {
        return appointments;
    }

    public Offers offers() {
        return offers;
    }

    public Closures closures() {
        return closures;
    }

    public Starts starts() {
        return starts;
    }

    public Coolings coolings() {
        return coolings;
    }

    // ---- decide

    /** Whether two legs are at the same time: by instants where both days are known, else by units. */
    public boolean overlap(final Visit visit, final int leg1, final int leg2) {
        final int day1 = days.find(visit.desk[leg1], visit.epochDay[leg1]);
        final int day2 = days.find(visit.desk[leg2], visit.epochDay[leg2]);
        final boolean known = day1 != Days.NONE && day2 != Days.NONE;
        final long from1 = (known ? days.startMs(day1) / Unit.MS : 0) + visit.startUnit[leg1];
        final long from2 = (known ? days.startMs(day2) / Unit.MS : 0) + visit.startUnit[leg2];
        return from1 < from2 + visit.units[leg2] && from2 < from1 + visit.units[leg1];
    }

    /** Whether the legs' units can be taken at all, room apart; {@link #detail()} says more. Finds out when the legs start. */
    public Result whyNotThen(final Visit visit, final long nowMs) {
        return whyNotThen(visit, nowMs, false);
    }

    /** @param promised elsewhere: releases and alignments are of no concern */
    public Result whyNotThen(final Visit visit, final long nowMs, final boolean promised) {
        for (int leg = 0; leg < visit.count; leg++) {
            final int day = days.find(visit.desk[leg], visit.epochDay[leg]);
            visit.day[leg] = day;
            if (day == Days.NONE || visit.startUnit[leg] + visit.units[leg] > days.unitCount(day)) return Result.SLOT_UNKNOWN;
            visit.startMs[leg] = days.startMs(day) + visit.startUnit[leg] * Unit.MS;
            if (visit.startMs[leg] <= nowMs) return Result.IN_THE_PAST;
            if (promised) continue;
            if (days.releasedAtMs(day) > nowMs) {
                detail = days.releasedAtMs(day);
                return Result.NOT_YET_RELEASED;
            }
            if (visit.startUnit[leg] % days.alignUnits(day) != 0) return Result.NOT_ALIGNED;
        }
        return Result.OK;
    }

    /** Whether there is room for all legs. @param moved an appointment whose own places count as free, 0 = none */
    public Result whyNoRoom(final Visit visit, final int postId, final long moved) {
        return moved == 0 ? whyNoRoom(visit, postId) : whyNoRoomBeside(visit, postId, appointments.firstLeg(moved), appointments.post(moved), Unit.BOOKED);
    }

    /** The same beside a hold whose own places count as free. */
    public Result whyNoRoomBesideHold(final Visit visit, final int postId, final long hold) {
        return whyNoRoomBeside(visit, postId, holds.firstLeg(hold), holds.post(hold), Unit.HELD);
    }

    private Result whyNoRoomBeside(final Visit visit, final int postId, final int firstLeg, final int oldPost, final int lane) {
        places.collect(back, firstLeg, oldPost);
        back.apply(-lane); // as if they had been given back, for as long as it is looked
        final Result refusal = whyNoRoom(visit, postId);
        back.apply(lane);
        return refusal;
    }

    private Result whyNoRoom(final Visit visit, final int postId) {
        final Result refusal = whyNoRoomAsked(visit, postId);
        if (refusal == Result.SOLD_OUT && !days.quotas().isEmpty()) {
            detail = elsewhere(visit, postId);
            return detail != 0 ? Result.KEPT_FOR_CHANNEL : Result.SOLD_OUT;
        }
        return refusal;
    }

    private Result whyNoRoomAsked(final Visit visit, final int postId) {
        choice.choose(visit);
        found(visit, postId);
        return closures.countAt(postId) > 0 && room.isClosing(closures, postId) ? Result.CLOSED : room.why();
    }

    /** The other ways in which the visit would have room, bit c - 1 = class c. Nobody is told to be an emergency. */
    private int elsewhere(final Visit visit, final int postId) {
        final int asked = visit.channel();
        int others = 0;
        for (int quota = QuotaClass.CALL_CENTRE.value(); quota < QuotaClass.EMERGENCY.value(); quota++) {
            visit.ofChannel(quota);
            others |= quota != asked && whyNoRoomAsked(visit, postId) == Result.OK ? 1 << quota - 1 : 0;
        }
        visit.ofChannel(asked);
        return others;
    }

    /** What goes with NOT_YET_RELEASED, the instant, and with KEPT_FOR_CHANNEL, the classes. */
    public long detail() {
        return detail;
    }

    /** As {@link Starts#findToday}; what was found is what will be taken. */
    public boolean findToday(final Visit visit, final int postId, final long nowMs) {
        final boolean found = starts.findToday(visit, postId, nowMs);
        if (found) {
            found(visit, postId);
        }
        return found;
    }

    /** A visit was found to have room: what it takes is what will be taken. */
    public void found(final Visit visit, final int postId) {
        room.clear();
        for (int leg = 0; leg < visit.count; leg++) {
            places.collect(room, visit, leg, postId);
        }
    }

    /** What was found is to be an offer, for which what cools is free: as much of it ends as it needs. @param newest run that it may have @param keeps runs that can be kept in all */
    public void makeRoom(final long newest, final long keeps) {
        coolings.makeRoom(room, newest, keeps);
    }

    // ---- apply

    /** Takes the visit that was found to have room as held. @return the hold's number */
    public long hold(final Visit visit, final long application, final int postId, final long deadlineMs) {
        room.apply(Unit.HELD);
        return open(visit, application, postId, deadlineMs);
    }

    private long open(final Visit visit, final long application, final int postId, final long deadlineMs) {
        final long hold = holds.open(application, visit.allLines(), postId, visit.earliestMs(), deadlineMs, legs.add(visit), visit.count);
        happened.held(holds, hold);
        told += room.emit(postId, -1);
        return hold;
    }

    /** Makes a hold an appointment. @param previous the application's appointment before it @return the appointment's number */
    public long confirm(final long hold, final long previous, final long nowMs) {
        places.collect(back, holds.firstLeg(hold), holds.post(hold));
        back.book();
        final long appointment = appointments.add(holds.application(hold), previous, holds.lines(hold), holds.post(hold), holds.startMs(hold),
                holds.firstLeg(hold), holds.legCount(hold), AppointmentState.CONFIRMED, nowMs);
        lead(appointment, nowMs);
        holds.close(hold);
        happened.confirmed(appointments, appointment, hold);
        return appointment;
    }

    private void lead(final long appointment, final long nowMs) {
        if (catalogue.coreVersion().keepsLeadTimes()) {
            appointments.lead(appointment, nowMs);
        }
    }

    /** Takes the visit that was found to have room as booked, without a hold. @param previous the application's appointment before it @return the appointment's number */
    public long book(final Visit visit, final long application, final long previous, final int postId, final long nowMs) {
        room.apply(Unit.BOOKED);
        final long appointment = appointments.add(application, previous, visit.allLines(), postId, visit.earliestMs(), legs.add(visit), visit.count, AppointmentState.CONFIRMED, nowMs);
        lead(appointment, nowMs);
        happened.confirmed(appointments, appointment, 0);
        told += room.emit(postId, -1);
        return appointment;
    }

    /** Ends a hold without a visit. @param expired how it is told @param closed a closure has its places: they come to nobody */
    public void release(final long hold, final boolean expired, final boolean closed) {
        final int postId = holds.post(hold);
        places.collect(back, holds.firstLeg(hold), postId);
        back.apply(-Unit.HELD);
        if (expired) {
            happened.expired(postId, hold, holds.application(hold));
        } else {
            happened.released(postId, hold, holds.application(hold));
        }
        legs.remove(holds.firstLeg(hold));
        holds.close(hold);
        gaveBack(postId, !closed, null);
    }

    /** Swaps a hold for another one whose visit was found to have room. @return the new hold's number */
    public long swap(final long hold, final Visit visit, final int postId, final long deadlineMs) {
        final long application = holds.application(hold);
        final int oldPost = holds.post(hold);
        back.apply(-Unit.HELD);
        room.apply(Unit.HELD);
        happened.released(oldPost, hold, application);
        legs.remove(holds.firstLeg(hold));
        holds.close(hold);
        gaveBack(oldPost, true, room);
        return open(visit, application, postId, deadlineMs);
    }

    /**
     * Tells what is in {@code back}; what a closure covers of it has no more open than that leaves, and what is to cool is kept.
     *
     * @param comes somebody else may have it
     * @param taken what was taken of it in the same moment, or null
     */
    private void gaveBack(final int postId, final boolean comes, final Room taken) {
        told += back.emit(postId, 1);
        if (closures.countAt(postId) > 0) {
            back.shrink(shrinking, postId);
            told += shrinking.tell(postId);
        }
        if (comes) {
            coolings.keep(postId, back, taken);
            back.tellDates(came, postId);
        } else {
            coolings.disarm();
        }
    }

    public Came came() {
        return came;
    }

    /** Another command begins. */
    public void begin() {
        told = 0;
        coolings.begin();
        came.forget();
    }

    /** Entries of RoomChanged that visits and closures have told since {@link #begin()}: what they take in the events of one position is bounded by it. */
    public int told() {
        return told + coolings.told();
    }

    // ---- quotas

    /** When a quota spills next, ms since 1970; {@code Long.MAX_VALUE} = never. */
    public long nextSpillMs() {
        return spilling.nextDueMs();
    }

    /** What is left of quotas that are due is everybody's. @param dates how many are looked at most @param mostTold see {@link #told()} */
    public void spill(final long nowMs, final int dates, final int mostTold) {
        for (int i = 0; i < dates && told < mostTold && spilling.nextDueMs() <= nowMs; i++) {
            told += spilling.spill(nowMs);
        }
    }

    // ---- closures

    /** Whether a date of a pool was released after the one and not after the other, ms since 1970. */
    public boolean isReleasedIn(final int poolId, final int epochDay, final long afterMs, final long byMs) {
        final int day = days.find(poolId, epochDay);
        return day != Days.NONE && days.releasedAtMs(day) > afterMs && days.releasedAtMs(day) <= byMs;
    }

    /** Closes a date of a pool, if it is there. A change that has it staged is abandoned. @return whether a closure covers one of its units */
    public boolean closeDay(final int postId, final int poolId, final int epochDay) {
        inventory.abandonChangeOf(poolId, epochDay);
        final int day = days.find(poolId, epochDay);
        if (day == Days.NONE) {
            return false;
        }
        coolings.endOn(day, 0, days.unitCount(day), CoolingEnd.CLOSED);
        final boolean covered = shrinking.shrink(postId, poolId, epochDay, day, 0, days.unitCount(day));
        told += shrinking.tell(postId);
        return covered;
    }

    /** Whether a hold has places that a closure wants. */
    public boolean isHoldTouched(final long hold, final long closure) {
        places.collect(back, holds.firstLeg(hold), holds.post(hold));
        return back.isTouched(closures, closure);
    }

    public boolean isAppointmentTouched(final long appointment, final long closure) {
        places.collect(back, appointments.firstLeg(appointment), appointments.post(appointment));
        return back.isTouched(closures, closure);
    }

    /** Swaps an appointment's visit for one that was found to have room. */
    public void reschedule(final long appointment, final Visit visit, final int postId, final long nowMs) {
        final int oldPost = appointments.post(appointment);
        back.apply(-Unit.BOOKED);
        room.apply(Unit.BOOKED);
        legs.remove(appointments.firstLeg(appointment));
        appointments.move(appointment, postId, visit.earliestMs(), legs.add(visit), visit.count, nowMs);
        lead(appointment, nowMs);
        happened.rescheduled(appointments, appointment);
        gaveBack(oldPost, true, room);
        told += room.emit(postId, -1);
    }

    /** An appointment's visit becomes the one that was held for it: the hold is over, and so is the visit of before. */
    public void moveTo(final long appointment, final long hold, final long nowMs) {
        final int oldPost = appointments.post(appointment);
        places.collect(back, holds.firstLeg(hold), holds.post(hold));
        back.book();
        places.collect(back, appointments.firstLeg(appointment), oldPost);
        back.apply(-Unit.BOOKED);
        happened.released(holds.post(hold), hold, holds.application(hold));
        legs.remove(appointments.firstLeg(appointment));
        appointments.move(appointment, holds.post(hold), holds.startMs(hold), holds.firstLeg(hold), holds.legCount(hold), nowMs);
        lead(appointment, nowMs);
        holds.close(hold);
        happened.rescheduled(appointments, appointment);
        gaveBack(oldPost, true, null);
    }

    /** An appointment becomes CANCELLED, NO_SHOW or DISPLACED: its places are free again. */
    public void giveBack(final long appointment, final AppointmentState state, final long nowMs) {
        giveBack(appointment, state, 0, nowMs);
    }

    /** An appointment was SERVED at another time than its own: its places are free again, and it keeps none. */
    public void servedElsewhere(final long appointment, final int fulfilled, final long nowMs) {
        giveBack(appointment, AppointmentState.SERVED, fulfilled, nowMs);
        legs.giveUpPlaces(appointments.firstLeg(appointment));
    }

    private void giveBack(final long appointment, final AppointmentState state, final int fulfilled, final long nowMs) {
        final int postId = appointments.post(appointment);
        places.collect(back, appointments.firstLeg(appointment), postId);
        back.apply(-Unit.BOOKED);
        step(appointment, state, fulfilled, nowMs);
        gaveBack(postId, state != AppointmentState.DISPLACED, null);
    }

    /** Its applicant says that they come. */
    public void confirmAttendance(final long appointment, final long nowMs) {
        appointments.confirmAttendance(appointment, nowMs);
        happened.attendanceConfirmed(appointments, appointment);
    }

    /** An appointment goes a step further. */
    public void step(final long appointment, final AppointmentState state, final int fulfilled, final long nowMs) {
        appointments.state(appointment, state, nowMs);
        happened.changed(appointments, appointment, fulfilled);
    }

    /** Somebody came: an appointment that is checked in already, with the places that {@link #findToday} found or an overflow ticket. */
    public long walkIn(final Visit visit, final boolean found, final long application, final long previous, final int postId, final int ticket, final long nowMs) {
        if (found) {
            room.apply(Unit.BOOKED);
        }
        final long appointment = appointments.add(application, previous, visit.lines[0], postId, found ? visit.startMs[0] : nowMs,
                found ? legs.add(visit) : 0, found ? 1 : 0, AppointmentState.CHECKED_IN, nowMs);
        appointments.ticket(appointment, ticket);
        happened.walkedIn(appointments, appointment);
        if (found) {
            told += room.emit(postId, -1);
        }
        return appointment;
    }

    /** Somebody had come while nobody could say so: an appointment that is checked in, without places. @param atMs when */
    public long cameBefore(final long application, final long previous, final int lineSet, final int postId, final int ticket, final long atMs, final long nowMs) {
        final long appointment = appointments.add(application, previous, lineSet, postId, atMs, 0, 0, AppointmentState.CHECKED_IN, nowMs);
        appointments.ticket(appointment, ticket);
        happened.walkedIn(appointments, appointment);
        return appointment;
    }

    /** Takes an ended appointment out of memory. @return the application's appointment before it, 0 = none */
    public long retire(final long appointment) {
        final long previous = appointments.previous(appointment);
        legs.remove(appointments.firstLeg(appointment));
        appointments.remove(appointment);
        return previous;
    }

    /** Writes a group of legs as in events and records. @param buffer outside the Java heap @return where it ends */
    public int putLegs(final MutableDirectBuffer buffer, final int groupAt, final int firstLeg, final int count) {
        buffer.boundsCheck(groupAt, GroupSizeEncodingEncoder.ENCODED_LENGTH + count * HeldEncoder.LegsEncoder.sbeBlockLength());
        return groupAt + (int) (VisitEvents.putLegs(buffer.addressOffset() + groupAt, legs, firstLeg, count) - buffer.addressOffset() - groupAt);
    }

    // ---- what will be needed: each by what the one before brought

    public void wantHold(final Ahead ahead, final long hold) {
        ahead.want(holds.rows().ahead(hold));
    }

    /** Where a hold of one leg will be that comes after {@code added} others. */
    public void wantNewHold(final Ahead ahead, final int added) {
        ahead.want(holds.rows().ahead(holds.end() + added));
        ahead.want(legs.rows().aheadNew(added));
    }

    public void wantAppointment(final Ahead ahead, final long appointment) {
        ahead.want(appointments.rows().ahead(appointment));
    }

    public void wantLeg(final Ahead ahead, final int leg) {
        ahead.want(legs.rows().ahead(leg));
    }

    /** The resource in whose places visits at a desk are seated, 0 = none. */
    public int seatsOf(final int desk) {
        return catalogue.pools().isDesk(desk) ? catalogue.posts().resource(catalogue.pools().post(desk), PoolKind.RECEPTION_SEAT.value()) : 0;
    }

    // ---- state

    public void save(final StateWriter out) {
        days.save(out);
        changes.save(out);
        closures.save(out);
        spilling.save(out);
        coolings.save(out);
        holds.rows().save(out);
        holds.deadlines().save(out);
        legs.rows().save(out);
        appointments.rows().save(out);
    }

    /** The last tables of all. */
    public void saveGrids(final StateWriter out) {
        days.saveGrids(out);
    }

    /** @return false when the present run is not of this room */
    public boolean load(final StateReader in) {
        switch (in.tableId()) {
            case TableIds.HOLDS -> holds.rows().load(in);
            case TableIds.DEADLINES -> holds.deadlines().load(in);
            case TableIds.LEGS -> legs.rows().load(in);
            case TableIds.APPOINTMENTS -> appointments.rows().load(in);
            case TableIds.CLOSURES -> closures.load(in);
            case TableIds.SPILLS -> spilling.load(in);
            default -> {
                return changes.load(in) || coolings.load(in) || days.load(in);
            }
        }
        return true;
    }

    public void saveCounts(final SystemRowEncoder row) {
        row.nextHold(holds.end()).holds(holds.count()).nextAppointment(appointments.end()).appointments(appointments.count())
                .nextChange(changes.end()).openChanges(changes.openCount()).days(days.count());
    }

    public void loaded(final SystemRowDecoder row, final StateReader in) {
        holds.loaded(row.nextHold(), row.holds());
        appointments.loaded(row.nextAppointment(), row.appointments());
        changes.loaded(row.nextChange(), row.openChanges());
        days.loaded(row.days(), in);
        spilling.loaded();
    }

    public void check() {
        new AllocationCheck(this, catalogue).run();
        days.check();
        holds.rows().check();
        holds.deadlines().check();
        legs.rows().check();
        appointments.rows().check();
        changes.check();
        closures.check();
        spilling.check();
        coolings.check();
    }
}
