package org.mawid.api.terminal.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mawid.api.terminal.TerminalTotals.OfCurrency;
import org.mawid.api.terminal.closing.Undone.Part;
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
        final Tally tally = Tally.of(List.of(euros(3, 100_00, 1, 20_00)), BATCH, once(0));
        assertThat(tally).isEqualTo(new Tally(OURS, 0, List.of()));
        assertThat(tally.agrees(BATCH)).isTrue();
        assertThat(Tally.of(List.of(), null, once(0)).agrees(null)).isTrue();
        assertThat(Tally.of(List.of(), BATCH, once(5)).agrees(BATCH)).isFalse();
    }

    @Test
    void givenChargesThatWereGivenBackAtOnce_thenAsManyAgreeAsTheLogHas() {
        final OfCurrency told = euros(5, 112_00, 3, 32_00);
        assertThat(Tally.of(List.of(told), BATCH, once(2))).isEqualTo(new Tally(OURS, 2, List.of()));
        assertThat(Tally.of(List.of(told), BATCH, once(1)).agrees(BATCH)).isFalse();
        assertThat(Tally.of(List.of(told), BATCH, once(1)).theirs()).isEqualTo(new Sums(112_00, 5, 32_00, 3));
        assertThat(Tally.of(List.of(euros(4, 112_00, 2, 31_99)), BATCH, once(9)).agrees(BATCH)).as("off by one").isFalse();
        assertThat(Tally.of(List.of(euros(4, 112_00, 3, 32_00)), BATCH, once(9)).agrees(BATCH)).as("one more reversal than payments").isFalse();
        assertThat(Tally.of(List.of(euros(4, 100_00, 2, 20_00)), BATCH, once(9)).agrees(BATCH)).as("of nothing").isFalse();
    }

    @Test
    void givenAnotherCurrency_thenItIsADifferenceUnlessItWasGivenBack() {
        final OfCurrency ours = euros(3, 100_00, 1, 20_00);
        final OfCurrency dollars = new OfCurrency("USD", 1, 5_00, 1, 5_00, 0, 0);
        assertThat(Tally.of(List.of(ours, dollars), BATCH, once(1))).isEqualTo(new Tally(OURS, 1, List.of()));
        assertThat(Tally.of(List.of(ours, dollars), BATCH, once(0)).differences()).extracting(Difference::type, Difference::currency, Difference::theirMinor)
                .containsExactly(tuple(BreakType.CURRENCY_DIFFERS, "USD", 0L));
        assertThat(Tally.of(List.of(euros(4, 101_00, 2, 21_00), dollars), BATCH, once(1)).differences()).as("one of the two").hasSize(1);
    }

    @Test
    void givenMoneyThatMovedAsNoTillAsks_thenItIsADifferenceAlsoWhenAllElseAgrees() {
        final Tally tally = Tally.of(List.of(new OfCurrency("EUR", 3, 100_00, 1, 20_00, 1, 7_00)), BATCH, once(0));
        assertThat(tally.theirs()).isEqualTo(OURS);
        assertThat(tally.differences()).containsExactly(new Difference(BreakType.TERMINAL_TOTALS_DIFFER, "others", "EUR", 0, 7_00, 7));
    }

    @Test
    void givenNoBatch_thenWhateverTheTerminalHasIsADifference() {
        assertThat(Tally.of(List.of(euros(1, 5_00, 0, 0)), null, once(1)).differences())
                .containsExactly(new Difference(BreakType.TERMINAL_TOTALS_DIFFER, "payments", "EUR", 0, 5_00, 0));
        assertThat(Tally.of(List.of(euros(1, 5_00, 1, 5_00)), null, once(1)).agrees(null)).isTrue();
    }

    @Test
    void givenWhatWasUndoneElsewhere_thenTheTerminalNeedNotHaveIt() {
        final Undone elsewhere = new Undone(0, new Part(1, 12_00), new Part(2, 5_00));
        final Batch batch = new Batch(7, 1, PaymentMeans.TERMINAL, 12, "EUR", BatchState.OPEN, 100_00, 3, 37_00, 4, 0, 0, 0);
        assertThat(Tally.of(List.of(euros(3, 100_00, 1, 20_00)), batch, elsewhere).agrees(batch)).isTrue();
        assertThat(Tally.of(List.of(euros(3, 100_00, 2, 32_00)), batch, elsewhere).agrees(batch)).as("the refund was made as a reversal").isTrue();
        assertThat(Tally.of(List.of(new OfCurrency("EUR", 3, 100_00, 1, 20_00, 1, 12_00)), batch, elsewhere).agrees(batch)).as("it was typed in as a refund").isTrue();
        assertThat(Tally.of(List.of(new OfCurrency("EUR", 3, 100_00, 1, 20_00, 1, 11_99)), batch, elsewhere).differences())
                .containsExactly(new Difference(BreakType.TERMINAL_TOTALS_DIFFER, "others", "EUR", 12_00, 11_99, 7));
        assertThat(Tally.of(List.of(euros(3, 100_00, 1, 20_01)), batch, elsewhere).agrees(batch)).isFalse();
        assertThat(Tally.of(List.of(euros(3, 100_00, 0, 0)), batch, elsewhere).agrees(batch)).as("its own reversal is missing").isFalse();
        final Batch onlyBack = new Batch(7, 1, PaymentMeans.TERMINAL, 12, "EUR", BatchState.OPEN, 0, 0, 17_00, 3, 0, 0, 0);
        assertThat(Tally.of(List.of(), onlyBack, elsewhere).agrees(onlyBack)).as("a day on which nobody paid").isTrue();
        assertThat(Tally.of(List.of(euros(4, 101_00, 2, 21_00)), batch, new Undone(1, new Part(1, 12_00), new Part(2, 5_00)))).isEqualTo(
                new Tally(new Sums(100_00, 3, 37_00, 4), 1, List.of()));
    }

    private static Undone once(final long count) {
        return new Undone(count, Part.NONE, Part.NONE);
    }

    private static OfCurrency euros(final long payments, final long paymentsMinor, final long reversals, final long reversalsMinor) {
        return new OfCurrency("EUR", payments, paymentsMinor, reversals, reversalsMinor, 0, 0);
    }
}
