package org.mawid.engine.twin;

import java.util.List;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.*; // one encoder for every event

/** Writes the events of one position. */
final class NaiveEvents {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private EventWriter out;
    private long position;
    private long nowMs;
    private int told;

    /** Units of a pool whose room moved. */
    record Room(int poolId, int epochDay, int startUnit, int units, int delta, int openDelta) {
    }

    void begin(final EventWriter writer, final long at, final long now) {
        out = writer;
        position = at;
        nowMs = now;
        told = 0;
    }

    /** Entries of RoomChanged at this position so far. */
    int told() {
        return told;
    }

    /** Something else counts for so many of them. */
    void tells(final int entries) {
        told += entries;
    }

    void coreVersionSet(final int version) {
        final CoreVersionSetEncoder message = new CoreVersionSetEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), 0);
        end(message.coreVersion(version).limit());
    }

    void rulesSet(final Command.Rules r) {
        final RulesSetEncoder message = new RulesSetEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), 0);
        end(message.holdTtlMs(r.holdTtlMs()).holdBudgetRefillMs(r.holdBudgetRefillMs()).validationTtlMs(r.validationTtlMs())
                .rememberMs(r.rememberMs()).createdSkewMs(r.createdSkewMs()).checkInEarlyMs(r.checkInEarlyMs())
                .noShowGraceMs(r.noShowGraceMs()).retainMs(r.retainMs()).maxApplications(r.maxApplications()).maxLines(r.maxLines())
                .maxPersons(r.maxPersons()).maxAppointments(r.maxAppointments()).maxHolds(r.maxHolds()).maxLegs(r.maxLegs())
                .maxStamps(r.maxStamps()).maxDays(r.maxDays()).maxRequests(r.maxRequests()).maxClients(r.maxClients())
                .maxChanges(r.maxChanges()).horizonDays(r.horizonDays()).expiredPerTick(r.expiredPerTick())
                .holdsPerPerson((short) r.holdsPerPerson()).holdBudget((short) r.holdBudget())
                .openLinesPerPerson((short) r.openLinesPerPerson())
                .reschedulesPerAppointment((short) r.reschedulesPerAppointment()).limit());
    }

    void applicationRetired(final Model.Application application) {
        final ApplicationRetiredEncoder message = new ApplicationRetiredEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), application.postId);
        end(message.applicationId(application.id).limit());
    }

    void postDefined(final Command.DefinePost c) {
        final PostDefinedEncoder message = new PostDefinedEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), c.postId());
        end(message.postId(c.postId()).code(c.code()).currency(c.currency()).minorDigits((short) c.minorDigits())
                .roundToMinor(c.roundToMinor()).limit());
    }

    void poolDefined(final Command.DefinePool c) {
        final PoolDefinedEncoder message = new PoolDefinedEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), c.postId());
        end(message.poolId(c.poolId()).postId(c.postId()).kind(c.kind()).code(c.code()).limit());
    }

    void serviceDefined(final Command.DefineService c) {
        final ServiceDefinedEncoder message = new ServiceDefinedEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), 0);
        end(message.serviceId(c.serviceId()).durationMinutes(c.durationMinutes()).code(c.code()).scope(c.scope())
                .validationRequired(yes(c.validationRequired())).appointmentRequired(yes(c.appointmentRequired()))
                .urgent(yes(c.urgent())).resourceKinds((short) c.resourceKinds()).quantityMax((short) c.quantityMax()).limit());
    }

    void deskServiceSet(final Model.Pool desk, final Command.SetDeskService c) {
        final DeskServiceSetEncoder message = new DeskServiceSetEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), desk.post.id);
        end(message.deskId(desk.id).serviceId(c.serviceId()).serves(yes(c.serves())).limit());
    }

    void tariffSet(final Command.SetTariff c) {
        final TariffSetEncoder message = new TariffSetEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), 0);
        message.serviceId(c.serviceId()).version(c.version()).validFromMs(c.validFromMs());
        final TariffSetEncoder.ComponentsEncoder group = message.componentsCount(c.components().size());
        c.components().forEach(one -> group.next().beneficiary(one.beneficiary()).amountCentimes(one.amountCentimes()));
        end(message.limit());
    }

    void serviceDocumentsSet(final Command.SetServiceDocuments said) {
        final ServiceDocumentsSetEncoder message = new ServiceDocumentsSetEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), 0);
        end(message.serviceId(said.serviceId()).kinds(said.kinds()).validates(yes(said.validates())).limit());
    }

    void feeTimeSet(final int serviceId, final FeeTime feeTime) {
        final FeeTimeSetEncoder message = new FeeTimeSetEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), 0);
        end(message.serviceId(serviceId).feeTime(feeTime).limit());
    }

    void rateSet(final Command.SetRate c) {
        final RateSetEncoder message = new RateSetEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), c.postId());
        end(message.postId(c.postId()).microMadPerUnit(c.microMadPerUnit()).limit());
    }

    void dayPublished(final Model.Post post, final Command.DayPlan day) {
        final DayPublishedEncoder message = new DayPublishedEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), post.id);
        message.poolId(day.poolId()).epochDay(day.epochDay()).startMs(day.startMs()).releasedAtMs(day.releasedAtMs())
                .unitCount((short) day.unitCount()).alignUnits((short) day.alignUnits()).version(post.version);
        final DayPublishedEncoder.RunsEncoder group = message.runsCount(day.runs().size());
        day.runs().forEach(run -> group.next().startUnit((short) run.startUnit()).units((short) run.units())
                .capacity((short) run.capacity()).withheld((short) run.withheld()));
        end(message.limit());
    }

    void dayStaged(final Model.Post post, final long changeId, final Command.DayPlan day) {
        final DayStagedEncoder message = new DayStagedEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), post.id);
        message.changeId(changeId).poolId(day.poolId()).epochDay(day.epochDay()).startMs(day.startMs())
                .releasedAtMs(day.releasedAtMs()).unitCount((short) day.unitCount()).alignUnits((short) day.alignUnits());
        final DayStagedEncoder.RunsEncoder group = message.runsCount(day.runs().size());
        day.runs().forEach(run -> group.next().startUnit((short) run.startUnit()).units((short) run.units())
                .capacity((short) run.capacity()).withheld((short) run.withheld()));
        end(message.limit());
    }

    void roomChanged(final Model.Post post, final List<Room> rooms) {
        told += rooms.size();
        final RoomChangedEncoder message = new RoomChangedEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), post.id);
        final RoomChangedEncoder.RoomsEncoder group = message.roomsCount(rooms.size());
        rooms.forEach(room -> group.next().poolId(room.poolId).epochDay(room.epochDay).startUnit((short) room.startUnit)
                .units((short) room.units).delta((short) room.delta).openDelta((short) room.openDelta));
        end(message.limit());
    }

    /** Units of a desk on which something moved of what is kept for a class. */
    record Kept(int poolId, int epochDay, int startUnit, int units, int quota, int taken, int kept) {
    }

    void quotasSet(final Model.Post post, final long changeId, final Command.DayPlan day) {
        if (day.quotas().isEmpty()) {
            return;
        }
        final QuotasSetEncoder message = new QuotasSetEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), post.id);
        message.changeId(changeId).epochDay(day.epochDay()).poolId(day.poolId());
        final QuotasSetEncoder.QuotasEncoder group = message.quotasCount(day.quotas().size());
        day.quotas().forEach(quota -> group.next().startUnit((short) quota.startUnit()).units((short) quota.units()).quotaClass(quota.quotaClass())
                .places((short) quota.places()).spillMs(quota.spillMs()));
        end(message.limit());
    }

    void quotaChanged(final Model.Post post, final List<Kept> entries) {
        if (entries.isEmpty()) {
            return;
        }
        told += entries.size();
        final QuotaChangedEncoder message = new QuotaChangedEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), post.id);
        final QuotaChangedEncoder.QuotasEncoder group = message.quotasCount(entries.size());
        entries.forEach(each -> group.next().poolId(each.poolId).epochDay(each.epochDay).startUnit((short) each.startUnit).units((short) each.units)
                .quotaClass(QuotaClass.get((short) each.quota)).taken((short) each.taken).kept((short) each.kept));
        end(message.limit());
    }

    void quotaSpilled(final Model.Post post, final Model.DayKey key, final long changeId, final int classes) {
        final QuotaSpilledEncoder message = new QuotaSpilledEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), post.id);
        end(message.changeId(changeId).epochDay(key.epochDay()).poolId(key.poolId()).classes((short) classes).limit());
    }

    void overbookedSet(final Model.Post post, final long changeId, final Command.DayPlan day) {
        final OverbookedSetEncoder message = new OverbookedSetEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), post.id);
        message.changeId(changeId).epochDay(day.epochDay()).poolId(day.poolId());
        final OverbookedSetEncoder.OverbookedEncoder group = message.overbookedCount(day.overbooked().size());
        day.overbooked().forEach(run -> group.next().startUnit((short) run.startUnit()).units((short) run.units()).places((short) run.places()).untilMs(run.untilMs()));
        end(message.limit());
    }

    /** @param withdrawn run by run, so many places */
    void overbookedWithdrawn(final Model.Post post, final Model.DayKey key, final long changeId, final List<Room> withdrawn) {
        final OverbookedWithdrawnEncoder message = new OverbookedWithdrawnEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), post.id);
        message.changeId(changeId).epochDay(key.epochDay()).poolId(key.poolId());
        final OverbookedWithdrawnEncoder.WithdrawnEncoder group = message.withdrawnCount(withdrawn.size());
        withdrawn.forEach(run -> group.next().startUnit((short) run.startUnit()).units((short) run.units()).places((short) run.delta()));
        end(message.limit());
    }

    /** Counts for four entries of RoomChanged. */
    void withheldSet(final Model.Post post, final Model.DayKey key, final int startUnit, final int units, final int withheld) {
        told += 4;
        final WithheldSetEncoder message = new WithheldSetEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), post.id);
        end(message.poolId(key.poolId()).epochDay(key.epochDay()).startUnit((short) startUnit).units((short) units).withheld((short) withheld).limit());
    }

    void withheldSet(final Model.Post post, final Command.SetCapacity c) {
        final WithheldSetEncoder message = new WithheldSetEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), post.id);
        end(message.poolId(c.poolId()).epochDay(c.epochDay()).startUnit((short) c.startUnit()).units((short) c.units())
                .withheld((short) c.withheld()).limit());
    }

    void changeBegun(final Model.Post post, final long changeId) {
        final ChangeBegunEncoder message = new ChangeBegunEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), post.id);
        end(message.changeId(changeId).limit());
    }

    void changeApplied(final Model.Post post, final long changeId) {
        final ChangeAppliedEncoder message = new ChangeAppliedEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), post.id);
        end(message.changeId(changeId).version(post.version).limit());
    }

    void changeAbandoned(final Model.Post post, final long changeId) {
        final ChangeAbandonedEncoder message = new ChangeAbandonedEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), post.id);
        end(message.changeId(changeId).limit());
    }

    void applicationSubmitted(final Model.Application application) {
        final ApplicationSubmittedEncoder message = new ApplicationSubmittedEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), application.postId);
        message.applicationId(application.id).applicant(application.applicant);
        final ApplicationSubmittedEncoder.LinesEncoder group = message.linesCount(application.lines.size());
        for (final Model.Line each : application.lines) {
            final Command.LineAsked line = each.asked;
            group.next().personKey(line.personKey()).serviceId(line.serviceId()).registeredPostId(line.registeredPostId())
                    .quantity((short) line.quantity()).ageBand(line.ageBand()).priority(line.priority())
                    .representative(yes(line.representative())).state(each.state);
        }
        end(message.limit());
    }

    void linesDecided(final Model.Application application, final int lines, final LineState state, final int reasonCode) {
        final LinesDecidedEncoder message = new LinesDecidedEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), application.postId);
        end(message.applicationId(application.id).lines(lines).state(state).reasonCode(reasonCode).limit());
    }

    void messageSent(final Model.Application application, final Model.Post post, final Command.SendMessage said) {
        final MessageSentEncoder message = new MessageSentEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), post.id);
        end(message.applicationId(application.id).textHash(said.textHash()).topicCode(said.topicCode()).writer(said.writer()).limit());
    }

    void documentRecorded(final Model.Application application, final Command.RecordDocument said) {
        final DocumentRecordedEncoder message = new DocumentRecordedEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), application.postId);
        end(message.applicationId(application.id).hash(said.hash()).bytes(said.bytes()).lines(said.lines()).pages(said.pages()).documentType(said.type()).scan(said.scan()).limit());
    }

    void documentKindRecorded(final Model.Application application, final Command.RecordDocument said) {
        final DocumentKindRecordedEncoder message = new DocumentKindRecordedEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), application.postId);
        end(message.applicationId(application.id).hash(said.hash()).lines(said.lines()).kind(said.kind()).scan(said.scan()).limit());
    }

    void documentsAsked(final Model.Application application, final Command.AskForDocuments said) {
        final DocumentsAskedEncoder message = new DocumentsAskedEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), application.postId);
        end(message.applicationId(application.id).textHash(said.textHash()).kinds(said.kinds()).lines(said.lines()).reasonCode(said.reasonCode()).limit());
    }

    void reasonGiven(final Model.Application application, final int lines, final Model.Reason reason) {
        final ReasonGivenEncoder message = new ReasonGivenEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), application.postId);
        end(message.applicationId(application.id).reasonHash(reason.hash).lines(lines).reasonCode(reason.code).limit());
    }

    void attendanceConfirmed(final Model.Appointment appointment) {
        final AttendanceConfirmedEncoder message = new AttendanceConfirmedEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), appointment.visit.post().id);
        end(message.appointmentId(appointment.id).applicationId(appointment.application.id).limit());
    }

    void applicationAssigned(final Model.Application application) {
        final ApplicationAssignedEncoder message = new ApplicationAssignedEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), application.postId);
        end(message.applicationId(application.id).officer(application.review.officer).untilMs(application.review.untilMs).limit());
    }

    void accessRecorded(final Command.RecordAccess said) {
        final AccessRecordedEncoder message = new AccessRecordedEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), 0);
        end(message.actor(said.request().actor()).onBehalfOf(said.request().onBehalfOf()).targetId(said.targetId()).detail(said.detail()).address(said.address()).leftOut(said.leftOut())
                .operation(said.operation()).reasonCode(said.reasonCode()).targetKind(said.targetKind()).verdict(said.verdict()).limit());
    }

    void held(final Model.Hold hold) {
        final HeldEncoder message = new HeldEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), hold.visit.post().id);
        message.holdId(hold.id).applicationId(hold.application.id).deadlineMs(hold.deadlineMs).startMs(hold.visit.startMs());
        final HeldEncoder.LegsEncoder group = message.legsCount(hold.visit.legs().size());
        hold.visit.legs().forEach(taken -> group.next().deskId(taken.leg().deskId()).lines(taken.leg().lines())
                .epochDay(taken.leg().epochDay()).startUnit((short) taken.leg().startUnit()).units((short) taken.leg().units()));
        end(message.limit());
    }

    void confirmed(final Model.Appointment appointment, final long holdId) {
        final ConfirmedEncoder message = new ConfirmedEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        final Model.Visit visit = appointment.visit;
        head(message.head(), visit.post().id);
        message.appointmentId(appointment.id).holdId(holdId).applicationId(appointment.application.id).startMs(visit.startMs());
        final ConfirmedEncoder.LegsEncoder group = message.legsCount(visit.legs().size());
        visit.legs().forEach(taken -> group.next().deskId(taken.leg().deskId()).lines(taken.leg().lines())
                .epochDay(taken.leg().epochDay()).startUnit((short) taken.leg().startUnit()).units((short) taken.leg().units()));
        end(message.limit());
    }

    void holdReleased(final Model.Hold hold) {
        final HoldReleasedEncoder message = new HoldReleasedEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), hold.visit.post().id);
        end(message.holdId(hold.id).applicationId(hold.application.id).limit());
    }

    void holdExpired(final Model.Hold hold) {
        final HoldExpiredEncoder message = new HoldExpiredEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), hold.visit.post().id);
        end(message.holdId(hold.id).applicationId(hold.application.id).limit());
    }

    void rescheduled(final Model.Appointment appointment) {
        final RescheduledEncoder message = new RescheduledEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        final Model.Visit visit = appointment.visit;
        head(message.head(), visit.post().id);
        message.appointmentId(appointment.id).applicationId(appointment.application.id).startMs(visit.startMs());
        final RescheduledEncoder.LegsEncoder group = message.legsCount(visit.legs().size());
        visit.legs().forEach(taken -> group.next().deskId(taken.leg().deskId()).lines(taken.leg().lines())
                .epochDay(taken.leg().epochDay()).startUnit((short) taken.leg().startUnit()).units((short) taken.leg().units()));
        end(message.limit());
    }

    void appointmentChanged(final Model.Appointment appointment, final int fulfilled) {
        final AppointmentChangedEncoder message = new AppointmentChangedEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), appointment.visit.post().id);
        end(message.appointmentId(appointment.id).applicationId(appointment.application.id).state(appointment.state)
                .counter((short) appointment.counter).ticket(appointment.ticket).fulfilled(fulfilled).limit());
    }

    void walkedIn(final Model.Appointment appointment) {
        final WalkedInEncoder message = new WalkedInEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        final Model.Visit visit = appointment.visit;
        head(message.head(), visit.post().id);
        message.appointmentId(appointment.id).applicationId(appointment.application.id).startMs(visit.startMs())
                .ticket(appointment.ticket).overflow(yes(visit.legs().isEmpty()));
        final WalkedInEncoder.LegsEncoder group = message.legsCount(visit.legs().size());
        visit.legs().forEach(taken -> group.next().deskId(taken.leg().deskId()).lines(taken.leg().lines())
                .epochDay(taken.leg().epochDay()).startUnit((short) taken.leg().startUnit()).units((short) taken.leg().units()));
        end(message.limit());
    }

    /** @param told as the post had it, 0 = a walk-in @param as which one has it, 0 = superseded */
    void recordedOffline(final int postId, final long told, final long as, final long atMs, final AppointmentState state) {
        final RecordedOfflineEncoder message = new RecordedOfflineEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), postId);
        end(message.appointmentId(told).asAppointmentId(as).atMs(atMs).state(state).limit());
    }

    /** @param stamps of one tariff version */
    void stampsIssued(final List<Model.Stamp> stamps) {
        final StampsIssuedEncoder message = new StampsIssuedEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        final Model.Stamp first = stamps.get(0);
        head(message.head(), first.post.id);
        message.applicationId(first.application.id).microMadPerUnit(first.microMadPerUnit).tariffVersion(first.tariffVersion)
                .currency(first.currency);
        final StampsIssuedEncoder.StampsEncoder group = message.stampsCount(stamps.size());
        stamps.forEach(stamp -> group.next().stampId(stamp.id).line((short) stamp.line).amountCentimes(stamp.amountCentimes)
                .localMinor(stamp.localMinor));
        end(message.limit());
    }

    void stampVoided(final Model.Stamp stamp) {
        final StampVoidedEncoder message = new StampVoidedEncoder().wrapAndApplyHeader(out.buffer(), at(), header);
        head(message.head(), stamp.post.id);
        end(message.stampId(stamp.id).applicationId(stamp.application.id).limit());
    }

    EventWriter out() {
        return out;
    }

    int at() {
        return out.messageOffset();
    }

    void head(final EventHeadEncoder head, final int postId) {
        head.position(position).nowMs(nowMs).ordinal(out.count()).postId(postId).reserved(0);
    }

    void end(final int limit) {
        out.commit(limit - out.messageOffset());
    }

    static BooleanType yes(final boolean value) {
        return value ? BooleanType.YES : BooleanType.NO;
    }
}
