package org.mawid.api.stamp.document;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Money for people: {@code 1 234,50 MAD}, with a comma as French and Spanish have it, and as many decimals as the currency has. */
public final class Amounts {
    private static final char NO_BREAK_SPACE = '\u00a0';

    private Amounts() {
    }

    /** @param minor in minor units @param minorDigits 0, 2 or 3 @param currency ISO 4217 */
    public static String text(final long minor, final int minorDigits, final String currency) {
        final DecimalFormatSymbols symbols = new DecimalFormatSymbols(Locale.ROOT);
        symbols.setGroupingSeparator(NO_BREAK_SPACE);
        symbols.setDecimalSeparator(',');
        final DecimalFormat format = new DecimalFormat("#,##0", symbols);
        format.setMinimumFractionDigits(minorDigits);
        return format.format(BigDecimal.valueOf(minor, minorDigits)) + NO_BREAK_SPACE + currency;
    }
}
