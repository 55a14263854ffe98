package org.mawid.api.treasury.engine;

import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.treasury.port.PaymentPort.Told;
import org.mawid.sbe.Result;

/** What the core's answers mean to the adapter. */
final class Outcomes {
    private Outcomes() {
    }

    /** @param wasSo the ledger had it before */
    static Told told(final Answer answer, final boolean wasSo) {
        if (answer.result() == Result.OK) {
            return answer.repeated() || wasSo || answer.template() == CommandTemplate.OPEN_BREAK && answer.number2() == 1 ? Told.REPEATED : Told.DONE;
        }
        return answer.isWorthRepeating() ? Told.UNAVAILABLE : Told.REFUSED;
    }
}
