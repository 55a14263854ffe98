package org.mawid.api.terminal.closing;

import java.util.concurrent.CompletionStage;
import org.mawid.api.terminal.TerminalTotals;

/** The terminals, as closings see them. Any thread. */
@FunctionalInterface
public interface Periods {
    /** As {@link org.mawid.api.terminal.Terminals#reconcile}. */
    CompletionStage<TerminalTotals> reconcile(int terminalId, String lastReconciliationId);
}
