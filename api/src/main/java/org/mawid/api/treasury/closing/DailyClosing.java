package org.mawid.api.treasury.closing;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.mawid.api.treasury.port.Amount;

/**
 * The totals of a post in one currency on one day. Debits and credits of all accounts together are equal.
 *
 * @param post     code of the post: 1 to 40 of {@code A–Z 0–9 -}
 * @param day      of the post's zone
 * @param position of the log that it reflects, 0 or more
 * @param payments how many were approved that day
 * @param totals   sorted here by account and component; each pair once
 */
public record DailyClosing(String post, String currency, LocalDate day, long position, long payments, List<Total> totals) {
    private static final Pattern WORD = Pattern.compile("[A-Z0-9_-]{1,40}");

    /**
     * Of one account and one component of its tariff.
     *
     * @param account     RECEIVABLE, COMMISSION, FX_DIFFERENCE, UNALLOCATED, IN_TRANSIT, a beneficiary…
     * @param component   RECEIPT, CHANCERY, SERVICE, or NONE
     * @param debitMinor  minor units of the currency, 0 or more
     * @param creditMinor likewise
     */
    public record Total(String account, String component, long debitMinor, long creditMinor) {
        /** @throws IllegalArgumentException for a word that is none or a negative sum */
        public Total {
            word(account);
            word(component);
            if (debitMinor < 0 || creditMinor < 0) {
                throw new IllegalArgumentException("a sum is 0 or more: " + account + ' ' + component);
            }
        }
    }

    /** @throws IllegalArgumentException when it does not balance, or names an account and component twice */
    public DailyClosing {
        word(post);
        Amount.digits(currency);
        if (position < 0 || payments < 0) {
            throw new IllegalArgumentException("position and count are 0 or more");
        }
        totals = totals.stream().sorted(Comparator.comparing(Total::account).thenComparing(Total::component)).toList();
        long debits = 0;
        long credits = 0;
        for (int i = 0; i < totals.size(); i++) {
            final Total total = totals.get(i);
            if (i > 0 && total.account().equals(totals.get(i - 1).account()) && total.component().equals(totals.get(i - 1).component())) {
                throw new IllegalArgumentException("account " + total.account() + ' ' + total.component() + " is there twice");
            }
            debits = Math.addExact(debits, total.debitMinor());
            credits = Math.addExact(credits, total.creditMinor());
        }
        if (debits != credits) {
            throw new IllegalArgumentException("the closing of " + post + " does not balance: debits " + debits + ", credits " + credits + "; inspect the books before closing");
        }
    }

    private static void word(final String word) {
        if (!WORD.matcher(word).matches()) {
            throw new IllegalArgumentException("'" + word + "' is not 1 to 40 of A-Z, 0-9, _ and -");
        }
    }

    /** Of the files, without an ending. */
    public String name() {
        return "closing-" + post + '-' + currency + '-' + day;
    }
}
