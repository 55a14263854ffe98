package org.mawid.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class PersonsOptionTest {
    @TempDir
    private Path folder;

    /** Measures nothing, and tells whose lives it would have lived. */
    @Command(name = "lives")
    static final class Lives implements Callable<Integer> {
        @Mixin
        private Output output;

        @Mixin
        private PersonsOption people;

        @Override
        public Integer call() throws IOException {
            output.result(new JsonObject().put("benchmark", "lives").put("seed", people.seed(output)).put("first", people.seeds(output).nextLong()));
            return 0;
        }
    }

    @Command(name = "bench", subcommands = Lives.class)
    static final class Bench {
    }

    private JsonObject run(final List<String> words) throws IOException {
        assertThat(new CommandLine(new Bench()).execute(words.toArray(String[]::new))).isZero();
        return new JsonObject(Files.readString(folder.resolve("result.json")));
    }

    @Test
    void givenNoSeed_whenTheRecordedCommandIsRun_thenTheSameLivesAreLived() throws IOException, InterruptedException {
        final JsonObject first = run(List.of("lives", "--json", folder.resolve("result.json").toString()));
        final List<String> recorded = Shell.words(first.getString("commandLine"), folder);

        assertThat(recorded).endsWith("--seed", first.getLong("seed").toString());

        final JsonObject again = run(recorded);

        assertThat(again.getLong("first")).isEqualTo(first.getLong("first"));
        assertThat(again.getString("commandLine")).as("of one whose seed was said").isEqualTo(first.getString("commandLine"));
    }
}
