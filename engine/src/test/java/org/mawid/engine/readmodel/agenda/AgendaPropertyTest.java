package org.mawid.engine.readmodel.agenda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordConsumer;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.core.UnderWay;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.readmodel.Agenda;
import org.mawid.engine.readmodel.Agenda.Leg;
import org.mawid.engine.readmodel.Agenda.Visit;
import org.mawid.engine.testkit.Answered;
import org.mawid.engine.twin.SeededTraffic;
import org.mawid.sbe.AppointmentRecordDecoder;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.DayRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;

/** Whatever happens: who comes, as the events have made it, is who comes as the core has it. */
class AgendaPropertyTest {
    private static final int SEEDS = 6;
    private static final int SLICE = 97;
    private static final long DAY_MS = 86_400_000L;
    private static final long ALL_MS = 4_000_000_000_000L;
    private static final int POSTS = 4_095;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final TreeSet<AppointmentState> states = new TreeSet<>();
    private final TreeMap<String, Integer> seen = new TreeMap<>();

    @Test
    void givenSeededTraffic_whenItIsFedInTurns_thenWhoComesIsAsInTheCore() {
        for (final long seed : SeededTraffic.seeds().limit(SEEDS).toArray()) {
            final String again = "seed " + seed + ", again: " + SeededTraffic.again(AgendaPropertyTest.class, seed);
            final Random dice = new Random(seed);
            final SeededTraffic traffic = new SeededTraffic(seed);
            LiveAgenda agenda = rebuilt(traffic.core());
            for (int left = SeededTraffic.commands() / 2; left > 0; ) {
                final int some = 1 + dice.nextInt(400);
                left -= some;
                feed(agenda, traffic, some, dice);
                assertThat(visits(agenda, traffic.core())).as(again).isEqualTo(expected(traffic.core()));
                if (dice.nextInt(4) == 0) {
                    agenda = rebuilt(traffic.core());
                    assertThat(visits(agenda, traffic.core())).as(again).isEqualTo(expected(traffic.core()));
                }
            }
            final LiveAgenda told = agenda;
            visits(told, traffic.core()).forEach(visit -> assertIsFound(told, visit, again));
        }
        assertThat(states).containsExactly(AppointmentState.CONFIRMED, AppointmentState.CHECKED_IN, AppointmentState.CALLED, AppointmentState.SERVED, AppointmentState.NO_SHOW);
        assertThat(seen).as("traffic has what this is about").containsKeys("overflow", "several legs", "moved");
    }

    private void feed(final LiveAgenda agenda, final SeededTraffic traffic, final int commands, final Random dice) {
        for (int i = 0; i < commands; i++) {
            final Answered answered = traffic.next();
            final UnsafeBuffer buffer = new UnsafeBuffer(answered.events());
            for (int at = 0; at < buffer.capacity(); at += EventWriter.FRAME_BYTES + buffer.getInt(at) + 7 & ~7) {
                agenda.onMessage(traffic.core().nowMs(), buffer, at + EventWriter.FRAME_BYTES);
            }
            if (dice.nextInt(30) == 0 || i == commands - 1) {
                agenda.onBatchEnd(answered.position(), traffic.core().nowMs());
            }
        }
    }

    private LiveAgenda rebuilt(final EngineCore core) {
        final LiveAgenda agenda = new LiveAgenda((deskId, epochDay) -> starts(core).getOrDefault((long) epochDay << 16 | deskId, -1L));
        agenda.beginRebuild();
        for (long from = 0, first = 1; from != 0 || first == 1; first = 0) {
            from = core.dumpUnderWay(UnderWay.VISITS, from, SLICE, (template, buffer, offset, length) -> agenda.onMessage(core.nowMs(), buffer, offset));
        }
        agenda.onBatchEnd(core.position(), core.nowMs());
        return agenda;
    }

    /** All that are kept, but for those of applications that the core has let go of meanwhile: what was stays until its date is past. */
    private static List<Visit> visits(final Agenda agenda, final EngineCore core) {
        final TreeSet<Long> present = new TreeSet<>();
        dump(core, RecordKind.APPOINTMENTS, (template, buffer, offset, length) ->
                present.add(new AppointmentRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder()).appointmentId()));
        final List<Visit> all = new ArrayList<>();
        for (int postId = 1; postId <= POSTS; postId++) {
            final Agenda.Visits visits = agenda.between(postId, 0, ALL_MS);
            assertThat(visits.position()).isEqualTo(core.position());
            all.addAll(visits.visits());
        }
        return all.stream().filter(visit -> present.contains(visit.appointmentId())).toList();
    }

    /** By its date, and by any instant of a leg and none beside. */
    private static void assertIsFound(final Agenda agenda, final Visit visit, final String again) {
        assertThat(agenda.on(visit.postId(), visit.epochDay()).visits()).as(again).contains(visit).allMatch(one -> one.epochDay() == visit.epochDay());
        final long firstMs = visit.legs().stream().mapToLong(Leg::startMs).min().orElse(visit.startMs());
        final long endMs = visit.legs().stream().mapToLong(Leg::endMs).max().orElse(visit.startMs() + 1);
        assertThat(agenda.between(visit.postId(), endMs - 1, endMs).visits()).as(again).contains(visit);
        assertThat(agenda.between(visit.postId(), endMs, endMs + DAY_MS).visits()).as(again).doesNotContain(visit);
        assertThat(agenda.between(visit.postId(), firstMs, firstMs + 1).visits()).as(again).contains(visit);
        assertThat(agenda.between(visit.postId(), firstMs - DAY_MS, firstMs).visits()).as(again).doesNotContain(visit);
    }

    /** Read from the core's own words. */
    private List<Visit> expected(final EngineCore core) {
        final Map<Long, Long> starts = starts(core);
        final List<Visit> visits = new ArrayList<>();
        dump(core, RecordKind.APPOINTMENTS, (template, buffer, offset, length) -> {
            final AppointmentRecordDecoder one = new AppointmentRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
            final boolean overflow = one.overflow() == BooleanType.YES;
            final List<Leg> legs = new ArrayList<>();
            final long startMs = one.startMs();
            one.legs().forEach(leg -> {
                final Long dayMs = starts.get((long) leg.epochDay() << 16 | leg.deskId());
                legs.add(new Leg(leg.deskId(), leg.epochDay(), leg.startUnit(), leg.units(), leg.lines(), dayMs == null ? startMs : dayMs + leg.startUnit() * 300_000L));
            });
            final int epochDay = overflow ? (int) Math.floorDiv(startMs, DAY_MS) : legs.get(0).epochDay();
            final boolean isElsewhere = one.state() == AppointmentState.CANCELLED || one.state() == AppointmentState.DISPLACED
                    || one.state() == AppointmentState.SERVED && epochDay > Math.floorDiv(one.changedMs(), DAY_MS) + 1; // told of another day than its own
            if (!isElsewhere && epochDay >= Math.floorDiv(core.nowMs(), DAY_MS) - 2) {
                visits.add(new Visit(one.appointmentId(), one.applicationId(), one.postId(), epochDay, startMs, one.state(), one.ticket(), one.counter(), overflow, one.attendance() == BooleanType.YES, legs));
                states.add(one.state());
                seen.merge(one.attendance() == BooleanType.YES ? "attendance" : overflow ? "overflow" : legs.size() > 1 ? "several legs" : one.reschedules() > 0 ? "moved" : "plain", 1, Integer::sum);
            }
        });
        visits.sort(Comparator.comparingInt(Visit::postId).thenComparingLong(Visit::startMs).thenComparingLong(Visit::appointmentId));
        return visits;
    }

    private static Map<Long, Long> starts(final EngineCore core) {
        final Map<Long, Long> starts = new HashMap<>();
        dump(core, RecordKind.DAYS, (template, buffer, offset, length) -> {
            final DayRecordDecoder day = new DayRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            if (day.changeId() == 0) {
                starts.put((long) day.epochDay() << 16 | day.poolId(), day.startMs());
            }
        });
        return starts;
    }

    private static void dump(final EngineCore core, final RecordKind kind, final RecordConsumer record) {
        for (long from = core.dump(kind, 0, SLICE, record); from != 0; ) {
            from = core.dump(kind, from, SLICE, record);
        }
    }
}
