package org.mawid.api.treasury.closing;

import java.util.ArrayList;
import java.util.List;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.sbe.Account;
import org.mawid.sbe.Beneficiary;

/** Accounts of a book in the words of a closing: HELD, EARNED and FORFEITED are one account each, with a component. */
final class BookSums {
    private static final String NONE = "NONE";
    private static final List<Account> BY_COMPONENT = List.of(Account.HELD, Account.EARNED, Account.FORFEITED);

    private BookSums() {
    }

    /** Those of money: memorandum accounts are left out. Empty when no money ever moved. */
    static List<DailyClosing.Sums> of(final MoneyView.Book book) {
        final List<DailyClosing.Sums> sums = new ArrayList<>();
        for (final MoneyView.AccountSums one : book.accounts()) {
            if (!MoneyView.isMemorandum(one.account())) {
                final Account base = base(one.account());
                sums.add(new DailyClosing.Sums(base.name(), base == one.account() ? NONE : Beneficiary.get((short) (one.account().value() - base.value())).name(), one.debitMinor(), one.creditMinor()));
            }
        }
        return sums;
    }

    private static Account base(final Account account) {
        for (final Account base : BY_COMPONENT) {
            final int component = account.value() - base.value();
            if (component > 0 && component <= Beneficiary.ADOUL.value()) {
                return base;
            }
        }
        return account;
    }
}
