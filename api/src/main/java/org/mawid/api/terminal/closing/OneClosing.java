package org.mawid.api.terminal.closing;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.Draft;
import org.mawid.api.terminal.ReconciliationFailed;
import org.mawid.api.terminal.TerminalTotals;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.readmodel.MoneyView.Batch;
import org.mawid.engine.readmodel.MoneyView.Batches;
import org.mawid.engine.readmodel.Records.Payment;
import org.mawid.sbe.BatchState;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.Result;

/**
 * One end of the day, step by step. A period that had ended before, at the terminal's own keys or without our hearing of it, is carried, and when it is
 * not all that the ledger has the present one is ended too: the two together are held against the ledger.
 */
final class OneClosing {
    /** A lost period, then the present one. */
    private static final int MOST_PERIODS = 3;

    private final CoreLine core;
    private final Pages pages;
    private final Periods periods;
    private final Bookkeeper bookkeeper;

    OneClosing(final CoreLine core, final Pages pages, final Periods periods) {
        this.core = core;
        this.pages = pages;
        this.periods = periods;
        this.bookkeeper = new Bookkeeper(core, pages);
    }

    /** Books what is carried, if anything. */
    void finish(final int terminalId) throws ClosingRefused, IOException, InterruptedException {
        final Page page = pages.read(terminalId);
        if (page.isCarrying) {
            bookkeeper.book(page);
        }
    }

    Closed run(final ClosingOrder order) throws ClosingRefused, IOException, InterruptedException {
        final Page page = pages.read(order.terminalId());
        if (page.closed != null && page.closedBy.isSame(order)) {
            return page.closed.again();
        }
        if (page.isCarrying) {
            page.isRepeated = true;
            return bookkeeper.book(page);
        }
        final MoneyView.Terminal terminal = check(order);
        final String poiId = periods.poiId(order.terminalId());
        if (poiId == null) {
            throw ClosingRefused.of(Cause.NO_TERMINAL);
        }
        page.standsNow(poiId);
        page.order = order;
        if (page.last == null) { // before anything is ended: a period that is lost could not be told from one that never was ours
            page.last = asked(order, page).reconciliationId();
            pages.write(page);
        }
        for (int i = 0; i < MOST_PERIODS; i++) {
            page.asking(batchId(bookkeeper.open(core.batches(terminal.postId()), order.terminalId())));
            pages.write(page);
            final TerminalTotals told = asked(order, page);
            take(page, told);
            pages.write(page);
            if (page.isCarrying && (!told.isRepeated() || bookkeeper.agrees(page, terminal.postId()))) {
                break;
            }
        }
        return bookkeeper.book(page);
    }

    private MoneyView.Terminal check(final ClosingOrder order) throws ClosingRefused, InterruptedException {
        if (order.actor() == 0) {
            throw ClosingRefused.of(Result.FORBIDDEN, "Who closes a day has to say who it is: give the actor.");
        }
        final Result problem = core.checked(writer -> writer.closeBatch(order, new Booking(1, 0, "MAD", Sums.NONE, Sums.NONE, 0, List.of(), core.nowMs(), 0), new UUID(1, 1)));
        if (problem != Result.OK) {
            throw ClosingRefused.of(problem, "The date, or who asks, is not as it may be.");
        }
        core.awaitAnswered();
        final MoneyView money = core.readModel().money();
        final MoneyView.Terminal terminal = money.terminal(order.terminalId());
        if (terminal == null) {
            throw ClosingRefused.of(Result.TERMINAL_UNKNOWN, "No such terminal.");
        }
        final List<Payment> open = money.pending(order.terminalId());
        final List<Long> awaited = open.stream().filter(payment -> !payment.waitsForPerson()).map(Payment::paymentId).toList();
        if (!awaited.isEmpty()) {
            throw ClosingRefused.of(Result.TERMINAL_BUSY, "Payments are under way at the terminal, or being asked about: wait until they are decided, or break them off; then close.")
                    .about(awaited);
        }
        if (!open.isEmpty() && !order.despiteDoubt()) {
            throw ClosingRefused.of(Result.PAYMENT_STATE, "Payments at the terminal are in doubt and wait for a person: decide them first, or close with despiteDoubt; "
                    + "what was charged all the same then shows as totals that differ.").about(open.stream().map(Payment::paymentId).toList());
        }
        return terminal;
    }

    private TerminalTotals asked(final ClosingOrder order, final Page page) throws ClosingRefused, IOException, InterruptedException {
        try {
            return periods.reconcile(order.terminalId(), page.last).toCompletableFuture().get();
        } catch (final ExecutionException failed) {
            if (failed.getCause() instanceof ReconciliationFailed why) {
                throw switch (why.reason()) {
                    case NOT_REACHABLE, NO_ANSWER -> ClosingRefused.of(Cause.TERMINAL_DOWN);
                    case REFUSED -> ClosingRefused.of(Cause.TERMINAL_REFUSES);
                    case UNKNOWN_TERMINAL -> ClosingRefused.of(Cause.NO_TERMINAL);
                    case UNDER_WAY -> ClosingRefused.of(Result.TERMINAL_BUSY, "The terminal's day is being closed already: wait for that, then ask again.");
                    case WRONG_TOTALS -> unusable(page, why.reconciliationId());
                };
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    /** The period has ended and will not be told better: it is left to a person, once. */
    private ClosingRefused unusable(final Page page, final String period) throws ClosingRefused, IOException, InterruptedException {
        final MoneyView.Terminal terminal = core.readModel().money().terminal(page.terminalId);
        final Batches batches = core.batches(terminal.postId());
        final Batch open = bookkeeper.open(batches, page.terminalId);
        final long breakId = bookkeeper.openBreak(page.order, new Booking(terminal.postId(), 0, "", Sums.NONE, Sums.NONE, 0, List.of(), core.nowMs(), 0), period,
                new Difference(BreakType.TERMINAL_TOTALS_DIFFER, "unusable", open == null ? Draft.NO_CURRENCY : open.currency(),
                        open == null ? 0 : Tally.ours(open).netMinor(), 0, batchId(open)));
        page.ended(period);
        pages.write(page);
        return ClosingRefused.of(Result.AMOUNT_DIFFERS,
                "The terminal has ended its period, and its totals have amounts that cannot be. A break was opened: close by hand with the totals that it prints.").with(breakId);
    }

    private void take(final Page page, final TerminalTotals told) throws ClosingRefused, InterruptedException {
        final MoneyView.Terminal terminal = core.readModel().money().terminal(page.terminalId);
        final Batches batches = core.batches(terminal.postId());
        final Batch open = bookkeeper.open(batches, page.terminalId);
        if (!told.isRepeated() || page.askedBatchId == 0 || page.askedBatchId == batchId(open)) {
            page.carry(told);
            return;
        }
        // Its batch was closed by hand meanwhile, with totals that were typed: those of the terminal are held against it once more.
        final List<Batch> byHand = batches.batches().stream().filter(batch -> batch.batchId() == page.askedBatchId && batch.state() == BatchState.CLOSED).toList();
        for (final Batch batch : byHand) {
            final Tally tally = Tally.of(told.currencies(), batch, new Undone(Integer.MAX_VALUE, Undone.Part.NONE, Undone.Part.NONE));
            if (!tally.agrees(batch)) {
                page.differences.addAll(tally.differences());
                page.differences.add(new Difference(BreakType.TERMINAL_TOTALS_DIFFER, "closed by hand, period " + told.reconciliationId(), batch.currency(),
                        Tally.ours(batch).netMinor(), tally.theirs().netMinor(), batch.batchId()));
            }
        }
        page.ended(told.reconciliationId());
    }

    private static long batchId(final Batch batch) {
        return batch == null ? 0 : batch.batchId();
    }
}
