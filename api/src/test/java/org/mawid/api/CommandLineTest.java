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

    @Test
    void givenABadValue_whenRun_thenOneLineSaysWhichAndWhereToReadOn() {
        assertThat(mawid.execute("serve", "--http-port", "eighty")).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).contains("--http-port").contains("eighty").contains("mawid serve --help");
    }

    @Test
    void givenAWordThatIsNearlyACommand_whenRun_thenTheCommandIsSuggested() {
        assertThat(mawid.execute("inspct")).isEqualTo(2);
        assertThat(err.toString()).contains("inspct").contains("mawid inspect").doesNotContain("Usage:");
    }

    @Test
    void givenAnyCommand_whenAskedForHelp_thenItExplainsItself() {
        for (final String command : mawid.getSubcommands().keySet()) {
            assertThat(mawid.execute(command, "--help")).as(command).isZero();
        }
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().split("Usage: mawid ")).hasSize(mawid.getSubcommands().size() + 1);
    }
}
