package org.mawid.api.terminal.closing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.readmodel.MoneyView.Batch;
import org.mawid.engine.readmodel.MoneyView.Batches;
import org.mawid.engine.readmodel.MoneyView.OpenBreak;
import org.mawid.sbe.BatchState;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the core what a terminal's periods came to: what is to be told is decided once and kept, then told until it is there. Waits. */
final class Bookkeeper {
    private static final Logger LOG = LoggerFactory.getLogger(Bookkeeper.class);

    private final CoreLine core;
    private final Pages pages;

    Bookkeeper(final CoreLine core, final Pages pages) {
        this.core = core;
        this.pages = pages;
    }

    /** The open batch of a terminal; null = none. */
    Batch open(final Batches batches, final int terminalId) {
        return batches.batches().stream().filter(batch -> batch.means() == PaymentMeans.TERMINAL && batch.terminalId() == terminalId
                && batch.state() == BatchState.OPEN).findFirst().orElse(null);
    }

    /** Whether what is carried is what the ledger has now. */
    boolean agrees(final Page page, final int postId) throws ClosingRefused, InterruptedException {
        final Batches batches = core.batches(postId);
        final Batch open = open(batches, page.terminalId);
        return tally(page, postId, batches, open).agrees(open);
    }

    private Tally tally(final Page page, final int postId, final Batches batches, final Batch open) throws ClosingRefused, InterruptedException {
        core.awaitReflected(batches.position());
        core.awaitEvents(page.position);
        final Elsewhere elsewhere = new Elsewhere(core, page.terminalId);
        final Undone undone = UndoneEvents.of(core.readModel().events(), page.terminalId, postId, page.position, batches.position(), elsewhere);
        elsewhere.check();
        return Tally.of(page.totals(), open, undone);
    }

    /** What is carried goes into the books. */
    Closed book(final Page page) throws ClosingRefused, IOException, InterruptedException {
        if (page.booking == null) {
            page.booking = decided(page);
            pages.write(page);
        }
        final Answer answer = page.booking.batchId() == 0 ? null : closeBatch(page);
        final Booking booking = page.booking;
        final Set<Long> breaks = new LinkedHashSet<>();
        if (booking.batchId() != 0) {
            addBreaksOfBatch(booking, breaks);
        }
        for (final Difference difference : booking.differences()) {
            breaks.add(openBreak(page.order, booking, page.last, difference));
        }
        final boolean isAgreed = booking.agrees() && breaks.isEmpty();
        final Closed closed = new Closed(page.terminalId, booking.postId(), page.last, page.isRepeated, booking.batchId(), booking.currency(), booking.ours(),
                List.copyOf(page.totals()), booking.pairs(), isAgreed, List.copyOf(breaks), answer == null ? 0 : answer.position(), answer == null ? 0 : answer.nowMs(), false);
        page.booked(closed);
        pages.write(page);
        LOG.info("terminal {}: period {} is in the books, batch {}, {}", page.terminalId, closed.period(), closed.batchId(), isAgreed ? "agrees" : "differs");
        return closed;
    }

    private Booking decided(final Page page) throws ClosingRefused, InterruptedException {
        final MoneyView.Terminal terminal = core.readModel().money().terminal(page.terminalId);
        final Batches batches = core.batches(terminal.postId());
        final Batch open = open(batches, page.terminalId);
        final Tally tally = tally(page, terminal.postId(), batches, open);
        final List<Difference> differences = new ArrayList<>(page.differences);
        differences.addAll(tally.differences());
        return new Booking(terminal.postId(), open == null ? 0 : open.batchId(), open == null ? "" : open.currency(), open == null ? Sums.NONE : Tally.ours(open),
                tally.theirs(), tally.pairs(), List.copyOf(differences), core.nowMs(), batches.position());
    }

    /** What was told, now or before; null = somebody has closed the batch by hand meanwhile, and was told whether it agreed. */
    private Answer closeBatch(final Page page) throws ClosingRefused, IOException, InterruptedException {
        final long batchId = page.booking.batchId();
        final UUID usual = ClosingWriter.requestId(page.terminalId, page.last, batchId);
        final Answer before = core.outcomeOf(usual);
        if (before.result() == Result.OK && before.number1() == batchId) {
            return before;
        }
        // A terminal whose numbers have begun anew has the number of a period that is in the books.
        final UUID id = before.result() == Result.OK ? ClosingWriter.requestId(page.terminalId, "", batchId) : usual;
        Answer answer = before;
        while (isOpen(page)) { // or another batch, of later payments, would be closed in its place
            answer = core.told(CommandTemplate.CLOSE_BATCH, writer -> writer.closeBatch(page.order, page.booking, id));
            if (answer.result() != Result.REQUEST_TOO_OLD) {
                break;
            }
            page.booking = page.booking.createdAt(core.nowMs()); // kept for longer than the core remembers; and it was never told
            pages.write(page);
        }
        if (answer.result() == Result.OK) {
            return answer;
        }
        if (isOpen(page)) {
            throw ClosingRefused.of(answer.result(), "The ledger did not take the closing. What the terminal has told is kept: close again.");
        }
        return null;
    }

    private boolean isOpen(final Page page) throws ClosingRefused, InterruptedException {
        final Batch open = open(core.batches(page.booking.postId()), page.terminalId);
        return open != null && open.batchId() == page.booking.batchId();
    }

    private void addBreaksOfBatch(final Booking booking, final Set<Long> breaks) throws ClosingRefused, InterruptedException {
        core.awaitReflected(core.batches(booking.postId()).position());
        core.readModel().money().openBreaks(booking.postId()).stream().filter(open -> open.type() == BreakType.TERMINAL_TOTALS_DIFFER
                && open.batchId() == booking.batchId()).map(OpenBreak::breakId).forEach(breaks::add);
    }

    /** @return its number, 0 = the core has no room for it */
    long openBreak(final ClosingOrder order, final Booking booking, final String period, final Difference difference) throws ClosingRefused, InterruptedException {
        final Answer answer = core.told(CommandTemplate.OPEN_BREAK, writer -> writer.openBreak(order, booking, period, difference));
        if (answer.result() != Result.OK) {
            LOG.error("terminal {}: {} of period {} differ by {} {} (minor units), and no break could be opened: {}", order.terminalId(), difference.what(), period,
                    difference.theirMinor() - difference.ourMinor(), difference.currency(), answer.result());
        }
        return answer.result() == Result.OK ? answer.number1() : 0;
    }
}
