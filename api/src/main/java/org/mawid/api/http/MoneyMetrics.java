package org.mawid.api.http;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.Account;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.PaymentState;

/**
 * Money as Prometheus reads it, by currency and over all posts: from what is kept beside the core, nothing of it is asked. A scrape looks at each book once, and at no more than {@value MoneyView#MOST}
 * payments, refunds and breaks. Minor units, seconds.
 */
final class MoneyMetrics implements MultiCollector {
    private static final Set<Account> COLLECTED = EnumSet.of(Account.CARD_RECEIVABLE, Account.ONLINE_RECEIVABLE, Account.COUNTER_CASH, Account.OPENING_BALANCE);

    private final Supplier<MoneyView> money;
    private final LongSupplier nowMs;

    /** @param nowMs the engine's time */
    MoneyMetrics(final Supplier<MoneyView> money, final LongSupplier nowMs) {
        this.money = money;
        this.nowMs = nowMs;
    }

    /** How many there are, and since when the oldest of them. */
    private static final class Waiting {
        private long count;
        private long oldestMs = Long.MAX_VALUE;

        void add(final long sinceMs) {
            count++;
            oldestMs = Math.min(oldestMs, sinceMs);
        }

        double seconds(final long now) {
            return count == 0 ? 0 : Math.max(0, now - oldestMs) / 1e3;
        }
    }

    @Override
    public MetricSnapshots collect() {
        final MoneyView view = money.get();
        final long now = nowMs.getAsLong();
        final List<MoneyView.Book> books = view.books(0);
        final List<Records.Payment> underWay = view.underWay(0);
        final MetricSnapshots.Builder all = MetricSnapshots.builder();
        all.metricSnapshot(sums("mawid_money_paid_minor", "Ever collected, also what was undone later, and again what had been settled when it was; minor units.", books, one -> COLLECTED.contains(one.account()) ? one.debitMinor() : 0));
        all.metricSnapshot(sums("mawid_money_consumed_minor", "Earned by acts, less what was reversed, in the currency of the books in which it is earned.", books,
                one -> one.account().value() >= Account.EARNED.value() && one.account().value() < Account.FORFEITED.value() ? -one.balanceMinor() : 0));
        all.metricSnapshot(sums("mawid_money_refunded_minor", "Given back.", books, one -> one.account() == Account.REFUNDS_PAYABLE ? one.debitMinor() : 0));
        all.metricSnapshot(sums("mawid_money_refunds_payable_minor", "Agreed to and not given back.", books, one -> one.account() == Account.REFUNDS_PAYABLE ? -one.balanceMinor() : 0));
        all.metricSnapshot(sums("mawid_money_unallocated_minor", "Money that pays for nothing.", books, one -> one.account() == Account.UNALLOCATED ? -one.balanceMinor() : 0));
        all.metricSnapshot(sums("mawid_money_settlement_under_way_minor", "Closed and not on a statement of the treasury.", books,
                one -> one.account() == Account.SETTLEMENT_UNDER_WAY ? one.balanceMinor() : 0));
        waiting(all, "mawid_payments_pending", "Payments whose answer is awaited", payments(underWay, one -> one.state() == PaymentState.PENDING), now);
        final TreeMap<String, Waiting> inDoubt = payments(underWay, one -> one.state() == PaymentState.IN_DOUBT);
        all.metricSnapshot(gauge("mawid_payments_in_doubt_oldest_seconds", "Since the oldest payment in doubt was begun.", "currency", inDoubt, one -> one.seconds(now)));
        waiting(all, "mawid_payments_unallocated", "Payments that pay for nothing", payments(underWay, one -> one.state() == PaymentState.UNALLOCATED), now);
        final TreeMap<String, Waiting> refunds = new TreeMap<>();
        view.payableRefunds().forEach(one -> refunds.computeIfAbsent(one.currency(), first -> new Waiting()).add(now));
        all.metricSnapshot(gauge("mawid_refunds_payable", "Refunds agreed to and not given back.", "currency", refunds, one -> one.count));
        final TreeMap<String, Waiting> breaks = new TreeMap<>();
        EnumSet.range(BreakType.UNALLOCATED_MONEY, BreakType.USED_WITHOUT_VALUE).forEach(type -> breaks.put(type.name(), new Waiting()));
        view.openBreaks(0).forEach(one -> breaks.computeIfAbsent(one.type().name(), first -> new Waiting()).add(one.openedMs()));
        all.metricSnapshot(gauge("mawid_breaks_open", "Breaks that nobody has resolved.", "type", breaks, one -> one.count));
        all.metricSnapshot(gauge("mawid_breaks_open_oldest_seconds", "Since the oldest of them was opened.", "type", breaks, one -> one.seconds(now)));
        return all.build();
    }

    private static GaugeSnapshot sums(final String name, final String help, final List<MoneyView.Book> books, final ToLongFunction<MoneyView.AccountSums> sum) {
        final TreeMap<String, Long> byCurrency = new TreeMap<>();
        books.forEach(book -> byCurrency.merge(book.currency(), book.accounts().stream().mapToLong(sum).sum(), Long::sum));
        return gauge(name, help, "currency", byCurrency, Long::doubleValue);
    }

    private static TreeMap<String, Waiting> payments(final List<Records.Payment> underWay, final Predicate<Records.Payment> wanted) {
        final TreeMap<String, Waiting> byCurrency = new TreeMap<>();
        underWay.stream().filter(wanted).forEach(one -> byCurrency.computeIfAbsent(one.currency(), first -> new Waiting()).add(one.startedMs()));
        return byCurrency;
    }

    private static void waiting(final MetricSnapshots.Builder all, final String name, final String help, final Map<String, Waiting> byCurrency, final long now) {
        all.metricSnapshot(gauge(name, help + '.', "currency", byCurrency, one -> one.count));
        all.metricSnapshot(gauge(name + "_oldest_seconds", help + ": since the oldest was begun.", "currency", byCurrency, one -> one.seconds(now)));
    }

    private static <T> GaugeSnapshot gauge(final String name, final String help, final String label, final Map<String, T> values, final ToDoubleFunction<T> value) {
        final GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        values.forEach((key, one) -> gauge.dataPoint(GaugeDataPointSnapshot.builder().labels(Labels.of(label, key)).value(value.applyAsDouble(one)).build()));
        return gauge.build();
    }
}
