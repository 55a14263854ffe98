package org.mawid.api.terminal;

import org.mawid.api.terminal.Incident.Kind;
import org.mawid.api.terminal.TillCommand.AskPerson;
import org.mawid.api.terminal.TillCommand.Failure;
import org.mawid.api.terminal.TillCommand.RecordApproval;
import org.mawid.api.terminal.TillCommand.RecordFailure;
import org.mawid.api.terminal.nexo.PaymentReply;
import org.mawid.api.terminal.nexo.ReversalReply;

/** What a terminal says of a payment that is decided. It changes nothing by itself; where money may be in the wrong place a person is asked. */
final class After {
    private After() {
    }

    static void paid(final PaymentReply reply, final PaymentTill till) {
        final boolean charged = !reply.reply().isFailure();
        if (till.last() instanceof RecordApproval approval) {
            if (charged && isSameCharge(reply, till) && reply.amount().is(approval.amountMinor(), approval.currency())) {
                tell(till, Kind.DUPLICATE_ANSWER, "approved");
            } else {
                tell(till, Kind.CONTRADICTORY_ANSWER, charged ? "charged once more" : "approved, and then failed");
                if (charged) {
                    till.person("charged once more after it was approved");
                }
            }
        } else if (till.last() instanceof RecordFailure failure) {
            final boolean undone = failure.failure() == Failure.REVERSED && isSameCharge(reply, till);
            if (!charged || undone) {
                tell(till, charged ? Kind.LATE_ANSWER : Kind.DUPLICATE_ANSWER, failure.failure().name());
            } else {
                tell(till, Kind.CHARGED_AFTER_FAILURE, failure.failure().name());
                till.person("charged after it was told as failed");
            }
        } else {
            tell(till, Kind.LATE_ANSWER, charged ? "decided elsewhere; the terminal says charged" : "decided elsewhere; the terminal says failed");
        }
    }

    static void reversed(final ReversalReply reply, final PaymentTill till) {
        if (!reply.reply().isFailure() && till.last() instanceof RecordApproval) {
            tell(till, Kind.CONTRADICTORY_ANSWER, "approved, and then reversed");
            till.person("reversed after it was approved");
        } else {
            tell(till, till.last() instanceof AskPerson ? Kind.LATE_ANSWER : Kind.DUPLICATE_ANSWER, "reversal: " + reply.reply().result());
        }
    }

    /** Also when one of the two answers does not say which. */
    private static boolean isSameCharge(final PaymentReply reply, final PaymentTill till) {
        final PaymentReply known = till.charge();
        return known == null || known.poiTransaction().isEmpty() || reply.poiTransaction().isEmpty() || known.poiTransaction().equals(reply.poiTransaction());
    }

    private static void tell(final PaymentTill till, final Kind kind, final String detail) {
        till.effects().incident(Payments.incident(till, kind, detail));
    }
}
