package org.mawid.api.treasury.engine;

import org.mawid.api.treasury.port.TreasuryCommand;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.PaymentState;

/** States of a payment in the words of both sides. */
final class States {
    private States() {
    }

    /** Money that was given back or taken back is, to the treasury, money that was undone. */
    static org.mawid.api.treasury.port.PaymentState of(final PaymentState state) {
        return switch (state) {
            case PENDING -> org.mawid.api.treasury.port.PaymentState.PENDING;
            case IN_DOUBT -> org.mawid.api.treasury.port.PaymentState.IN_DOUBT;
            case APPROVED -> org.mawid.api.treasury.port.PaymentState.APPROVED;
            case DECLINED -> org.mawid.api.treasury.port.PaymentState.DECLINED;
            case CANCELLED, NOT_MADE -> org.mawid.api.treasury.port.PaymentState.CANCELLED;
            case REVERSED, RETURNED, CHARGED_BACK -> org.mawid.api.treasury.port.PaymentState.REVERSED;
            case UNALLOCATED -> org.mawid.api.treasury.port.PaymentState.UNALLOCATED;
            case NULL_VAL, SBE_UNKNOWN -> throw new IllegalArgumentException("a payment of another build's state");
        };
    }

    /** An order that the treasury never had was not made; one that nobody paid in time is as one that somebody left. */
    static PaymentState of(final TreasuryCommand.RecordFailure failure) {
        return switch (failure.failure()) {
            case DECLINED -> PaymentState.DECLINED;
            case CANCELLED -> PaymentState.CANCELLED;
            case EXPIRED -> failure.order().isEmpty() ? PaymentState.NOT_MADE : PaymentState.CANCELLED;
        };
    }

    /** Whether a payment is as the command would make it. */
    static boolean isSo(final Records.Payment payment, final TreasuryCommand command) {
        if (command instanceof TreasuryCommand.RecordApproval approval) {
            return payment.transaction().equals(Words.transaction(approval.order()));
        } else if (command instanceof TreasuryCommand.RecordFailure failure) {
            return payment.state() == of(failure);
        } else if (command instanceof TreasuryCommand.MarkInDoubt) {
            return payment.state() == PaymentState.IN_DOUBT;
        }
        return command instanceof TreasuryCommand.AskPerson && payment.waitsForPerson();
    }
}
