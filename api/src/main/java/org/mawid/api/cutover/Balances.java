package org.mawid.api.cutover;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.sbe.Account;

/** The books beside what the older system says that they should have come to. */
final class Balances {
    private static final int BENEFICIARIES = 6;

    private Balances() {
    }

    /** What is owed to us or held for others, above 0 as balances.csv says it, by post, currency and account; parts together. */
    static Map<String, Long> of(final List<MoneyView.Book> books, final CatalogueView catalogue) {
        final Map<String, Long> all = new HashMap<>();
        for (final MoneyView.Book book : books) {
            for (final MoneyView.AccountSums sums : book.accounts()) {
                final String name = name(sums.account());
                if (name != null) {
                    final boolean isOwing = sums.account() == Account.OPENING_BALANCE || sums.account() == Account.UNPAID || sums.account() == Account.PAID;
                    all.merge(catalogue.post(book.postId()).code() + " " + book.currency() + " " + name, isOwing ? sums.balanceMinor() : -sums.balanceMinor(), Long::sum);
                }
            }
        }
        return all;
    }

    private static String name(final Account account) {
        if (account.value() >= Account.HELD.value() && account.value() < Account.HELD.value() + BENEFICIARIES) {
            return "HELD";
        }
        return account == Account.OPENING_BALANCE || account == Account.UNPAID || account == Account.PAID ? account.name() : null;
    }

    /** One row for each that the older system says, in minor units. */
    static JsonArray compare(final List<CutOverFiles.Balance> said, final Map<String, Long> base, final Map<String, Long> now, final CatalogueView catalogue) {
        final JsonArray rows = new JsonArray();
        for (final CutOverFiles.Balance one : said) {
            final String key = one.post() + " " + one.currency() + " " + one.account();
            final CatalogueView.Post post = catalogue.post(one.post());
            final int digits = one.currency().equals("MAD") || post == null ? 2 : post.minorDigits();
            final long ours = now.getOrDefault(key, 0L) - base.getOrDefault(key, 0L);
            final BigDecimal theirs = one.amount().movePointRight(digits);
            rows.add(new JsonObject().put("post", one.post()).put("currency", one.currency()).put("account", one.account()).put("theirs", one.amount().toPlainString())
                    .put("ours", BigDecimal.valueOf(ours, digits).toPlainString()).put("agrees", theirs.compareTo(BigDecimal.valueOf(ours)) == 0));
        }
        return rows;
    }
}
