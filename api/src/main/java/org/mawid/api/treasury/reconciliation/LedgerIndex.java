package org.mawid.api.treasury.reconciliation;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongHashSet;
import org.mawid.api.treasury.engine.EnginePayments;
import org.mawid.api.treasury.engine.EngineRefunds;
import org.mawid.api.treasury.matching.PaymentIndex;
import org.mawid.api.treasury.port.PaymentState;
import org.mawid.api.treasury.port.References;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.readmodel.MoneyView.Collected;
import org.mawid.engine.readmodel.MoneyView.FoundBreak;
import org.mawid.engine.readmodel.MoneyView.Return;
import org.mawid.engine.readmodel.MoneyView.SettledBatch;
import org.mawid.engine.readmodel.MoneyView.Slice;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.BatchState;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.StampState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An index of what the core has now: payments online, closed batches of terminals, net days, what went back after it was settled, and which breaks are known. Read slice by slice between commands, anew for each file. A payment that
 * changes meanwhile is as it was in its slice; what is told of it then is refused by the core, or told again. One thread; blocks.
 */
final class LedgerIndex implements Supplier<PaymentIndex> {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerIndex.class);
    private static final long DAY_MS = 86_400_000;
    /** How long a slice that is not admitted is asked for again before the ledger counts as behind, and the pause between. One that was admitted is waited for as long as the read side does. */
    private static final long ADMISSION_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_MS = 100;
    private static final long PATIENCE_S = 15;
    /** With its table of references, rounded up. */
    private static final long ROW_BYTES = 128;
    private static final int EXPECTED_ROWS = 1 << 16;
    private static final long NONE = -1;
    /** Settled with its batch, or by a person who did not say by which entry. */
    private static final long BY_SOMEBODY = 1;
    /** A return of a whole payment is found by its payment; nobody else calls it so. */
    private static final String RETURN_PREFIX = "RT-";

    /** Also those whose money is on its way back, by two persons' word or by the treasury's. */
    private static final Set<StampState> GIVEN_BACK = EnumSet.of(StampState.REFUND_REQUESTED, StampState.REFUNDED);

    private final MoneyView money;
    private final LongFunction<Records.Stamp> stamps;
    private final org.mawid.api.gateway.References references;
    private final BooleanSupplier keepsReturns;
    private final long mostRows;
    /** As the last time, and some. */
    private int expectedRows = EXPECTED_ROWS;

    /** @param stamps by the core's number, null = none; asked seldom, and may wait for a disk @param keepsReturns whether the core opens them, by its version; may wait for the core */
    LedgerIndex(final MoneyView money, final LongFunction<Records.Stamp> stamps, final org.mawid.api.gateway.References references, final BooleanSupplier keepsReturns) {
        this.keepsReturns = keepsReturns;
        this.money = money;
        this.stamps = stamps;
        this.references = references;
        mostRows = Math.min(PaymentIndex.MOST, Runtime.getRuntime().maxMemory() / 2 / ROW_BYTES);
    }

    /** @throws LedgerBehindException when the core does not answer, or has more than half of the heap can hold */
    @Override
    public PaymentIndex get() {
        final long begun = System.nanoTime();
        final Filling filling = new Filling(expectedRows, keepsReturns.getAsBoolean());
        each(from -> money.allBreaks(from, MoneyView.MOST_OF_A_SLICE), filling::found);
        each(from -> money.allBatches(from, MoneyView.MOST_OF_A_SLICE), filling::batch);
        each(from -> money.payments(from, MoneyView.MOST_OF_A_SLICE), filling::payment);
        each(from -> money.allReturns(from, MoneyView.MOST_OF_A_SLICE), filling::returned);
        filling.index.notes().seldom(filling::refund);
        LOG.info("the ledger has {} payments, batches and days to be settled or settled; read in {} ms", filling.index.size(), (System.nanoTime() - begun) / 1_000_000);
        expectedRows = filling.index.size() + EXPECTED_ROWS;
        return filling.index;
    }

    private static <T> void each(final LongFunction<CompletableFuture<Slice<T>>> slice, final Consumer<T> row) {
        for (long from = 1; from != 0;) {
            final Slice<T> told = ask(slice, from);
            told.rows().forEach(row);
            from = told.next();
        }
    }

    private static <T> Slice<T> ask(final LongFunction<CompletableFuture<Slice<T>>> slice, final long from) {
        final long untilNanos = System.nanoTime() + ADMISSION_NANOS;
        while (true) {
            try {
                return slice.apply(from).get(PATIENCE_S, TimeUnit.SECONDS);
            } catch (final ExecutionException | TimeoutException late) {
                if (System.nanoTime() - untilNanos >= 0 || !(late.getCause() instanceof ReadModelBehindException)) {
                    throw new LedgerBehindException("the ledger cannot be read now: offer the file again later", late);
                }
                pause();
            } catch (final InterruptedException stopping) {
                throw stopped(stopping);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (final InterruptedException stopping) {
            throw stopped(stopping);
        }
    }

    private static LedgerBehindException stopped(final InterruptedException stopping) {
        Thread.currentThread().interrupt();
        return new LedgerBehindException("the server is stopping: offer the file again when it is back", stopping);
    }

    /** The day to which the treasury counts a payment: a guess, see {@link References#dayOf}. */
    private static int day(final long startedMs) {
        return (int) References.dayOf(startedMs).toEpochDay();
    }

    /** An index that is being made. */
    private final class Filling {
        private final PaymentIndex index;
        private final boolean returnsAreKept;
        /** By batch, of those that are settled as a whole. */
        private final Long2LongHashMap settledBatches = new Long2LongHashMap(0);
        /** By terminal, currency and day: batches so far. */
        private final Map<String, Integer> closings = new HashMap<>();
        /** By post, currency and day. */
        private final Long2LongHashMap netDays = new Long2LongHashMap(NONE);
        /** By payment about which a break is open: what the treasury says to have taken, minor units in the payment's currency; 0 = not told. */
        private final Long2LongHashMap inBreak = new Long2LongHashMap(NONE);
        private final Long2LongHashMap batchInBreak = new Long2LongHashMap(NONE);
        /** Payments about which a break of an amount or a currency is open. */
        private final LongHashSet differing = new LongHashSet();
        private boolean isWarned;

        Filling(final int expectedRows, final boolean keepsReturns) {
            index = new PaymentIndex(expectedRows);
            returnsAreKept = keepsReturns;
            if (keepsReturns) {
                index.notes().keepsReturns();
            }
        }

        void found(final FoundBreak found) {
            index.notes().breakKnown(found.key(), found.isOpen());
            if (found.isOpen() && found.paymentId() != 0) {
                final long taken = found.type() == BreakType.AMOUNT_DIFFERS ? Math.max(0, found.theirMinor()) : 0; // less than nothing is what it has given back
                if (found.type() == BreakType.AMOUNT_DIFFERS || found.type() == BreakType.CURRENCY_DIFFERS) {
                    differing.add(found.paymentId());
                }
                inBreak.put(found.paymentId(), Math.max(taken, inBreak.get(found.paymentId())));
            }
            if (found.isOpen() && found.batchId() != 0) {
                batchInBreak.put(found.batchId(), 0);
            }
        }

        void batch(final SettledBatch settled) {
            final MoneyView.Batch batch = settled.batch();
            if (batch.state() == BatchState.SETTLED && settled.settledBy() != 0) {
                settledBatches.put(batch.batchId(), settled.settledBy());
            }
            if (batch.means() != PaymentMeans.TERMINAL || batch.state() == BatchState.OPEN) {
                return;
            }
            final LocalDate day = LocalDate.ofEpochDay(batch.epochDay());
            final int ordinal = closings.merge(batch.terminalId() + batch.currency() + day, 1, Integer::sum);
            final long gross = batch.paidMinor() - batch.undoneMinor() - batch.settledMinor();
            if (gross > 0) { // nothing comes for a closing of nothing
                row(batch.currency(), () -> {
                    final int row = index.addBatch(batch.batchId(), References.terminalBatch(batch.terminalId(), batch.currency(), day, ordinal), batch.postId(), gross, batch.currency(),
                            batch.epochDay(), Math.max(1, batch.paidCount()), settled.settledBy());
                    if (batchInBreak.get(batch.batchId()) != NONE) {
                        index.breakOpen(row);
                    }
                });
            }
        }

        void payment(final Collected payment) {
            if (payment.means() == PaymentMeans.ONLINE) {
                row(payment.currency(), () -> online(payment));
            }
        }

        private void online(final Collected payment) {
            final PaymentState state = EnginePayments.state(payment.state());
            final long taken = inBreak.get(payment.paymentId());
            final long gross = state.isPaid() ? payment.receivedMinor() + payment.givenBackMinor() : Math.max(0, taken);
            final int charged = payment.isTakenOver() ? index.find(EnginePayments.reference(references, payment.origin())) : PaymentIndex.NONE;
            final int day = charged == PaymentIndex.NONE ? day(payment.startedMs()) : index.day(charged);
            final int net = gross == 0 ? PaymentIndex.NONE : net(payment.postId(), payment.currency(), day);
            final long by = payment.settledBy() != 0 ? payment.settledBy() : settledBatches.get(payment.batchId());
            final int row = index.addPayment(payment.paymentId(), EnginePayments.reference(references, payment.paymentId()), payment.postId(), gross, payment.currency(), day, state, net, by);
            if (payment.givenBackMinor() > 0) {
                index.notes().givenBack(row, payment.givenBackMinor());
            }
            if (charged != PaymentIndex.NONE) {
                index.notes().takenOver(charged, row);
            }
            if (taken != NONE) {
                index.breakOpen(row);
            }
        }

        void returned(final Return back) {
            row(back.currency(), () -> {
                final String reference = back.stampId() != 0 ? EngineRefunds.reference(references, back.stampId()) : RETURN_PREFIX + back.returnId();
                final long by = back.isDue() ? 0 : back.settledBy() != 0 ? back.settledBy() : BY_SOMEBODY;
                final int row = index.addReturn(back.returnId(), reference, back.postId(), back.amountMinor(), back.currency(), day(back.openedMs()), by);
                final int payment = back.stampId() != 0 ? PaymentIndex.NONE : index.find(EnginePayments.reference(references, back.paymentId()));
                index.notes().returned(payment, row, back.paymentId());
                if (differing.contains(back.paymentId())) {
                    index.breakOpen(row);
                }
            });
        }

        /** Refunds are few among stamps, and their lines fewer: each is looked for when its line comes. */
        int refund(final String reference) {
            final long number = EngineRefunds.stamp(references, reference);
            final Records.Stamp stamp;
            try {
                stamp = number <= 0 ? null : stamps.apply(number);
            } catch (final ReadModelBehindException behind) {
                throw new LedgerBehindException("the records cannot be read now: offer the file again later", behind);
            }
            if (stamp != null && stamp.state() == StampState.REFUND_REQUESTED && returnsAreKept) {
                return index.addRefundUnderWay(number, reference, stamp.postId(), stamp.localMinor(), stamp.currency());
            }
            return stamp == null || !GIVEN_BACK.contains(stamp.state()) ? PaymentIndex.NONE
                    : index.addRefund(number, reference, stamp.postId(), stamp.localMinor(), stamp.currency(), PaymentIndex.NO_DAY, 0);
        }

        private int net(final int postId, final String currency, final int day) {
            final long key = (long) day << 48 | (long) postId << 24 | currency.charAt(0) << 16 | currency.charAt(1) << 8 | currency.charAt(2);
            final long known = netDays.get(key);
            if (known != NONE) {
                return (int) known;
            }
            final int row = index.addNetDay(References.onlineDay(postId, currency, LocalDate.ofEpochDay(day)), postId, currency, day);
            netDays.put(key, row);
            return row;
        }

        /** What nobody can count in is nobody's statement's either. */
        private void row(final String currency, final Runnable adding) {
            if (index.size() + 2L > mostRows) {
                throw new LedgerBehindException("the ledger has more payments than half of the heap can hold (" + mostRows + "): give the process more (-Xmx, MAWID_HEAP of the launcher)", null);
            }
            try {
                adding.run();
            } catch (final IllegalArgumentException uncountable) {
                if (!isWarned) {
                    LOG.warn("what was paid in {} cannot be reconciled: {}", currency, uncountable.getMessage());
                }
                isWarned = true;
            }
        }
    }
}
