package org.mawid.api.http;

import org.mawid.api.treasury.TreasuryAdapter;
import org.mawid.api.treasury.engine.EnginePayments;

/** Payments online as the edge needs them: pages that are opened, call-backs that come. Any thread. */
public record OnlinePayments(TreasuryAdapter treasury, EnginePayments payments) {
    /** Where the treasury calls back. Not in the contract: it is the treasury's interface, not ours. */
    public static final String CALL_BACKS_PATH = "/treasury/call-backs";
}
