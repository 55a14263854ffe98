package org.mawid.bench.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.bench.floor.Floors;
import picocli.CommandLine;

class AvailabilityBenchTest {
    private static final int POSTS = 20;
    private static final int DAYS = 5;

    private static long[] counted(final long seed) {
        final BareMasks masks = new BareMasks(seed, POSTS, DAYS);
        return IntStream.range(0, POSTS).mapToLong(masks::counted).toArray();
    }

    @Test
    void givenASeed_whenBareMasksAreMadeOfItAgain_thenTheSameStartsAreCounted_andOthersOfAnotherSeed() {
        assertThat(counted(AvailabilityBench.SEED)).isEqualTo(counted(AvailabilityBench.SEED));
        assertThat(Arrays.stream(counted(AvailabilityBench.SEED)).distinct().count()).as("no two posts are alike").isEqualTo(POSTS);
        assertThat(counted(AvailabilityBench.SEED)).isNotEqualTo(counted(42));
    }

    /** Also where the units of a start are in two words. */
    @Test
    void givenBareMasks_whenStartsAreCounted_thenTheyAreThoseThatAreFoundUnitByUnit() {
        final BareMasks masks = new BareMasks(AvailabilityBench.SEED, POSTS, DAYS);

        for (int post = 0; post < POSTS; post++) {
            final int at = post;
            long expected = 0;
            for (int day = 0; day < DAYS; day++) {
                final int on = day;
                expected = expected * 31 + IntStream.rangeClosed(0, BareMasks.UNITS - BareMasks.NEEDED)
                        .filter(start -> IntStream.range(start, start + BareMasks.NEEDED).allMatch(unit -> masks.isFree(at, on, unit))).count();
            }
            assertThat(masks.counted(post)).as("post %d", post).isEqualTo(expected);
        }
    }

    @Test
    void givenAWholeRun_whenItsResultIsRead_thenItSaysTheSeedAndWhatRepeatsIt(@TempDir final Path folder) throws Exception {
        final Path json = folder.resolve("result.json");

        assertThat(new CommandLine(new AvailabilityBench()).execute("--seconds", "1", "--rate", "2000", "--json", json.toString())).isZero();

        final JsonObject result = new JsonObject(Files.readString(json));
        assertThat(result.getJsonObject("load").getInteger("seed")).isEqualTo(AvailabilityBench.SEED);
        assertThat(result.getString("commandLine")).startsWith("bench ").contains("--seconds 1", "--rate 2000");
        assertThat(result.getDouble("countsPerSecond")).isPositive();
        assertThat(result.getDouble("bareMasksPerSecond")).isPositive();
        assertThat(result.getJsonObject("openLoop").getDouble("duePerSecond")).isEqualTo(2_000);
        assertThat(result.getJsonObject("openLoop").getJsonObject("availability").getDouble("perSecond")).isPositive();
        assertThat(Floors.runOf(result)).as("its floor is of the closed loop").isEqualTo("availability");
        result.getJsonObject("load").put("persons", result.getJsonObject("load").getInteger("persons") + 1);
        assertThat(Floors.runOf(result)).as("of two persons at once").isEmpty();
    }
}
