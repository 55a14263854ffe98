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
import org.mawid.sbe.GroupSizeEncodingEncoder;
import org.mawid.sbe.HeldEncoder;
import org.mawid.sbe.PoolKind;
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
    private final boolean[] free = new boolean[Unit.MOST];
    private final Offers offers;
    private final Closures closures;
    private final Shrinking shrinking;
    private final Room trial;
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
        this.catalogue = catalogue;
        this.inventory = new Inventory(catalogue, days, changes, closures, came, events);
        this.room = new Room(days, events);
        this.back = new Room(days, events);
        this.trial = new Room(days, events);
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
        for (int leg = 0; leg < visit.count; leg++) {
            final int day = days.find(visit.desk[leg], visit.epochDay[leg]);
            visit.day[leg] = day;
            if (day == Days.NONE || visit.startUnit[leg] + visit.units[leg] > days.unitCount(day)) return Result.SLOT_UNKNOWN;
            visit.startMs[leg] = days.startMs(day) + visit.startUnit[leg] * Unit.MS;
            if (visit.startMs[leg] <= nowMs) return Result.IN_THE_PAST;
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
        return moved == 0 ? whyNoRoom(visit, postId, null, Unit.BOOKED) : whyNoRoomBeside(visit, postId, appointments.firstLeg(moved), appointments.post(moved), Unit.BOOKED);
    }

    /** The same beside a hold whose own places count as free. */
    public Result whyNoRoomBesideHold(final Visit visit, final int postId, final long hold) {
        return whyNoRoomBeside(visit, postId, holds.firstLeg(hold), holds.post(hold), Unit.HELD);
    }

    private Result whyNoRoomBeside(final Visit visit, final int postId, final int firstLeg, final int oldPost, final int lane) {
        collectLegs(back, firstLeg, oldPost);
        return whyNoRoom(visit, postId, back, lane);
    }

    private Result whyNoRoom(final Visit visit, final int postId, final Room free, final int lane) {
        collect(visit, postId);
        return closures.countAt(postId) > 0 && room.isClosing(closures, postId) ? Result.CLOSED : room.why(free, lane);
    }

    /** The instant that goes with NOT_YET_RELEASED. */
    public long detail() {
        return detail;
    }

    /** Finds the first start today, from {@code nowMs} on, that has room for a visit of one leg; sets it. @return false = nothing is left */
    public boolean findToday(final Visit visit, final int postId, final long nowMs) {
        final int day = days.find(visit.desk[0], visit.epochDay[0]);
        visit.day[0] = day;
        if (day == Days.NONE || visit.units[0] > days.unitCount(day)) {
            return false;
        }
        final long startMs = days.startMs(day);
        final int end = days.unitCount(day);
        final int first = (int) Math.max(0, Math.min(end, Math.floorDiv(nowMs - startMs + Unit.MS - 1, Unit.MS)));
        if (!mark(visit, 0, postId, startMs, first, end)) {
            return false;
        }
        final int start = Room.firstRun(free, first, end, visit.units[0]);
        if (start < 0) {
            return false;
        }
        visit.startUnit[0] = start;
        visit.startMs[0] = startMs + start * Unit.MS;
        collect(visit, postId);
        return true;
    }

    /** Finds the units of a leg's day that have room for it. @return false when a resource that it needs has none at all */
    private boolean mark(final Visit visit, final int leg, final int postId, final long startMs, final int first, final int end) {
        final int day = visit.day[leg];
        for (int unit = first; unit < end; unit++) {
            free[unit] = days.unit(day, unit) != 0 && room.hasRoom(day, unit, visit.places[leg * Visit.KINDS]);
        }
        for (int kind = 1; kind < Visit.KINDS; kind++) {
            if (visit.places[leg * Visit.KINDS + kind] != 0 && !narrow(visit, leg, postId, kind, startMs, first, end)) {
                return false;
            }
        }
        if (closures.countAt(postId) > 0) {
            leaveOutClosing(visit, leg, postId, startMs, first, end);
        }
        return true;
    }

    private boolean narrow(final Visit visit, final int leg, final int postId, final int kind, final long startMs, final int first, final int end) {
        final int pool = catalogue.posts().resource(postId, kind);
        final int day = pool == 0 ? Days.NONE : days.find(pool, visit.epochDay[leg]);
        if (day == Days.NONE) {
            return false;
        }
        final long shift = (startMs - days.startMs(day)) / Unit.MS;
        for (int unit = first; unit < end; unit++) {
            final long there = unit + shift;
            free[unit] &= there >= 0 && there < days.unitCount(day) && room.hasRoom(day, (int) there, visit.places[leg * Visit.KINDS + kind]);
        }
        return true;
    }

    private void leaveOutClosing(final Visit visit, final int leg, final int postId, final long startMs, final int first, final int end) {
        for (int unit = first; unit < end; unit++) {
            for (int kind = 0; kind < Visit.KINDS; kind++) {
                if (visit.places[leg * Visit.KINDS + kind] != 0) {
                    final int pool = kind == 0 ? visit.desk[leg] : catalogue.posts().resource(postId, kind);
                    free[unit] &= !closures.isClosing(postId, pool, startMs + unit * Unit.MS, 1);
                }
            }
        }
    }

    // ---- a visit whose start is looked for, leg by leg: each one that was found stays taken until the search is over

    public void beginSearch() {
        trial.clear();
    }

    /**
     * Finds the first aligned start of the visit's next leg on its date that has room beside the legs before it, and is at no time of one of those that
     * {@code apart} names. Whether the day is released does not matter.
     *
     * @param apart bit i = leg i serves a person of this one too
     * @return ms since 1970, {@code Long.MAX_VALUE} = none
     */
    public long findStart(final Visit visit, final int leg, final int postId, final int apart, final long notBeforeMs) {
        final int day = days.find(visit.desk[leg], visit.epochDay[leg]);
        visit.day[leg] = day;
        if (day == Days.NONE || days.freeUnits(day) < visit.units[leg]) {
            return Long.MAX_VALUE;
        }
        final long startMs = days.startMs(day);
        final int end = days.unitCount(day);
        final int first = (int) Math.max(0, Math.min(end, Math.floorDiv(notBeforeMs - startMs + Unit.MS - 1, Unit.MS)));
        if (!mark(visit, leg, postId, startMs, first, end)) {
            return Long.MAX_VALUE;
        }
        for (int set = apart; set != 0; set &= set - 1) {
            final int other = Integer.numberOfTrailingZeros(set);
            final long from = (visit.startMs[other] - startMs) / Unit.MS;
            for (long unit = Math.max(first, from); unit < Math.min(end, from + visit.units[other]); unit++) {
                free[(int) unit] = false;
            }
        }
        final int start = Room.firstAligned(free, first, end, visit.units[leg], days.alignUnits(day));
        return start < 0 ? Long.MAX_VALUE : startMs + start * Unit.MS;
    }

    /** The leg is there, at the start that was found. */
    public void place(final Visit visit, final int leg, final int postId, final long startMs) {
        visit.day[leg] = days.find(visit.desk[leg], visit.epochDay[leg]);
        visit.startMs[leg] = startMs;
        visit.startUnit[leg] = (int) ((startMs - days.startMs(visit.day[leg])) / Unit.MS);
        final int first = trial.count();
        collect(trial, visit, leg, postId);
        trial.applyFrom(first, Unit.HELD);
    }

    /** The legs that were placed are taken no more. @param visit to be held now: what it takes is what was found; null = nothing */
    public void endSearch(final Visit visit, final int postId) {
        trial.apply(-Unit.HELD);
        if (visit != null) {
            collect(visit, postId);
        }
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
        collectLegs(back, holds.firstLeg(hold), holds.post(hold));
        back.apply(Unit.BOOKED - Unit.HELD);
        final long appointment = appointments.add(holds.application(hold), previous, holds.lines(hold), holds.post(hold), holds.startMs(hold),
                holds.firstLeg(hold), holds.legCount(hold), AppointmentState.CONFIRMED, nowMs);
        holds.close(hold);
        happened.confirmed(appointments, appointment, hold);
        return appointment;
    }

    /** Ends a hold without a visit. @param expired how it is told @param closed a closure has its places: they come to nobody */
    public void release(final long hold, final boolean expired, final boolean closed) {
        final int postId = holds.post(hold);
        collectLegs(back, holds.firstLeg(hold), postId);
        back.apply(-Unit.HELD);
        if (expired) {
            happened.expired(postId, hold, holds.application(hold));
        } else {
            happened.released(postId, hold, holds.application(hold));
        }
        legs.remove(holds.firstLeg(hold));
        holds.close(hold);
        gaveBack(postId, !closed);
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
        gaveBack(oldPost, true);
        return open(visit, application, postId, deadlineMs);
    }

    /** Tells what is in {@code back}; what a closure covers of it has no more open than that leaves. @param comes somebody else may have it */
    private void gaveBack(final int postId, final boolean comes) {
        told += back.emit(postId, 1);
        if (closures.countAt(postId) > 0) {
            back.shrink(shrinking, postId);
            told += shrinking.tell(postId);
        }
        if (comes) {
            came.at(postId);
        }
    }

    public Came came() {
        return came;
    }

    /** Another command begins. */
    public void begin() {
        told = 0;
        came.forget();
    }

    /** Entries of RoomChanged that visits and closures have told since {@link #begin()}: what they take in the events of one position is bounded by it. */
    public int told() {
        return told;
    }

    // ---- closures

    /** Closes a date of a pool, if it is there. A change that has it staged is abandoned. @return whether a closure covers one of its units */
    public boolean closeDay(final int postId, final int poolId, final int epochDay) {
        inventory.abandonChangeOf(poolId, epochDay);
        final int day = days.find(poolId, epochDay);
        if (day == Days.NONE) {
            return false;
        }
        final boolean covered = shrinking.shrink(postId, poolId, epochDay, day, 0, days.unitCount(day));
        told += shrinking.tell(postId);
        return covered;
    }

    /** Whether a hold has places that a closure wants. */
    public boolean isHoldTouched(final long hold, final long closure) {
        collectLegs(back, holds.firstLeg(hold), holds.post(hold));
        return back.isTouched(closures, closure);
    }

    public boolean isAppointmentTouched(final long appointment, final long closure) {
        collectLegs(back, appointments.firstLeg(appointment), appointments.post(appointment));
        return back.isTouched(closures, closure);
    }

    /** Swaps an appointment's visit for one that was found to have room. */
    public void reschedule(final long appointment, final Visit visit, final int postId, final long nowMs) {
        final int oldPost = appointments.post(appointment);
        back.apply(-Unit.BOOKED);
        room.apply(Unit.BOOKED);
        legs.remove(appointments.firstLeg(appointment));
        appointments.move(appointment, postId, visit.earliestMs(), legs.add(visit), visit.count, nowMs);
        happened.rescheduled(appointments, appointment);
        gaveBack(oldPost, true);
        told += room.emit(postId, -1);
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
        collectLegs(back, appointments.firstLeg(appointment), postId);
        back.apply(-Unit.BOOKED);
        step(appointment, state, fulfilled, nowMs);
        gaveBack(postId, state != AppointmentState.DISPLACED);
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

    private void collect(final Visit visit, final int postId) {
        room.clear();
        for (int leg = 0; leg < visit.count; leg++) {
            collect(room, visit, leg, postId);
        }
    }

    private void collect(final Room into, final Visit visit, final int leg, final int postId) {
        for (int kind = 0; kind < Visit.KINDS; kind++) {
            final int places = visit.places[leg * Visit.KINDS + kind];
            if (places != 0) {
                final int pool = kind == 0 ? visit.desk[leg] : catalogue.posts().resource(postId, kind);
                final int day = kind == 0 ? visit.day[leg] : days.find(pool, visit.epochDay[leg]);
                final long from = day == Days.NONE ? -1 : Math.floorDiv(visit.startMs[leg] - days.startMs(day), Unit.MS);
                if (from < 0 || from + visit.units[leg] > days.unitCount(day)) {
                    into.addOutside();
                } else {
                    into.add(pool, visit.epochDay[leg], day, (int) from, visit.units[leg], places);
                }
            }
        }
    }

    /** What a visit has taken. A day that is out of memory gets nothing back. */
    private void collectLegs(final Room into, final int firstLeg, final int postId) {
        into.clear();
        for (int leg = firstLeg; leg != 0; leg = legs.next(leg)) {
            for (int kind = 0; kind < Visit.KINDS; kind++) {
                final int places = legs.places(leg, kind);
                if (places != 0) {
                    final int pool = kind == 0 ? legs.desk(leg) : catalogue.posts().resource(postId, kind);
                    final int day = days.find(pool, legs.epochDay(leg));
                    if (day != Days.NONE) {
                        into.add(pool, legs.epochDay(leg), day, (int) ((legs.startMs(leg) - days.startMs(day)) / Unit.MS), legs.units(leg), places);
                    }
                }
            }
        }
    }

    /** Writes a group of legs as in events and records. @param buffer outside the Java heap @return where it ends */
    public int putLegs(final MutableDirectBuffer buffer, final int groupAt, final int firstLeg, final int count) {
        buffer.boundsCheck(groupAt, GroupSizeEncodingEncoder.ENCODED_LENGTH + count * HeldEncoder.LegsEncoder.sbeBlockLength());
        return groupAt + (int) (VisitEvents.putLegs(buffer.addressOffset() + groupAt, legs, firstLeg, count) - buffer.addressOffset() - groupAt);
    }

    // ---- state

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

    public void save(final StateWriter out) {
        days.save(out);
        changes.save(out);
        closures.save(out);
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
            default -> {
                return changes.load(in) || days.load(in);
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
    }
}
