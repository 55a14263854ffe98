package org.mawid.api.access;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.Draft;
import org.mawid.sbe.AddToChangeDecoder;
import org.mawid.sbe.AllocatePaymentDecoder;
import org.mawid.sbe.BeginChangeDecoder;
import org.mawid.sbe.CallNextDecoder;
import org.mawid.sbe.ChooseAnotherDecoder;
import org.mawid.sbe.CloseBatchDecoder;
import org.mawid.sbe.CloseDaysDecoder;
import org.mawid.sbe.ConsumeStampDecoder;
import org.mawid.sbe.DefinePoolDecoder;
import org.mawid.sbe.DefineTerminalDecoder;
import org.mawid.sbe.EndTicketDecoder;
import org.mawid.sbe.HoldDecoder;
import org.mawid.sbe.IssueStampsDecoder;
import org.mawid.sbe.LeaveWaitlistDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.OpenBreakDecoder;
import org.mawid.sbe.ParkDecoder;
import org.mawid.sbe.PublishDayDecoder;
import org.mawid.sbe.RecallDecoder;
import org.mawid.sbe.RecordConsumptionDecoder;
import org.mawid.sbe.RecordCounterReceiptDecoder;
import org.mawid.sbe.RecordWalkInDecoder;
import org.mawid.sbe.ReopenDaysDecoder;
import org.mawid.sbe.RescheduleDecoder;
import org.mawid.sbe.SendMessageDecoder;
import org.mawid.sbe.SetCapacityDecoder;
import org.mawid.sbe.SetDeskServiceDecoder;
import org.mawid.sbe.SetRateDecoder;
import org.mawid.sbe.StartPaymentDecoder;
import org.mawid.sbe.SubmitApplicationDecoder;
import org.mawid.sbe.TakeTicketDecoder;
import org.mawid.sbe.TransferTicketDecoder;
import org.mawid.sbe.UnparkDecoder;
import org.mawid.sbe.WalkInDecoder;

/** Where each command has what it names: what the edge turns from references, and what stands there by number. Immutable; any thread. */
final class CommandFields {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int GROUP_HEADER = 4;
    private static final Map<CommandTemplate, List<Field>> FIELDS = new EnumMap<>(CommandTemplate.class);

    /** @param offset from the end of the message's header, or from the beginning of each entry of its group */
    private record Field(ObjectKind kind, int offset, int bytes, boolean isInGroup, boolean mayBeNew) {
    }

    static {
        for (final CommandTemplate template : CommandTemplate.values()) {
            final List<Field> references = new ArrayList<>();
            if (template.named() != null) {
                references.add(inBlock(ObjectKind.of(template.named()), template.namedOffset(), Long.BYTES));
            }
            template.others().forEach(other -> references.add(inBlock(ObjectKind.of(other.kind()), other.offset(), Long.BYTES)));
            FIELDS.put(template, references);
        }
        put(CommandTemplate.DEFINE_POOL, inBlock(ObjectKind.POST, DefinePoolDecoder.postIdEncodingOffset(), DefinePoolDecoder.postIdEncodingLength()));
        put(CommandTemplate.SET_DESK_SERVICE, inBlock(ObjectKind.POOL, SetDeskServiceDecoder.deskIdEncodingOffset(), SetDeskServiceDecoder.deskIdEncodingLength()));
        put(CommandTemplate.PUBLISH_DAY, inBlock(ObjectKind.POOL, PublishDayDecoder.poolIdEncodingOffset(), PublishDayDecoder.poolIdEncodingLength()));
        put(CommandTemplate.SET_CAPACITY, inBlock(ObjectKind.POOL, SetCapacityDecoder.poolIdEncodingOffset(), SetCapacityDecoder.poolIdEncodingLength()));
        put(CommandTemplate.BEGIN_CHANGE, inBlock(ObjectKind.POST, BeginChangeDecoder.postIdEncodingOffset(), BeginChangeDecoder.postIdEncodingLength()));
        put(CommandTemplate.ADD_TO_CHANGE, inBlock(ObjectKind.POOL, AddToChangeDecoder.poolIdEncodingOffset(), AddToChangeDecoder.poolIdEncodingLength()));
        put(CommandTemplate.CLOSE_DAYS, inBlock(ObjectKind.POST, CloseDaysDecoder.postIdEncodingOffset(), CloseDaysDecoder.postIdEncodingLength()),
                inBlock(ObjectKind.POOL, CloseDaysDecoder.poolIdEncodingOffset(), CloseDaysDecoder.poolIdEncodingLength()));
        put(CommandTemplate.REOPEN_DAYS, inBlock(ObjectKind.CLOSURE, ReopenDaysDecoder.closureIdEncodingOffset(), ReopenDaysDecoder.closureIdEncodingLength()));
        put(CommandTemplate.LEAVE_WAITLIST, inBlock(ObjectKind.WAITER, LeaveWaitlistDecoder.waiterIdEncodingOffset(), LeaveWaitlistDecoder.waiterIdEncodingLength()));
        put(CommandTemplate.SUBMIT_APPLICATION, inBlock(ObjectKind.POST, SubmitApplicationDecoder.postIdEncodingOffset(), SubmitApplicationDecoder.postIdEncodingLength()),
                inBlock(ObjectKind.PERSON, SubmitApplicationDecoder.applicantEncodingOffset(), SubmitApplicationDecoder.applicantEncodingLength()));
        put(CommandTemplate.SEND_MESSAGE, inBlock(ObjectKind.POST, SendMessageDecoder.postIdEncodingOffset(), SendMessageDecoder.postIdEncodingLength()));
        put(CommandTemplate.HOLD, inGroup(ObjectKind.POOL, HoldDecoder.LegsDecoder.deskIdEncodingOffset(), HoldDecoder.LegsDecoder.deskIdEncodingLength()));
        put(CommandTemplate.RESCHEDULE, inGroup(ObjectKind.POOL, RescheduleDecoder.LegsDecoder.deskIdEncodingOffset(), RescheduleDecoder.LegsDecoder.deskIdEncodingLength()));
        put(CommandTemplate.CHOOSE_ANOTHER, inGroup(ObjectKind.POOL, ChooseAnotherDecoder.LegsDecoder.deskIdEncodingOffset(), ChooseAnotherDecoder.LegsDecoder.deskIdEncodingLength()));
        put(CommandTemplate.WALK_IN, inBlock(ObjectKind.POOL, WalkInDecoder.deskIdEncodingOffset(), WalkInDecoder.deskIdEncodingLength()));
        put(CommandTemplate.RECORD_WALK_IN, inBlock(ObjectKind.POST, RecordWalkInDecoder.postIdEncodingOffset(), RecordWalkInDecoder.postIdEncodingLength()));
        put(CommandTemplate.RECORD_CONSUMPTION, inBlock(ObjectKind.POST, RecordConsumptionDecoder.postIdEncodingOffset(), RecordConsumptionDecoder.postIdEncodingLength()));
        put(CommandTemplate.CONSUME_STAMP, inBlock(ObjectKind.POST, ConsumeStampDecoder.postIdEncodingOffset(), ConsumeStampDecoder.postIdEncodingLength()));
        put(CommandTemplate.CALL_NEXT, inGroup(ObjectKind.POOL, CallNextDecoder.DesksDecoder.deskIdEncodingOffset(), CallNextDecoder.DesksDecoder.deskIdEncodingLength()));
        put(CommandTemplate.RECALL, inBlock(ObjectKind.TICKET, RecallDecoder.ticketIdEncodingOffset(), RecallDecoder.ticketIdEncodingLength()));
        put(CommandTemplate.PARK, inBlock(ObjectKind.TICKET, ParkDecoder.ticketIdEncodingOffset(), ParkDecoder.ticketIdEncodingLength()));
        put(CommandTemplate.UNPARK, inBlock(ObjectKind.TICKET, UnparkDecoder.ticketIdEncodingOffset(), UnparkDecoder.ticketIdEncodingLength()));
        put(CommandTemplate.END_TICKET, inBlock(ObjectKind.TICKET, EndTicketDecoder.ticketIdEncodingOffset(), EndTicketDecoder.ticketIdEncodingLength()));
        put(CommandTemplate.TRANSFER_TICKET, inBlock(ObjectKind.TICKET, TransferTicketDecoder.ticketIdEncodingOffset(), TransferTicketDecoder.ticketIdEncodingLength()),
                inBlock(ObjectKind.POOL, TransferTicketDecoder.deskIdEncodingOffset(), TransferTicketDecoder.deskIdEncodingLength()));
        put(CommandTemplate.TAKE_TICKET, inBlock(ObjectKind.POST, TakeTicketDecoder.postIdEncodingOffset(), TakeTicketDecoder.postIdEncodingLength()),
                inBlock(ObjectKind.POOL, TakeTicketDecoder.deskIdEncodingOffset(), TakeTicketDecoder.deskIdEncodingLength()));
        put(CommandTemplate.ISSUE_STAMPS, inBlock(ObjectKind.POST, IssueStampsDecoder.postIdEncodingOffset(), IssueStampsDecoder.postIdEncodingLength()));
        put(CommandTemplate.START_PAYMENT, inBlock(ObjectKind.POST, StartPaymentDecoder.postIdEncodingOffset(), StartPaymentDecoder.postIdEncodingLength()),
                inBlock(ObjectKind.TERMINAL, StartPaymentDecoder.terminalIdEncodingOffset(), StartPaymentDecoder.terminalIdEncodingLength()),
                inGroup(ObjectKind.STAMP, StartPaymentDecoder.StampsDecoder.stampIdEncodingOffset(), StartPaymentDecoder.StampsDecoder.stampIdEncodingLength()));
        put(CommandTemplate.RECORD_COUNTER_RECEIPT, inBlock(ObjectKind.POST, RecordCounterReceiptDecoder.postIdEncodingOffset(), RecordCounterReceiptDecoder.postIdEncodingLength()),
                inGroup(ObjectKind.STAMP, RecordCounterReceiptDecoder.StampsDecoder.stampIdEncodingOffset(), RecordCounterReceiptDecoder.StampsDecoder.stampIdEncodingLength()));
        put(CommandTemplate.ALLOCATE_PAYMENT, inGroup(ObjectKind.STAMP, AllocatePaymentDecoder.StampsDecoder.stampIdEncodingOffset(), AllocatePaymentDecoder.StampsDecoder.stampIdEncodingLength()));
        put(CommandTemplate.DEFINE_TERMINAL, inBlock(ObjectKind.POST, DefineTerminalDecoder.postIdEncodingOffset(), DefineTerminalDecoder.postIdEncodingLength()),
                perhapsNew(ObjectKind.TERMINAL, DefineTerminalDecoder.terminalIdEncodingOffset(), DefineTerminalDecoder.terminalIdEncodingLength()));
        put(CommandTemplate.CLOSE_BATCH, inBlock(ObjectKind.POST, CloseBatchDecoder.postIdEncodingOffset(), CloseBatchDecoder.postIdEncodingLength()),
                inBlock(ObjectKind.TERMINAL, CloseBatchDecoder.terminalIdEncodingOffset(), CloseBatchDecoder.terminalIdEncodingLength()));
        put(CommandTemplate.OPEN_BREAK, inBlock(ObjectKind.POST, OpenBreakDecoder.postIdEncodingOffset(), OpenBreakDecoder.postIdEncodingLength()));
        put(CommandTemplate.SET_RATE, inBlock(ObjectKind.POST, SetRateDecoder.postIdEncodingOffset(), SetRateDecoder.postIdEncodingLength()));
    }

    private CommandFields() {
    }

    /** What it names, in a fixed order; what it leaves out, as 0, is not among them. @param at where its header begins */
    static List<Target> read(final CommandTemplate template, final DirectBuffer command, final int at) {
        final List<Target> targets = new ArrayList<>();
        each(template, command, at, (field, place) -> targets.add(new Target(field.kind(), get(command, place, field.bytes()), field.mayBeNew())));
        return targets;
    }

    /** Puts what nobody has in the place of what is strange. Stamps are in ascending order, and what nobody has is above all that there is. */
    static void mask(final CommandTemplate template, final MutableDirectBuffer command, final int at, final Verdict verdict, final Access access) {
        final int[] index = {0};
        final List<Integer> stamps = new ArrayList<>();
        each(template, command, at, (field, place) -> {
            if (verdict.isStrange(index[0])) {
                set(command, place, field.bytes(), access.nobodys(field.kind(), index[0]));
            }
            if (field.isInGroup() && field.kind() == ObjectKind.STAMP) {
                stamps.add(place);
            }
            index[0]++;
        });
        final long[] ascending = stamps.stream().mapToLong(place -> command.getLong(place, ORDER)).sorted().toArray();
        for (int i = 0; i < ascending.length; i++) {
            command.putLong(stamps.get(i), ascending[i], ORDER);
        }
    }

    private interface Visitor {
        void visit(Field field, int place);
    }

    private static void each(final CommandTemplate template, final DirectBuffer command, final int at, final Visitor visitor) {
        final int block = command.getShort(at + MessageHeaderDecoder.blockLengthEncodingOffset(), ORDER) & 0xFFFF;
        final int body = at + Draft.HEADER_BYTES;
        for (final Field field : FIELDS.get(template)) {
            final int first = field.isInGroup() ? body + block + GROUP_HEADER : body;
            final int entry = field.isInGroup() ? command.getShort(body + block, ORDER) & 0xFFFF : 0;
            final int entries = field.isInGroup() ? command.getShort(body + block + Short.BYTES, ORDER) & 0xFFFF : 1;
            for (int i = 0; i < entries; i++) {
                final int place = first + i * entry + field.offset();
                if (get(command, place, field.bytes()) != 0) {
                    visitor.visit(field, place);
                }
            }
        }
    }

    private static long get(final DirectBuffer command, final int place, final int bytes) {
        return switch (bytes) {
            case Byte.BYTES -> command.getByte(place) & 0xFF;
            case Short.BYTES -> command.getShort(place, ORDER) & 0xFFFF;
            case Integer.BYTES -> command.getInt(place, ORDER) & 0xFFFF_FFFFL;
            default -> command.getLong(place, ORDER);
        };
    }

    private static void set(final MutableDirectBuffer command, final int place, final int bytes, final long number) {
        switch (bytes) {
            case Byte.BYTES -> command.putByte(place, (byte) number);
            case Short.BYTES -> command.putShort(place, (short) number, ORDER);
            case Integer.BYTES -> command.putInt(place, (int) number, ORDER);
            default -> command.putLong(place, number, ORDER);
        }
    }

    private static void put(final CommandTemplate template, final Field... fields) {
        Collections.addAll(FIELDS.get(template), fields);
    }

    private static Field inBlock(final ObjectKind kind, final int offset, final int bytes) {
        return new Field(kind, offset, bytes, false, false);
    }

    private static Field perhapsNew(final ObjectKind kind, final int offset, final int bytes) {
        return new Field(kind, offset, bytes, false, true);
    }

    /** Of the first group behind the block. */
    private static Field inGroup(final ObjectKind kind, final int offset, final int bytes) {
        return new Field(kind, offset, bytes, true, false);
    }
}
