package org.mawid.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mawid.bench.peer.work.PeerName;

class CourseTest {
    private static final List<PeerName> ALL = List.of(PeerName.values());

    private static Course course(final Set<Mode> modes, final List<Integer> clients, final int rounds, final boolean all) {
        return new Course(ALL, modes, clients, rounds, 1, all, 256);
    }

    @Test
    void givenNothingNamed_whenPlanned_thenSpreadAndHotAreOfEveryNumberOfClients_andBatchesOfTheirOwn() {
        assertThat(course(null, null, 3, false).loads()).containsExactly(
                new Course.Load(Mode.spread, 1), new Course.Load(Mode.spread, 16), new Course.Load(Mode.spread, 64),
                new Course.Load(Mode.hot, 1), new Course.Load(Mode.hot, 16), new Course.Load(Mode.hot, 64), new Course.Load(Mode.batched, 16));
    }

    @Test
    void givenLoadsThatAFloorHangsOn_whenPlanned_thenTheyHaveAllRoundsAndTheOthersAThird() {
        final Course course = course(null, null, 6, false);
        assertThat(course.rounds(new Course.Load(Mode.hot, 64))).isEqualTo(6);
        assertThat(course.rounds(new Course.Load(Mode.batched, 16))).isEqualTo(6);
        assertThat(course.rounds(new Course.Load(Mode.hot, 16))).isEqualTo(2);
        assertThat(course(null, null, 1, false).rounds(new Course.Load(Mode.spread, 1))).isEqualTo(1);
    }

    @Test
    void givenSeveralModes_whenWarmedUp_thenEachWayToAskOnce() {
        assertThat(course(null, null, 3, true).warmUps()).extracting(Course.Load::mode).containsExactly(Mode.spread, Mode.batched, Mode.search);
        assertThat(course(EnumSet.of(Mode.hot), List.of(1), 3, false).warmUps()).containsExactly(new Course.Load(Mode.hot, 64));
    }

    @Test
    void givenOneWayToAsk_whenWarmedUp_thenItTakesAsLongAsTwoWaysTogether() {
        assertThat(course(EnumSet.of(Mode.hot, Mode.spread), List.of(64), 3, false).warmUpSeconds(PeerName.mawid)).isEqualTo(20);
        assertThat(course(null, null, 3, false).warmUpSeconds(PeerName.mawid)).isEqualTo(10);
        assertThat(course(null, null, 3, true).warmUpSeconds(PeerName.mawid)).isEqualTo(10);
        assertThat(course(EnumSet.of(Mode.hot), null, 3, false).warmUpSeconds(PeerName.redis)).isEqualTo(2);
    }

    @Test
    void givenMoreRounds_whenPlanned_thenItTakesLongerByThoseThatHaveThem() {
        final double three = course(EnumSet.of(Mode.hot), List.of(64), 3, false).schedule().seconds();
        final double five = course(EnumSet.of(Mode.hot), List.of(64), 5, false).schedule().seconds();
        assertThat(five - three).isCloseTo(2 * ALL.size() * 1.5, org.assertj.core.data.Offset.offset(1e-6));
    }

    @Test
    void givenBatches_whenWhatMustBeThereIsWorkedOut_thenItLastsForARoundOfTheFastest() {
        final Course batched = course(EnumSet.of(Mode.batched), null, 3, false);
        final Course oneByOne = course(EnumSet.of(Mode.spread), null, 3, false);
        assertThat(batched.applications(PeerName.mawid)).isGreaterThan(5 * oneByOne.applications(PeerName.mawid));
        assertThat(batched.calendar(PeerName.mawid).posts()).isGreaterThan(oneByOne.calendar(PeerName.mawid).posts());
        assertThat(batched.calendar(PeerName.postgres).posts()).isEqualTo(Course.POSTS);
    }
}
