package org.mawid.api.terminal.closing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mawid.api.terminal.TerminalTotals;
import org.mawid.api.terminal.TerminalTotals.OfCurrency;

/** How far the ends of the day of one terminal are: what must survive that no log has. One thread at a time. */
final class Page {
    final int terminalId;
    /** What the terminal called itself then; empty = it was never asked. */
    String poiId = "";
    /** Number of the terminal's last period that is in the books, or carried; empty = it had none, null = not known yet. */
    String last;
    /** The terminal was asked to end its period, and what became of it is not known; which batch was open then, 0 = none. */
    boolean isAsked;
    long askedBatchId;
    /** Of periods that have ended and are not booked, by currency. */
    final SortedMap<String, OfCurrency> carried = new TreeMap<>();
    /** Decided before any of it is told to the core. */
    final List<Difference> differences = new ArrayList<>();
    /** There are such periods, maybe without any totals. */
    boolean isCarrying;
    boolean isRepeated;
    /** Whose they are. */
    ClosingOrder order;
    /** Null = not decided. */
    Booking booking;
    /** The last that is in the books; null = none. */
    Closed closed;
    /** Of that. */
    ClosingOrder closedBy;
    /** Up to which position of the log it has looked at payments. */
    long position;

    Page(final int terminalId) {
        this.terminalId = terminalId;
    }

    /** Another one stands there: what is known of the periods of the one before says nothing of it. */
    void standsNow(final String poi) {
        if (!poi.equals(poiId)) {
            poiId = poi;
            last = null;
            isAsked = false;
            askedBatchId = 0;
        }
    }

    void asking(final long batchId) {
        if (!isAsked) {
            isAsked = true;
            askedBatchId = batchId;
        }
    }

    void carry(final TerminalTotals totals) {
        ended(totals.reconciliationId());
        isRepeated |= totals.isRepeated();
        isCarrying = true;
        totals.currencies().forEach(told -> carried.merge(told.currency(), told, Page::sum));
    }

    /** It is no news any more: booked, carried, or closed by hand. */
    void ended(final String period) {
        isAsked = false;
        askedBatchId = 0;
        if (!period.isEmpty()) {
            last = period;
        }
    }

    void booked(final Closed result) {
        closed = result;
        closedBy = order;
        position = Math.max(booking.position(), result.position());
        carried.clear();
        differences.clear();
        isCarrying = false;
        isRepeated = false;
        order = null;
        booking = null;
    }

    Collection<OfCurrency> totals() {
        return carried.values();
    }

    private static OfCurrency sum(final OfCurrency one, final OfCurrency other) {
        return new OfCurrency(one.currency(), one.payments() + other.payments(), one.paymentsMinor() + other.paymentsMinor(), one.reversals() + other.reversals(),
                one.reversalsMinor() + other.reversalsMinor(), one.others() + other.others(), one.othersMinor() + other.othersMinor());
    }
}
