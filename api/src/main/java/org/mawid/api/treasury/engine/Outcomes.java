package org.mawid.api.treasury.engine;

import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.treasury.port.PaymentPort.Told;

/** What the core's answers mean to the adapter. */
final class Outcomes {
    private Outcomes() {
    }

    /** @param wasSo the ledger had it before */
    static Told told(final Answer answer, final boolean wasSo) {
        return switch (answer.result()) {
            case OK -> answer.repeated() || wasSo || answer.template() == CommandTemplate.OPEN_BREAK && answer.number2() == 1 ? Told.REPEATED : Told.DONE;
            // Nothing was done, or nobody knows; or there may be room, or the right time, later.
            case UNAVAILABLE, PENDING, DEADLINE_EXCEEDED, STORAGE_FULL, READ_MODEL_BEHIND, REQUEST_UNKNOWN, REQUEST_TOO_OLD, CREATED_IN_FUTURE, BREAKS_FULL, PAYMENTS_FULL -> Told.UNAVAILABLE;
            default -> Told.REFUSED;
        };
    }
}
