package org.mawid.api.treasury.port;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * Money as it is charged and settled.
 *
 * @param minor    minor units of the currency, 0 to 10^15; what is taken away is told by its direction, not by a sign
 * @param currency ISO 4217, three capitals, with 0, 2 or 3 decimals
 */
public record Amount(long minor, String currency) {
    /** More than any statement of one post holds, and nine of them add up in a long. */
    public static final long MOST_MINOR = 1_000_000_000_000_000L;

    /** @throws IllegalArgumentException for a negative amount or a currency that nobody can count in */
    public Amount {
        if (minor < 0 || minor > MOST_MINOR) {
            throw new IllegalArgumentException("an amount is 0 to " + MOST_MINOR + " minor units, not " + minor);
        }
        digits(currency);
    }

    /** Decimals of a currency. @throws IllegalArgumentException when it is none of ISO 4217, or one without a minor unit */
    public static int digits(final String currency) {
        final int digits;
        try {
            digits = Currency.getInstance(currency).getDefaultFractionDigits();
        } catch (final IllegalArgumentException unknown) {
            throw new IllegalArgumentException("'" + shown(currency) + "' is no currency of ISO 4217", unknown);
        }
        if (digits < 0 || digits > 4) {
            throw new IllegalArgumentException(currency + " has no minor unit to count in");
        }
        return digits;
    }

    /**
     * Reads plain decimals, exactly: no sign, no exponent, no grouping, no more decimals than the currency has unless they are zeros.
     *
     * @throws IllegalArgumentException says what is wrong with it
     */
    public static Amount of(final String decimals, final String currency) {
        final int digits = digits(currency);
        final int length = decimals.length();
        if (length == 0 || length > 24) {
            throw new IllegalArgumentException(length == 0 ? "an amount is empty" : "an amount has more than 24 characters");
        }
        long minor = 0;
        int after = -1;
        for (int i = 0; i < length; i++) {
            final char one = decimals.charAt(i);
            if (one == '.' && after < 0 && i > 0) {
                after = 0;
            } else if (one >= '0' && one <= '9') {
                if (after >= digits) {
                    if (one != '0') {
                        throw new IllegalArgumentException("'" + decimals + "' has more decimals than " + currency + ", which has " + digits);
                    }
                } else {
                    minor = minor * 10 + one - '0';
                    after += after < 0 ? 0 : 1;
                }
            } else {
                throw new IllegalArgumentException("'" + shown(decimals) + "' is no amount" + (one == '-' ? ": a direction is told beside it, never by a sign" : ""));
            }
            if (minor > MOST_MINOR) {
                throw new IllegalArgumentException("'" + decimals + "' is more than " + MOST_MINOR + " minor units");
            }
        }
        for (int missing = Math.max(after, 0); missing < digits; missing++) {
            minor *= 10;
        }
        if (decimals.charAt(length - 1) == '.') {
            throw new IllegalArgumentException("'" + decimals + "' ends with its point");
        }
        return new Amount(minor, currency);
    }

    /** As people and statements write it: exactly the currency's decimals. */
    public String decimals() {
        return BigDecimal.valueOf(minor, digits(currency)).toPlainString();
    }

    @Override
    public String toString() {
        return decimals() + ' ' + currency;
    }

    private static String shown(final String text) {
        final String cut = text.length() > 24 ? text.substring(0, 24) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
