package org.mawid.api.terminal.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mawid.api.terminal.TerminalTotals.OfCurrency;
import org.mawid.engine.readmodel.MoneyView.Batch;
import org.mawid.sbe.BatchState;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.PaymentMeans;

/** A terminal's totals against a batch. */
class TallyTest {
    private static final Batch BATCH = new Batch(7, 1, PaymentMeans.TERMINAL, 12, "EUR", BatchState.OPEN, 100_00, 3, 20_00, 1, 0, 0, 0);
    private static final Sums OURS = new Sums(100_00, 3, 20_00, 1);

    @Test
    void givenTheSameTotals_thenTheyAgree() {
        final Tally tally = Tally.of(List.of(euros(3, 100_00, 1, 20_00)), BATCH, 0);
        assertThat(tally).isEqualTo(new Tally(OURS, 0, List.of()));
        assertThat(tally.agrees(BATCH)).isTrue();
        assertThat(Tally.of(List.of(), null, 0).agrees(null)).isTrue();
        assertThat(Tally.of(List.of(), BATCH, 5).agrees(BATCH)).isFalse();
    }

    @Test
    void givenChargesThatWereGivenBackAtOnce_thenAsManyAgreeAsTheLogHas() {
        final OfCurrency told = euros(5, 112_00, 3, 32_00);
        assertThat(Tally.of(List.of(told), BATCH, 2)).isEqualTo(new Tally(OURS, 2, List.of()));
        assertThat(Tally.of(List.of(told), BATCH, 1).agrees(BATCH)).isFalse();
        assertThat(Tally.of(List.of(told), BATCH, 1).theirs()).isEqualTo(new Sums(112_00, 5, 32_00, 3));
        assertThat(Tally.of(List.of(euros(4, 112_00, 2, 31_99)), BATCH, 9).agrees(BATCH)).as("off by one").isFalse();
        assertThat(Tally.of(List.of(euros(4, 112_00, 3, 32_00)), BATCH, 9).agrees(BATCH)).as("one more reversal than payments").isFalse();
        assertThat(Tally.of(List.of(euros(4, 100_00, 2, 20_00)), BATCH, 9).agrees(BATCH)).as("of nothing").isFalse();
    }

    @Test
    void givenAnotherCurrency_thenItIsADifferenceUnlessItWasGivenBack() {
        final OfCurrency ours = euros(3, 100_00, 1, 20_00);
        final OfCurrency dollars = new OfCurrency("USD", 1, 5_00, 1, 5_00, 0, 0);
        assertThat(Tally.of(List.of(ours, dollars), BATCH, 1)).isEqualTo(new Tally(OURS, 1, List.of()));
        assertThat(Tally.of(List.of(ours, dollars), BATCH, 0).differences()).extracting(Difference::type, Difference::currency, Difference::theirMinor)
                .containsExactly(tuple(BreakType.CURRENCY_DIFFERS, "USD", 0L));
        assertThat(Tally.of(List.of(euros(4, 101_00, 2, 21_00), dollars), BATCH, 1).differences()).as("one of the two").hasSize(1);
    }

    @Test
    void givenMoneyThatMovedAsNoTillAsks_thenItIsADifferenceAlsoWhenAllElseAgrees() {
        final Tally tally = Tally.of(List.of(new OfCurrency("EUR", 3, 100_00, 1, 20_00, 1, 7_00)), BATCH, 0);
        assertThat(tally.theirs()).isEqualTo(OURS);
        assertThat(tally.differences()).containsExactly(new Difference(BreakType.TERMINAL_TOTALS_DIFFER, "others", "EUR", 0, 7_00, 7));
    }

    @Test
    void givenNoBatch_thenWhateverTheTerminalHasIsADifference() {
        assertThat(Tally.of(List.of(euros(1, 5_00, 0, 0)), null, 1).differences())
                .containsExactly(new Difference(BreakType.TERMINAL_TOTALS_DIFFER, "payments", "EUR", 0, 5_00, 0));
        assertThat(Tally.of(List.of(euros(1, 5_00, 1, 5_00)), null, 1).agrees(null)).isTrue();
    }

    private static OfCurrency euros(final long payments, final long paymentsMinor, final long reversals, final long reversalsMinor) {
        return new OfCurrency("EUR", payments, paymentsMinor, reversals, reversalsMinor, 0, 0);
    }
}
