package org.mawid.api.terminal.closing;

import java.util.concurrent.CompletionStage;
import org.mawid.api.terminal.TerminalTotals;

/** The terminals, as closings see them. Any thread. */
public interface Periods {
    /** As {@link org.mawid.api.terminal.Terminals#reconcile}. */
    CompletionStage<TerminalTotals> reconcile(int terminalId, String lastReconciliationId);

    /** What the terminal calls itself; null = nobody has registered it. */
    String poiId(int terminalId);
}
