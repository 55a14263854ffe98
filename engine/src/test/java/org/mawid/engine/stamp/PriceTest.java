package org.mawid.engine.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PriceTest {
    @Test
    void givenARate_whenAnAmountIsTold_thenItIsRoundedOnceHalfUpInTheCurrencyOfThePost() {
        assertThat(Price.localMinor(50_000, 2, 10_850_000, 1)).as("500 MAD at 10.85 for a euro").isEqualTo(4_608);
        assertThat(Price.localMinor(50_000, 2, 10_850_000, 50)).as("to half a euro").isEqualTo(4_600);
        assertThat(Price.localMinor(50_000, 0, 62_000, 1)).as("yen have no decimals").isEqualTo(8_065);
        assertThat(Price.localMinor(50_000, 3, 32_100_000, 5)).as("dinars have three").isEqualTo(15_575);
        assertThat(Price.localMinor(50, 2, 1_000_000, 100)).as("half goes up").isEqualTo(100);
        assertThat(Price.localMinor(49, 2, 1_000_000, 100)).as("less goes down").isZero();
    }

    @Test
    void givenAnyAmountAndRate_whenTold_thenItIsTheExactQuotientRounded() {
        final Random random = new Random(20_261);
        final int[] digits = {0, 2, 3};
        for (int i = 0; i < 200_000; i++) {
            final long amount = (long) (random.nextDouble() * random.nextDouble() * 204_000_000_000L);
            final int minorDigits = digits[random.nextInt(3)];
            final long rate = 1 + (long) (Math.pow(10, random.nextDouble() * 15) - 1);
            final int round = 1 + random.nextInt(10_000);
            assertThat(Price.localMinor(amount, minorDigits, rate, round)).as("amount %d digits %d rate %d round %d", amount, minorDigits, rate, round)
                    .isEqualTo(exact(amount, minorDigits, rate, round));
        }
        assertThat(Price.localMinor(204_000_000_000L, 3, 1_000_000_000_000_000L, 10_000)).as("a step above 2^63")
                .isEqualTo(exact(204_000_000_000L, 3, 1_000_000_000_000_000L, 10_000));
    }

    private static long exact(final long amount, final int digits, final long rate, final int round) {
        final BigInteger numerator = BigInteger.valueOf(amount).multiply(BigInteger.TEN.pow(digits + 4));
        final BigInteger step = BigInteger.valueOf(rate).multiply(BigInteger.valueOf(round));
        final BigInteger two = BigInteger.TWO;
        return numerator.multiply(two).add(step).divide(step.multiply(two)).longValueExact() * round;
    }
}
