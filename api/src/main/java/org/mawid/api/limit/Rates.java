package org.mawid.api.limit;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** How much each may. Immutable. What has no number is not limited. */
public final class Rates {
    /** What a setting may say. */
    public static final String SHAPE = "as in: reads=1200,commands=600; others of these: lookups, watches, open, tokens, links (a day), uploads (bytes a day); 0 = no limit";

    private static final long MOST = 1L << 50;

    private final Map<Payer, Map<Budget, Long>> numbers = new EnumMap<>(Payer.class);

    private Rates() {
    }

    /** Unless settings say otherwise. */
    public static Rates usual() {
        return of(Payer::usual);
    }

    /**
     * @param said of each, as in {@code reads=1200,commands=600}; what it does not name is as usual
     * @throws IllegalArgumentException in one line: what is wrong, and what is allowed
     */
    public static Rates of(final Function<Payer, String> said) {
        final Rates rates = new Rates();
        for (final Payer payer : Payer.values()) {
            final Map<Budget, Long> ofPayer = new EnumMap<>(Budget.class);
            put(payer, payer.usual(), ofPayer);
            put(payer, said.apply(payer), ofPayer);
            ofPayer.values().removeIf(number -> number == 0);
            rates.numbers.put(payer, ofPayer);
        }
        return rates;
    }

    private static void put(final Payer payer, final String said, final Map<Budget, Long> numbers) {
        for (final String each : said.isBlank() ? new String[0] : said.split(",")) {
            final String[] words = each.strip().split("=", 2);
            final Budget budget = budget(words[0]);
            if (budget == null || words.length < 2 || !words[1].matches("[0-9]{1,15}") || Long.parseLong(words[1]) > MOST) {
                throw new IllegalArgumentException(payer.word() + ": '" + each.strip() + "' is not " + SHAPE);
            }
            numbers.put(budget, Long.parseLong(words[1]));
        }
    }

    private static Budget budget(final String word) {
        for (final Budget budget : Budget.values()) {
            if (budget.word().equals(word)) {
                return budget;
            }
        }
        return null;
    }

    /** 0 = no limit. */
    long of(final Payer payer, final Budget budget) {
        return numbers.get(payer).getOrDefault(budget, 0L);
    }
}
