package org.mawid.engine.readmodel.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordConsumer;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.core.UnderWay;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.readmodel.MoneyView.Assignment;
import org.mawid.engine.readmodel.MoneyView.OpenBreak;
import org.mawid.engine.readmodel.MoneyView.Proposal;
import org.mawid.engine.readmodel.Records.Payment;
import org.mawid.engine.readmodel.RecordsSource;
import org.mawid.engine.testkit.Answered;
import org.mawid.engine.twin.SeededTraffic;
import org.mawid.sbe.BatchRecordDecoder;
import org.mawid.sbe.BookRecordDecoder;
import org.mawid.sbe.BreakRecordDecoder;
import org.mawid.sbe.BreakState;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PaymentRecordDecoder;
import org.mawid.sbe.ReturnRecordDecoder;
import org.mawid.sbe.ReturnState;

/** Money beside a core with seeded traffic, whose pipeline is the test's own thread. */
final class MoneyRig implements RecordsSource {
    private static final int SLICE = 997;

    final SeededTraffic traffic;
    final TreeMap<Integer, Integer> events = new TreeMap<>();
    private final ArrayDeque<Answered> unfed = new ArrayDeque<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    /** Payments that were asked of the core, for the events did not say what they are. */
    int late;
    /** What was seen in slices. */
    int settled;
    int resolved;
    int returned;
    boolean refusing;
    LiveMoney money;

    MoneyRig(final long seed) {
        traffic = new SeededTraffic(seed);
    }

    /** As at a start: what the core is, and from then on what happens. */
    MoneyRig open() {
        money = told();
        unfed.clear();
        return this;
    }

    void apply(final int commands) {
        for (int i = 0; i < commands; i++) {
            unfed.add(traffic.next());
        }
    }

    /** Tells of so many positions, as one batch. */
    void feed(final int positions) {
        for (int i = 0; i < positions && !unfed.isEmpty(); i++) {
            final Answered answered = unfed.remove();
            final UnsafeBuffer buffer = new UnsafeBuffer(answered.events());
            for (int at = 0; at < buffer.capacity(); at += EventWriter.FRAME_BYTES + buffer.getInt(at) + 7 & ~7) {
                events.merge(header.wrap(buffer, at + EventWriter.FRAME_BYTES).templateId(), 1, Integer::sum);
                money.onMessage(answered.position(), buffer, at + EventWriter.FRAME_BYTES);
            }
        }
        money.onBatchEnd();
    }

    void feedAll() {
        feed(Integer.MAX_VALUE);
    }

    @Override
    public boolean request(final Table table, final long from, final int max, final Slice slice) {
        if (refusing) {
            return false;
        }
        late += table == Table.PAYMENTS ? 1 : 0;
        final EngineCore core = traffic.core();
        final RecordConsumer record = (templateId, buffer, offset, length) -> slice.onRecord(buffer, offset, length);
        slice.onEnd(core.position(), switch (table) {
            case PAYMENTS -> core.dump(RecordKind.PAYMENTS, from, max, record);
            case BOOKS -> core.dumpBooks(from, max, record);
            case BATCHES -> core.dumpUnderWay(UnderWay.BATCHES, from, max, record);
            case RETURNS -> core.dump(RecordKind.RETURNS, from, max, record);
            case ALL_BATCHES -> core.dump(RecordKind.BATCHES, from, max, record);
            case BREAKS -> core.dump(RecordKind.BREAKS, from, max, record);
            default -> throw new AssertionError(table);
        });
        return true;
    }

    /** What the core says now. */
    LiveMoney told() {
        final EngineCore core = traffic.core();
        final LiveMoney told = new LiveMoney();
        told.beginRebuild();
        final RecordConsumer tell = (template, buffer, offset, length) -> told.onMessage(core.position(), buffer, offset);
        for (final RecordKind kind : List.of(RecordKind.RULES, RecordKind.TERMINALS, RecordKind.BOOKS)) {
            long from = 0;
            do {
                from = core.dump(kind, from, SLICE, tell);
            } while (from != 0);
        }
        for (final UnderWay what : List.of(UnderWay.PAYMENTS, UnderWay.BREAKS, UnderWay.RETURNS, UnderWay.PROPOSALS, UnderWay.REFUNDS)) {
            long from = 0;
            do {
                from = core.dumpUnderWay(what, from, SLICE, tell);
            } while (from != 0);
        }
        told.onBatchEnd();
        told.start(this);
        return told;
    }

    void assertSame(final String description) throws Exception {
        final LiveMoney expected = told();
        assertThat(money.underWay(0).stream().map(one -> PaymentReading.at(one, 0)).toList()).as(description)
                .isEqualTo(expected.underWay(0).stream().map(one -> PaymentReading.at(one, 0)).toList());
        assertThat(money.terminals(0)).as(description).isEqualTo(expected.terminals(0));
        assertThat(money.openBreaks(0).stream().map(MoneyRig::withoutHistory).toList()).as(description)
                .isEqualTo(expected.openBreaks(0).stream().map(MoneyRig::withoutHistory).toList());
        assertThat(money.dueReturns(0)).as(description).isEqualTo(expected.dueReturns(0));
        assertThat(money.proposals(0).stream().map(MoneyRig::withoutReason).toList()).as(description).isEqualTo(expected.proposals(0));
        assertThat(money.payableRefunds()).as(description).isEqualTo(expected.payableRefunds());
        assertThat(money.books(0)).as(description).isEqualTo(expected.books(0)).allMatch(MoneyView.Book::balances);
        assertThat(money.stampRules()).as(description).isEqualTo(expected.stampRules());
        assertBooksAreThoseOfTheCore(description);
    }

    private static OpenBreak withoutHistory(final OpenBreak one) {
        return new OpenBreak(one.breakId(), one.type(), one.key(), one.postId(), one.currency(), one.ourMinor(), one.theirMinor(), one.paymentId(), one.batchId(),
                one.detailHash(), one.openedMs(), one.owner() == 0 ? List.of() : List.of(new Assignment(one.owner(), 0, 0)));
    }

    private static Proposal withoutReason(final Proposal one) {
        return new Proposal(one.stampId(), one.applicationId(), one.postId(), one.matter(), one.actor(), 0, 0, one.proposedMs(), one.paymentId());
    }

    /** Read from the core's own words here, whatever the view makes of them. */
    private void assertBooksAreThoseOfTheCore(final String description) throws Exception {
        final TreeMap<String, String> expected = new TreeMap<>();
        final TreeMap<String, String> ofMoney = new TreeMap<>();
        long from = 0;
        do {
            from = traffic.core().dump(RecordKind.BOOKS, from, SLICE, (template, buffer, offset, length) -> {
                final BookRecordDecoder record = new BookRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
                final String book = record.postId() + " " + record.currency() + " ";
                record.accounts().forEach(sums -> {
                    expected.put(book + sums.account(), sums.debitMinor() + " " + sums.creditMinor());
                    if (sums.accountRaw() < 40) {
                        ofMoney.put(book + sums.account(), sums.debitMinor() + " " + sums.creditMinor());
                    }
                });
            });
        } while (from != 0);
        assertThat(text(money.books(0))).as(description).isEqualTo(ofMoney);
        final MoneyView.TrialBalance all = money.trialBalance(0).get(10, TimeUnit.SECONDS);
        assertThat(text(all.books())).as(description).isEqualTo(expected);
        assertThat(all.position()).isEqualTo(traffic.core().position());
        assertThat(all.books()).allMatch(MoneyView.Book::balances);
    }

    /** Payments, batches, breaks and returns, settled and resolved ones too, each once and in order whatever the size of a slice. */
    void assertSlicesAreThoseOfTheCore(final String description, final int max) throws Exception {
        final int lateBefore = late;
        final TreeMap<Long, String> payments = new TreeMap<>();
        dump(RecordKind.PAYMENTS, (template, buffer, offset, length) -> {
            final PaymentRecordDecoder one = new PaymentRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
            payments.put(one.paymentId(), one.state() + " " + one.receivedMinor() + " " + one.batchId() + " " + one.settledBy() + " " + one.means());
        });
        assertThat(slices(money::payments, max)).as(description).isEqualTo(payments.entrySet().stream().map(one -> one.getKey() + " " + one.getValue()).toList());
        final List<String> batches = new ArrayList<>();
        dump(RecordKind.BATCHES, (template, buffer, offset, length) -> {
            final BatchRecordDecoder one = new BatchRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
            batches.add(one.batchId() + " " + one.state() + " " + one.paidMinor() + " " + one.settledBy());
        });
        assertThat(slices(money::allBatches, max)).as(description).isEqualTo(batches);
        final List<String> breaks = new ArrayList<>();
        dump(RecordKind.BREAKS, (template, buffer, offset, length) -> {
            final BreakRecordDecoder one = new BreakRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
            breaks.add(one.breakId() + " " + one.key() + " " + (one.state() == BreakState.OPEN) + " " + one.paymentId() + " " + one.theirMinor());
        });
        assertThat(slices(money::allBreaks, max)).as(description).isEqualTo(breaks);
        final List<String> returns = new ArrayList<>();
        final List<Long> due = new ArrayList<>();
        dump(RecordKind.RETURNS, (template, buffer, offset, length) -> {
            final ReturnRecordDecoder one = new ReturnRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
            returns.add(one.returnId() + " " + (one.state() == ReturnState.DUE) + " " + one.paymentId() + " " + one.stampId() + " " + one.amountMinor() + " " + one.settledBy());
            if (one.state() == ReturnState.DUE) {
                due.add(one.returnId());
            }
        });
        assertThat(slices(money::allReturns, max)).as(description).isEqualTo(returns);
        assertThat(told().dueReturns(0)).as(description).extracting(MoneyView.Return::returnId).isEqualTo(due);
        late = lateBefore; // nobody but this has asked
    }

    private void dump(final RecordKind kind, final RecordConsumer record) {
        for (long from = traffic.core().dump(kind, 0, SLICE, record); from != 0;) {
            from = traffic.core().dump(kind, from, SLICE, record);
        }
    }

    private <T> List<String> slices(final BiFunction<Long, Integer, CompletableFuture<MoneyView.Slice<T>>> ask, final int max) throws Exception {
        final List<String> rows = new ArrayList<>();
        for (long from = 1; from != 0;) {
            final MoneyView.Slice<T> slice = ask.apply(from, max).get(10, TimeUnit.SECONDS);
            assertThat(slice.rows()).hasSizeLessThanOrEqualTo(max);
            assertThat(slice.position()).isEqualTo(traffic.core().position());
            slice.rows().forEach(row -> {
                settled += row instanceof MoneyView.SettledBatch batch && batch.settledBy() != 0 || row instanceof MoneyView.Collected payment && payment.settledBy() != 0 ? 1 : 0;
                resolved += row instanceof MoneyView.FoundBreak found && !found.isOpen() ? 1 : 0;
                rows.add(told(row));
            });
            from = slice.next();
        }
        return rows;
    }

    private String told(final Object row) {
        if (row instanceof MoneyView.Collected one) {
            return one.paymentId() + " " + one.state() + " " + one.receivedMinor() + " " + one.batchId() + " " + one.settledBy() + " " + one.means();
        } else if (row instanceof MoneyView.SettledBatch one) {
            return one.batch().batchId() + " " + one.batch().state() + " " + one.batch().paidMinor() + " " + one.settledBy();
        }
        if (row instanceof MoneyView.Return one) {
            returned++;
            return one.returnId() + " " + one.isDue() + " " + one.paymentId() + " " + one.stampId() + " " + one.amountMinor() + " " + one.settledBy();
        }
        final MoneyView.FoundBreak one = (MoneyView.FoundBreak) row;
        return one.breakId() + " " + one.key() + " " + one.isOpen() + " " + one.paymentId() + " " + one.theirMinor();
    }

    private static TreeMap<String, String> text(final List<MoneyView.Book> books) {
        final TreeMap<String, String> text = new TreeMap<>();
        books.forEach(book -> book.accounts().forEach(
                sums -> text.put(book.postId() + " " + book.currency() + " " + sums.account(), sums.debitMinor() + " " + sums.creditMinor())));
        return text;
    }

    /** Of every post, as it is said of one by itself. */
    static List<Payment> byPost(final MoneyView money) {
        return java.util.stream.IntStream.rangeClosed(1, 4_095).boxed().flatMap(postId -> money.underWay(postId).stream())
                .sorted(java.util.Comparator.comparingLong(Payment::paymentId)).toList();
    }
}
