package org.mawid.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    private long nowNs = 1_000;
    private final Schedule schedule = new Schedule(() -> nowNs).add(30).add(10).add(20);

    private void pass(final double seconds) {
        nowNs += (long) (seconds * 1e9);
    }

    private double left() {
        return schedule.leftNs() / 1e9;
    }

    @Test
    void givenNothingBegun_whenAsked_thenTheWholePlanIsLeft() {
        assertThat(schedule.seconds()).isEqualTo(60);
        assertThat(left()).isEqualTo(60);
    }

    @Test
    void givenAPartThatIsUnderWay_whenAsked_thenItsRestAndAllAfterItAreLeft() {
        schedule.begin();
        pass(12);
        assertThat(left()).isEqualTo(48);
        pass(50);
        assertThat(left()).as("a part that takes longer than planned does not eat up the others").isEqualTo(30);
    }

    @Test
    void givenAMachineHalfAsFast_whenAPartIsOver_thenTheRestIsThoughtToTakeTwiceAsLong() {
        schedule.begin();
        pass(60);
        schedule.begin();
        pass(5);
        assertThat(left()).isEqualTo(15 + 40);
    }

    @Test
    void givenTheLastPart_whenItIsOverAndBegunAgain_thenNothingIsLeftButItself() {
        for (int part = 0; part < 4; part++) {
            schedule.begin();
            pass(part == 0 ? 30 : 10);
        }
        pass(30);
        assertThat(left()).isZero();
    }
}
