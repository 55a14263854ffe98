package org.mawid.api.treasury.port;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/** What may name a payment, a refund or a batch at a bank: the characters that every one of them passes on unchanged. */
public final class References {
    /** Max35Text of ISO 20022. */
    public static final int MOST_CHARACTERS = 35;

    private References() {
    }

    /** Names what a post's online payments of one day are together, when the treasury brings them as one line. @param postId 0 to 65 535 */
    public static String onlineDay(final int postId, final String currency, final LocalDate day) {
        return "ON-" + postId + '-' + currency + '-' + day.format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    /**
     * Names what one terminal has collected until its closing, as its acquirer brings it. <b>A guess</b>, as {@link #onlineDay} and {@link #dayOf}: how acquirers name a closing is not public.
     *
     * @param ordinal of the closings of that day in that currency, from 1; the first has no number behind it
     */
    public static String terminalBatch(final int terminalId, final String currency, final LocalDate day, final int ordinal) {
        return "TM-" + terminalId + '-' + currency + '-' + day.format(DateTimeFormatter.BASIC_ISO_DATE) + (ordinal == 1 ? "" : "-" + ordinal);
    }

    /** The day to which the treasury counts a payment online: that of UTC on which it was begun. A guess. @param startedMs ms since 1970-01-01 UTC */
    public static LocalDate dayOf(final long startedMs) {
        return LocalDate.ofEpochDay(Math.floorDiv(startedMs, 86_400_000L));
    }

    /** @throws IllegalArgumentException when it is empty, longer than 35, or has other characters than letters, digits and hyphens */
    public static String check(final String reference) {
        if (!isGood(reference)) {
            throw new IllegalArgumentException("a reference is 1 to " + MOST_CHARACTERS + " letters, digits and hyphens");
        }
        return reference;
    }

    /** Whether {@link #check} lets it pass. */
    public static boolean isGood(final String reference) {
        if (reference == null || reference.isEmpty() || reference.length() > MOST_CHARACTERS) {
            return false;
        }
        for (int i = 0; i < reference.length(); i++) {
            final char one = reference.charAt(i);
            if (!(one >= '0' && one <= '9' || one >= 'A' && one <= 'Z' || one >= 'a' && one <= 'z' || one == '-')) {
                return false;
            }
        }
        return true;
    }
}
