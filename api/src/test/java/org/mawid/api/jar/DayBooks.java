package org.mawid.api.jar;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.mawid.sbe.Account;
import org.mawid.sbe.StampState;

/** What each account of each book must come to, from what people have paid and officers done: debits less credits, as {@code 1 EUR HELD}. What is nothing is left out. */
final class DayBooks {
    /** Value of stamps, whatever has become of them. */
    private static final Set<Account> MEMORANDUM = EnumSet.range(Account.ISSUED, Account.PAID_CHARGED_BACK);

    private final Map<String, Long> expected = new TreeMap<>();
    private final DayFaults faults;
    private final DayPaid paid;

    /** @param states of payments, by our reference */
    DayBooks(final DayFaults faults, final DayNight night, final DayPaid paid, final Map<String, String> states) {
        this.faults = faults;
        this.paid = paid;
        paid.begun.forEach(one -> online(one, states.get(one.payment())));
        paid.stamps.forEach(this::stamp);
        night.batches.values().forEach(batch -> {
            if (faults.isSettled(batch)) {
                treasury(batch.place(), batch.place().currency(), batch.grossMinor());
            } else {
                add(batch.place(), batch.place().currency(), Account.SETTLEMENT_UNDER_WAY, batch.grossMinor());
            }
        });
        night.undone.forEach((place, minor) -> add(place, place.currency(), Account.CARD_RECEIVABLE, -minor));
        expected.values().removeIf(sum -> sum == 0);
    }

    Map<String, Long> expected() {
        return expected;
    }

    private void online(final DayPeople.Begun one, final String state) {
        if (one.means() == DayPeople.Means.ONLINE && faults.isPaid(one)) {
            final DayFaults.Charged charged = faults.charged(one);
            if (state.equals("UNALLOCATED")) {
                add(one.place(), charged.currency(), Account.UNALLOCATED, -charged.minor());
            }
            if (faults.isSettled(one)) {
                treasury(one.place(), charged.currency(), charged.minor());
            } else {
                add(one.place(), charged.currency(), Account.ONLINE_RECEIVABLE, charged.minor());
            }
        }
    }

    private void stamp(final DayStamp one) {
        final String currency = one.place.currency();
        if (one.means == DayPeople.Means.COUNTER) {
            add(one.place, currency, Account.COUNTER_CASH, one.isBack() ? 0 : one.amountMinor);
        } else if (one.means == DayPeople.Means.ONLINE && one.isBack()) {
            back(one);
        }
        if (one.isLost || one.state == StampState.CONSUMED) {
            add(one.place, currency, Account.EARNED, -one.amountMinor);
            add(one.place, currency, Account.CHARGE_BACK_LOSS, one.isLost ? one.amountMinor : 0);
        } else if (one.state == StampState.PAID) {
            add(one.place, currency, Account.HELD, -one.amountMinor);
        } else if (one.state == StampState.REFUND_REQUESTED) {
            add(one.place, currency, Account.REFUNDS_PAYABLE, -one.amountMinor);
        }
    }

    /** Before the treasury has brought it, it brings so much less; later it takes it again, if its line is right. */
    private void back(final DayStamp one) {
        final boolean isSettled = faults.isSettled(paid.begun.stream().filter(each -> each.payment().equals(one.payment)).findFirst().orElseThrow());
        if (isSettled && (!one.isBackAfterSettlement || faults.isTakenRightly(one))) {
            treasury(one.place, one.place.currency(), -one.amountMinor);
        } else {
            add(one.place, one.place.currency(), Account.ONLINE_RECEIVABLE, -one.amountMinor);
        }
    }

    /** With what the acquirer has kept. */
    private void treasury(final DayTown.Place place, final String currency, final long minor) {
        add(place, currency, Account.TREASURY, minor);
    }

    private void add(final DayTown.Place place, final String currency, final Account account, final long minor) {
        expected.merge(place.postId() + " " + currency + ' ' + account, minor, Long::sum);
    }

    /** As the server tells them: parts of what is held and earned together, and what the acquirer has kept with what has come. */
    static Map<String, Long> told(final JsonObject answer) {
        final Map<String, Long> balances = new TreeMap<>();
        for (final Object each : answer.getJsonArray("books")) {
            final JsonObject book = (JsonObject) each;
            final JsonArray accounts = book.getJsonArray("accounts");
            for (int i = 0; i < accounts.size(); i++) {
                final JsonObject sums = accounts.getJsonObject(i);
                final Account account = together(Account.valueOf(sums.getString("account")));
                if (!MEMORANDUM.contains(account)) {
                    balances.merge(book.getInteger("postId") + " " + book.getString("currency") + ' ' + account, sums.getLong("debitMinor") - sums.getLong("creditMinor"), Long::sum);
                }
            }
        }
        balances.values().removeIf(sum -> sum == 0);
        return balances;
    }

    private static Account together(final Account account) {
        return account == Account.ACQUIRER_COMMISSION ? Account.TREASURY : account.name().startsWith("HELD_") ? Account.HELD : account.name().startsWith("EARNED_") ? Account.EARNED : account;
    }
}
