package org.mawid.engine.core;

import org.mawid.engine.allocation.Allocation;
import org.mawid.engine.application.Applications;
import org.mawid.engine.kernel.Ahead;
import org.mawid.engine.kernel.Memory;
import org.mawid.sbe.CallDecoder;
import org.mawid.sbe.CancelDecoder;
import org.mawid.sbe.CheckInDecoder;
import org.mawid.sbe.ConfirmAttendanceDecoder;
import org.mawid.sbe.ConfirmDecoder;
import org.mawid.sbe.ConsumeStampDecoder;
import org.mawid.sbe.DecideDecoder;
import org.mawid.sbe.GroupSizeEncodingDecoder;
import org.mawid.sbe.HoldDecoder;
import org.mawid.sbe.HoldDecoder.LegsDecoder;
import org.mawid.sbe.IssueStampsDecoder;
import org.mawid.sbe.MarkInDoubtDecoder;
import org.mawid.sbe.MarkNoShowDecoder;
import org.mawid.sbe.ProposeDecoder;
import org.mawid.sbe.RecordApprovalDecoder;
import org.mawid.sbe.RecordConsumptionDecoder;
import org.mawid.sbe.RecordCounterReceiptDecoder;
import org.mawid.sbe.RecordFailureDecoder;
import org.mawid.sbe.RecordRefundDecoder;
import org.mawid.sbe.RecordVisitDecoder;
import org.mawid.sbe.RejectLinesDecoder;
import org.mawid.sbe.ReleaseDecoder;
import org.mawid.sbe.RescheduleDecoder;
import org.mawid.sbe.ServeDecoder;
import org.mawid.sbe.StartPaymentDecoder;
import org.mawid.sbe.SubmitApplicationDecoder;
import org.mawid.sbe.SubmitApplicationDecoder.LinesDecoder;
import org.mawid.sbe.ValidateLinesDecoder;
import org.mawid.sbe.VoidStampDecoder;
import org.mawid.sbe.WithdrawLinesDecoder;

/**
 * Brings into the cache what the commands of a batch will need. With millions of rows a command waits mostly for memory; the waits of a
 * whole batch overlap when its needs are read together, step by step: what a step names can be found by what the one before has brought.
 * A command is looked at once; what it leads to is kept in lists, so that a step costs nothing for those that need nothing more.
 * What is looked at may be stale or of somebody else: it decides nothing.
 */
final class Prefetch {
    /** Commands that are looked at together; those beyond are passed over. */
    static final int MOST = 256;
    private static final int LINE = 64;
    private static final int GROUP = GroupSizeEncodingDecoder.ENCODED_LENGTH;
    private static final int LEG = LegsDecoder.sbeBlockLength();
    private static final int DESK = LegsDecoder.deskIdEncodingOffset();
    private static final int EPOCH_DAY = LegsDecoder.epochDayEncodingOffset();
    private static final int START_UNIT = LegsDecoder.startUnitEncodingOffset();
    private static final int HOLD_LEGS = CommandCheck.HEADER + HoldDecoder.BLOCK_LENGTH + GROUP;
    private static final int RESCHEDULE_LEGS = CommandCheck.HEADER + RescheduleDecoder.BLOCK_LENGTH + GROUP;
    private static final int SUBMIT_LINES = CommandCheck.HEADER + SubmitApplicationDecoder.BLOCK_LENGTH + GROUP;
    private static final int SUBMIT_LINE = LinesDecoder.sbeBlockLength();
    private static final int CONSUMED_FOR = CommandCheck.HEADER + ConsumeStampDecoder.applicationIdEncodingOffset();
    private static final int PERSON_KEY = LinesDecoder.personKeyEncodingOffset();

    private final Ahead ahead = new Ahead();
    private final Applications applications;
    private final Allocation allocation;
    private final Rooms rooms;
    private final Requests requests;
    private final long[] commands = new long[MOST];
    private final int[] lengths = new int[MOST];
    /** Named by commands, and found in what commands name. */
    private final Numbers named = new Numbers(MOST);
    private final Numbers found = new Numbers(MOST);
    private final Numbers holds = new Numbers(MOST);
    private final Numbers appointments = new Numbers(MOST);
    private final Numbers legs = new Numbers(MOST);
    private final Numbers persons = new Numbers(MOST * 4);
    private final Spots asked = new Spots();
    private final Spots taken = new Spots();
    private final MoneyAhead money;
    private int count;
    private int newApplications;
    private int newHolds;
    private int newStamps;

    Prefetch(final Rooms rooms, final Requests requests) {
        this.rooms = rooms;
        this.applications = rooms.applications;
        this.allocation = rooms.allocation;
        this.requests = requests;
        this.money = new MoneyAhead(ahead, rooms, MOST);
    }

    /** @param command its address, see {@link Memory} */
    void want(final long command, final int length) {
        if (count == MOST) {
            return;
        }
        commands[count] = command;
        lengths[count++] = length;
        for (int line = 0; line < length; line += LINE) {
            ahead.want(command + line);
        }
    }

    /** Reads for all that were wanted, and forgets them. @return something to be added up, so that the reading cannot be left out */
    long read() {
        long sum = ahead.read();
        forget();

        // what commands name, and what they will add
        for (int i = 0; i < count; i++) {
            if (lengths[i] >= CommandCheck.BODY + Long.BYTES) {
                look(commands[i], commands[i] + lengths[i]);
            }
        }
        count = 0;
        asked.wantPlaces();
        sum += ahead.read();

        // what these rows lead to
        for (int i = 0; i < holds.count; i++) {
            findOfHold(holds.at[i]);
        }
        for (int i = 0; i < appointments.count; i++) {
            findOfAppointment(appointments.at[i]);
        }
        for (int i = 0; i < named.count; i++) {
            applications.wantLines(ahead, named.at[i]);
        }
        for (int i = 0; i < persons.count; i++) {
            applications.wantPerson(ahead, persons.at[i], 1);
        }
        for (int i = 0; i < money.payments(); i++) {
            final long application = money.applicationOf(i);
            if (application != 0) {
                applicationFound(application);
            }
        }
        asked.wantDays();
        sum += ahead.read();

        // what those lead to
        for (int i = 0; i < legs.count; i++) {
            final int leg = (int) legs.at[i];
            taken.add(allocation.legs().desk(leg), allocation.legs().epochDay(leg), allocation.legs().startUnit(leg));
        }
        for (int i = 0; i < found.count; i++) {
            applications.wantLines(ahead, found.at[i]);
        }
        for (int i = 0; i < named.count; i++) {
            applications.wantPersons(ahead, named.at[i]);
        }
        taken.wantDays();
        asked.wantUnits();
        sum += ahead.read();

        // and the last
        for (int i = 0; i < found.count; i++) {
            applications.wantPersons(ahead, found.at[i]);
        }
        taken.wantUnits();
        return sum + ahead.read();
    }

    private void forget() {
        named.count = 0;
        found.count = 0;
        holds.count = 0;
        appointments.count = 0;
        legs.count = 0;
        persons.count = 0;
        asked.count = 0;
        taken.count = 0;
        newApplications = 0;
        newHolds = 0;
        newStamps = 0;
        money.forget();
    }

    /** Wants what the command itself names, and what it will add if it is done: a store that misses holds up all stores behind it. */
    private void look(final long command, final long end) {
        requests.want(ahead, Memory.getLong(command + CommandCheck.ID_HIGH), Memory.getLong(command + CommandCheck.ID_LOW));
        final long number = Memory.getLong(command + CommandCheck.BODY);
        switch (CommandCheck.template(command)) {
            case SubmitApplicationDecoder.TEMPLATE_ID -> {
                for (long at = command + SUBMIT_LINES; at + SUBMIT_LINE <= end; at += SUBMIT_LINE) {
                    final long key = Memory.getLong(at + PERSON_KEY);
                    persons.add(key);
                    applications.wantPerson(ahead, key, 0);
                }
                applications.wantNew(ahead, newApplications++);
            }
            case HoldDecoder.TEMPLATE_ID -> {
                application(number);
                legs(command + HOLD_LEGS, end);
                allocation.wantNewHold(ahead, newHolds++);
                rooms.stamps.wantNew(ahead, newStamps++);
            }
            case ConfirmDecoder.TEMPLATE_ID, ReleaseDecoder.TEMPLATE_ID -> {
                holds.add(number);
                allocation.wantHold(ahead, number);
            }
            case RescheduleDecoder.TEMPLATE_ID -> {
                appointment(number);
                legs(command + RESCHEDULE_LEGS, end);
            }
            case ValidateLinesDecoder.TEMPLATE_ID, RejectLinesDecoder.TEMPLATE_ID, WithdrawLinesDecoder.TEMPLATE_ID -> application(number);
            case IssueStampsDecoder.TEMPLATE_ID -> {
                application(number);
                rooms.stamps.wantNew(ahead, newStamps++);
            }
            case StartPaymentDecoder.TEMPLATE_ID, RecordCounterReceiptDecoder.TEMPLATE_ID -> {
                application(number);
                money.begins(command, end, number);
            }
            case RecordApprovalDecoder.TEMPLATE_ID -> money.approved(command, number);
            case RecordFailureDecoder.TEMPLATE_ID, MarkInDoubtDecoder.TEMPLATE_ID -> money.answered(number);
            case ConsumeStampDecoder.TEMPLATE_ID, RecordConsumptionDecoder.TEMPLATE_ID -> { // which begin alike
                application(Memory.getLong(command + CONSUMED_FOR));
                rooms.stamps.want(ahead, number);
            }
            case ConfirmAttendanceDecoder.TEMPLATE_ID, CancelDecoder.TEMPLATE_ID, CheckInDecoder.TEMPLATE_ID, CallDecoder.TEMPLATE_ID, ServeDecoder.TEMPLATE_ID, MarkNoShowDecoder.TEMPLATE_ID,
                 RecordVisitDecoder.TEMPLATE_ID -> appointment(number);
            case VoidStampDecoder.TEMPLATE_ID, ProposeDecoder.TEMPLATE_ID, DecideDecoder.TEMPLATE_ID, RecordRefundDecoder.TEMPLATE_ID -> rooms.stamps.want(ahead, number);
            default -> {
                // Nothing large.
            }
        }
    }

    private void application(final long application) {
        named.add(application);
        applications.want(ahead, application);
    }

    private void appointment(final long appointment) {
        appointments.add(appointment);
        allocation.wantAppointment(ahead, appointment);
    }

    private void legs(final long first, final long end) {
        for (long at = first; at + LEG <= end; at += LEG) {
            asked.add(Memory.getShort(at + DESK), Memory.getInt(at + EPOCH_DAY), Memory.getByte(at + START_UNIT));
        }
    }

    private void findOfHold(final long hold) {
        if (allocation.holds().has(hold)) {
            find(allocation.holds().application(hold), allocation.holds().firstLeg(hold));
        }
    }

    private void findOfAppointment(final long appointment) {
        if (allocation.appointments().has(appointment)) {
            find(allocation.appointments().application(appointment), allocation.appointments().firstLeg(appointment));
        }
    }

    /** @param leg the first of a visit: most have one; 0 = none */
    private void find(final long application, final int leg) {
        applicationFound(application);
        if (leg != 0) {
            legs.add(leg);
            allocation.wantLeg(ahead, leg);
        }
    }

    private void applicationFound(final long application) {
        found.add(application);
        applications.want(ahead, application);
    }

    /** Units at which legs begin, of the desk and of its seats. */
    private final class Spots {
        private static final int SPOTS = 8 * MOST;

        final long[] days = new long[SPOTS];
        final int[] units = new int[SPOTS];
        int count;

        void add(final int desk, final int epochDay, final int unit) {
            add(allocation.days().aheadPlace(desk, epochDay), unit);
            add(allocation.days().aheadPlace(allocation.seatsOf(desk), epochDay), unit);
        }

        private void add(final long place, final int unit) {
            if (place != 0 && count < SPOTS) {
                days[count] = place;
                units[count++] = unit;
            }
        }

        void wantPlaces() {
            for (int i = 0; i < count; i++) {
                ahead.want(days[i]);
            }
        }

        void wantDays() {
            for (int i = 0; i < count; i++) {
                days[i] = allocation.days().aheadDay(days[i]);
                ahead.want(days[i]);
            }
        }

        void wantUnits() {
            for (int i = 0; i < count; i++) {
                ahead.want(allocation.days().aheadUnit(days[i], units[i]));
            }
        }
    }
}
