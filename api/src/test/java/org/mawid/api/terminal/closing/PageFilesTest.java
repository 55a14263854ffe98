package org.mawid.api.terminal.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.terminal.TerminalTotals;
import org.mawid.api.terminal.TerminalTotals.OfCurrency;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.Channel;

/** What is kept of terminals' periods is what was kept. */
class PageFilesTest {
    private static final ClosingOrder ORDER = new ClosingOrder(12, 20_000, true, Long.MIN_VALUE, -1, Long.MAX_VALUE, 3, Channel.COUNTER);
    private static final Difference DIFFERENCE = new Difference(BreakType.CURRENCY_DIFFERS, "payments", "USD", 0, 5, 17);
    private static final Sums SUMS = new Sums(1, 2, 3, 4);

    @TempDir
    private Path folder;

    @Test
    void givenAPage_whenWrittenAndRead_thenItIsTheSame() throws Exception {
        final PageFiles files = new PageFiles(folder);
        final Page page = new Page(12);
        assertThat(PageText.of(files.read(12))).isEqualTo(PageText.of(page));
        page.standsNow("EPT-12");
        page.asking(16);
        page.order = ORDER;
        page.carry(new TerminalTotals(12, 9, "P\u00e9riode \"1\"", true, List.of(new OfCurrency("EUR", 1, 2, 3, 4, 5, 6))));
        page.asking(17);
        page.differences.add(DIFFERENCE);
        page.booking = new Booking(9, 17, "EUR", SUMS, SUMS, 2, List.of(DIFFERENCE), 1_000, 51);
        files.write(page);
        assertThat(Files.readString(folder.resolve("terminal-12.closing")).chars()).allMatch(letter -> letter < 0x7F);
        final Page read = files.read(12);
        assertThat(read).usingRecursiveComparison().isEqualTo(page);
        assertThat(read.last).isEqualTo("P\u00e9riode \"1\"");
        page.booked(new Closed(12, 9, "P", true, 17, "EUR", SUMS, List.copyOf(page.totals()), 2, false, List.of(4L, 5L), 52, 1_001, false));
        files.write(page);
        assertThat(files.read(12)).usingRecursiveComparison().isEqualTo(page);
        files.write(new Page(7));
        assertThat(files.terminals()).containsExactly(7, 12);
    }

    @Test
    void givenAPageThatIsDamaged_whenRead_thenItSaysWhatToDo() throws Exception {
        for (final String text : List.of("", "{", "[]", "{}", "{\"version\":1,\"terminalId\":13}", "{\"version\":2,\"terminalId\":12}")) {
            Files.writeString(folder.resolve("terminal-12.closing"), text);
            assertThatThrownBy(() -> new PageFiles(folder).read(12)).as(text).isInstanceOf(IOException.class).hasMessageContaining("terminal-12.closing")
                    .hasMessageContaining("put it back from a back-up, or remove it");
        }
    }
}
