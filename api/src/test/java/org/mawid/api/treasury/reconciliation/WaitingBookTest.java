package org.mawid.api.treasury.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.treasury.matching.AcquirerContract;
import org.mawid.api.treasury.matching.Match;
import org.mawid.api.treasury.port.TreasuryCommand.Subject;

/** What is kept beside the log, and read at the start. */
class WaitingBookTest {
    @TempDir
    private Path folder;

    private static Match line(final long number, final String statement) {
        return new Match(Subject.PAYMENT, number, "P" + number, 12, 4_650, 56, 4_594, "EUR", 20_515, statement, "E" + number, -7 - number);
    }

    @Test
    void givenLinesThatWait_whenReadAgain_thenTheSame_eachOnce_withoutThoseThatAreDone() throws Exception {
        final Path file = folder.resolve("waiting");
        final WaitingBook book = new WaitingBook(file);
        book.change(List.of(line(1, "S"), line(2, "S\tx\ny"), line(1, "S")), Set.of());
        assertThat(new WaitingBook(file).all()).containsExactly(line(1, "S"), line(2, "S x y"));
        final WaitingBook again = new WaitingBook(file);
        again.change(List.of(line(3, "S")), Set.of(line(1, "S")));
        assertThat(new WaitingBook(file).all()).containsExactly(line(2, "S x y"), line(3, "S"));
    }

    @Test
    void givenADamagedBook_whenOpened_thenItSaysWhere() throws Exception {
        final Path file = folder.resolve("waiting");
        new WaitingBook(file).change(List.of(line(1, "S"), line(2, "S")), Set.of());
        Files.writeString(file, Files.readString(file).replace("P2", "P3"));
        assertThatThrownBy(() -> new WaitingBook(file)).hasMessageContaining("damaged in line 2").hasMessageContaining("put a back-up in its place");
    }

    @Test
    void givenContracts_whenRead_thenByPostAndForAllOthers_andAWrongLineSaysHowItMustLook() throws Exception {
        final Path file = Files.writeString(folder.resolve("contracts"), "# ours\n\nparis , 120,5, 3\n*,80,0,1\n", StandardCharsets.UTF_8);
        final AcquirerContract.OfPost contracts = Contracts.read(file).byPost(post -> post == 1 ? "paris" : post == 2 ? "lyon" : null);
        assertThat(contracts.contract(1)).isEqualTo(AcquirerContract.of(120, 5, 3));
        assertThat(List.of(contracts.contract(2), contracts.contract(3))).containsOnly(AcquirerContract.of(80, 0, 1));
        assertThat(Contracts.none().byPost(post -> null).contract(1)).isEqualTo(AcquirerContract.without(3));
        for (final String wrong : List.of("paris,120,0", "paris,1.2,0,3", "paris,120,0,3\nparis,1,0,3", "paris,20000,0,3", ",1,0,3")) {
            Files.writeString(file, wrong);
            assertThatThrownBy(() -> Contracts.read(file)).as(wrong).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(" line ");
        }
    }
}
