package org.mawid.api.terminal.nexo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * Money in minor units, or why there is none: a reading is exact or it is a fault, never rounded.
 *
 * @param minor    minor units of the currency, 0 with a fault
 * @param currency ISO 4217
 * @param fault    null = the amount can be used
 */
public record Amount(long minor, String currency, Fault fault) {
    private static final int MOST_DIGITS = 15;

    /** Why an amount cannot be used. */
    public enum Fault {
        MISSING,
        NEGATIVE,
        /** More decimals than the currency has. */
        WRONG_SCALE,
        OTHER_CURRENCY,
        TOO_LARGE
    }

    public static Amount of(final long minor, final String currency) {
        return new Amount(minor, currency, null);
    }

    static Amount faulty(final Fault fault, final String currency) {
        return new Amount(0, currency, fault);
    }

    /** @param digits decimals of the currency, 0 to 3 */
    static Amount read(final BigDecimal value, final String currency, final int digits) {
        if (value == null) {
            return faulty(Fault.MISSING, currency);
        }
        if (value.signum() < 0) {
            return faulty(Fault.NEGATIVE, currency);
        }
        if (value.scale() > digits) {
            return faulty(Fault.WRONG_SCALE, currency);
        }
        if (value.precision() - value.scale() + digits > MOST_DIGITS) {
            return faulty(Fault.TOO_LARGE, currency);
        }
        return of(value.setScale(digits, RoundingMode.UNNECESSARY).unscaledValue().longValueExact(), currency);
    }

    static BigDecimal write(final long minor, final int digits) {
        return BigDecimal.valueOf(minor, digits);
    }

    /** Decimals that ISO 4217 gives a currency; -1 when there is no such currency, or none that money is counted in. */
    static int digits(final String currency) {
        try {
            return Currency.getInstance(currency).getDefaultFractionDigits();
        } catch (final IllegalArgumentException e) {
            return -1;
        }
    }

    public boolean isUsable() {
        return fault == null;
    }

    /** Whether it is exactly this much of this currency. */
    public boolean is(final long wantedMinor, final String wantedCurrency) {
        return fault == null && minor == wantedMinor && currency.equals(wantedCurrency);
    }
}
