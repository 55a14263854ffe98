package org.mawid.api.http;

import org.mawid.api.treasury.TreasuryAdapter;
import org.mawid.api.treasury.engine.EnginePayments;
import org.mawid.api.treasury.tariff.TariffRound;

/** The treasury as the edge needs it: pages that are opened, call-backs that come, prices that differ. Any thread. */
public record OnlinePayments(TreasuryAdapter treasury, EnginePayments payments, TariffRound tariffs) {
    /** Where the treasury calls back. Not in the contract: it is the treasury's interface, not ours. */
    public static final String CALL_BACKS_PATH = "/treasury/call-backs";
}
