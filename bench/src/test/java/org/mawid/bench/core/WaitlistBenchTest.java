package org.mawid.bench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class WaitlistBenchTest {
    private static final int DATES = 20;

    @Test
    void givenALine_whenRun_thenTheFirstHasItAtOnceAndTheLastOnceTheLineWasLookedThrough_andNobodyWhatIsTooShort(@TempDir final Path folder) throws IOException {
        final Path json = folder.resolve("result.json");

        assertThat(new CommandLine(new WaitlistBench()).setErr(new PrintWriter(new StringWriter())).execute("--waiters", "300", "--dates", "20", "--rounds", "3", "--json", json.toString())).isZero();

        final JsonObject result = new JsonObject(Files.readString(json));
        final long through = ticks(result, "nobody", "untilLookedThrough");
        assertThat(ticks(result, "firstInLine", "untilOffered")).isEqualTo(1);
        assertThat(ticks(result, "lastInLine", "untilOffered")).isEqualTo(ticks(result, "lastInLine", "untilLookedThrough")).isGreaterThan(1);
        assertThat(through).isGreaterThan(1).isLessThan(result.getJsonObject("everybodyOnAllDates").getLong("ticks"));
        final JsonObject meanwhile = result.getJsonObject("everybodyOnAllDates").getJsonObject("meanwhile");
        assertThat(meanwhile.getJsonObject("lastInLine").getLong("ticks")).isLessThan(result.getJsonObject("everybodyOnAllDates").getLong("ticks") / 2);
        assertThat(result.getJsonObject("nobody").containsKey("untilOffered")).isFalse();
        assertThat(result.getJsonObject("nobody").getJsonArray("rounds")).hasSize(3);
    }

    private static long ticks(final JsonObject result, final String who, final String until) {
        return result.getJsonObject(who).getJsonObject(until).getLong("ticks");
    }

    @Test
    void givenAnOfferToSomebodyElse_orToNobody_orToSomebodyWhenItShouldBeNobody_thenTheRunIsNotRight() {
        final FullPost post = new FullPost(DATES);
        for (int i = 0; i < 3; i++) {
            post.join(0, DATES);
        }
        post.lookThrough();
        final WaitlistBench right = new WaitlistBench();
        right.round(post, 4, 0, 1);
        right.round(post, 4, FullPost.LONG_VISITS + 1, 0);
        assertThat(right.isRight()).isTrue();

        final WaitlistBench another = new WaitlistBench();
        another.round(post, 5, 0, 3);
        assertThat(another.isRight()).as("the second has it").isFalse();
        final WaitlistBench nobody = new WaitlistBench();
        nobody.round(post, 5, FullPost.LONG_VISITS + 1, 3);
        assertThat(nobody.isRight()).as("nobody has it").isFalse();
        final WaitlistBench somebody = new WaitlistBench();
        somebody.round(post, 6, 0, 0);
        assertThat(somebody.isRight()).as("the third has it").isFalse();
    }
}
