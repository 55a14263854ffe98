package org.mawid.engine.twin;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.agrona.ExpandableArrayBuffer;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.MessageText;
import org.mawid.sbe.*; // one encoder for every record

/** The whole state in public words, of the twin and of the core, so that two states can be compared as two sets of texts. */
final class NaiveRecords {
    private static final int SLICE = 97;

    private final Model model;
    private final TreeSet<String> texts = new TreeSet<>();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4_096);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    private NaiveRecords(final Model model) {
        this.model = model;
    }

    /** What the core tells, in slices, as whoever rebuilds a read model asks for it. */
    static TreeSet<String> of(final EngineCore core) {
        final TreeSet<String> texts = new TreeSet<>();
        for (final RecordKind kind : RecordKind.values()) {
            long from = 0;
            do {
                from = core.dump(kind, from, SLICE, (template, at, offset, length) -> texts.add(MessageText.message(at, offset)));
            } while (from != 0);
        }
        return texts;
    }

    static TreeSet<String> of(final Model model) {
        final NaiveRecords records = new NaiveRecords(model);
        records.catalogue();
        records.days();
        model.applications.values().forEach(records::application);
        model.applications.values().stream().filter(application -> application.review != null).forEach(records::review);
        model.holds.values().forEach(records::hold);
        model.appointments.values().forEach(records::appointment);
        model.stamps.values().forEach(records::stamp);
        new NaiveMoneyRecords(model.money, records.buffer, records::tell).all();
        new NaiveDisplacementRecords(model, records.buffer, records::tell).all();
        new NaiveHallRecords(model, records.buffer, records::tell).all();
        return records.texts;
    }

    private void catalogue() {
        final NaiveEvents events = new NaiveEvents();
        final EventWriter writer = new EventWriter();
        final Runnable tell = () -> {
            final byte[] written = new byte[writer.length()];
            writer.buffer().getBytes(writer.offset(), written);
            texts.addAll(MessageText.of(written));
            writer.reset();
        };
        events.begin(writer, model.position, model.nowMs);
        events.rulesSet(model.rules);
        tell.run();
        if (model.money.rulesSet) {
            new NaiveMoneyEvents(events).stampRulesSet(model.money.rules);
            tell.run();
        }
        if (model.displacement.rulesSet) {
            new NaiveDisplacementEvents(events).offerRulesSet(model.displacement.rules);
            tell.run();
        }
        if (model.cooling.rulesSet) {
            new NaiveWaitingEvents(events).rulesSet(model.cooling.rules);
            tell.run();
        }
        if (model.hall.rulesSet) {
            new NaiveHallEvents(events).hallRulesSet(model.hall.rules);
            tell.run();
        }
        for (final Model.Pool pool : model.pools.values()) {
            events.poolDefined(new Command.DefinePool(Command.Request.NOBODY, pool.id, pool.post.id, pool.kind, pool.code));
            tell.run();
            for (final int service : pool.serves) {
                events.deskServiceSet(pool, new Command.SetDeskService(Command.Request.NOBODY, pool.id, service, true));
                tell.run();
            }
        }
        for (final Map.Entry<Integer, Model.Service> each : model.services.entrySet()) {
            final Model.Service service = each.getValue();
            events.serviceDefined(service.said);
            tell.run();
            for (final Model.Tariff tariff : new Model.Tariff[] {service.older, service.newest}) {
                if (tariff != null) {
                    events.tariffSet(tariff.said());
                    tell.run();
                }
            }
            if (service.feeTime != FeeTime.AT_POST) {
                events.feeTimeSet(each.getKey(), service.feeTime);
                tell.run();
            }
            if (service.documents != null) {
                events.serviceDocumentsSet(service.documents);
                tell.run();
            }
            if (model.cooling.services.containsKey(each.getKey())) {
                new NaiveWaitingEvents(events).coolingSet(model.cooling.services.get(each.getKey()));
                tell.run();
            }
        }
        for (final Model.Post post : model.posts.values()) {
            final PostRecordEncoder message = new PostRecordEncoder().wrapAndApplyHeader(buffer, 0, header);
            message.postId(post.id).code(post.code).currency(post.currency).minorDigits((short) post.minorDigits)
                    .roundToMinor(post.roundToMinor).microMadPerUnit(post.microMadPerUnit).calendarVersion(post.version);
            tell();
        }
    }

    private void days() {
        for (final Map.Entry<Long, Model.Change> change : model.changes.entrySet()) {
            new ChangeRecordEncoder().wrapAndApplyHeader(buffer, 0, header).changeId(change.getKey()).postId(change.getValue().post.id)
                    .begunPosition(change.getValue().begunPosition).begunMs(change.getValue().begunMs);
            tell();
            for (final Model.DayKey key : change.getValue().days) {
                day(key, model.days.get(key).staged, change.getKey(), model.days.get(key), new Model.Day());
            }
        }
        for (final Map.Entry<Model.DayKey, Model.Day> entry : model.days.entrySet()) {
            if (entry.getValue().live != null) {
                day(entry.getKey(), entry.getValue().live, 0, entry.getValue(), entry.getValue());
            }
        }
    }

    private void day(final Model.DayKey key, final Model.Grid grid, final long changeId, final Model.Day of, final Model.Day takers) {
        final DayRecordEncoder message = new DayRecordEncoder().wrapAndApplyHeader(buffer, 0, header);
        message.poolId(key.poolId()).postId(model.pools.get(key.poolId()).post.id).epochDay(key.epochDay()).changeId(changeId)
                .startMs(grid.startMs).releasedAtMs(grid.releasedAtMs).alignUnits((short) grid.alignUnits);
        final DayRecordEncoder.UnitsEncoder group = message.unitsCount(grid.unitCount);
        for (int unit = 0; unit < grid.unitCount; unit++) {
            group.next().capacity((short) grid.capacity[unit]).booked((short) takers.booked[unit]).held((short) takers.held[unit])
                    .withheld((short) (grid.withheld[unit] + of.left(grid, unit)));
        }
        tell();
        quotas(key, grid, changeId, takers);
        overbooked(key, grid, changeId);
    }

    private void overbooked(final Model.DayKey key, final Model.Grid grid, final long changeId) {
        if (grid.isOverbooked()) {
            final OverbookedRecordEncoder message = new OverbookedRecordEncoder().wrapAndApplyHeader(buffer, 0, header);
            message.poolId(key.poolId()).postId(model.pools.get(key.poolId()).post.id).epochDay(key.epochDay()).changeId(changeId).untilMs(grid.overbookedUntilMs);
            final OverbookedRecordEncoder.UnitsEncoder group = message.unitsCount(grid.unitCount);
            for (int unit = 0; unit < grid.unitCount; unit++) {
                group.next().places((short) grid.overbooked[unit]);
            }
            tell();
        }
    }

    private void quotas(final Model.DayKey key, final Model.Grid grid, final long changeId, final Model.Day takers) {
        final boolean any = Stream.of(grid.kept, takers.takenOf).flatMap(Arrays::stream).flatMapToInt(Arrays::stream).anyMatch(places -> places != 0)
                || Arrays.stream(grid.spillMs).anyMatch(atMs -> atMs != 0);
        if (!any) {
            return;
        }
        final QuotaRecordEncoder message = new QuotaRecordEncoder().wrapAndApplyHeader(buffer, 0, header);
        message.poolId(key.poolId()).postId(model.pools.get(key.poolId()).post.id).epochDay(key.epochDay()).changeId(changeId).spillCallCentre(grid.spillMs[1])
                .spillWalkIn(grid.spillMs[2]).spillAssisted(grid.spillMs[3]).spillEmergency(grid.spillMs[4]);
        final QuotaRecordEncoder.UnitsEncoder group = message.unitsCount(grid.unitCount);
        for (int unit = 0; unit < grid.unitCount; unit++) {
            group.next().keptCallCentre((short) grid.kept[1][unit]).keptWalkIn((short) grid.kept[2][unit]).keptAssisted((short) grid.kept[3][unit])
                    .keptEmergency((short) grid.kept[4][unit]).takenCallCentre((short) takers.takenOf[1][unit]).takenWalkIn((short) takers.takenOf[2][unit])
                    .takenAssisted((short) takers.takenOf[3][unit]).takenEmergency((short) takers.takenOf[4][unit]);
        }
        tell();
    }

    private void application(final Model.Application application) {
        final ApplicationRecordEncoder message = new ApplicationRecordEncoder().wrapAndApplyHeader(buffer, 0, header);
        message.applicationId(application.id).applicant(application.applicant).submittedMs(application.submittedMs)
                .changedMs(application.lastChangeMs).validUntilMs(application.validUntilMs).postId(application.postId);
        final ApplicationRecordEncoder.LinesEncoder group = message.linesCount(application.lines.size());
        for (final Model.Line line : application.lines) {
            final long stamp = line.stamp == null ? 0 : line.stamp.id;
            group.next().personKey(line.personKey).stampId(stamp).holdId(line.holdId).appointmentId(line.appointmentId)
                    .registeredPostId(line.registeredPostId).serviceId(line.serviceId).quantity((short) line.quantity)
                    .ageBand(line.asked.ageBand()).priority(line.asked.priority())
                    .representative(line.asked.representative() ? BooleanType.YES : BooleanType.NO).state(line.state)
                    .reasonHash(line.reason == null ? 0 : line.reason.hash).reasonCode(line.reason == null ? 0 : line.reason.code);
        }
        tell();
    }

    private void review(final Model.Application application) {
        final ReviewRecordEncoder message = new ReviewRecordEncoder().wrapAndApplyHeader(buffer, 0, header);
        message.applicationId(application.id).sinceMs(application.review.sinceMs).officer(application.review.officer).untilMs(application.review.untilMs);
        final ReviewRecordEncoder.LinesEncoder group = message.linesCount(application.lines.size());
        application.lines.forEach(line -> group.next().wanted(set(line.wanted)).clean(set(line.clean)));
        tell();
    }

    private static long set(final Set<Integer> kinds) {
        return kinds.stream().mapToLong(kind -> 1L << kind).sum();
    }

    private void hold(final Model.Hold hold) {
        final HoldRecordEncoder message = new HoldRecordEncoder().wrapAndApplyHeader(buffer, 0, header);
        message.holdId(hold.id).applicationId(hold.application.id).deadlineMs(hold.deadlineMs).startMs(hold.visit.startMs())
                .postId(hold.visit.post().id);
        final List<Model.TakenLeg> legs = hold.visit.legs();
        final HoldRecordEncoder.LegsEncoder group = message.legsCount(legs.size());
        legs.forEach(taken -> group.next().deskId(taken.leg().deskId()).lines(taken.leg().lines()).epochDay(taken.leg().epochDay())
                .startUnit((short) taken.leg().startUnit()).units((short) taken.leg().units()));
        tell();
    }

    private void appointment(final Model.Appointment appointment) {
        final AppointmentRecordEncoder message = new AppointmentRecordEncoder().wrapAndApplyHeader(buffer, 0, header);
        final Model.Visit visit = appointment.visit;
        message.appointmentId(appointment.id).applicationId(appointment.application.id).startMs(visit.startMs())
                .changedMs(appointment.changedMs).postId(visit.post().id).lines(appointment.lines).ticket(appointment.ticket)
                .counter((short) appointment.counter).reschedules((short) appointment.reschedules).state(appointment.state)
                .overflow(visit.legs().isEmpty() ? BooleanType.YES : BooleanType.NO).leadDays((short) appointment.leadDays)
                .attendance(appointment.attendance ? BooleanType.YES : BooleanType.NO);
        final AppointmentRecordEncoder.LegsEncoder group = message.legsCount(visit.legs().size());
        visit.legs().forEach(taken -> group.next().deskId(taken.leg().deskId()).lines(taken.leg().lines())
                .epochDay(taken.leg().epochDay()).startUnit((short) taken.leg().startUnit()).units((short) taken.leg().units()));
        tell();
    }

    private void stamp(final Model.Stamp stamp) {
        new StampRecordEncoder().wrapAndApplyHeader(buffer, 0, header).stampId(stamp.id).applicationId(stamp.application.id)
                .amountCentimes(stamp.amountCentimes).localMinor(stamp.localMinor).microMadPerUnit(stamp.microMadPerUnit)
                .issuedMs(stamp.issuedMs).tariffVersion(stamp.tariffVersion).postId(stamp.post.id).line((short) stamp.line)
                .state(stamp.state).currency(stamp.currency).consumedPost(stamp.consumedPost).consumedMs(stamp.consumedMs).paymentId(stamp.paymentId);
        tell();
    }

    private void tell() {
        texts.add(MessageText.message(buffer, 0));
    }
}
