package org.mawid.bench.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A small run: what was put in is what is found, and the figures are there. */
class StatementBenchTest {
    @Test
    void givenASmallRun_whenItHasEnded_thenItsBooksAgree(@TempDir final Path folder) throws Exception {
        final Path json = folder.resolve("statement.json");
        assertThat(new CommandLine(new StatementBench()).setErr(new PrintWriter(new StringWriter())).execute("--payments", "20000", "--lines", "4000", "--rounds", "1", "--json", json.toString())).isZero();
        final JsonObject result = new JsonObject(Files.readString(json));
        assertThat(result.getString("benchmark")).isEqualTo("statement");
        assertThat(result.getInteger("breaks")).isEqualTo(4);
        assertThat(result.getInteger("matched")).isEqualTo(3_996);
        assertThat(result.getBoolean("booksAgree")).isTrue();
        assertThat(result.getDouble("elapsedSeconds")).isPositive();
        assertThat(result.getDouble("indexBytesEach")).isBetween(50.0, 90.0);
    }

    @Test
    void givenMoreLinesThanPayments_whenRun_thenItIsRefused() {
        final StringWriter said = new StringWriter();
        assertThat(new CommandLine(new StatementBench()).setErr(new PrintWriter(said)).execute("--payments", "10", "--lines", "11")).isEqualTo(2);
        assertThat(said.toString()).contains("--lines must be 1 to --payments");
    }
}
