package org.mawid.api.terminal.closing;

import java.util.function.LongPredicate;
import org.mawid.engine.readmodel.MoneyView.Collected;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.PaymentMeans;

/** Whether a payment that began before a terminal's last closing is not that terminal's: as the core has it, and when it is over there as the records have it. One thread, which may wait. */
final class Elsewhere implements LongPredicate {
    private final CoreLine core;
    private final int terminalId;
    private ClosingRefused refused;
    private InterruptedException stopped;

    Elsewhere(final CoreLine core, final int terminalId) {
        this.core = core;
        this.terminalId = terminalId;
    }

    @Override
    public boolean test(final long payment) {
        try {
            final Collected found = refused != null || stopped != null ? null : core.payment(payment);
            return found == null ? isElsewhereByRecords(payment) : found.means() != PaymentMeans.TERMINAL || found.terminalId() != terminalId;
        } catch (final ClosingRefused notNow) {
            refused = notNow;
        } catch (final InterruptedException ending) {
            stopped = ending;
        }
        return true;
    }

    /** Where nobody can say, it is: then it shows as totals that differ, and a person looks. */
    private boolean isElsewhereByRecords(final long payment) {
        try {
            final Records.Payment found = core.readModel().records().payment(payment);
            return found == null || found.means() != PaymentMeans.TERMINAL || found.terminalId() != terminalId;
        } catch (final ReadModelBehindException behind) {
            return true;
        }
    }

    /** What was answered without the core is not to be relied on. */
    void check() throws ClosingRefused, InterruptedException {
        if (stopped != null) {
            throw stopped;
        }
        if (refused != null) {
            throw refused;
        }
    }
}
