package org.mawid.api.treasury.engine;

import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;

/**
 * A payment's reference as banks pass it on: ours, but that the four check symbols which are no letter are a U and a letter. Our own have a U only as the last symbol, so that the two are never
 * taken for each other.
 */
final class EndToEnd {
    private static final String SYMBOLS = "*~$=";
    private static final char MARK = 'U';

    private EndToEnd() {
    }

    /** @param number of a payment, 1 or more @return 14 or 15 capitals, digits and hyphens */
    static String of(final References references, final long number) {
        final String ours = references.text(ReferenceKind.PAYMENT, number);
        final int last = ours.length() - 1;
        final int symbol = SYMBOLS.indexOf(ours.charAt(last));
        return symbol < 0 ? ours : ours.substring(0, last) + MARK + (char) ('A' + symbol);
    }

    /** @param reference that one or ours @return the number, 0 or less for what is none */
    static long number(final References references, final String reference) {
        final int last = reference.length() - 1;
        final int symbol = last < 1 || reference.charAt(last - 1) != MARK ? -1 : reference.charAt(last) - 'A';
        final boolean isTheirs = symbol >= 0 && symbol < SYMBOLS.length();
        return references.number(ReferenceKind.PAYMENT, isTheirs ? reference.substring(0, last - 1) + SYMBOLS.charAt(symbol) : reference);
    }
}
