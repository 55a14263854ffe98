package org.mawid.engine.readmodel.availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mawid.engine.readmodel.Availability.DayView;
import org.mawid.engine.readmodel.Availability.Query;
import org.mawid.engine.readmodel.Availability.Slot;
import org.mawid.engine.readmodel.Happenings;
import org.mawid.engine.readmodel.Happenings.Run;
import org.mawid.engine.readmodel.PositionGate;
import org.mawid.engine.readmodel.SearchPlan;
import org.mawid.sbe.PoolKind;

class LiveAvailabilityTest {
    private static final int MONDAY = 20_513;
    private static final long MIDNIGHT = MONDAY * 86_400_000L;
    private static final long NINE = MIDNIGHT + 9 * 3_600_000L;
    private static final long MINUTE = 60_000L;
    private static final int PARIS = 1;
    private static final int DESK = 10;
    private static final int SECOND_DESK = 12;

    private final PositionGate gate = new PositionGate();
    private final AtomicLong nanos = new AtomicLong();
    private final LiveAvailability availability = new LiveAvailability(gate, nanos::get);
    private final Happenings happenings = new Happenings(0, MIDNIGHT).pool(DESK, PARIS, PoolKind.DESK);

    @Test
    void givenTwoCountersFromNineToTen_whenOneIsTaken_thenAFamilyOfTwoGoesAroundIt() {
        when(happenings.publish(DESK, MONDAY, NINE, MIDNIGHT, 12, 3, new Run(0, 12, 2, 0)));
        assertThat(starts(1, 3)).containsExactly("09:00", "09:15", "09:30", "09:45");
        when(happenings.room(DESK, MONDAY, 4, 3, -1, 0)); // 09:20 to 09:35
        assertThat(starts(1, 3)).containsExactly("09:00", "09:15", "09:30", "09:45");
        assertThat(starts(2, 3)).containsExactly("09:00", "09:45");
        when(happenings.room(DESK, MONDAY, 4, 3, 1, 0));
        assertThat(starts(2, 3)).containsExactly("09:00", "09:15", "09:30", "09:45");
        assertThat(starts(3, 1)).isEmpty();
    }

    @Test
    void givenTheDayIsReleasedAtNine_whenAskedBefore_thenNothing_andLaterOnlyWhatHasNotBegun() {
        when(happenings.publish(DESK, MONDAY, NINE, NINE, 12, 3, new Run(0, 12, 2, 0)));
        assertThat(starts(NINE - 1, 1, 3)).isEmpty();
        assertThat(starts(NINE, 1, 3)).containsExactly("09:15", "09:30", "09:45");
        assertThat(starts(NINE + 44 * MINUTE, 1, 3)).containsExactly("09:45");
        assertThat(starts(NINE + 45 * MINUTE, 1, 3)).isEmpty();
    }

    @Test
    void givenDaysOfDifferentAlignment_whenADeskIsAsked_thenEachThatIsInForceOnce() {
        assertThat(availability.alignments(DESK)).as("not known yet").isEmpty();
        when(happenings.publish(DESK, MONDAY, NINE, MIDNIGHT, 12, 12, new Run(0, 12, 2, 0))
                .publish(DESK, MONDAY + 1, NINE + 86_400_000L, MIDNIGHT, 100, 3, new Run(0, 12, 2, 0))
                .publish(DESK, MONDAY + 2, NINE + 2 * 86_400_000L, MIDNIGHT, 12, 12, new Run(0, 12, 2, 0)));
        assertThat(availability.alignments(DESK)).containsExactly(3, 12);
        when(happenings.publish(DESK, MONDAY + 1, NINE + 86_400_000L, MIDNIGHT, 12, 6, new Run(0, 12, 2, 0)));
        assertThat(availability.alignments(DESK)).as("none of a day that was replaced").containsExactly(6, 12);
        assertThat(availability.alignments(-1)).isEmpty();
    }

    @Test
    void givenOneStationThatOpensAtTen_whenOneOfAFamilyNeedsIt_thenThePostIsOpenToThemFromTen() {
        when(happenings.pool(77, PARIS, PoolKind.BIOMETRIC_STATION)
                .publish(DESK, MONDAY, NINE, MIDNIGHT, 24, 6, new Run(0, 24, 4, 0))
                .publish(77, MONDAY, NINE + 60 * MINUTE, MIDNIGHT, 12, 1, new Run(0, 12, 1, 0)));
        final int one = SearchPlan.withPlaces(0, PoolKind.BIOMETRIC_STATION.value(), 1);
        assertThat(starts(MIDNIGHT, 4, 6, one)).containsExactly("10:00", "10:30");
        assertThat(starts(MIDNIGHT, 4, 6, SearchPlan.forEach(4, 1 << 1))).isEmpty();
        assertThat(starts(MIDNIGHT, 1, 6, SearchPlan.forEach(1, 1 << 2))).as("the post has no adoul").isEmpty();
    }

    @Test
    void givenSeatsForThree_whenFourCome_thenThereIsNoRoomThoughTheDeskHasIt() {
        when(happenings.pool(78, PARIS, PoolKind.RECEPTION_SEAT)
                .publish(DESK, MONDAY, NINE, MIDNIGHT, 12, 3, new Run(0, 12, 9, 0))
                .publish(78, MONDAY, NINE, MIDNIGHT, 12, 1, new Run(0, 12, 3, 0)));
        assertThat(starts(3, 3)).hasSize(4);
        assertThat(starts(4, 3)).isEmpty();
    }

    @Test
    void givenADayIsStagedSmaller_whenAskedBeforeItsChange_thenOnlyWhatBothHave_andAbandonedThenAllAgain() {
        when(happenings.publish(DESK, MONDAY, NINE, MIDNIGHT, 12, 3, new Run(0, 12, 2, 0)));
        when(happenings.room(DESK, MONDAY, 0, 3, -1, 0));
        when(happenings.stage(5, DESK, MONDAY, NINE, MIDNIGHT, 6, 3, new Run(0, 6, 1, 0)).stage(5, DESK, MONDAY + 1, NINE, MIDNIGHT, 6, 3, new Run(0, 6, 1, 0)));
        assertThat(starts(1, 3)).as("09:00 would be over the new capacity").containsExactly("09:15");
        assertThat(availability.day(DESK, MONDAY).room()).as("what is true now").startsWith(1, 1, 1, 2);
        assertThat(availability.day(DESK, MONDAY + 1)).as("made by the change").isNull();
        when(happenings.abandoned(5));
        assertThat(starts(1, 3)).containsExactly("09:00", "09:15", "09:30", "09:45");
        when(happenings.stage(6, DESK, MONDAY, NINE, MIDNIGHT, 6, 3, new Run(0, 6, 3, 0)).stage(6, DESK, MONDAY + 1, NINE, MIDNIGHT, 6, 3, new Run(0, 6, 1, 0)));
        when(happenings.applied(6));
        assertThat(availability.day(DESK, MONDAY).room()).containsExactly(2, 2, 2, 3, 3, 3);
        assertThat(availability.day(DESK, MONDAY + 1).room()).containsExactly(1, 1, 1, 1, 1, 1);
    }

    @Test
    void givenTwoDesks_whenTheyStartTogether_thenTheLowerNumberComesFirst_andDatesFollow() {
        when(happenings.pool(SECOND_DESK, PARIS, PoolKind.DESK)
                .publish(SECOND_DESK, MONDAY, NINE, MIDNIGHT, 2, 1, new Run(0, 2, 1, 0))
                .publish(DESK, MONDAY, NINE + 5 * MINUTE, MIDNIGHT, 2, 1, new Run(0, 2, 1, 0))
                .publish(DESK, MONDAY + 3, NINE, MIDNIGHT, 1, 1, new Run(0, 1, 1, 0)));
        final Query query = new Query(new int[] {SECOND_DESK, DESK, SECOND_DESK, 999}, MONDAY, 5, 1, 1, 0, 4, MIDNIGHT);
        assertThat(availability.firstStarts(query).slots()).containsExactly(
                new Slot(SECOND_DESK, MONDAY, 0, NINE), new Slot(DESK, MONDAY, 0, NINE + 5 * MINUTE),
                new Slot(SECOND_DESK, MONDAY, 1, NINE + 5 * MINUTE), new Slot(DESK, MONDAY, 1, NINE + 10 * MINUTE));
        assertThat(availability.countsPerDay(query).days()).extracting("starts").containsExactly(4, 0, 0, 1, 0);
    }

    @Test
    void givenAPost_whenItsDaysChange_thenItsVersionIsThatPosition_andNobodyElses() {
        final long published = when(happenings.publish(DESK, MONDAY, NINE, MIDNIGHT, 12, 3, new Run(0, 12, 2, 0)));
        assertThat(availability.versionOf(PARIS)).isEqualTo(published);
        when(happenings.submitted(1, PARIS, org.mawid.sbe.LineState.VALIDATED, 1));
        assertThat(availability.versionOf(PARIS)).isEqualTo(published);
        final long taken = when(happenings.room(DESK, MONDAY, 0, 1, -1, 0));
        assertThat(availability.versionOf(PARIS)).isEqualTo(taken);
        assertThat(availability.versionOf(2)).isZero();
    }

    @Test
    void givenAnAnswer_whenItIsRead_thenItSaysWhichPositionItReflectsAndSinceWhen() {
        final long position = when(happenings.publish(DESK, MONDAY, NINE, MIDNIGHT, 12, 3, new Run(0, 12, 2, 0)));
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(250));
        assertThat(availability.firstStarts(query(MIDNIGHT, 1, 1, 0))).satisfies(slots -> {
            assertThat(slots.position()).isEqualTo(position);
            assertThat(slots.ageMs()).isEqualTo(250);
        });
        assertThat(availability.awaitPosition(position, 0)).isTrue();
        assertThat(availability.awaitPosition(position + 1, 5)).isFalse();
    }

    @Test
    void givenDaysLongPast_whenLogTimeMovesOn_thenTheyAreForgotten() {
        when(happenings.publish(DESK, MONDAY, NINE, MIDNIGHT, 12, 3, new Run(0, 12, 2, 0)));
        when(happenings.at(MIDNIGHT + 10 * 86_400_000L));
        assertThat(availability.day(DESK, MONDAY)).isNotNull();
        when(happenings.at(MIDNIGHT + 11 * 86_400_000L));
        assertThat(availability.day(DESK, MONDAY)).isNull();
        when(happenings.room(DESK, MONDAY, 0, 1, 1, 0)); // somebody who never came: nothing to give back to
    }

    @Test
    void givenAQuestionOutOfRange_whenAsked_thenItIsRefused() {
        assertThatThrownBy(() -> availability.firstStarts(new Query(new int[] {DESK}, MONDAY, 421, 1, 1, 0, 1, 0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> availability.firstStarts(new Query(new int[65], MONDAY, 1, 1, 1, 0, 1, 0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> availability.firstStarts(new Query(new int[] {DESK}, MONDAY, 1, 9, 1, 0, 1, 0))).isInstanceOf(IllegalArgumentException.class);
        assertThat(availability.firstStarts(new Query(new int[] {DESK}, MONDAY, 1, 1, 65_536, 0, 1, 0)).slots()).as("fits in no day").isEmpty();
    }

    @Test
    void givenADayThatChangesAllTheTime_whenReadMeanwhile_thenNobodySeesHalfOfAChange() throws Exception {
        when(happenings.publish(DESK, MONDAY, NINE, MIDNIGHT, 12, 3, new Run(0, 12, 1, 0)));
        final AtomicBoolean stop = new AtomicBoolean();
        final AtomicReference<String> torn = new AtomicReference<>();
        final AtomicLong reads = new AtomicLong();
        final Runnable reader = () -> {
            while (!stop.get() && torn.get() == null) {
                final DayView day = availability.day(DESK, MONDAY);
                if (day == null) {
                    torn.set("the day is gone");
                    return;
                }
                // Units tell the grid: 12 begin at 09:00, 100 at 09:05 and 190 at 09:10, each all alike, the first ten less one now and then.
                final long start = day.room().length == 12 ? NINE : day.room().length == 100 ? NINE + 5 * MINUTE : NINE + 10 * MINUTE;
                final long firstTen = IntStream.of(day.room()).limit(10).distinct().count();
                final long others = IntStream.of(day.room()).skip(10).distinct().count();
                final int slots = availability.firstStarts(query(MIDNIGHT, 6, 12, 0)).slots().size();
                if (day.startMs() != start || firstTen != 1 || others != 1 || slots != 0 && slots != 1 && slots != 30 && slots != 60) {
                    torn.set(day + " and " + slots + " starts");
                }
                reads.incrementAndGet();
            }
        };
        final List<Thread> readers = List.of(new Thread(reader), new Thread(reader));
        readers.forEach(Thread::start);
        final long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1_500);
        for (int i = 0; torn.get() == null && (System.nanoTime() < end || reads.get() < 1_000); i++) {
            final int units = new int[] {12, 100, 190}[i % 3];
            when(happenings.publish(DESK, MONDAY, NINE + i % 3 * 5 * MINUTE, MIDNIGHT, units, 3, new Run(0, units, i % 2 == 0 ? 1 : 7, 0)));
            when(happenings.room(DESK, MONDAY, 0, 10, -1, 0));
            when(happenings.room(DESK, MONDAY, 0, 10, 1, 0));
        }
        stop.set(true);
        for (final Thread thread : readers) {
            thread.join();
        }
        assertThat(torn.get()).isNull();
    }

    @Test
    void givenAWarmSearch_whenItFindsNothing_thenOnlyTheAnswerItselfIsMade() {
        happenings.pool(SECOND_DESK, PARIS, PoolKind.DESK);
        for (int day = 0; day < 60; day++) {
            happenings.publish(DESK, MONDAY + day, NINE + day * 86_400_000L, MIDNIGHT, 84, 3, new Run(0, 84, 4, 0));
        }
        when(happenings);
        final Query none = new Query(new int[] {DESK, SECOND_DESK}, MONDAY, 60, 6, 6, 0, 10, MIDNIGHT);
        final Query ten = new Query(new int[] {DESK, SECOND_DESK}, MONDAY, 60, 2, 6, 0, 10, MIDNIGHT);
        for (int i = 0; i < 20_000; i++) {
            availability.firstStarts(none);
            availability.firstStarts(ten);
        }
        assertThat(allocated(none)).as("Slots and an empty list").isLessThanOrEqualTo(96);
        assertThat(allocated(ten)).as("and ten starts").isLessThanOrEqualTo(96 + 10 * (32 + 8) + 32);
    }

    private long allocated(final Query query) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long id = Thread.currentThread().getId();
        final long before = threads.getThreadAllocatedBytes(id);
        for (int i = 0; i < 1_000; i++) {
            availability.firstStarts(query);
        }
        return (threads.getThreadAllocatedBytes(id) - before) / 1_000;
    }

    private List<String> starts(final int persons, final int units) {
        return starts(MIDNIGHT, persons, units);
    }

    private List<String> starts(final long nowMs, final int persons, final int units) {
        return starts(nowMs, persons, units, 0);
    }

    private List<String> starts(final long nowMs, final int persons, final int units, final int resources) {
        return availability.firstStarts(query(nowMs, persons, units, resources)).slots().stream().map(slot -> {
            final long minute = (slot.startMs() - MIDNIGHT) / MINUTE;
            assertThat(slot.startMs()).isEqualTo(availability.day(slot.deskId(), slot.epochDay()).startMs() + slot.startUnit() * 5 * MINUTE);
            return String.format("%02d:%02d", minute / 60, minute % 60);
        }).toList();
    }

    private static Query query(final long nowMs, final int persons, final int units, final int resources) {
        return new Query(new int[] {DESK}, MONDAY, 1, persons, units, resources, 100, nowMs);
    }

    private long when(final Happenings told) {
        return told.tell((position, nowMs, events, offset, length) -> {
            int at = offset;
            while (at < offset + length) {
                final int bytes = events.getInt(at);
                availability.onMessage(position, events, at + 4);
                at += 4 + bytes + 7 & ~7;
            }
            availability.onBatchEnd(position, nowMs);
            gate.moveTo(position);
        });
    }
}
