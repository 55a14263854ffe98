package org.mawid.engine.twin;

import static org.mawid.sbe.Result.MALFORMED;
import static org.mawid.sbe.Result.OUT_OF_RANGE;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.*; // one decoder for every command

/**
 * Bytes to a {@link Command}, or a refusal: the frame first, then the request part, then the body field by field in the
 * order of the schema; the first fault wins.
 */
final class CommandReader {
    static final int HEADER_BYTES = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int GROUP_HEADER_BYTES = GroupSizeEncodingDecoder.ENCODED_LENGTH;
    private static final int UNITS_OF_A_DAY = 192;
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    private static final long UNIT = 300_000;
    private static final long MOST_CLOSED = 500 * DAY;
    private static final long MOST_CENTIMES = 100_000_000;
    private static final long MOST_MICRO_MAD = 1_000_000_000_000_000L;

    private static final int QUOTA_BYTES = 12;
    private static final int OVERBOOKED_BYTES = 11;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MoneyCommandReader money = new MoneyCommandReader();
    private final OfflineCommandReader offline = new OfflineCommandReader();
    private final HallCommandReader hall = new HallCommandReader();
    private final WaitingCommandReader waiting = new WaitingCommandReader();
    private DirectBuffer buffer;
    private int offset;
    private int length;
    /** Behind the first group. */
    private int quotasAt;

    /** Looks at the frame. @return template id @throws Refusal MALFORMED when nothing in it can be trusted */
    int frame(final DirectBuffer from, final int at, final int bytes) {
        buffer = from;
        offset = at;
        length = bytes;
        Refusal.when(bytes < HEADER_BYTES + RequestDecoder.ENCODED_LENGTH, MALFORMED);
        header.wrap(from, at);
        final Integer block = Frames.BLOCKS.get(header.templateId());
        Refusal.when(header.schemaId() != TickDecoder.SCHEMA_ID || header.version() < 1 || header.version() > TickDecoder.SCHEMA_VERSION, MALFORMED);
        final boolean older = header.templateId() == RecordDocumentDecoder.TEMPLATE_ID && header.blockLength() == Frames.DOCUMENT_OF_NO_KIND;
        Refusal.when(block == null || header.blockLength() != block && !older || bytes < HEADER_BYTES + header.blockLength(), MALFORMED);
        return header.templateId();
    }

    /** The request part, after {@link #frame}. */
    Command.Request request() {
        final boolean tick = header.templateId() == TickDecoder.TEMPLATE_ID;
        final RequestDecoder from = new RequestDecoder().wrap(buffer, offset + HEADER_BYTES);
        final boolean nobody = from.idHigh() == 0 && from.idLow() == 0;
        if (tick) {
            Refusal.when(length != HEADER_BYTES + TickDecoder.BLOCK_LENGTH, MALFORMED);
            Refusal.when(!nobody, OUT_OF_RANGE);
            return Command.Request.NOBODY;
        }
        Refusal.when(from.deadlineMs() < 0, OUT_OF_RANGE);
        Refusal.when(nobody, OUT_OF_RANGE);
        Refusal.when(from.createdMs() < 0, OUT_OF_RANGE);
        Refusal.when(from.sequence() < 0 || (from.clientId() == 0) != (from.sequence() == 0), OUT_OF_RANGE);
        return new Command.Request(from.deadlineMs(), from.idHigh(), from.idLow(), from.createdMs(), from.sequence(), from.actor(),
                from.onBehalfOf(), from.clientId(), known(from.channel(), Channel.SBE_UNKNOWN, Channel.NULL_VAL));
    }

    /** The whole command, after {@link #request}. */
    Command body(final Command.Request request) {
        final int template = header.templateId();
        final int block = header.blockLength();
        final Integer element = Frames.ELEMENTS.get(template);
        if (element == null) {
            Refusal.when(length != HEADER_BYTES + block, MALFORMED);
        } else {
            final int group = offset + HEADER_BYTES + block;
            Refusal.when(length < HEADER_BYTES + block + GROUP_HEADER_BYTES, MALFORMED);
            final GroupSizeEncodingDecoder size = new GroupSizeEncodingDecoder().wrap(buffer, group);
            Refusal.when(size.blockLength() != element, MALFORMED);
            quotasAt = group + GROUP_HEADER_BYTES + size.numInGroup() * element;
            Refusal.when(offset + length != quotasAt && !hasMore(template), MALFORMED);
        }
        return switch (template) {
            case TickDecoder.TEMPLATE_ID -> new Command.Tick(request);
            case SetCoreVersionDecoder.TEMPLATE_ID -> new Command.SetCoreVersion(request,
                    new SetCoreVersionDecoder().wrapAndApplyHeader(buffer, offset, header).coreVersion());
            case SetRulesDecoder.TEMPLATE_ID -> new Command.SetRules(request, rules());
            case RetireDecoder.TEMPLATE_ID -> retire(request);
            case DefinePostDecoder.TEMPLATE_ID, DefinePoolDecoder.TEMPLATE_ID, DefineServiceDecoder.TEMPLATE_ID,
                    SetDeskServiceDecoder.TEMPLATE_ID, SetTariffDecoder.TEMPLATE_ID, SetRateDecoder.TEMPLATE_ID, SetFeeTimeDecoder.TEMPLATE_ID, SetServiceDocumentsDecoder.TEMPLATE_ID ->
                    catalogue(template, request);
            case PublishDayDecoder.TEMPLATE_ID, SetCapacityDecoder.TEMPLATE_ID, BeginChangeDecoder.TEMPLATE_ID,
                    AddToChangeDecoder.TEMPLATE_ID, ApplyChangeDecoder.TEMPLATE_ID, AbandonChangeDecoder.TEMPLATE_ID ->
                    inventory(template, request);
            case SubmitApplicationDecoder.TEMPLATE_ID, ValidateLinesDecoder.TEMPLATE_ID, RejectLinesDecoder.TEMPLATE_ID,
                    WithdrawLinesDecoder.TEMPLATE_ID, SendMessageDecoder.TEMPLATE_ID, RecordDocumentDecoder.TEMPLATE_ID, IssueStampsDecoder.TEMPLATE_ID, VoidStampDecoder.TEMPLATE_ID ->
                    application(template, request);
            case AskForDocumentsDecoder.TEMPLATE_ID, ResubmitLinesDecoder.TEMPLATE_ID, AssignApplicationDecoder.TEMPLATE_ID -> review(template, request);
            case RecordAccessDecoder.TEMPLATE_ID -> recordAccess(request);
            case ConfirmAttendanceDecoder.TEMPLATE_ID -> visit(template, request);
            case RecordVisitDecoder.TEMPLATE_ID, RecordWalkInDecoder.TEMPLATE_ID, RecordConsumptionDecoder.TEMPLATE_ID ->
                    offline.read(template, request, buffer, offset);
            case ImportVisitDecoder.TEMPLATE_ID -> importVisit(request);
            case CloseDaysDecoder.TEMPLATE_ID, ReopenDaysDecoder.TEMPLATE_ID, AcceptPostsDecoder.TEMPLATE_ID, ChooseAnotherDecoder.TEMPLATE_ID,
                    SetOfferRulesDecoder.TEMPLATE_ID -> displacement(template, request);
            case CallNextDecoder.TEMPLATE_ID, RecallDecoder.TEMPLATE_ID, ParkDecoder.TEMPLATE_ID, UnparkDecoder.TEMPLATE_ID, TransferTicketDecoder.TEMPLATE_ID,
                    TakeTicketDecoder.TEMPLATE_ID, EndTicketDecoder.TEMPLATE_ID, SetHallRulesDecoder.TEMPLATE_ID -> hall.read(template, request, buffer, offset);
            default -> WaitingCommandReader.knows(template) ? waiting.read(template, request, buffer, offset)
                    : template >= StartPaymentDecoder.TEMPLATE_ID ? money.read(template, request, buffer, offset) : visit(template, request);
        };
    }

    /** By the length of the block, whichever version the header says: null when it ends before it. */
    private DocumentKind kind() {
        if (header.blockLength() == Frames.DOCUMENT_OF_NO_KIND) {
            return null;
        }
        return known(DocumentKind.get((short) (buffer.getByte(offset + HEADER_BYTES + RecordDocumentDecoder.kindEncodingOffset()) & 0xFF)), DocumentKind.SBE_UNKNOWN, DocumentKind.NULL_VAL);
    }

    private Command review(final int template, final Command.Request request) {
        switch (template) {
            case AskForDocumentsDecoder.TEMPLATE_ID: {
                final AskForDocumentsDecoder from = new AskForDocumentsDecoder().wrapAndApplyHeader(buffer, offset, header);
                final long application = number(from.applicationId());
                Refusal.when(from.kinds() == 0, OUT_OF_RANGE);
                return new Command.AskForDocuments(request, application, from.textHash(), kinds(from.kinds()), from.lines(), from.reasonCode());
            }
            case ResubmitLinesDecoder.TEMPLATE_ID: {
                final ResubmitLinesDecoder from = new ResubmitLinesDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new Command.ResubmitLines(request, number(from.applicationId()), from.lines());
            }
            default: {
                final AssignApplicationDecoder from = new AssignApplicationDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new Command.AssignApplication(request, number(from.applicationId()), inRange(from.forMs(), 0, Model.DAY_MS), yes(from.takesOver()));
            }
        }
    }

    private static long kinds(final long set) {
        for (int kind = 0; kind < Integer.SIZE; kind++) {
            final DocumentKind said = DocumentKind.get((short) kind);
            Refusal.when((set & 1L << kind) != 0 && (said == DocumentKind.NOT_SAID || said == DocumentKind.SBE_UNKNOWN), OUT_OF_RANGE);
        }
        return set;
    }

    private Command recordAccess(final Command.Request request) {
        final RecordAccessDecoder from = new RecordAccessDecoder().wrapAndApplyHeader(buffer, offset, header);
        final int operation = inRange(from.operation(), 1, 65_535);
        final AccessedKind kind = known(from.targetKind(), AccessedKind.SBE_UNKNOWN, AccessedKind.NULL_VAL);
        return new Command.RecordAccess(request, from.targetId(), from.detail(), from.address(), from.leftOut(), operation, from.reasonCode(), kind,
                known(from.verdict(), AccessVerdict.SBE_UNKNOWN, AccessVerdict.NULL_VAL));
    }

    /** A day may have a second group, and a third, whichever version says it. */
    private boolean hasMore(final int template) {
        if (template != PublishDayDecoder.TEMPLATE_ID && template != AddToChangeDecoder.TEMPLATE_ID || !isGroup(quotasAt, QUOTA_BYTES)) {
            return false;
        }
        final int next = groupEnd(quotasAt, QUOTA_BYTES);
        return next == offset + length || isGroup(next, OVERBOOKED_BYTES) && groupEnd(next, OVERBOOKED_BYTES) == offset + length;
    }

    private boolean isGroup(final int at, final int element) {
        return offset + length >= at + GROUP_HEADER_BYTES && new GroupSizeEncodingDecoder().wrap(buffer, at).blockLength() == element && groupEnd(at, element) <= offset + length;
    }

    private int groupEnd(final int at, final int element) {
        return at + GROUP_HEADER_BYTES + new GroupSizeEncodingDecoder().wrap(buffer, at).numInGroup() * element;
    }

    private Command.DayPlan whole(final Command.DayPlan bare) {
        return withOverbooked(withQuotas(bare));
    }

    private Command.DayPlan withOverbooked(final Command.DayPlan day) {
        if (offset + length == quotasAt || groupEnd(quotasAt, QUOTA_BYTES) == offset + length) {
            return day;
        }
        final List<Command.Overbooked> overbooked = new ArrayList<>();
        final int group = groupEnd(quotasAt, QUOTA_BYTES);
        final int count = inRange(new GroupSizeEncodingDecoder().wrap(buffer, group).numInGroup(), 0, 20);
        int free = 0;
        for (int at = group + GROUP_HEADER_BYTES; overbooked.size() < count; at += OVERBOOKED_BYTES) {
            final Command.Overbooked run = new Command.Overbooked(buffer.getByte(at) & 0xFF, buffer.getByte(at + 1) & 0xFF, inRange(buffer.getByte(at + 2) & 0xFF, 1, 255),
                    number(buffer.getLong(at + 3, ByteOrder.LITTLE_ENDIAN)));
            Refusal.when(!overbooked.isEmpty() && overbooked.get(0).untilMs() != run.untilMs(), OUT_OF_RANGE);
            Refusal.when(run.startUnit() < free || run.units() < 1 || run.startUnit() + run.units() > day.unitCount(), OUT_OF_RANGE);
            overbooked.add(run);
            free = run.startUnit() + run.units();
        }
        return day.withOverbooked(overbooked);
    }

    private Command.DayPlan withQuotas(final Command.DayPlan day) {
        final List<Command.Quota> quotas = new ArrayList<>();
        if (offset + length == quotasAt) {
            return day;
        }
        final int count = new GroupSizeEncodingDecoder().wrap(buffer, quotasAt).numInGroup();
        inRange(count, 0, 48);
        Command.Quota before = null;
        for (int at = quotasAt + GROUP_HEADER_BYTES; quotas.size() < count; at += QUOTA_BYTES) {
            final QuotaClass quotaClass = known(QuotaClass.get((short) (buffer.getByte(at + 2) & 0xFF)), QuotaClass.SBE_UNKNOWN, QuotaClass.NULL_VAL);
            Refusal.when(quotaClass == QuotaClass.NONE, MALFORMED);
            final Command.Quota quota = new Command.Quota(buffer.getByte(at) & 0xFF, buffer.getByte(at + 1) & 0xFF, quotaClass,
                    inRange(buffer.getByte(at + 3) & 0xFF, 1, 255), number(buffer.getLong(at + 4, ByteOrder.LITTLE_ENDIAN)));
            final boolean same = before != null && before.quotaClass() == quotaClass;
            Refusal.when(before != null && before.quotaClass().value() > quotaClass.value(), OUT_OF_RANGE);
            Refusal.when(same && before.spillMs() != quota.spillMs(), OUT_OF_RANGE);
            Refusal.when(same && quota.startUnit() < before.startUnit() + before.units(), OUT_OF_RANGE);
            Refusal.when(quota.units() < 1 || quota.startUnit() + quota.units() > day.unitCount(), OUT_OF_RANGE);
            quotas.add(quota);
            before = quota;
        }
        return day.withQuotas(quotas);
    }

    private Command importVisit(final Command.Request request) {
        final ImportVisitDecoder from = new ImportVisitDecoder().wrapAndApplyHeader(buffer, offset, header);
        final long application = number(from.applicationId());
        final List<Command.Leg> legs = new ArrayList<>();
        final ImportVisitDecoder.LegsDecoder group = from.legs();
        inRange(group.count(), 1, 16);
        for (final ImportVisitDecoder.LegsDecoder one : group) {
            legs.add(leg(one.deskId(), one.lines(), one.epochDay(), one.startUnit(), one.units()));
        }
        return new Command.ImportVisit(request, application, legs);
    }

    private Command.Rules rules() {
        final SetRulesDecoder from = new SetRulesDecoder().wrapAndApplyHeader(buffer, offset, header);
        return new Command.Rules(from.holdTtlMs(), from.holdBudgetRefillMs(), from.validationTtlMs(), from.rememberMs(),
                from.createdSkewMs(), from.checkInEarlyMs(), from.noShowGraceMs(), from.retainMs(), from.maxApplications(),
                from.maxLines(), from.maxPersons(), from.maxAppointments(), from.maxHolds(), from.maxLegs(), from.maxStamps(),
                from.maxDays(), from.maxRequests(), from.maxClients(), from.maxChanges(), from.horizonDays(), from.expiredPerTick(),
                from.holdsPerPerson(), from.holdBudget(), from.openLinesPerPerson(), from.reschedulesPerAppointment());
    }

    private Command retire(final Command.Request request) {
        final List<Long> ids = new ArrayList<>();
        final RetireDecoder.ApplicationsDecoder group =
                new RetireDecoder().wrapAndApplyHeader(buffer, offset, header).applications();
        inRange(group.count(), 1, 64);
        for (final RetireDecoder.ApplicationsDecoder one : group) {
            inRange(one.applicationId(), ids.isEmpty() ? 0 : ids.get(ids.size() - 1) + 1, Long.MAX_VALUE);
            ids.add(one.applicationId());
        }
        return new Command.Retire(request, ids);
    }

    private Command catalogue(final int template, final Command.Request request) {
        switch (template) {
            case DefinePostDecoder.TEMPLATE_ID: {
                final DefinePostDecoder from = new DefinePostDecoder().wrapAndApplyHeader(buffer, offset, header);
                final int post = inRange(from.postId(), 1, 4_095);
                final String code = code(DefinePostDecoder.codeEncodingOffset());
                final String currency = from.currency();
                Refusal.when(!currency.matches("[A-Z]{3}"), OUT_OF_RANGE);
                final int digits = from.minorDigits();
                Refusal.when(digits != 0 && digits != 2 && digits != 3, OUT_OF_RANGE);
                return new Command.DefinePost(request, post, code, currency, digits, inRange(from.roundToMinor(), 1, 10_000));
            }
            case DefinePoolDecoder.TEMPLATE_ID: {
                final DefinePoolDecoder from = new DefinePoolDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new Command.DefinePool(request, pool(from.poolId()), inRange(from.postId(), 1, 4_095),
                        known(from.kind(), PoolKind.SBE_UNKNOWN, PoolKind.NULL_VAL), code(DefinePoolDecoder.codeEncodingOffset()));
            }
            case DefineServiceDecoder.TEMPLATE_ID: {
                final DefineServiceDecoder from = new DefineServiceDecoder().wrapAndApplyHeader(buffer, offset, header);
                final int service = service(from.serviceId());
                final int minutes = inRange(from.durationMinutes(), 1, 960);
                final String code = code(DefineServiceDecoder.codeEncodingOffset());
                final ServiceScope scope = known(from.scope(), ServiceScope.SBE_UNKNOWN, ServiceScope.NULL_VAL);
                final boolean validation = yes(from.validationRequired());
                final boolean appointment = yes(from.appointmentRequired());
                final boolean urgent = yes(from.urgent());
                Refusal.when((from.resourceKinds() & ~0b1110) != 0, OUT_OF_RANGE);
                return new Command.DefineService(request, service, minutes, code, scope, validation, appointment, urgent,
                        from.resourceKinds(), inRange(from.quantityMax(), 1, 255));
            }
            case SetDeskServiceDecoder.TEMPLATE_ID: {
                final SetDeskServiceDecoder from = new SetDeskServiceDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new Command.SetDeskService(request, pool(from.deskId()), service(from.serviceId()), yes(from.serves()));
            }
            case SetTariffDecoder.TEMPLATE_ID: {
                final SetTariffDecoder from = new SetTariffDecoder().wrapAndApplyHeader(buffer, offset, header);
                final int service = service(from.serviceId());
                final long version = inRange(from.version(), 1, Integer.MAX_VALUE);
                final long validFromMs = inRange(from.validFromMs(), 0, Long.MAX_VALUE);
                final List<Command.Component> components = new ArrayList<>();
                final SetTariffDecoder.ComponentsDecoder group = from.components();
                inRange(group.count(), 0, 8);
                for (final SetTariffDecoder.ComponentsDecoder one : group) {
                    components.add(new Command.Component(known(one.beneficiary(), Beneficiary.SBE_UNKNOWN, Beneficiary.NULL_VAL),
                            inRange(one.amountCentimes(), 0, MOST_CENTIMES)));
                }
                return new Command.SetTariff(request, service, version, validFromMs, components);
            }
            case SetFeeTimeDecoder.TEMPLATE_ID: {
                final SetFeeTimeDecoder from = new SetFeeTimeDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new Command.SetFeeTime(request, inRange(from.serviceId(), 1, 128), known(from.feeTime(), FeeTime.SBE_UNKNOWN, FeeTime.NULL_VAL));
            }
            case SetServiceDocumentsDecoder.TEMPLATE_ID: {
                final SetServiceDocumentsDecoder from = new SetServiceDocumentsDecoder().wrapAndApplyHeader(buffer, offset, header);
                final int service = inRange(from.serviceId(), 1, 128);
                return new Command.SetServiceDocuments(request, service, kinds(from.kinds()), yes(from.validates()));
            }
            default: {
                final SetRateDecoder from = new SetRateDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new Command.SetRate(request, inRange(from.postId(), 1, 4_095),
                        inRange(from.microMadPerUnit(), 1, MOST_MICRO_MAD));
            }
        }
    }

    private Command inventory(final int template, final Command.Request request) {
        switch (template) {
            case PublishDayDecoder.TEMPLATE_ID: {
                final PublishDayDecoder from = new PublishDayDecoder().wrapAndApplyHeader(buffer, offset, header);
                final Command.DayPlan bare = day(from.poolId(), from.epochDay(), from.startMs(), from.releasedAtMs(),
                        from.unitCount(), from.alignUnits());
                final PublishDayDecoder.RunsDecoder group = from.runs();
                inRange(group.count(), 1, 24);
                for (final PublishDayDecoder.RunsDecoder one : group) {
                    run(bare, one.startUnit(), one.units(), one.capacity(), one.withheld());
                }
                return new Command.PublishDay(request, whole(bare));
            }
            case AddToChangeDecoder.TEMPLATE_ID: {
                final AddToChangeDecoder from = new AddToChangeDecoder().wrapAndApplyHeader(buffer, offset, header);
                final long change = number(from.changeId());
                final Command.DayPlan bare = day(from.poolId(), from.epochDay(), from.startMs(), from.releasedAtMs(),
                        from.unitCount(), from.alignUnits());
                final AddToChangeDecoder.RunsDecoder group = from.runs();
                inRange(group.count(), 1, 24);
                for (final AddToChangeDecoder.RunsDecoder one : group) {
                    run(bare, one.startUnit(), one.units(), one.capacity(), one.withheld());
                }
                return new Command.AddToChange(request, change, whole(bare));
            }
            case SetCapacityDecoder.TEMPLATE_ID: {
                final SetCapacityDecoder from = new SetCapacityDecoder().wrapAndApplyHeader(buffer, offset, header);
                final int start = inRange(from.startUnit(), 0, UNITS_OF_A_DAY - 1);
                final int units = inRange(from.units(), 1, UNITS_OF_A_DAY - start);
                Refusal.when(from.withheld() > from.capacity(), OUT_OF_RANGE);
                return new Command.SetCapacity(request, pool(from.poolId()), from.epochDay(), start, units, from.capacity(),
                        from.withheld());
            }
            case BeginChangeDecoder.TEMPLATE_ID:
                return new Command.BeginChange(request,
                        inRange(new BeginChangeDecoder().wrapAndApplyHeader(buffer, offset, header).postId(), 1, 4_095));
            case ApplyChangeDecoder.TEMPLATE_ID: {
                final ApplyChangeDecoder from = new ApplyChangeDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new Command.ApplyChange(request, number(from.changeId()), from.expectedVersion());
            }
            default:
                return new Command.AbandonChange(request,
                        number(new AbandonChangeDecoder().wrapAndApplyHeader(buffer, offset, header).changeId()));
        }
    }

    private Command application(final int template, final Command.Request request) {
        switch (template) {
            case SubmitApplicationDecoder.TEMPLATE_ID: {
                final SubmitApplicationDecoder from = new SubmitApplicationDecoder().wrapAndApplyHeader(buffer, offset, header);
                final int post = inRange(from.postId(), 0, 4_095);
                final List<Command.LineAsked> lines = new ArrayList<>();
                final SubmitApplicationDecoder.LinesDecoder group = from.lines();
                inRange(group.count(), 1, 16);
                for (final SubmitApplicationDecoder.LinesDecoder one : group) {
                    line(lines, one.personKey(), one.serviceId(), one.registeredPostId(), one.quantity(), one.ageBand(),
                            one.priority(), one.representative());
                }
                return new Command.SubmitApplication(request, from.applicant(), post, lines);
            }
            case ValidateLinesDecoder.TEMPLATE_ID: {
                final ValidateLinesDecoder from = new ValidateLinesDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new Command.ValidateLines(request, number(from.applicationId()), from.lines());
            }
            case RejectLinesDecoder.TEMPLATE_ID: {
                final RejectLinesDecoder from = new RejectLinesDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new Command.RejectLines(request, number(from.applicationId()), from.lines(), from.reasonHash(),
                        from.reasonCode());
            }
            case WithdrawLinesDecoder.TEMPLATE_ID: {
                final WithdrawLinesDecoder from = new WithdrawLinesDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new Command.WithdrawLines(request, number(from.applicationId()), from.lines());
            }
            case SendMessageDecoder.TEMPLATE_ID: {
                final SendMessageDecoder from = new SendMessageDecoder().wrapAndApplyHeader(buffer, offset, header);
                final long application = number(from.applicationId());
                final int post = inRange(from.postId(), 1, 4_095);
                return new Command.SendMessage(request, application, from.textHash(), post, from.topicCode(), known(from.writer(), MessageWriter.SBE_UNKNOWN, MessageWriter.NULL_VAL));
            }
            case RecordDocumentDecoder.TEMPLATE_ID: {
                final RecordDocumentDecoder from = new RecordDocumentDecoder().wrapAndApplyHeader(buffer, offset, header);
                final long application = number(from.applicationId());
                final long bytes = from.bytes();
                Refusal.when(bytes == 0, OUT_OF_RANGE);
                final int pages = inRange(from.pages(), 1, 65_535);
                final DocumentType type = known(from.documentType(), DocumentType.SBE_UNKNOWN, DocumentType.NULL_VAL);
                final ScanState scan = known(from.scan(), ScanState.SBE_UNKNOWN, ScanState.NULL_VAL);
                return new Command.RecordDocument(request, application, from.hash(), bytes, from.lines(), pages, type, scan, kind());
            }
            case IssueStampsDecoder.TEMPLATE_ID: {
                final IssueStampsDecoder from = new IssueStampsDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new Command.IssueStamps(request, number(from.applicationId()), from.lines(),
                        inRange(from.postId(), 1, 4_095));
            }
            default:
                return new Command.VoidStamp(request,
                        number(new VoidStampDecoder().wrapAndApplyHeader(buffer, offset, header).stampId()));
        }
    }

    private Command visit(final int template, final Command.Request request) {
        switch (template) {
            case HoldDecoder.TEMPLATE_ID: {
                final HoldDecoder from = new HoldDecoder().wrapAndApplyHeader(buffer, offset, header);
                final long application = number(from.applicationId());
                final boolean issue = yes(from.issueStamps());
                final List<Command.Leg> legs = new ArrayList<>();
                final HoldDecoder.LegsDecoder group = from.legs();
                inRange(group.count(), 1, 16);
                for (final HoldDecoder.LegsDecoder one : group) {
                    legs.add(leg(one.deskId(), one.lines(), one.epochDay(), one.startUnit(), one.units()));
                }
                return new Command.Hold(request, application, issue, legs);
            }
            case RescheduleDecoder.TEMPLATE_ID: {
                final RescheduleDecoder from = new RescheduleDecoder().wrapAndApplyHeader(buffer, offset, header);
                final long appointment = number(from.appointmentId());
                final List<Command.Leg> legs = new ArrayList<>();
                final RescheduleDecoder.LegsDecoder group = from.legs();
                inRange(group.count(), 1, 16);
                for (final RescheduleDecoder.LegsDecoder one : group) {
                    legs.add(leg(one.deskId(), one.lines(), one.epochDay(), one.startUnit(), one.units()));
                }
                return new Command.Reschedule(request, appointment, legs);
            }
            case WalkInDecoder.TEMPLATE_ID: {
                final WalkInDecoder from = new WalkInDecoder().wrapAndApplyHeader(buffer, offset, header);
                final long application = number(from.applicationId());
                final int desk = pool(from.deskId());
                final boolean issue = yes(from.issueStamps());
                final List<Command.LineAsked> lines = new ArrayList<>();
                final WalkInDecoder.LinesDecoder group = from.lines();
                inRange(group.count(), application == 0 ? 1 : 0, application == 0 ? 16 : 0);
                for (final WalkInDecoder.LinesDecoder one : group) {
                    line(lines, one.personKey(), one.serviceId(), one.registeredPostId(), one.quantity(), one.ageBand(),
                            one.priority(), one.representative());
                }
                return new Command.WalkIn(request, application, from.applicant(), desk, from.epochDay(), from.served(), issue, lines);
            }
            case ConfirmDecoder.TEMPLATE_ID: {
                final ConfirmDecoder from = new ConfirmDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new Command.Confirm(request, number(from.holdId()), yes(from.issueStamps()));
            }
            case ReleaseDecoder.TEMPLATE_ID:
                return new Command.Release(request, number(new ReleaseDecoder().wrapAndApplyHeader(buffer, offset, header).holdId()));
            default:
                return appointment(template, request);
        }
    }

    private Command displacement(final int template, final Command.Request request) {
        switch (template) {
            case CloseDaysDecoder.TEMPLATE_ID: {
                final CloseDaysDecoder from = new CloseDaysDecoder().wrapAndApplyHeader(buffer, offset, header);
                Refusal.when(from.fromMs() < 0 || from.fromMs() % UNIT != 0 || from.toMs() % UNIT != 0, OUT_OF_RANGE);
                Refusal.when(from.toMs() <= from.fromMs() || from.toMs() - from.fromMs() > MOST_CLOSED, OUT_OF_RANGE);
                return new Command.CloseDays(request, inRange(from.postId(), 1, 4_095), inRange(from.poolId(), 0, 65_000), from.fromMs(), from.toMs(),
                        from.capacity(), from.reasonHash(), from.reasonCode());
            }
            case ReopenDaysDecoder.TEMPLATE_ID:
                return new Command.ReopenDays(request, number(new ReopenDaysDecoder().wrapAndApplyHeader(buffer, offset, header).closureId()));
            case AcceptPostsDecoder.TEMPLATE_ID: {
                final AcceptPostsDecoder from = new AcceptPostsDecoder().wrapAndApplyHeader(buffer, offset, header);
                final long application = number(from.applicationId());
                final List<Integer> posts = new ArrayList<>();
                final AcceptPostsDecoder.PostsDecoder group = from.posts();
                inRange(group.count(), 0, 8);
                for (final AcceptPostsDecoder.PostsDecoder one : group) {
                    Refusal.when(posts.contains(one.postId()), OUT_OF_RANGE);
                    posts.add(inRange(one.postId(), 1, 4_095));
                }
                return new Command.AcceptPosts(request, application, posts);
            }
            case SetOfferRulesDecoder.TEMPLATE_ID: {
                final SetOfferRulesDecoder from = new SetOfferRulesDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new Command.SetOfferRules(request, new Command.OfferRules(from.offerTtlMs(), from.noticeMs(), from.searchDays(), from.offersEach()));
            }
            default: {
                final ChooseAnotherDecoder from = new ChooseAnotherDecoder().wrapAndApplyHeader(buffer, offset, header);
                final long hold = number(from.holdId());
                final List<Command.Leg> legs = new ArrayList<>();
                final ChooseAnotherDecoder.LegsDecoder group = from.legs();
                inRange(group.count(), 1, 16);
                for (final ChooseAnotherDecoder.LegsDecoder one : group) {
                    legs.add(leg(one.deskId(), one.lines(), one.epochDay(), one.startUnit(), one.units()));
                }
                return new Command.ChooseAnother(request, hold, legs);
            }
        }
    }

    private Command appointment(final int template, final Command.Request request) {
        switch (template) {
            case ConfirmAttendanceDecoder.TEMPLATE_ID:
                return new Command.ConfirmAttendance(request,
                        number(new ConfirmAttendanceDecoder().wrapAndApplyHeader(buffer, offset, header).appointmentId()));
            case CancelDecoder.TEMPLATE_ID:
                return new Command.Cancel(request,
                        number(new CancelDecoder().wrapAndApplyHeader(buffer, offset, header).appointmentId()));
            case CheckInDecoder.TEMPLATE_ID:
                return new Command.CheckIn(request,
                        number(new CheckInDecoder().wrapAndApplyHeader(buffer, offset, header).appointmentId()));
            case CallDecoder.TEMPLATE_ID: {
                final CallDecoder from = new CallDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new Command.Call(request, number(from.appointmentId()), inRange(from.counter(), 1, 255));
            }
            case ServeDecoder.TEMPLATE_ID: {
                final ServeDecoder from = new ServeDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new Command.Serve(request, number(from.appointmentId()), from.fulfilled());
            }
            default:
                return new Command.MarkNoShow(request,
                        number(new MarkNoShowDecoder().wrapAndApplyHeader(buffer, offset, header).appointmentId()));
        }
    }

    private static Command.DayPlan day(final int poolId, final int epochDay, final long startMs, final long releasedAtMs,
                                       final int unitCount, final int alignUnits) {
        pool(poolId);
        final long midnight = epochDay * DAY;
        Refusal.when(startMs <= 0 || startMs % UNIT != 0, OUT_OF_RANGE);
        Refusal.when(startMs < midnight - DAY || startMs >= midnight + 2 * DAY, OUT_OF_RANGE);
        number(releasedAtMs);
        return new Command.DayPlan(poolId, epochDay, startMs, releasedAtMs, inRange(unitCount, 1, UNITS_OF_A_DAY),
                inRange(alignUnits, 1, UNITS_OF_A_DAY), new ArrayList<>());
    }

    private static void run(final Command.DayPlan day, final int startUnit, final int units, final int capacity,
                            final int withheld) {
        int free = 0;
        for (final Command.Run before : day.runs()) {
            free = before.startUnit() + before.units();
        }
        Refusal.when(startUnit < free || units < 1 || startUnit + units > day.unitCount(), OUT_OF_RANGE);
        Refusal.when(withheld > capacity, OUT_OF_RANGE);
        day.runs().add(new Command.Run(startUnit, units, capacity, withheld));
    }

    static void line(final List<Command.LineAsked> lines, final long personKey, final int serviceId, final int registered,
                             final int quantity, final AgeBand ageBand, final Priority priority, final BooleanType representative) {
        Refusal.when(personKey == 0, OUT_OF_RANGE);
        final Set<Long> persons = new HashSet<>();
        lines.forEach(line -> persons.add(line.personKey()));
        persons.add(personKey);
        Refusal.when(persons.size() > 8, OUT_OF_RANGE);
        lines.add(new Command.LineAsked(personKey, service(serviceId), inRange(registered, 0, 4_095), inRange(quantity, 1, 255),
                known(ageBand, AgeBand.SBE_UNKNOWN, AgeBand.NULL_VAL), known(priority, Priority.SBE_UNKNOWN, Priority.NULL_VAL),
                yes(representative)));
    }

    private static Command.Leg leg(final int deskId, final int lines, final int epochDay, final int startUnit, final int units) {
        pool(deskId);
        inRange(startUnit, 0, UNITS_OF_A_DAY - 1);
        inRange(units, 1, UNITS_OF_A_DAY - startUnit);
        return new Command.Leg(deskId, lines, epochDay, startUnit, units);
    }

    /** A stable public code. */
    private String code(final int fieldOffset) {
        return text(buffer, offset + HEADER_BYTES + fieldOffset, 32, false);
    }

    /** Visible ASCII, then only zeros. */
    static String text(final DirectBuffer buffer, final int at, final int length, final boolean mayBeEmpty) {
        final StringBuilder text = new StringBuilder();
        boolean ended = false;
        for (int i = 0; i < length; i++) {
            final byte one = buffer.getByte(at + i);
            Refusal.when(one != 0 && (ended || one < 0x21 || one > 0x7E), OUT_OF_RANGE);
            ended |= one == 0;
            if (!ended) {
                text.append((char) one);
            }
        }
        Refusal.when(text.isEmpty() && !mayBeEmpty, OUT_OF_RANGE);
        return text.toString();
    }

    private static int pool(final int id) {
        return inRange(id, 1, 65_000);
    }

    private static int service(final int id) {
        return inRange(id, 1, 128);
    }

    static long number(final long value) {
        return inRange(value, 0, Long.MAX_VALUE);
    }

    static int inRange(final int value, final int least, final int most) {
        Refusal.when(value < least || value > most, OUT_OF_RANGE);
        return value;
    }

    static long inRange(final long value, final long least, final long most) {
        Refusal.when(value < least || value > most, OUT_OF_RANGE);
        return value;
    }

    static boolean yes(final BooleanType value) {
        return known(value, BooleanType.SBE_UNKNOWN, BooleanType.NULL_VAL) == BooleanType.YES;
    }

    static <E extends Enum<E>> E known(final E value, final E unknown, final E missing) {
        Refusal.when(value == unknown || value == missing, MALFORMED);
        return value;
    }
}
