package org.mawid.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ProgressLine onTerminal = new ProgressLine(new PrintStream(out, true, StandardCharsets.UTF_8), true);
    private final ProgressLine inLog = new ProgressLine(new PrintStream(out, true, StandardCharsets.UTF_8), false);

    private String drawn() {
        final String drawn = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return drawn;
    }

    @Test
    void givenATerminal_whenTheTotalIsKnown_thenABarIsDrawnInPlace_beforeWhatMayBeCutOff() {
        onTerminal.show(30 * SECOND_NS, 90 * SECOND_NS, "2026-03-02: 100 of 400 appointments");

        assertThat(drawn()).isEqualTo("\r\u001b[K\u001b[?7l[#####---------------]  25 %, 1 min 30 s left: 2026-03-02: 100 of 400 appointments\u001b[?7h");
    }

    @Test
    void givenTheBeginningAndTheEnd_whenShown_thenTheBarIsEmptyAndFull() {
        onTerminal.show(0, 10 * SECOND_NS, "round 1");
        assertThat(drawn()).contains("[--------------------]   0 %, 10 s left: round 1");
        onTerminal.show(10 * SECOND_NS, 0, "round 7");
        assertThat(drawn()).contains("[####################] 100 %, 0 s left: round 7");
        onTerminal.show(0, 0, "over at once");
        assertThat(drawn()).contains("]   0 %, 0 s left");
    }

    @Test
    void givenATerminal_whenTheTotalIsNotKnown_thenThereIsNoBar() {
        onTerminal.show(30 * SECOND_NS, -1, "starting the servers");

        assertThat(drawn()).isEqualTo("\r\u001b[K\u001b[?7lstarting the servers\u001b[?7h");
    }

    @Test
    void givenATerminal_whenSomethingIsToStay_thenItTakesTheLinesPlace_andTheLineIsGoneInTheEnd() {
        onTerminal.note("a round is over");
        assertThat(drawn()).isEqualTo("\r\u001b[Ka round is over\n");
        onTerminal.clear();
        assertThat(drawn()).isEqualTo("\r\u001b[K");
    }

    @Test
    void givenALog_whenShown_thenALineBelowTheOtherWithoutABar() {
        inLog.show(30 * SECOND_NS, 90 * SECOND_NS, "100 of 400 appointments");
        inLog.show(30 * SECOND_NS, -1, "starting the servers");
        inLog.note("a round is over");
        inLog.clear();

        assertThat(drawn()).isEqualTo("100 of 400 appointments; 1 min 30 s left\nstarting the servers\na round is over\n");
    }
}
