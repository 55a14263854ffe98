package org.mawid.bench.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.bench.load.LosingEngine;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.NotMeasured;
import org.mawid.engine.Engine;
import picocli.CommandLine;

/** The benchmark in process, of the engine itself and of one that says of some stamps that they were used and leaves them as they are. */
@Timeout(120)
class StampsBenchTest {
    private static final ModelNetwork SMALL = new ModelNetwork(10, 1, 96, 255);

    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();

    private int run(final UnaryOperator<Engine> around) {
        return new CommandLine(new StampsBench(SMALL, around, false)).setExecutionExceptionHandler(NotMeasured::tell).setErr(new PrintWriter(said))
                .execute("--seconds", "1", "--rate", "20000", "--data", folder.toString(), "--json", result().toString());
    }

    private Path result() {
        return folder.resolve("result.json");
    }

    @Test
    void givenTheEngine_whenStampsAreIssuedPaidAndUsed_thenItsBooksAreWhatWasSent() throws Exception {
        assertThat(run(engine -> engine)).as("%s", said).isZero();
        final JsonObject books = new JsonObject(Files.readString(result())).getJsonObject("books");
        assertThat(books.getBoolean("balanced")).isTrue();
        assertThat(books.getLong("stampsConsumed")).isPositive().isLessThanOrEqualTo(books.getLong("stampsPaid"));
    }

    @Test
    void givenAnEngineThatLosesUses_whenMeasured_thenBothSidesAreToldAndItFails() throws Exception {
        assertThat(run(LosingEngine::ofConsumptions)).isEqualTo(1);
        assertThat(said.toString().lines()).singleElement().asString().startsWith("bench stamps failed: the books do not balance: ")
                .contains("stamps.CONSUMED: sent ", "earned: sent ");
        assertThat(new JsonObject(Files.readString(result())).getJsonObject("books").getBoolean("balanced")).isFalse();
    }
}
