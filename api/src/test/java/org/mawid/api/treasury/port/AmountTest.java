package org.mawid.api.treasury.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mawid.api.treasury.port.TreasuryCommand.Failure;
import org.mawid.api.treasury.port.TreasuryCommand.About;
import org.mawid.api.treasury.port.TreasuryCommand.OpenBreak;
import org.mawid.api.treasury.port.TreasuryCommand.RecordFailure;

/** Amounts are exact, keys and request ids are of their content. */
class AmountTest {
    private static final long PINNED_HIGH = 3604021302099597394L;
    private static final long PINNED_LOW = -4907792329545290291L;

    @ParameterizedTest
    @CsvSource({"0,MAD,0", "1,MAD,100", "1.5,MAD,150", "1.50,MAD,150", "1.500,MAD,150", "0.01,MAD,1", "12,JPY,12", "12.000,JPY,12", "1.234,TND,1234", "1.2,KWD,1200", "9999999999999.99,MAD,999999999999999"})
    void givenDecimals_whenRead_thenExact(final String text, final String currency, final long minor) {
        assertThat(Amount.of(text, currency)).isEqualTo(new Amount(minor, currency));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "1.", ".5", "1.001", "1,00", "1e2", "0x1", " 1", "1 000", "10000000000000.01", "\u0661", "1.2.3", "NaN"})
    void givenWhatIsNoAmountOfDirhams_whenRead_thenRefused(final String text) {
        assertThatThrownBy(() -> Amount.of(text, "MAD")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mad", "XYZ", "XAU", "MADD"})
    void givenNoCurrency_whenRead_thenRefused(final String currency) {
        assertThatThrownBy(() -> Amount.of("1", currency)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givenAnyAmount_whenWrittenAndRead_thenTheSame_asBigDecimalHasIt() {
        final SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 20_000; i++) {
            final String currency = new String[] {"MAD", "JPY", "TND", "EUR"}[random.nextInt(4)];
            final Amount amount = new Amount(random.nextLong(Amount.MOST_MINOR + 1) >> random.nextInt(50), currency);
            assertThat(Amount.of(amount.decimals(), currency)).isEqualTo(amount);
            assertThat(new BigDecimal(amount.decimals()).movePointRight(Currency.getInstance(currency).getDefaultFractionDigits()).longValueExact()).isEqualTo(amount.minor());
        }
    }

    @Test
    void givenTheSameContent_thenTheSameKeyAndRequest_andAnotherOtherwise() {
        assertThat(BreakKey.of(BreakType.AMOUNT_DIFFERS, "ab", "c")).isEqualTo(BreakKey.of(BreakType.AMOUNT_DIFFERS, "ab", "c")).isNotEqualTo(BreakKey.of(BreakType.AMOUNT_DIFFERS, "a", "bc"))
                .isNotEqualTo(BreakKey.of(BreakType.CURRENCY_DIFFERS, "ab", "c"));
        assertThat(new RecordFailure(1, "o", Failure.DECLINED).requestId()).isEqualTo(new RecordFailure(1, "o", Failure.DECLINED).requestId())
                .isNotEqualTo(new RecordFailure(2, "o", Failure.DECLINED).requestId()).isNotEqualTo(new RecordFailure(1, "o", Failure.EXPIRED).requestId());
        assertThat(new OpenBreak(BreakType.AMOUNT_DIFFERS, 1, new About(12, "MAD", 100, 99, 7, 0), "x").requestId()).as("pinned: it is in logs").isEqualTo(new RequestId(PINNED_HIGH, PINNED_LOW));
    }
}
