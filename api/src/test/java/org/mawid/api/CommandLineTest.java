package org.mawid.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine mawid = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void givenNoCommand_whenRun_thenItSaysWhatThereIs() {
        assertThat(mawid.execute()).isZero();
        assertThat(out.toString()).contains("Usage: mawid");
    }

    @Test
    void givenTheVersionFlag_whenRun_thenItNamesItselfAndTheJava() {
        assertThat(mawid.execute("--version")).isZero();
        assertThat(out.toString()).contains("mawid " + Version.number()).contains("java " + Runtime.version());
    }

    @Test
    void givenAnUnknownFlag_whenRun_thenItIsRefusedByName() {
        assertThat(mawid.execute("--shiny")).isEqualTo(2);
        assertThat(err.toString()).contains("--shiny");
    }
}
