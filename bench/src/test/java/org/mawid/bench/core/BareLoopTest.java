package org.mawid.bench.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mawid.bench.load.Lives;

/** What is read ahead is what is then touched, and nothing but the time changes by it. */
class BareLoopTest {
    private static final int LIVES = 1_024;
    private static final int REQUESTS = 4_096;
    private static final int ALL = 4 * LIVES;

    private final BareLoop one = loop();
    private final BareLoop other = loop();
    private final BareLoop third = loop();

    private static BareLoop loop() {
        return new BareLoop(LIVES, REQUESTS, 50, 96);
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
        third.close();
    }

    private static long readAhead(final BareLoop loop, final long from, final int commands) {
        long sum = 0;
        for (long command = from; command < from + commands; command++) {
            sum += loop.readAhead(command, BareLoop.random(command));
        }
        return sum;
    }

    /** Rows that are counted in begin with a one then, rows that are written with their life's number, units with what was added to them. */
    @ParameterizedTest
    @CsvSource({"0, 2, 2, 0", "1, 2, 0, 0", "2, 6, 3, 1", "3, 7, 1, 255"})
    void givenACommandWasDone_whenItsPlacesAreReadAhead_thenEachThatItTouchedIsAmongThem(final int step, final int counted, final int writtenWithLife, final int addedToUnit) {
        final int number = 700;
        final long command = 4L * (number + 1_024 * step) + step;
        final long random = Lives.personKey(number, CoreRun.SEED);
        assertThat(one.readAhead(command, random)).isZero();

        one.touch(command, random);

        final long request = ((command & (REQUESTS - 1)) & 0xFF) + ((random ^ step) & 0xFF);
        assertThat(one.readAhead(command, random)).isEqualTo(request + counted + writtenWithLife * (number & 0xFF) + 2 * addedToUnit);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 64, 256})
    void givenABatch_whenRun_thenTheSameIsDone_andTheBatchIsReadBefore(final int batch) {
        assertThat(one.run(ALL, 1)).isPositive();
        other.run(ALL, batch);
        third.run(ALL, 1);
        assertThat(readAhead(other, 0, ALL)).isEqualTo(readAhead(one, 0, ALL)).isPositive();

        final long before = readAhead(third, ALL, batch);

        assertThat(other.run(batch, batch)).isEqualTo(one.run(batch, 1) + before);
        assertThat(before).isPositive();
    }
}
