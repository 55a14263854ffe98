package org.mawid.api.treasury.closing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.mawid.api.treasury.port.Amount;

/**
 * The accounts of a post in one currency at the end of a day: what they were debited and credited since the closing before, and since the beginning. Both balance, and the second is that of the
 * closing before and the first.
 *
 * @param post     code of the post: 1 to 32 visible ASCII characters
 * @param from     first day that it is about, of the post's zone: the one after the closing before. Null = it is the first, since the beginning
 * @param day      last day that it is about
 * @param position of the log, at which it was cut: what came later belongs to the next one
 * @param closedMs engine's time at which it was cut, ms since 1970-01-01 UTC
 * @param totals   sorted here by account and component; each pair once
 */
public record DailyClosing(String post, String currency, LocalDate from, LocalDate day, long position, long closedMs, List<Total> totals) {
    private static final Pattern POST = Pattern.compile("[!-~]{1,32}");
    private static final Pattern WORD = Pattern.compile("[A-Z_]{1,40}");

    /**
     * Of one account and one component of its tariff. Minor units of the currency, 0 or more.
     *
     * @param account      CARD_RECEIVABLE, TREASURY, HELD, EARNED…
     * @param component    RECEIPT, CHANCERY, STAMP, SERVICE, ADOUL, or NONE
     * @param debitMinor   since the closing before, as {@code creditMinor}
     * @param debitToDate  since the beginning, as {@code creditToDate}
     */
    public record Total(String account, String component, long debitMinor, long creditMinor, long debitToDate, long creditToDate) {
        /** @throws IllegalArgumentException for a word that is none, a negative sum, or less to date than now */
        public Total {
            word(account);
            word(component);
            if (debitMinor < 0 || creditMinor < 0 || debitMinor > debitToDate || creditMinor > creditToDate) {
                throw new IllegalArgumentException("a sum is 0 or more, and to date not less than now: " + account + ' ' + component);
            }
        }

        private String key() {
            return account + ' ' + component;
        }
    }

    /** Since the beginning, of one account and component. */
    record Sums(String account, String component, long debitMinor, long creditMinor) {
    }

    /** @throws IllegalArgumentException when it does not balance, names an account and component twice, or ends before it begins */
    public DailyClosing {
        if (!POST.matcher(post).matches()) {
            throw new IllegalArgumentException("a post is named by 1 to 32 visible ASCII characters");
        }
        Amount.digits(currency);
        if (position < 0 || closedMs < 0 || from != null && from.isAfter(day)) {
            throw new IllegalArgumentException("position and time are 0 or more, and a closing ends after it begins");
        }
        totals = totals.stream().sorted(Comparator.comparing(Total::account).thenComparing(Total::component)).toList();
        long now = 0;
        long toDate = 0;
        for (int i = 0; i < totals.size(); i++) {
            final Total total = totals.get(i);
            if (i > 0 && total.key().equals(totals.get(i - 1).key())) {
                throw new IllegalArgumentException("account " + total.key() + " is there twice");
            }
            now = Math.addExact(now, total.debitMinor() - total.creditMinor());
            toDate = Math.addExact(toDate, total.debitToDate() - total.creditToDate());
        }
        if (now != 0 || toDate != 0) {
            throw new IllegalArgumentException("the closing of " + post + " does not balance: debits less credits are " + now + ", and " + toDate + " to date; inspect the books before closing");
        }
    }

    /**
     * The next one of a post and currency.
     *
     * @param before null = it is the first
     * @param toDate what the books have since the beginning
     * @throws IllegalArgumentException when they have less than the one before: they are of an older log
     */
    static DailyClosing after(final DailyClosing before, final String post, final String currency, final LocalDate day, final long position, final long closedMs, final List<Sums> toDate) {
        final Map<String, Total> earlier = before == null ? Map.of() : before.byKey();
        final List<Total> totals = new ArrayList<>();
        for (final Sums sums : toDate) {
            final Total was = earlier.get(sums.account() + ' ' + sums.component());
            totals.add(new Total(sums.account(), sums.component(), sums.debitMinor() - (was == null ? 0 : was.debitToDate()), sums.creditMinor() - (was == null ? 0 : was.creditToDate()),
                    sums.debitMinor(), sums.creditMinor()));
        }
        final DailyClosing closing = new DailyClosing(post, currency, before == null ? null : before.day().plusDays(1), day, position, closedMs, totals);
        final String wrong = closing.whyNotAfter(before);
        if (wrong != null) {
            throw new IllegalArgumentException(wrong);
        }
        return closing;
    }

    /** @param before null = none: it is to be the first @return null when it goes on where that ended, in days, positions and sums; else what differs */
    String whyNotAfter(final DailyClosing before) {
        if (before == null ? from != null : !before.post().equals(post) || !before.currency().equals(currency) || !before.day().plusDays(1).equals(from) || before.position() > position) {
            return "it is not of the days after " + (before == null ? "nothing" : before.name());
        }
        final Map<String, Total> earlier = before == null ? new HashMap<>() : before.byKey();
        for (final Total total : totals) {
            final Total was = earlier.remove(total.key());
            if (total.debitToDate() - total.debitMinor() != (was == null ? 0 : was.debitToDate()) || total.creditToDate() - total.creditMinor() != (was == null ? 0 : was.creditToDate())) {
                return "the sums of " + total.key() + " do not go on from " + (before == null ? "zero" : before.name());
            }
        }
        return earlier.isEmpty() ? null : "the sums of " + earlier.keySet().iterator().next() + " are missing, which " + before.name() + " has";
    }

    private Map<String, Total> byKey() {
        final Map<String, Total> byKey = new HashMap<>();
        totals.forEach(total -> byKey.put(total.key(), total));
        return byKey;
    }

    private static void word(final String word) {
        if (!WORD.matcher(word).matches()) {
            throw new IllegalArgumentException("'" + word + "' is not 1 to 40 of A-Z and _");
        }
    }

    /** Of the files, without an ending. */
    public String name() {
        return "closing-" + inFileNames(post) + '-' + currency + '-' + day;
    }

    /** A post's code where letters, digits, point, hyphen and underscore are themselves. */
    static String inFileNames(final String post) {
        final StringBuilder safe = new StringBuilder();
        for (int i = 0; i < post.length(); i++) {
            final char one = post.charAt(i);
            final boolean isItself = one >= 'a' && one <= 'z' || one >= 'A' && one <= 'Z' || one >= '0' && one <= '9' || one == '-' || one == '_' || one == '.' && i > 0;
            safe.append(isItself ? String.valueOf(one) : String.format("%%%02X", (int) one));
        }
        return safe.toString();
    }
}
