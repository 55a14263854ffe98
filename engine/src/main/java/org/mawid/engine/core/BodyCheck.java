package org.mawid.engine.core;

import static org.mawid.engine.core.CommandCheck.BODY;
import static org.mawid.engine.core.CommandCheck.HEADER;
import static org.mawid.engine.core.CommandCheck.isBoolean;
import static org.mawid.engine.core.CommandCheck.signed64;
import static org.mawid.engine.core.CommandCheck.unsigned16;
import static org.mawid.engine.core.CommandCheck.unsigned8;
import static org.mawid.sbe.Result.MALFORMED;
import static org.mawid.sbe.Result.OK;
import static org.mawid.sbe.Result.OUT_OF_RANGE;

import org.mawid.engine.kernel.Memory;
import org.mawid.sbe.*;

/** Third step of {@link CommandCheck}: the body of each command, field by field in the order of the schema. */
final class BodyCheck {
    private static final int GROUP = GroupSizeEncodingDecoder.ENCODED_LENGTH;
    private static final int MOST_POST = 4_095;
    private static final int MOST_POOL = 65_000;
    private static final int MOST_SERVICE = 128;
    private static final int MOST_UNITS = 192;
    private static final int MOST_LINES = 16;
    private static final int MOST_PERSONS = 8;
    private static final int MOST_LEGS = 16;
    private static final int MOST_RUNS = 24;
    private static final int MOST_QUOTAS = 48;
    private static final int QUOTA = PublishDayDecoder.QuotasDecoder.sbeBlockLength();
    private static final int MOST_OVERBOOKED = 20;
    private static final int OVERBOOKED = PublishDayDecoder.OverbookedDecoder.sbeBlockLength();
    private static final int MOST_RETIRED = 64;
    private static final int MOST_PARTS = 8;
    private static final long MOST_PART_CENTIMES = 100_000_000L;
    private static final long MOST_RATE = 1_000_000_000_000_000L;
    private static final int SHARED_RESOURCES = 1 << PoolKind.BIOMETRIC_STATION.value() | 1 << PoolKind.ADOUL_PAIR.value() | 1 << PoolKind.RECEPTION_SEAT.value();
    private static final long UNIT_MS = 300_000L;
    private static final long DAY_MS = 86_400_000L;
    private static final int CODE_BYTES = 32;
    private static final long MOST_CLOSED_MS = 500 * DAY_MS;
    private static final int MOST_ACCEPTED = 8;

    private BodyCheck() {
    }

    /** Length of the fixed block of a command, 0 = no such command. */
    static int blockLength(final int template) {
        return switch (template) {
            case TickDecoder.TEMPLATE_ID -> TickDecoder.BLOCK_LENGTH;
            case SetCoreVersionDecoder.TEMPLATE_ID -> SetCoreVersionDecoder.BLOCK_LENGTH;
            case SetRulesDecoder.TEMPLATE_ID -> SetRulesDecoder.BLOCK_LENGTH;
            case RetireDecoder.TEMPLATE_ID -> RetireDecoder.BLOCK_LENGTH;
            case DefinePostDecoder.TEMPLATE_ID -> DefinePostDecoder.BLOCK_LENGTH;
            case DefinePoolDecoder.TEMPLATE_ID -> DefinePoolDecoder.BLOCK_LENGTH;
            case DefineServiceDecoder.TEMPLATE_ID -> DefineServiceDecoder.BLOCK_LENGTH;
            case SetDeskServiceDecoder.TEMPLATE_ID -> SetDeskServiceDecoder.BLOCK_LENGTH;
            case SetTariffDecoder.TEMPLATE_ID -> SetTariffDecoder.BLOCK_LENGTH;
            case SetRateDecoder.TEMPLATE_ID -> SetRateDecoder.BLOCK_LENGTH;
            case SetFeeTimeDecoder.TEMPLATE_ID -> SetFeeTimeDecoder.BLOCK_LENGTH;
            case PublishDayDecoder.TEMPLATE_ID -> PublishDayDecoder.BLOCK_LENGTH;
            case SetCapacityDecoder.TEMPLATE_ID -> SetCapacityDecoder.BLOCK_LENGTH;
            case BeginChangeDecoder.TEMPLATE_ID -> BeginChangeDecoder.BLOCK_LENGTH;
            case AddToChangeDecoder.TEMPLATE_ID -> AddToChangeDecoder.BLOCK_LENGTH;
            case ApplyChangeDecoder.TEMPLATE_ID -> ApplyChangeDecoder.BLOCK_LENGTH;
            case AbandonChangeDecoder.TEMPLATE_ID -> AbandonChangeDecoder.BLOCK_LENGTH;
            case SubmitApplicationDecoder.TEMPLATE_ID -> SubmitApplicationDecoder.BLOCK_LENGTH;
            case ValidateLinesDecoder.TEMPLATE_ID -> ValidateLinesDecoder.BLOCK_LENGTH;
            case RejectLinesDecoder.TEMPLATE_ID -> RejectLinesDecoder.BLOCK_LENGTH;
            case WithdrawLinesDecoder.TEMPLATE_ID -> WithdrawLinesDecoder.BLOCK_LENGTH;
            case HoldDecoder.TEMPLATE_ID -> HoldDecoder.BLOCK_LENGTH;
            case ConfirmDecoder.TEMPLATE_ID -> ConfirmDecoder.BLOCK_LENGTH;
            case ReleaseDecoder.TEMPLATE_ID -> ReleaseDecoder.BLOCK_LENGTH;
            case RescheduleDecoder.TEMPLATE_ID -> RescheduleDecoder.BLOCK_LENGTH;
            case CancelDecoder.TEMPLATE_ID -> CancelDecoder.BLOCK_LENGTH;
            case ConfirmAttendanceDecoder.TEMPLATE_ID -> ConfirmAttendanceDecoder.BLOCK_LENGTH;
            case CheckInDecoder.TEMPLATE_ID -> CheckInDecoder.BLOCK_LENGTH;
            case CallDecoder.TEMPLATE_ID -> CallDecoder.BLOCK_LENGTH;
            case ServeDecoder.TEMPLATE_ID -> ServeDecoder.BLOCK_LENGTH;
            case MarkNoShowDecoder.TEMPLATE_ID -> MarkNoShowDecoder.BLOCK_LENGTH;
            case WalkInDecoder.TEMPLATE_ID -> WalkInDecoder.BLOCK_LENGTH;
            case IssueStampsDecoder.TEMPLATE_ID -> IssueStampsDecoder.BLOCK_LENGTH;
            case VoidStampDecoder.TEMPLATE_ID -> VoidStampDecoder.BLOCK_LENGTH;
            case CloseDaysDecoder.TEMPLATE_ID -> CloseDaysDecoder.BLOCK_LENGTH;
            case ReopenDaysDecoder.TEMPLATE_ID -> ReopenDaysDecoder.BLOCK_LENGTH;
            case SetOfferRulesDecoder.TEMPLATE_ID -> SetOfferRulesDecoder.BLOCK_LENGTH;
            case JoinWaitlistDecoder.TEMPLATE_ID -> JoinWaitlistDecoder.BLOCK_LENGTH;
            case LeaveWaitlistDecoder.TEMPLATE_ID -> LeaveWaitlistDecoder.BLOCK_LENGTH;
            case SetWaitlistRulesDecoder.TEMPLATE_ID -> SetWaitlistRulesDecoder.BLOCK_LENGTH;
            case EndCoolingAtDecoder.TEMPLATE_ID -> EndCoolingAtDecoder.BLOCK_LENGTH;
            case SetCoolingDecoder.TEMPLATE_ID -> SetCoolingDecoder.BLOCK_LENGTH;
            case CommitCoolingSecretDecoder.TEMPLATE_ID -> CommitCoolingSecretDecoder.BLOCK_LENGTH;
            case RevealCoolingSecretDecoder.TEMPLATE_ID -> RevealCoolingSecretDecoder.BLOCK_LENGTH;
            case AcceptPostsDecoder.TEMPLATE_ID -> AcceptPostsDecoder.BLOCK_LENGTH;
            case ChooseAnotherDecoder.TEMPLATE_ID -> ChooseAnotherDecoder.BLOCK_LENGTH;
            case SendMessageDecoder.TEMPLATE_ID -> SendMessageDecoder.BLOCK_LENGTH;
            case RecordDocumentDecoder.TEMPLATE_ID, AskForDocumentsDecoder.TEMPLATE_ID, ResubmitLinesDecoder.TEMPLATE_ID, AssignApplicationDecoder.TEMPLATE_ID,
                 SetServiceDocumentsDecoder.TEMPLATE_ID -> ReviewBodies.blockLength(template);
            case RecordAccessDecoder.TEMPLATE_ID -> RecordAccessDecoder.BLOCK_LENGTH;
            case ImportVisitDecoder.TEMPLATE_ID -> ImportVisitDecoder.BLOCK_LENGTH;
            case RecordVisitDecoder.TEMPLATE_ID, RecordWalkInDecoder.TEMPLATE_ID, RecordConsumptionDecoder.TEMPLATE_ID -> OfflineBodies.blockLength(template);
            case CallNextDecoder.TEMPLATE_ID, RecallDecoder.TEMPLATE_ID, ParkDecoder.TEMPLATE_ID, UnparkDecoder.TEMPLATE_ID, TransferTicketDecoder.TEMPLATE_ID,
                 TakeTicketDecoder.TEMPLATE_ID, EndTicketDecoder.TEMPLATE_ID, SetHallRulesDecoder.TEMPLATE_ID -> HallBodies.blockLength(template);
            default -> MoneyBodies.blockLength(template);
        };
    }

    /** Whether a block is as long as it was before something was added to it. */
    static boolean isOlderLength(final int template, final int length) {
        return template == RecordDocumentDecoder.TEMPLATE_ID && length == ReviewBodies.DOCUMENT_WITHOUT_KIND;
    }

    /** Length of the entries of a command's group, 0 = it has none. */
    private static int entryLength(final int template) {
        return switch (template) {
            case RetireDecoder.TEMPLATE_ID -> RetireDecoder.ApplicationsDecoder.sbeBlockLength();
            case SetTariffDecoder.TEMPLATE_ID -> SetTariffDecoder.ComponentsDecoder.sbeBlockLength();
            case PublishDayDecoder.TEMPLATE_ID -> PublishDayDecoder.RunsDecoder.sbeBlockLength();
            case AddToChangeDecoder.TEMPLATE_ID -> AddToChangeDecoder.RunsDecoder.sbeBlockLength();
            case SubmitApplicationDecoder.TEMPLATE_ID -> SubmitApplicationDecoder.LinesDecoder.sbeBlockLength();
            case HoldDecoder.TEMPLATE_ID -> HoldDecoder.LegsDecoder.sbeBlockLength();
            case RescheduleDecoder.TEMPLATE_ID -> RescheduleDecoder.LegsDecoder.sbeBlockLength();
            case WalkInDecoder.TEMPLATE_ID -> WalkInDecoder.LinesDecoder.sbeBlockLength();
            case AcceptPostsDecoder.TEMPLATE_ID -> AcceptPostsDecoder.PostsDecoder.sbeBlockLength();
            case ChooseAnotherDecoder.TEMPLATE_ID -> ChooseAnotherDecoder.LegsDecoder.sbeBlockLength();
            case ImportVisitDecoder.TEMPLATE_ID -> ImportVisitDecoder.LegsDecoder.sbeBlockLength();
            case RecordVisitDecoder.TEMPLATE_ID, RecordWalkInDecoder.TEMPLATE_ID, RecordConsumptionDecoder.TEMPLATE_ID -> OfflineBodies.entryLength(template);
            case CallNextDecoder.TEMPLATE_ID -> CallNextDecoder.DesksDecoder.sbeBlockLength();
            default -> MoneyBodies.entryLength(template);
        };
    }

    static Result check(final long command, final int length, final int template) {
        final long group = command + HEADER + unsigned16(command + MessageHeaderDecoder.blockLengthEncodingOffset());
        final int entry = entryLength(template);
        int count = 0;
        if (entry == 0) {
            if (command + length != group) return MALFORMED;
        } else {
            if (command + length < group + GROUP || unsigned16(group) != entry) return MALFORMED;
            count = unsigned16(group + 2);
            if (command + length != group + GROUP + count * entry && !hasMore(group + GROUP + count * entry, command + length, template)) return MALFORMED;
        }
        final Result fields = fields(command + HEADER, command + BODY, group + GROUP, count, template);
        final long more = group + GROUP + count * entry;
        return fields != OK || command + length == more || entry == 0 ? fields : beside(more, command + length, unitCount(command + BODY, template));
    }

    /** Whether a second group ends the command, or a third: days may have them, from core version 6 and 7 on. */
    private static boolean hasMore(final long group, final long end, final int template) {
        if (template != PublishDayDecoder.TEMPLATE_ID && template != AddToChangeDecoder.TEMPLATE_ID) return false;
        final long quotasEnd = groupEnd(group, end, QUOTA);
        return quotasEnd != 0 && (quotasEnd == end || groupEnd(quotasEnd, end, OVERBOOKED) == end);
    }

    /** @return 0 = there is no group of such entries, or not all of it */
    private static long groupEnd(final long group, final long end, final int entry) {
        if (end < group + GROUP || unsigned16(group) != entry) return 0;
        final long groupEnd = group + GROUP + unsigned16(group + 2) * entry;
        return groupEnd <= end ? groupEnd : 0;
    }

    private static Result beside(final long group, final long end, final int unitCount) {
        final long overbooked = groupEnd(group, end, QUOTA);
        final Result quotas = quotas(group, unitCount);
        return quotas != OK || overbooked == end ? quotas : overbooked(overbooked, unitCount);
    }

    private static Result overbooked(final long group, final int unitCount) {
        final int count = unsigned16(group + 2);
        if (count > MOST_OVERBOOKED) return OUT_OF_RANGE;
        int end = 0;
        for (int i = 0; i < count; i++) {
            final long at = group + GROUP + i * OVERBOOKED;
            final long untilMs = signed64(at + PublishDayDecoder.OverbookedDecoder.untilMsEncodingOffset());
            if (untilMs < 0 || untilMs != signed64(group + GROUP + PublishDayDecoder.OverbookedDecoder.untilMsEncodingOffset())) return OUT_OF_RANGE;
            final int from = unsigned8(at + PublishDayDecoder.OverbookedDecoder.startUnitEncodingOffset());
            final int units = unsigned8(at + PublishDayDecoder.OverbookedDecoder.unitsEncodingOffset());
            if (unsigned8(at + PublishDayDecoder.OverbookedDecoder.placesEncodingOffset()) == 0) return OUT_OF_RANGE;
            if (from < end || units < 1 || from + units > unitCount) return OUT_OF_RANGE;
            end = from + units;
        }
        return OK;
    }

    private static int unitCount(final long body, final int template) {
        final long day = template == AddToChangeDecoder.TEMPLATE_ID ? body + Long.BYTES : body;
        return unsigned8(day - PublishDayDecoder.poolIdEncodingOffset() + PublishDayDecoder.unitCountEncodingOffset());
    }

    private static Result quotas(final long group, final int unitCount) {
        final int count = unsigned16(group + 2);
        if (count > MOST_QUOTAS) return OUT_OF_RANGE;
        int quotaClass = 0;
        int end = 0;
        long spillMs = 0;
        for (int i = 0; i < count; i++) {
            final long at = group + GROUP + i * QUOTA;
            final int next = unsigned8(at + PublishDayDecoder.QuotasDecoder.quotaClassEncodingOffset());
            if (next < QuotaClass.CALL_CENTRE.value() || next > QuotaClass.EMERGENCY.value()) return MALFORMED;
            if (next < quotaClass) return OUT_OF_RANGE;
            final long nextSpillMs = signed64(at + PublishDayDecoder.QuotasDecoder.spillMsEncodingOffset());
            if (nextSpillMs < 0 || next == quotaClass && nextSpillMs != spillMs) return OUT_OF_RANGE;
            final int from = unsigned8(at + PublishDayDecoder.QuotasDecoder.startUnitEncodingOffset());
            final int units = unsigned8(at + PublishDayDecoder.QuotasDecoder.unitsEncodingOffset());
            if (unsigned8(at + PublishDayDecoder.QuotasDecoder.placesEncodingOffset()) == 0) return OUT_OF_RANGE;
            if (next == quotaClass && from < end || units < 1 || from + units > unitCount) return OUT_OF_RANGE;
            quotaClass = next;
            end = from + units;
            spillMs = nextSpillMs;
        }
        return OK;
    }

    /** @param block where the fixed block begins @param body its first field after the request @param entries where the group's entries begin */
    private static Result fields(final long block, final long body, final long entries, final int count, final int template) {
        return switch (template) {
            case RetireDecoder.TEMPLATE_ID -> retire(entries, count);
            case DefinePostDecoder.TEMPLATE_ID -> definePost(block);
            case DefinePoolDecoder.TEMPLATE_ID -> definePool(block);
            case DefineServiceDecoder.TEMPLATE_ID -> defineService(block);
            case SetDeskServiceDecoder.TEMPLATE_ID -> setDeskService(block);
            case SetTariffDecoder.TEMPLATE_ID -> setTariff(block, entries, count);
            case SetRateDecoder.TEMPLATE_ID -> setRate(block);
            case SetFeeTimeDecoder.TEMPLATE_ID -> setFeeTime(block);
            case PublishDayDecoder.TEMPLATE_ID -> day(body, entries, count);
            case AddToChangeDecoder.TEMPLATE_ID -> signed64(body) < 0 ? OUT_OF_RANGE : day(body + Long.BYTES, entries, count);
            case SetCapacityDecoder.TEMPLATE_ID -> setCapacity(block);
            case BeginChangeDecoder.TEMPLATE_ID -> within(unsigned16(body), 1, MOST_POST);
            case SubmitApplicationDecoder.TEMPLATE_ID -> submit(block, entries, count);
            case HoldDecoder.TEMPLATE_ID -> hold(block, entries, count);
            case ConfirmDecoder.TEMPLATE_ID -> number(body) == OK && !isBoolean(body + Long.BYTES) ? MALFORMED : number(body);
            case RescheduleDecoder.TEMPLATE_ID, ChooseAnotherDecoder.TEMPLATE_ID, ImportVisitDecoder.TEMPLATE_ID -> number(body) == OK ? legs(entries, count) : OUT_OF_RANGE;
            case CloseDaysDecoder.TEMPLATE_ID -> closeDays(block);
            case JoinWaitlistDecoder.TEMPLATE_ID -> joinWaitlist(block);
            case EndCoolingAtDecoder.TEMPLATE_ID -> number(body) == OK ? number(body + Long.BYTES) : OUT_OF_RANGE;
            case SetCoolingDecoder.TEMPLATE_ID -> within(unsigned16(block + SetCoolingDecoder.serviceIdEncodingOffset()), 1, MOST_SERVICE);
            case AcceptPostsDecoder.TEMPLATE_ID -> number(body) == OK ? posts(entries, count) : OUT_OF_RANGE;
            case SendMessageDecoder.TEMPLATE_ID -> sendMessage(block);
            case RecordDocumentDecoder.TEMPLATE_ID, AskForDocumentsDecoder.TEMPLATE_ID, ResubmitLinesDecoder.TEMPLATE_ID, AssignApplicationDecoder.TEMPLATE_ID,
                 SetServiceDocumentsDecoder.TEMPLATE_ID -> ReviewBodies.fields(block, (int) (entries - GROUP - block), template);
            case RecordAccessDecoder.TEMPLATE_ID -> recordAccess(block);
            case CallDecoder.TEMPLATE_ID -> signed64(body) < 0 || unsigned8(body + Long.BYTES) == 0 ? OUT_OF_RANGE : OK;
            case WalkInDecoder.TEMPLATE_ID -> walkIn(block, entries, count);
            case IssueStampsDecoder.TEMPLATE_ID -> issueStamps(block);
            case LeaveWaitlistDecoder.TEMPLATE_ID, CommitCoolingSecretDecoder.TEMPLATE_ID, RevealCoolingSecretDecoder.TEMPLATE_ID,
                 ApplyChangeDecoder.TEMPLATE_ID, AbandonChangeDecoder.TEMPLATE_ID, ValidateLinesDecoder.TEMPLATE_ID, RejectLinesDecoder.TEMPLATE_ID,
                 WithdrawLinesDecoder.TEMPLATE_ID, ReopenDaysDecoder.TEMPLATE_ID, ReleaseDecoder.TEMPLATE_ID, CancelDecoder.TEMPLATE_ID, CheckInDecoder.TEMPLATE_ID,
                 ConfirmAttendanceDecoder.TEMPLATE_ID, ServeDecoder.TEMPLATE_ID, MarkNoShowDecoder.TEMPLATE_ID, VoidStampDecoder.TEMPLATE_ID -> number(body);
            case TickDecoder.TEMPLATE_ID, SetRulesDecoder.TEMPLATE_ID, SetOfferRulesDecoder.TEMPLATE_ID, SetWaitlistRulesDecoder.TEMPLATE_ID, SetCoreVersionDecoder.TEMPLATE_ID -> OK; // no body, or judged by state
            case RecordVisitDecoder.TEMPLATE_ID, RecordWalkInDecoder.TEMPLATE_ID, RecordConsumptionDecoder.TEMPLATE_ID -> OfflineBodies.fields(block, entries, count, template);
            case CallNextDecoder.TEMPLATE_ID, RecallDecoder.TEMPLATE_ID, ParkDecoder.TEMPLATE_ID, UnparkDecoder.TEMPLATE_ID, TransferTicketDecoder.TEMPLATE_ID,
                 TakeTicketDecoder.TEMPLATE_ID, EndTicketDecoder.TEMPLATE_ID, SetHallRulesDecoder.TEMPLATE_ID -> HallBodies.fields(block, entries, count, template);
            default -> MoneyBodies.fields(block, entries, count, template);
        };
    }

    private static Result number(final long at) {
        return signed64(at) < 0 ? OUT_OF_RANGE : OK;
    }

    private static Result within(final long value, final long least, final long most) {
        return value < least || value > most ? OUT_OF_RANGE : OK;
    }

    /** 1 to 32 visible ASCII characters, then zeros. */
    static boolean isCode(final long at) {
        int length = 0;
        while (length < CODE_BYTES && (byte) Memory.getByte(at + length) > ' ' && (byte) Memory.getByte(at + length) < 0x7F) {
            length++;
        }
        for (int i = length; i < CODE_BYTES; i++) {
            if ((byte) Memory.getByte(at + i) != 0) {
                return false;
            }
        }
        return length > 0;
    }

    private static Result retire(final long entries, final int count) {
        if (count < 1 || count > MOST_RETIRED) return OUT_OF_RANGE;
        long before = -1;
        for (int i = 0; i < count; i++) {
            final long application = signed64(entries + i * Long.BYTES);
            if (application <= before) return OUT_OF_RANGE;
            before = application;
        }
        return OK;
    }

    private static Result closeDays(final long block) {
        final long fromMs = signed64(block + CloseDaysDecoder.fromMsEncodingOffset());
        final long toMs = signed64(block + CloseDaysDecoder.toMsEncodingOffset());
        if (fromMs < 0 || fromMs % UNIT_MS != 0 || toMs % UNIT_MS != 0 || toMs <= fromMs || toMs - fromMs > MOST_CLOSED_MS) return OUT_OF_RANGE;
        if (within(unsigned16(block + CloseDaysDecoder.postIdEncodingOffset()), 1, MOST_POST) != OK) return OUT_OF_RANGE;
        return within(unsigned16(block + CloseDaysDecoder.poolIdEncodingOffset()), 0, MOST_POOL);
    }

    /** Lines at a post, or an appointment. */
    private static Result joinWaitlist(final long block) {
        final long appointment = signed64(block + JoinWaitlistDecoder.appointmentIdEncodingOffset());
        final int lineSet = unsigned16(block + JoinWaitlistDecoder.linesEncodingOffset());
        final int postId = unsigned16(block + JoinWaitlistDecoder.postIdEncodingOffset());
        if (signed64(block + JoinWaitlistDecoder.applicationIdEncodingOffset()) < 0 || appointment < 0) return OUT_OF_RANGE;
        if (appointment != 0) return lineSet == 0 && postId == 0 ? OK : OUT_OF_RANGE;
        return lineSet == 0 ? OUT_OF_RANGE : within(postId, 1, MOST_POST);
    }

    private static Result posts(final long entries, final int count) {
        if (count > MOST_ACCEPTED) return OUT_OF_RANGE;
        for (int i = 0; i < count; i++) {
            final int postId = unsigned16(entries + i * Short.BYTES);
            if (within(postId, 1, MOST_POST) != OK) return OUT_OF_RANGE;
            for (int j = 0; j < i; j++) {
                if (unsigned16(entries + j * Short.BYTES) == postId) return OUT_OF_RANGE;
            }
        }
        return OK;
    }

    private static Result sendMessage(final long block) {
        if (signed64(block + SendMessageDecoder.applicationIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        if (within(unsigned16(block + SendMessageDecoder.postIdEncodingOffset()), 1, MOST_POST) != OK) return OUT_OF_RANGE;
        final int writer = unsigned8(block + SendMessageDecoder.writerEncodingOffset());
        return writer < MessageWriter.POST.value() || writer > MessageWriter.CALL_CENTRE.value() ? MALFORMED : OK;
    }

    private static Result recordAccess(final long block) {
        if (unsigned16(block + RecordAccessDecoder.operationEncodingOffset()) == 0) return OUT_OF_RANGE;
        if (unsigned8(block + RecordAccessDecoder.targetKindEncodingOffset()) > AccessedKind.PERSON.value()) return MALFORMED;
        final int verdict = unsigned8(block + RecordAccessDecoder.verdictEncodingOffset());
        return verdict < AccessVerdict.ALLOWED.value() || verdict > AccessVerdict.UNKNOWN.value() ? MALFORMED : OK;
    }

    private static Result definePost(final long block) {
        if (within(unsigned16(block + DefinePostDecoder.postIdEncodingOffset()), 1, MOST_POST) != OK) return OUT_OF_RANGE;
        if (!isCode(block + DefinePostDecoder.codeEncodingOffset())) return OUT_OF_RANGE;
        for (int i = 0; i < 3; i++) {
            final int letter = unsigned8(block + DefinePostDecoder.currencyEncodingOffset() + i);
            if (letter < 'A' || letter > 'Z') return OUT_OF_RANGE;
        }
        final int digits = unsigned8(block + DefinePostDecoder.minorDigitsEncodingOffset());
        if (digits != 0 && digits != 2 && digits != 3) return OUT_OF_RANGE;
        return within(unsigned16(block + DefinePostDecoder.roundToMinorEncodingOffset()), 1, 10_000);
    }

    private static Result definePool(final long block) {
        if (within(unsigned16(block + DefinePoolDecoder.poolIdEncodingOffset()), 1, MOST_POOL) != OK) return OUT_OF_RANGE;
        if (within(unsigned16(block + DefinePoolDecoder.postIdEncodingOffset()), 1, MOST_POST) != OK) return OUT_OF_RANGE;
        if (unsigned8(block + DefinePoolDecoder.kindEncodingOffset()) > PoolKind.RECEPTION_SEAT.value()) return MALFORMED;
        return isCode(block + DefinePoolDecoder.codeEncodingOffset()) ? OK : OUT_OF_RANGE;
    }

    private static Result defineService(final long block) {
        if (within(unsigned16(block + DefineServiceDecoder.serviceIdEncodingOffset()), 1, MOST_SERVICE) != OK) return OUT_OF_RANGE;
        if (within(unsigned16(block + DefineServiceDecoder.durationMinutesEncodingOffset()), 1, 960) != OK) return OUT_OF_RANGE;
        if (!isCode(block + DefineServiceDecoder.codeEncodingOffset())) return OUT_OF_RANGE;
        if (unsigned8(block + DefineServiceDecoder.scopeEncodingOffset()) > ServiceScope.REGISTERED_POST.value()) return MALFORMED;
        if (!isBoolean(block + DefineServiceDecoder.validationRequiredEncodingOffset())) return MALFORMED;
        if (!isBoolean(block + DefineServiceDecoder.appointmentRequiredEncodingOffset())) return MALFORMED;
        if (!isBoolean(block + DefineServiceDecoder.urgentEncodingOffset())) return MALFORMED;
        if ((unsigned8(block + DefineServiceDecoder.resourceKindsEncodingOffset()) & ~SHARED_RESOURCES) != 0) return OUT_OF_RANGE;
        return within(unsigned8(block + DefineServiceDecoder.quantityMaxEncodingOffset()), 1, 255);
    }

    private static Result setDeskService(final long block) {
        if (within(unsigned16(block + SetDeskServiceDecoder.deskIdEncodingOffset()), 1, MOST_POOL) != OK) return OUT_OF_RANGE;
        if (within(unsigned16(block + SetDeskServiceDecoder.serviceIdEncodingOffset()), 1, MOST_SERVICE) != OK) return OUT_OF_RANGE;
        return isBoolean(block + SetDeskServiceDecoder.servesEncodingOffset()) ? OK : MALFORMED;
    }

    private static Result setTariff(final long block, final long entries, final int count) {
        if (within(unsigned16(block + SetTariffDecoder.serviceIdEncodingOffset()), 1, MOST_SERVICE) != OK) return OUT_OF_RANGE;
        if (Memory.getInt(block + SetTariffDecoder.versionEncodingOffset()) < 1) return OUT_OF_RANGE;
        if (signed64(block + SetTariffDecoder.validFromMsEncodingOffset()) < 0) return OUT_OF_RANGE;
        if (count > MOST_PARTS) return OUT_OF_RANGE;
        for (int i = 0; i < count; i++) {
            final long at = entries + i * SetTariffDecoder.ComponentsDecoder.sbeBlockLength();
            final int beneficiary = unsigned8(at + SetTariffDecoder.ComponentsDecoder.beneficiaryEncodingOffset());
            if (beneficiary < Beneficiary.RECEIPT.value() || beneficiary > Beneficiary.ADOUL.value()) return MALFORMED;
            if (within(signed64(at + SetTariffDecoder.ComponentsDecoder.amountCentimesEncodingOffset()), 0, MOST_PART_CENTIMES) != OK) return OUT_OF_RANGE;
        }
        return OK;
    }

    private static Result setFeeTime(final long block) {
        if (within(unsigned16(block + SetFeeTimeDecoder.serviceIdEncodingOffset()), 1, MOST_SERVICE) != OK) return OUT_OF_RANGE;
        return unsigned8(block + SetFeeTimeDecoder.feeTimeEncodingOffset()) > FeeTime.BEFORE_CONFIRM.value() ? MALFORMED : OK;
    }

    private static Result setRate(final long block) {
        if (within(unsigned16(block + SetRateDecoder.postIdEncodingOffset()), 1, MOST_POST) != OK) return OUT_OF_RANGE;
        return within(signed64(block + SetRateDecoder.microMadPerUnitEncodingOffset()), 1, MOST_RATE);
    }

    /** The fields that PublishDay and AddToChange share, in the layout of the former. */
    private static Result day(final long at, final long entries, final int count) {
        final long base = at - PublishDayDecoder.poolIdEncodingOffset();
        if (within(unsigned16(at), 1, MOST_POOL) != OK) return OUT_OF_RANGE;
        final long dayMs = Memory.getInt(base + PublishDayDecoder.epochDayEncodingOffset()) * DAY_MS;
        final long startMs = signed64(base + PublishDayDecoder.startMsEncodingOffset());
        if (startMs <= 0 || startMs % UNIT_MS != 0 || within(startMs, dayMs - DAY_MS, dayMs + 2 * DAY_MS - 1) != OK) return OUT_OF_RANGE;
        if (signed64(base + PublishDayDecoder.releasedAtMsEncodingOffset()) < 0) return OUT_OF_RANGE;
        final int unitCount = unsigned8(base + PublishDayDecoder.unitCountEncodingOffset());
        if (within(unitCount, 1, MOST_UNITS) != OK) return OUT_OF_RANGE;
        if (within(unsigned8(base + PublishDayDecoder.alignUnitsEncodingOffset()), 1, MOST_UNITS) != OK) return OUT_OF_RANGE;
        if (within(count, 1, MOST_RUNS) != OK) return OUT_OF_RANGE;
        int end = 0;
        for (int i = 0; i < count; i++) {
            final long run = entries + i * PublishDayDecoder.RunsDecoder.sbeBlockLength();
            final int from = unsigned8(run + PublishDayDecoder.RunsDecoder.startUnitEncodingOffset());
            final int units = unsigned8(run + PublishDayDecoder.RunsDecoder.unitsEncodingOffset());
            if (from < end || units < 1 || from + units > unitCount) return OUT_OF_RANGE;
            if (unsigned8(run + PublishDayDecoder.RunsDecoder.withheldEncodingOffset())
                    > unsigned8(run + PublishDayDecoder.RunsDecoder.capacityEncodingOffset())) return OUT_OF_RANGE;
            end = from + units;
        }
        return OK;
    }

    private static Result setCapacity(final long block) {
        if (within(unsigned16(block + SetCapacityDecoder.poolIdEncodingOffset()), 1, MOST_POOL) != OK) return OUT_OF_RANGE;
        final int from = unsigned8(block + SetCapacityDecoder.startUnitEncodingOffset());
        final int units = unsigned8(block + SetCapacityDecoder.unitsEncodingOffset());
        if (units < 1 || from + units > MOST_UNITS) return OUT_OF_RANGE;
        final int withheld = unsigned8(block + SetCapacityDecoder.withheldEncodingOffset());
        return withheld > unsigned8(block + SetCapacityDecoder.capacityEncodingOffset()) ? OUT_OF_RANGE : OK;
    }

    private static Result submit(final long block, final long entries, final int count) {
        if (unsigned16(block + SubmitApplicationDecoder.postIdEncodingOffset()) > MOST_POST) return OUT_OF_RANGE;
        return count == 0 ? OUT_OF_RANGE : lines(entries, count);
    }

    private static Result walkIn(final long block, final long entries, final int count) {
        final long application = signed64(block + WalkInDecoder.applicationIdEncodingOffset());
        if (application < 0) return OUT_OF_RANGE;
        if (within(unsigned16(block + WalkInDecoder.deskIdEncodingOffset()), 1, MOST_POOL) != OK) return OUT_OF_RANGE;
        if (!isBoolean(block + WalkInDecoder.issueStampsEncodingOffset())) return MALFORMED;
        return application != 0 != (count == 0) ? OUT_OF_RANGE : lines(entries, count);
    }

    /** The lines of SubmitApplication, WalkIn and RecordWalkIn, which have one layout. */
    static Result lines(final long entries, final int count) {
        if (count > MOST_LINES) return OUT_OF_RANGE;
        int persons = 0;
        for (int i = 0; i < count; i++) {
            final long at = entries + i * SubmitApplicationDecoder.LinesDecoder.sbeBlockLength();
            final long key = signed64(at + SubmitApplicationDecoder.LinesDecoder.personKeyEncodingOffset());
            persons += isNew(entries, i, key) ? 1 : 0;
            if (key == 0 || persons > MOST_PERSONS) return OUT_OF_RANGE;
            if (within(unsigned16(at + SubmitApplicationDecoder.LinesDecoder.serviceIdEncodingOffset()), 1, MOST_SERVICE) != OK) return OUT_OF_RANGE;
            if (unsigned16(at + SubmitApplicationDecoder.LinesDecoder.registeredPostIdEncodingOffset()) > MOST_POST) return OUT_OF_RANGE;
            if (unsigned8(at + SubmitApplicationDecoder.LinesDecoder.quantityEncodingOffset()) == 0) return OUT_OF_RANGE;
            if (unsigned8(at + SubmitApplicationDecoder.LinesDecoder.ageBandEncodingOffset()) > AgeBand.SENIOR.value()) return MALFORMED;
            if (unsigned8(at + SubmitApplicationDecoder.LinesDecoder.priorityEncodingOffset()) > Priority.EMERGENCY.value()) return MALFORMED;
            if (!isBoolean(at + SubmitApplicationDecoder.LinesDecoder.representativeEncodingOffset())) return MALFORMED;
        }
        return OK;
    }

    private static boolean isNew(final long entries, final int line, final long key) {
        for (int i = 0; i < line; i++) {
            if (signed64(entries + i * SubmitApplicationDecoder.LinesDecoder.sbeBlockLength()
                    + SubmitApplicationDecoder.LinesDecoder.personKeyEncodingOffset()) == key) {
                return false;
            }
        }
        return true;
    }

    private static Result hold(final long block, final long entries, final int count) {
        if (signed64(block + HoldDecoder.applicationIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        if (!isBoolean(block + HoldDecoder.issueStampsEncodingOffset())) return MALFORMED;
        return legs(entries, count);
    }

    private static Result legs(final long entries, final int count) {
        if (count < 1 || count > MOST_LEGS) return OUT_OF_RANGE;
        for (int i = 0; i < count; i++) {
            final long at = entries + i * HoldDecoder.LegsDecoder.sbeBlockLength();
            if (within(unsigned16(at + HoldDecoder.LegsDecoder.deskIdEncodingOffset()), 1, MOST_POOL) != OK) return OUT_OF_RANGE;
            final int from = unsigned8(at + HoldDecoder.LegsDecoder.startUnitEncodingOffset());
            final int units = unsigned8(at + HoldDecoder.LegsDecoder.unitsEncodingOffset());
            if (units < 1 || from + units > MOST_UNITS) return OUT_OF_RANGE;
        }
        return OK;
    }

    private static Result issueStamps(final long block) {
        if (signed64(block + IssueStampsDecoder.applicationIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        return within(unsigned16(block + IssueStampsDecoder.postIdEncodingOffset()), 1, MOST_POST);
    }
}
