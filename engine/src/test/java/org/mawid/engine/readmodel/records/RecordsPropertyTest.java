package org.mawid.engine.readmodel.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mawid.engine.twin.SeededTraffic;

/** Whatever happens, in whatever order the records hear of it: in the end they say what the core says. */
class RecordsPropertyTest {
    @TempDir
    private Path folder;

    static java.util.stream.LongStream seeds() {
        return SeededTraffic.seeds();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void givenSeededTraffic_whenEventsAndSlicesComeInTurns_thenTheRecordsAreThoseOfTheCore(final long seed) throws Exception {
        final Random dice = new Random(seed);
        final String again = "seed " + seed + ", again: " + SeededTraffic.again(RecordsPropertyTest.class, seed);
        try (RecordsRig rig = new RecordsRig(seed, folder)) {
            rig.apply(dice.nextInt(SeededTraffic.commands() / 4));
            rig.feedNowhere();
            rig.open().start();
            int left = 3 * SeededTraffic.commands() / 4;
            while (left > 0) {
                final int some = 1 + dice.nextInt(40);
                left -= some;
                rig.apply(some);
                rig.feed(dice.nextInt(80));
                if (dice.nextInt(3) == 0) {
                    rig.answer();
                }
                if (dice.nextInt(150) == 0) {
                    rig.records.loseEvents();
                }
                if (dice.nextInt(100) == 0) {
                    rig.feedAll();
                    rig.awaitCaughtUp();
                    rig.assertSame(again);
                    if (dice.nextBoolean()) {
                        final boolean clean = dice.nextBoolean();
                        if (clean) {
                            rig.close();
                        } else {
                            rig.kill();
                        }
                        final int before = rig.questions.get();
                        rig.open().start();
                        rig.awaitCaughtUp();
                        assertThat(rig.questions.get() == before).as(again).isEqualTo(clean);
                        rig.assertSame(again);
                    }
                }
            }
            rig.feedAll();
            rig.awaitCaughtUp();
            rig.assertSame(again);
        }
    }
}
