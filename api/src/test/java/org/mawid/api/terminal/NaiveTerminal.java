package org.mawid.api.terminal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.mawid.api.terminal.nexo.Amount;
import org.mawid.api.terminal.nexo.Category;
import org.mawid.api.terminal.nexo.Condition;
import org.mawid.api.terminal.nexo.Envelope;
import org.mawid.api.terminal.nexo.Incoming;
import org.mawid.api.terminal.nexo.PaymentReply;
import org.mawid.api.terminal.nexo.Reply;
import org.mawid.api.terminal.nexo.Request;
import org.mawid.api.terminal.nexo.ReversalReply;

/** A terminal in a few lines: charges what it is asked for, as often as it is asked, and remembers what it said. Survives every life of the adapter. */
final class NaiveTerminal {
    static final String SALE = "TILL";
    static final String POI = "POI";
    private static final Reply SUCCESS = new Reply(Reply.Result.SUCCESS, Condition.NONE);

    static final class Charge {
        final String sale;
        final Amount amount;
        final String poi;
        boolean isReversed;

        private Charge(final String sale, final Amount amount, final String poi) {
            this.sale = sale;
            this.amount = amount;
            this.poi = poi;
        }
    }

    final List<Charge> charges = new ArrayList<>();
    private final Map<String, PaymentReply> payments = new HashMap<>();
    private final Map<String, ReversalReply> reversals = new HashMap<>();
    private final Random chance;
    private String inProgress = "";
    private Request.Payment customer;

    NaiveTerminal(final Random chance) {
        this.chance = chance;
    }

    /** Begins a payment. @return its answer at once when it is refused, else null: {@link #finish} it later */
    Incoming pay(final String serviceId, final Request.Payment request) {
        if (!inProgress.isEmpty()) {
            final PaymentReply busy = failed(request, Condition.BUSY);
            payments.put(serviceId, busy);
            return new Incoming.PaymentAnswer(envelope(Category.PAYMENT, serviceId), 0, busy);
        }
        inProgress = serviceId;
        customer = request;
        return null;
    }

    /** The customer has done what customers do. @return null = that payment is over */
    Incoming finish(final String serviceId, final boolean isWell) {
        if (!inProgress.equals(serviceId)) {
            return null;
        }
        final int luck = isWell ? 99 : chance.nextInt(100);
        final PaymentReply reply;
        if (luck < 12) {
            reply = failed(customer, luck < 4 ? Condition.REFUSAL : luck < 8 ? Condition.CANCEL : Condition.UNREACHABLE_HOST);
        } else {
            reply = charged(customer, luck < 20);
        }
        return over(serviceId, reply);
    }

    Incoming abort(final String serviceId) {
        return inProgress.equals(serviceId) ? over(serviceId, failed(customer, Condition.ABORTED)) : null;
    }

    private Incoming over(final String serviceId, final PaymentReply reply) {
        inProgress = "";
        payments.put(serviceId, reply);
        return new Incoming.PaymentAnswer(envelope(Category.PAYMENT, serviceId), 0, reply);
    }

    Incoming reverse(final String serviceId, final Request.Reversal request) {
        Charge found = null;
        for (final Charge charge : charges) {
            final boolean isMeant = request.poiTransaction().isEmpty() ? charge.sale.equals(request.saleTransaction()) : charge.poi.equals(request.poiTransaction());
            if (isMeant && !charge.isReversed) {
                found = charge;
            }
        }
        final boolean isWilling = chance.nextInt(100) < 85;
        final ReversalReply reply;
        if (found == null || !isWilling) {
            reply = new ReversalReply(new Reply(Reply.Result.FAILURE, found == null ? Condition.NOT_FOUND : Condition.NOT_ALLOWED), "", missing());
        } else {
            found.isReversed = true;
            reply = new ReversalReply(SUCCESS, found.poi, found.amount);
        }
        reversals.put(serviceId, reply);
        return new Incoming.ReversalAnswer(envelope(Category.REVERSAL, serviceId), 0, reply);
    }

    Incoming status(final String serviceId, final Request.TransactionStatus request) {
        final Envelope about = envelope(request.about(), request.aboutServiceId());
        final PaymentReply payment = request.about() == Category.PAYMENT ? payments.get(request.aboutServiceId()) : null;
        final ReversalReply reversal = request.about() == Category.REVERSAL ? reversals.get(request.aboutServiceId()) : null;
        final Reply reply = inProgress.equals(request.aboutServiceId()) ? new Reply(Reply.Result.FAILURE, Condition.IN_PROGRESS)
                : payment == null && reversal == null ? new Reply(Reply.Result.FAILURE, Condition.NOT_FOUND) : SUCCESS;
        return new Incoming.StatusAnswer(envelope(Category.TRANSACTION_STATUS, serviceId), 0, reply, about, about, payment, reversal);
    }

    private PaymentReply charged(final Request.Payment request, final boolean isWrong) {
        final Amount amount = Amount.of(request.amountMinor() + (isWrong ? 1 : 0), "MAD");
        charges.add(new Charge(request.saleTransaction(), amount, "T" + charges.size()));
        return new PaymentReply(SUCCESS, request.saleTransaction(), request.saleTime(), "T" + (charges.size() - 1), "", amount, "visa", "1111", "A1");
    }

    private static PaymentReply failed(final Request.Payment request, final Condition why) {
        return new PaymentReply(new Reply(Reply.Result.FAILURE, why), request.saleTransaction(), request.saleTime(), "", "", missing(), "", "", "");
    }

    private static Amount missing() {
        return new Amount(0, "", Amount.Fault.MISSING);
    }

    static Envelope envelope(final Category category, final String serviceId) {
        return new Envelope(category, serviceId, SALE, POI);
    }
}
