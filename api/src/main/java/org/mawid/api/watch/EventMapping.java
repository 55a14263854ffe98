package org.mawid.api.watch;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.mawid.api.application.DocumentKinds;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.engine.readmodel.Agenda;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.grpc.ApplicationAssigned;
import org.mawid.grpc.ApplicationRetired;
import org.mawid.grpc.ApplicationSubmitted;
import org.mawid.grpc.AppointmentChanged;
import org.mawid.grpc.AttendanceConfirmed;
import org.mawid.grpc.CatalogueChanged;
import org.mawid.grpc.ChangeAbandoned;
import org.mawid.grpc.ChangeApplied;
import org.mawid.grpc.ChangeBegun;
import org.mawid.grpc.CoreVersionSet;
import org.mawid.grpc.Cursor;
import org.mawid.grpc.DayPublished;
import org.mawid.grpc.DocumentKindRecorded;
import org.mawid.grpc.DocumentRecorded;
import org.mawid.grpc.DocumentsAsked;
import org.mawid.grpc.Event;
import org.mawid.grpc.HoldExpired;
import org.mawid.grpc.HoldReleased;
import org.mawid.grpc.IssuedStamp;
import org.mawid.grpc.Line;
import org.mawid.grpc.LinesDecided;
import org.mawid.grpc.MessageSent;
import org.mawid.grpc.Overbooked;
import org.mawid.grpc.OverbookedSet;
import org.mawid.grpc.OverbookedWithdrawn;
import org.mawid.grpc.PlacesWithdrawn;
import org.mawid.grpc.Quota;
import org.mawid.grpc.QuotaChanged;
import org.mawid.grpc.QuotaMove;
import org.mawid.grpc.QuotaSpilled;
import org.mawid.grpc.QuotasSet;
import org.mawid.grpc.ReasonGiven;
import org.mawid.grpc.Room;
import org.mawid.grpc.RoomChanged;
import org.mawid.grpc.Run;
import org.mawid.grpc.StampVoided;
import org.mawid.grpc.StampsIssued;
import org.mawid.grpc.Visit;
import org.mawid.grpc.WithheldSet;
import org.mawid.sbe.AccessRecordedDecoder;
import org.mawid.sbe.ApplicationAssignedDecoder;
import org.mawid.sbe.ApplicationRetiredDecoder;
import org.mawid.sbe.ApplicationSubmittedDecoder;
import org.mawid.sbe.AppointmentChangedDecoder;
import org.mawid.sbe.AttendanceConfirmedDecoder;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.ChangeAbandonedDecoder;
import org.mawid.sbe.ChangeAppliedDecoder;
import org.mawid.sbe.ChangeBegunDecoder;
import org.mawid.sbe.ConfirmedDecoder;
import org.mawid.sbe.CoolingBegunDecoder;
import org.mawid.sbe.CoolingDueSetDecoder;
import org.mawid.sbe.CoolingEndedDecoder;
import org.mawid.sbe.CoolingEraChangedDecoder;
import org.mawid.sbe.CoreVersionSetDecoder;
import org.mawid.sbe.DayPublishedDecoder;
import org.mawid.sbe.DayStagedDecoder;
import org.mawid.sbe.DocumentKindRecordedDecoder;
import org.mawid.sbe.DocumentRecordedDecoder;
import org.mawid.sbe.DocumentsAskedDecoder;
import org.mawid.sbe.EventHeadDecoder;
import org.mawid.sbe.HeldDecoder;
import org.mawid.sbe.HoldExpiredDecoder;
import org.mawid.sbe.HoldReleasedDecoder;
import org.mawid.sbe.LinesDecidedDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.MessageSentDecoder;
import org.mawid.sbe.OverbookedSetDecoder;
import org.mawid.sbe.OverbookedWithdrawnDecoder;
import org.mawid.sbe.QuotaChangedDecoder;
import org.mawid.sbe.QuotaSpilledDecoder;
import org.mawid.sbe.QuotasSetDecoder;
import org.mawid.sbe.ReasonGivenDecoder;
import org.mawid.sbe.RescheduledDecoder;
import org.mawid.sbe.RoomChangedDecoder;
import org.mawid.sbe.StampVoidedDecoder;
import org.mawid.sbe.StampsIssuedDecoder;
import org.mawid.sbe.WalkedInDecoder;
import org.mawid.sbe.WithheldSetDecoder;

/** From the events of the log to messages, with references in the place of numbers. Made for one follower; one thread at a time. */
public final class EventMapping {
    private final References references;
    private final VisitMapping visits;
    private final MoneyMapping money;
    private final ClosureEvents closures;
    private final HallEvents halls;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EventHeadDecoder head = new EventHeadDecoder();

    public EventMapping(final References references) {
        this.references = references;
        this.visits = new VisitMapping(references);
        this.money = new MoneyMapping(references);
        this.closures = new ClosureEvents(references);
        this.halls = new HallEvents(references);
    }

    static Cursor cursor(final EventLog.Cursor cursor) {
        return Cursor.newBuilder().setEpoch(cursor.epoch()).setPosition(cursor.position()).setOrdinal(cursor.ordinal()).build();
    }

    /** Whether a watch is told of it: what cools is nobody's to know, but for the room that moves; nor is who was let see what. @param offset of the SBE message with its header */
    public static boolean isTold(final DirectBuffer buffer, final int offset) {
        return switch (template(buffer, offset)) {
            case CoolingBegunDecoder.TEMPLATE_ID, CoolingEndedDecoder.TEMPLATE_ID, CoolingDueSetDecoder.TEMPLATE_ID, CoolingEraChangedDecoder.TEMPLATE_ID,
                 AccessRecordedDecoder.TEMPLATE_ID -> false;
            default -> true;
        };
    }

    static int template(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /** Of the first field of every event: whose it is, 0 = the network's. */
    static int post(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + MessageHeaderDecoder.ENCODED_LENGTH + EventHeadDecoder.postIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /** @param offset of the SBE message with its header */
    public Event event(final EventLog.Cursor cursor, final DirectBuffer buffer, final int offset) {
        header.wrap(buffer, offset);
        final int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        head.wrap(buffer, body); // the first field of every event
        final Event.Builder event = Event.newBuilder().setCursor(cursor(cursor)).setNowMs(head.nowMs()).setPostId(head.postId());
        final int templateId = header.templateId();
        switch (templateId) {
            case CoreVersionSetDecoder.TEMPLATE_ID -> event.setCoreVersionSet(CoreVersionSet.newBuilder()
                    .setCoreVersion(new CoreVersionSetDecoder().wrapAndApplyHeader(buffer, offset, header).coreVersion()));
            case ApplicationRetiredDecoder.TEMPLATE_ID -> event.setApplicationRetired(ApplicationRetired.newBuilder().setApplication(
                    application(new ApplicationRetiredDecoder().wrapAndApplyHeader(buffer, offset, header).applicationId())));
            case DayPublishedDecoder.TEMPLATE_ID -> event.setDayPublished(
                    published(new DayPublishedDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case DayStagedDecoder.TEMPLATE_ID -> event.setDayStaged(
                    staged(new DayStagedDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case RoomChangedDecoder.TEMPLATE_ID -> event.setRoomChanged(
                    room(new RoomChangedDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case WithheldSetDecoder.TEMPLATE_ID -> event.setWithheldSet(
                    withheld(new WithheldSetDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case QuotasSetDecoder.TEMPLATE_ID -> event.setQuotasSet(quotas(new QuotasSetDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case QuotaChangedDecoder.TEMPLATE_ID -> event.setQuotaChanged(quotas(new QuotaChangedDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case QuotaSpilledDecoder.TEMPLATE_ID -> event.setQuotaSpilled(quotas(new QuotaSpilledDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case OverbookedSetDecoder.TEMPLATE_ID -> event.setOverbookedSet(overbooked(new OverbookedSetDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case OverbookedWithdrawnDecoder.TEMPLATE_ID -> event.setOverbookedWithdrawn(overbooked(new OverbookedWithdrawnDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case ChangeBegunDecoder.TEMPLATE_ID -> event.setChangeBegun(ChangeBegun.newBuilder().setChange(
                    change(new ChangeBegunDecoder().wrapAndApplyHeader(buffer, offset, header).changeId())));
            case ChangeAppliedDecoder.TEMPLATE_ID -> {
                final ChangeAppliedDecoder applied = new ChangeAppliedDecoder().wrapAndApplyHeader(buffer, offset, header);
                event.setChangeApplied(ChangeApplied.newBuilder().setChange(change(applied.changeId())).setVersion((int) applied.version()));
            }
            case ChangeAbandonedDecoder.TEMPLATE_ID -> event.setChangeAbandoned(ChangeAbandoned.newBuilder().setChange(
                    change(new ChangeAbandonedDecoder().wrapAndApplyHeader(buffer, offset, header).changeId())));
            case ApplicationSubmittedDecoder.TEMPLATE_ID -> event.setApplicationSubmitted(
                    submitted(new ApplicationSubmittedDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case LinesDecidedDecoder.TEMPLATE_ID -> event.setLinesDecided(
                    decided(new LinesDecidedDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case MessageSentDecoder.TEMPLATE_ID -> event.setMessageSent(message(new MessageSentDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case DocumentRecordedDecoder.TEMPLATE_ID -> event.setDocumentRecorded(document(new DocumentRecordedDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case DocumentKindRecordedDecoder.TEMPLATE_ID -> event.setDocumentKindRecorded(kind(new DocumentKindRecordedDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case DocumentsAskedDecoder.TEMPLATE_ID -> event.setDocumentsAsked(asked(new DocumentsAskedDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case ApplicationAssignedDecoder.TEMPLATE_ID -> event.setApplicationAssigned(assigned(new ApplicationAssignedDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case ReasonGivenDecoder.TEMPLATE_ID -> event.setReasonGiven(reason(new ReasonGivenDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case AttendanceConfirmedDecoder.TEMPLATE_ID -> {
                final AttendanceConfirmedDecoder comes = new AttendanceConfirmedDecoder().wrapAndApplyHeader(buffer, offset, header);
                event.setAttendanceConfirmed(AttendanceConfirmed.newBuilder().setAppointment(references.text(ReferenceKind.APPOINTMENT, comes.appointmentId()))
                        .setApplication(application(comes.applicationId())));
            }
            case HeldDecoder.TEMPLATE_ID -> event.setHeld(visits.held(new HeldDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case ConfirmedDecoder.TEMPLATE_ID -> event.setConfirmed(
                    visits.confirmed(new ConfirmedDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case HoldReleasedDecoder.TEMPLATE_ID -> {
                final HoldReleasedDecoder released = new HoldReleasedDecoder().wrapAndApplyHeader(buffer, offset, header);
                event.setHoldReleased(HoldReleased.newBuilder().setHold(references.text(ReferenceKind.HOLD, released.holdId()))
                        .setApplication(application(released.applicationId())));
            }
            case HoldExpiredDecoder.TEMPLATE_ID -> {
                final HoldExpiredDecoder expired = new HoldExpiredDecoder().wrapAndApplyHeader(buffer, offset, header);
                event.setHoldExpired(HoldExpired.newBuilder().setHold(references.text(ReferenceKind.HOLD, expired.holdId()))
                        .setApplication(application(expired.applicationId())));
            }
            case RescheduledDecoder.TEMPLATE_ID -> event.setRescheduled(
                    visits.rescheduled(new RescheduledDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case AppointmentChangedDecoder.TEMPLATE_ID -> event.setAppointmentChanged(
                    changed(new AppointmentChangedDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case WalkedInDecoder.TEMPLATE_ID -> event.setWalkedIn(
                    visits.walkedIn(new WalkedInDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case StampsIssuedDecoder.TEMPLATE_ID -> event.setStampsIssued(
                    issued(new StampsIssuedDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case StampVoidedDecoder.TEMPLATE_ID -> {
                final StampVoidedDecoder voided = new StampVoidedDecoder().wrapAndApplyHeader(buffer, offset, header);
                event.setStampVoided(StampVoided.newBuilder().setStamp(references.text(ReferenceKind.STAMP, voided.stampId()))
                        .setApplication(application(voided.applicationId())));
            }
            default -> {
                if (!money.put(event, templateId, buffer, offset) && !closures.put(event, templateId, buffer, offset)
                        && !halls.put(event, templateId, buffer, offset)) {
                    // Rules, posts, pools, services, tariffs, rates: who keeps a copy asks the catalogue again.
                    event.setCatalogueChanged(CatalogueChanged.newBuilder().setTemplateId(templateId));
                }
            }
        }
        return event.build();
    }

    /** As it stands. */
    public Visit visit(final Agenda.Visit from) {
        return visits.visit(from).build();
    }

    private static DayPublished.Builder published(final DayPublishedDecoder from) {
        final DayPublished.Builder day = DayPublished.newBuilder().setPoolId(from.poolId()).setEpochDay(from.epochDay())
                .setStartMs(from.startMs()).setReleasedAtMs(from.releasedAtMs()).setUnitCount(from.unitCount())
                .setAlignUnits(from.alignUnits()).setVersion((int) from.version());
        for (final DayPublishedDecoder.RunsDecoder run : from.runs()) {
            day.addRuns(Run.newBuilder().setStartUnit(run.startUnit()).setUnits(run.units())
                    .setCapacity(run.capacity()).setWithheld(run.withheld()));
        }
        return day;
    }

    private DayPublished.Builder staged(final DayStagedDecoder from) {
        final DayPublished.Builder day = DayPublished.newBuilder().setChange(change(from.changeId())).setPoolId(from.poolId())
                .setEpochDay(from.epochDay()).setStartMs(from.startMs()).setReleasedAtMs(from.releasedAtMs())
                .setUnitCount(from.unitCount()).setAlignUnits(from.alignUnits());
        for (final DayStagedDecoder.RunsDecoder run : from.runs()) {
            day.addRuns(Run.newBuilder().setStartUnit(run.startUnit()).setUnits(run.units())
                    .setCapacity(run.capacity()).setWithheld(run.withheld()));
        }
        return day;
    }

    private static RoomChanged.Builder room(final RoomChangedDecoder from) {
        final RoomChanged.Builder changed = RoomChanged.newBuilder();
        for (final RoomChangedDecoder.RoomsDecoder room : from.rooms()) {
            changed.addRooms(Room.newBuilder().setPoolId(room.poolId()).setEpochDay(room.epochDay()).setStartUnit(room.startUnit())
                    .setUnits(room.units()).setDelta(room.delta()).setOpenDelta(room.openDelta()));
        }
        return changed;
    }

    private static WithheldSet.Builder withheld(final WithheldSetDecoder from) {
        return WithheldSet.newBuilder().setPoolId(from.poolId()).setEpochDay(from.epochDay()).setStartUnit(from.startUnit())
                .setUnits(from.units()).setWithheld(from.withheld());
    }

    private QuotasSet.Builder quotas(final QuotasSetDecoder from) {
        final QuotasSet.Builder set = QuotasSet.newBuilder().setChange(from.changeId() == 0 ? "" : change(from.changeId())).setPoolId(from.poolId()).setEpochDay(from.epochDay());
        for (final QuotasSetDecoder.QuotasDecoder quota : from.quotas()) {
            set.addQuotas(Quota.newBuilder().setStartUnit(quota.startUnit()).setUnits(quota.units()).setQuotaClassValue(quota.quotaClassRaw())
                    .setPlaces(quota.places()).setSpillMs(quota.spillMs()));
        }
        return set;
    }

    private static QuotaChanged.Builder quotas(final QuotaChangedDecoder from) {
        final QuotaChanged.Builder changed = QuotaChanged.newBuilder();
        for (final QuotaChangedDecoder.QuotasDecoder quota : from.quotas()) {
            changed.addQuotas(QuotaMove.newBuilder().setPoolId(quota.poolId()).setEpochDay(quota.epochDay()).setStartUnit(quota.startUnit()).setUnits(quota.units())
                    .setQuotaClassValue(quota.quotaClassRaw()).setTaken(quota.taken()).setKept(quota.kept()));
        }
        return changed;
    }

    private QuotaSpilled.Builder quotas(final QuotaSpilledDecoder from) {
        final QuotaSpilled.Builder spilled = QuotaSpilled.newBuilder().setChange(from.changeId() == 0 ? "" : change(from.changeId())).setPoolId(from.poolId())
                .setEpochDay(from.epochDay());
        for (int set = from.classes(); set != 0; set &= set - 1) {
            spilled.addClassesValue(Integer.numberOfTrailingZeros(set) + 1);
        }
        return spilled;
    }

    private OverbookedSet.Builder overbooked(final OverbookedSetDecoder from) {
        final OverbookedSet.Builder set = OverbookedSet.newBuilder().setChange(from.changeId() == 0 ? "" : change(from.changeId())).setPoolId(from.poolId()).setEpochDay(from.epochDay());
        for (final OverbookedSetDecoder.OverbookedDecoder run : from.overbooked()) {
            set.addOverbooked(Overbooked.newBuilder().setStartUnit(run.startUnit()).setUnits(run.units()).setPlaces(run.places()).setUntilMs(run.untilMs()));
        }
        return set;
    }

    private OverbookedWithdrawn.Builder overbooked(final OverbookedWithdrawnDecoder from) {
        final OverbookedWithdrawn.Builder withdrawn = OverbookedWithdrawn.newBuilder().setChange(from.changeId() == 0 ? "" : change(from.changeId())).setPoolId(from.poolId())
                .setEpochDay(from.epochDay());
        for (final OverbookedWithdrawnDecoder.WithdrawnDecoder run : from.withdrawn()) {
            withdrawn.addWithdrawn(PlacesWithdrawn.newBuilder().setStartUnit(run.startUnit()).setUnits(run.units()).setPlaces(run.places()));
        }
        return withdrawn;
    }

    private ApplicationSubmitted.Builder submitted(final ApplicationSubmittedDecoder from) {
        final ApplicationSubmitted.Builder submitted = ApplicationSubmitted.newBuilder().setApplication(application(from.applicationId()));
        for (final ApplicationSubmittedDecoder.LinesDecoder line : from.lines()) {
            submitted.addLines(Line.newBuilder().setPersonKey(line.personKey()).setServiceId(line.serviceId())
                    .setRegisteredPostId(line.registeredPostId()).setQuantity(line.quantity()).setAgeBandValue(line.ageBandRaw())
                    .setPriorityValue(line.priorityRaw()).setRepresentative(line.representative() == BooleanType.YES)
                    .setStateValue(line.stateRaw()));
        }
        return submitted;
    }

    private ReasonGiven.Builder reason(final ReasonGivenDecoder from) {
        return ReasonGiven.newBuilder().setApplication(application(from.applicationId())).setLines(from.lines()).setReasonCode(from.reasonCode()).setReasonHash(from.reasonHash());
    }

    private LinesDecided.Builder decided(final LinesDecidedDecoder from) {
        return LinesDecided.newBuilder().setApplication(application(from.applicationId())).setLines(from.lines())
                .setStateValue(from.stateRaw()).setReasonCode(from.reasonCode());
    }

    private MessageSent.Builder message(final MessageSentDecoder from) {
        return MessageSent.newBuilder().setApplication(application(from.applicationId())).setWriterValue(from.writerRaw()).setTopicCode(from.topicCode()).setTextHash(from.textHash());
    }

    private DocumentRecorded.Builder document(final DocumentRecordedDecoder from) {
        return DocumentRecorded.newBuilder().setApplication(application(from.applicationId())).setHash(from.hash()).setBytes((int) from.bytes()).setLines(from.lines()).setPages(from.pages())
                .setDocumentTypeValue(from.documentTypeRaw()).setScanValue(from.scanRaw());
    }

    private DocumentKindRecorded.Builder kind(final DocumentKindRecordedDecoder from) {
        return DocumentKindRecorded.newBuilder().setApplication(application(from.applicationId())).setHash(from.hash()).setLines(from.lines()).setKindValue(from.kindRaw()).setScanValue(from.scanRaw());
    }

    private DocumentsAsked.Builder asked(final DocumentsAskedDecoder from) {
        return DocumentsAsked.newBuilder().setApplication(application(from.applicationId())).setLines(from.lines()).addAllKinds(DocumentKinds.list(from.kinds()))
                .setReasonCode(from.reasonCode()).setTextHash(from.textHash());
    }

    private ApplicationAssigned.Builder assigned(final ApplicationAssignedDecoder from) {
        return ApplicationAssigned.newBuilder().setApplication(application(from.applicationId())).setOfficer(from.officer()).setUntilMs(from.untilMs());
    }

    private AppointmentChanged.Builder changed(final AppointmentChangedDecoder from) {
        return AppointmentChanged.newBuilder().setAppointment(references.text(ReferenceKind.APPOINTMENT, from.appointmentId()))
                .setApplication(application(from.applicationId())).setStateValue(from.stateRaw()).setCounter(from.counter())
                .setTicket(from.ticket()).setFulfilled(from.fulfilled());
    }

    private StampsIssued.Builder issued(final StampsIssuedDecoder from) {
        final StampsIssued.Builder issued = StampsIssued.newBuilder().setApplication(application(from.applicationId()))
                .setCurrency(from.currency()).setMicroMadPerUnit(from.microMadPerUnit()).setTariffVersion((int) from.tariffVersion());
        for (final StampsIssuedDecoder.StampsDecoder stamp : from.stamps()) {
            issued.addStamps(IssuedStamp.newBuilder().setStamp(references.text(ReferenceKind.STAMP, stamp.stampId()))
                    .setLine(stamp.line()).setAmountCentimes(stamp.amountCentimes()).setLocalMinor(stamp.localMinor()));
        }
        return issued;
    }

    private String application(final long number) {
        return references.text(ReferenceKind.APPLICATION, number);
    }

    private String change(final long number) {
        return references.text(ReferenceKind.CHANGE, number);
    }
}
