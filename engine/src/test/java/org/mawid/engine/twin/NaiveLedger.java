package org.mawid.engine.twin;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.Account;
import org.mawid.sbe.PaymentMeans;

/** Double entry: what each post has in each currency, and every stamp at its value beside it. */
final class NaiveLedger {
    static final int MEMO = 40;
    private static final int BENEFICIARIES = 6;
    private static final String MAD = "MAD";

    private final Model model;
    private final NaiveMoneyEvents events;
    private final Map<Place, long[]> accumulated = new LinkedHashMap<>();

    NaiveLedger(final Model model, final NaiveMoneyEvents events) {
        this.model = model;
        this.events = events;
    }

    record Place(MoneyModel.BookKey book, int account) {
    }

    MoneyModel.Book book(final Model.Post post, final String currency) {
        return model.money.books.computeIfAbsent(new MoneyModel.BookKey(post.id, currency), MoneyModel.Book::new);
    }

    /** @param amount negative: the other side; 0: nothing happens */
    void debit(final Model.Post post, final String currency, final int account, final long amount) {
        if (amount < 0) {
            credit(post, currency, account, -amount);
        } else {
            post(post, currency, account, amount, 0);
        }
    }

    /** As {@link #debit}. */
    void credit(final Model.Post post, final String currency, final int account, final long amount) {
        if (amount < 0) {
            debit(post, currency, account, -amount);
        } else {
            post(post, currency, account, 0, amount);
        }
    }

    void debit(final Model.Post post, final String currency, final Account account, final long amount) {
        debit(post, currency, account.value(), amount);
    }

    void credit(final Model.Post post, final String currency, final Account account, final long amount) {
        credit(post, currency, account.value(), amount);
    }

    private void post(final Model.Post post, final String currency, final int account, final long debit, final long credit) {
        if (debit == 0 && credit == 0) {
            return;
        }
        final MoneyModel.Book book = book(post, currency);
        final long[] sums = book.accounts.computeIfAbsent(account, key -> new long[2]);
        sums[0] = Math.addExact(sums[0], debit);
        sums[1] = Math.addExact(sums[1], credit);
        if (account < MEMO) {
            final long[] now = accumulated.computeIfAbsent(new Place(book.key, account), key -> new long[2]);
            now[0] += debit;
            now[1] += credit;
        }
    }

    /** The last event of a command, but for breaks. */
    void tell() {
        if (!accumulated.isEmpty()) {
            events.posted(accumulated);
            accumulated.clear();
        }
    }

    /** A stamp moves from one memorandum account to another. */
    void memo(final Model.Stamp stamp, final Account debit, final Account credit) {
        debit(stamp.post, MAD, debit, stamp.amountCentimes);
        credit(stamp.post, MAD, credit, stamp.amountCentimes);
    }

    static Account receivable(final PaymentMeans means) {
        return switch (means) {
            case TERMINAL -> Account.CARD_RECEIVABLE;
            case ONLINE -> Account.ONLINE_RECEIVABLE;
            case EARLIER -> Account.OPENING_BALANCE;
            default -> Account.COUNTER_CASH;
        };
    }

    /** Money of a stamp from one account to another, each kept for each beneficiary or as a whole. */
    void move(final Model.Stamp stamp, final Account debit, final Account credit) {
        debitParts(stamp, debit);
        creditParts(stamp, credit);
    }

    private void debitParts(final Model.Stamp stamp, final Account account) {
        final long[] parts = partsFor(stamp, account);
        for (int b = 0; b < parts.length; b++) {
            debit(stamp.post, stamp.currency, account.value() + b, parts[b]);
        }
    }

    private void creditParts(final Model.Stamp stamp, final Account account) {
        final long[] parts = partsFor(stamp, account);
        for (int b = 0; b < parts.length; b++) {
            credit(stamp.post, stamp.currency, account.value() + b, parts[b]);
        }
    }

    private long[] partsFor(final Model.Stamp stamp, final Account account) {
        final boolean byBeneficiary = account == Account.HELD || account == Account.EARNED || account == Account.FORFEITED;
        return byBeneficiary ? split(stamp) : new long[] {stamp.localMinor};
    }

    /** The act took place at another post than the one that was paid. */
    void consumeAt(final Model.Stamp stamp, final Model.Post at) {
        final long[] centimes = components(stamp);
        move(stamp, Account.HELD, Account.INTER_POST);
        debit(at, MAD, Account.INTER_POST, stamp.amountCentimes);
        for (int b = 0; b < BENEFICIARIES; b++) {
            credit(at, MAD, Account.EARNED.value() + b, centimes[b]);
        }
    }

    /** It did not. */
    void unconsumeAt(final Model.Stamp stamp, final Model.Post at) {
        final long[] centimes = components(stamp);
        for (int b = 0; b < BENEFICIARIES; b++) {
            debit(at, MAD, Account.EARNED.value() + b, centimes[b]);
        }
        credit(at, MAD, Account.INTER_POST, stamp.amountCentimes);
        move(stamp, Account.INTER_POST, Account.HELD);
    }

    /** Centimes by beneficiary; all in the first place when the tariff is no longer known. */
    long[] components(final Model.Stamp stamp) {
        final Model.Line line = stamp.ofLine();
        final Model.Service service = model.services.get(line.serviceId);
        final long[] parts = new long[BENEFICIARIES];
        final Model.Tariff tariff = Stream.concat(Stream.of(service.newest, service.older),
                model.money.archived.getOrDefault(line.serviceId, List.of()).stream())
                .filter(each -> each != null && each.version() == stamp.tariffVersion).findFirst().orElse(null);
        if (tariff != null) {
            for (final Command.Component part : tariff.said().components()) {
                parts[part.beneficiary().value()] += part.amountCentimes() * line.quantity;
            }
        }
        if (Arrays.stream(parts).sum() != stamp.amountCentimes) {
            Arrays.fill(parts, 0);
            parts[0] = stamp.amountCentimes;
        }
        return parts;
    }

    /** Local minor units by beneficiary: in proportion, what is left over one by one to the largest remainders. */
    long[] split(final Model.Stamp stamp) {
        return split(stamp.localMinor, components(stamp), stamp.amountCentimes);
    }

    static long[] split(final long localMinor, final long[] components, final long sum) {
        final long[] parts = new long[BENEFICIARIES];
        final BigInteger[] rests = new BigInteger[BENEFICIARIES];
        long left = localMinor;
        for (int b = 0; b < BENEFICIARIES; b++) {
            final BigInteger[] exact = BigInteger.valueOf(localMinor).multiply(BigInteger.valueOf(components[b]))
                    .divideAndRemainder(BigInteger.valueOf(sum));
            parts[b] = exact[0].longValueExact();
            rests[b] = exact[1];
            left -= parts[b];
        }
        final List<Integer> order = IntStream.range(0, BENEFICIARIES).boxed().sorted(Comparator.comparing((Integer b) -> rests[b]).reversed()
                .thenComparing(Comparator.naturalOrder())).toList();
        for (int i = 0; i < left; i++) {
            parts[order.get(i)]++;
        }
        return parts;
    }
}
