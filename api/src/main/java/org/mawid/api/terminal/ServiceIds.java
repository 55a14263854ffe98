package org.mawid.api.terminal;

import java.util.Locale;
import org.mawid.api.terminal.nexo.Category;

/**
 * What requests are called: a payment and its reversal by the payment's number, so that any later life can ask what became of them; all others
 * by life and count, so that none is called as one of an earlier life was.
 */
final class ServiceIds {
    private static final int BASE = 36;
    private static final int LONGEST = 10;
    private static final int LIFE_CHARS = 4;
    private static final int COUNT_CHARS = 5;
    private static final long LIVES = 1_679_616; // 36^4
    private static final long COUNTS = 60_466_176; // 36^5

    private final String life;
    private long count;

    /** @param lifeSeed different in each life, best by chance */
    ServiceIds(final long lifeSeed) {
        life = padded(Math.floorMod(lifeSeed, LIVES), LIFE_CHARS);
    }

    /** Of a request that is asked once and never asked about. */
    String next() {
        count = (count + 1) % COUNTS;
        return 'S' + life + padded(count, COUNT_CHARS);
    }

    static String of(final Category category, final long paymentId) {
        return (category == Category.REVERSAL ? "R" : "P") + text(paymentId);
    }

    /** Whether a payment of this number can be told to a terminal: up to 10^14. */
    static boolean fits(final long paymentId) {
        return paymentId > 0 && text(paymentId).length() < LONGEST;
    }

    /** The payment that a request of {@link #of} was about; 0 = it was none of those. */
    static long paymentId(final String serviceId) {
        if (!serviceId.matches("[PR][1-9A-Z][0-9A-Z]{0,8}")) {
            return 0;
        }
        return Long.parseLong(serviceId.substring(1), BASE);
    }

    private static String text(final long number) {
        return Long.toString(number, BASE).toUpperCase(Locale.ROOT);
    }

    private static String padded(final long number, final int chars) {
        final String text = text(number);
        return "0".repeat(chars - text.length()) + text;
    }
}
