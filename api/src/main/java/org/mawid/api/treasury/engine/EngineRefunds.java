package org.mawid.api.treasury.engine;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.treasury.port.Amount;
import org.mawid.api.treasury.port.DueRefund;
import org.mawid.api.treasury.port.PaymentPort.Told;
import org.mawid.api.treasury.port.RefundPort;
import org.mawid.api.treasury.port.TreasuryCommand;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.PaymentMeans;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refunds of a running engine. Any thread; records are read by worker threads. */
public final class EngineRefunds implements RefundPort {
    private static final Logger LOG = LoggerFactory.getLogger(EngineRefunds.class);
    private static final String PREFIX = "RF-";
    /** A payment has one origin, which has none; more would be a circle. */
    private static final int MOST_STEPS = 64;

    private final Gateway gateway;
    private final EnginePayments payments;
    private final Context context;

    public EngineRefunds(final Vertx vertx, final Gateway gateway, final EnginePayments payments) {
        this.gateway = gateway;
        this.payments = payments;
        context = vertx.getOrCreateContext();
    }

    /** What the refund of a stamp is called at the treasury and on its statements: the stamp's serial and what it is. 19 capitals, digits and a hyphen. */
    public static String reference(final Gateway gateway, final long stamp) {
        return reference(gateway.references(), stamp);
    }

    /** As above. */
    public static String reference(final References references, final long stamp) {
        return PREFIX + references.text(ReferenceKind.STAMP, stamp);
    }

    /** The stamp whose refund is called so; 0 or less = none is. */
    public static long stamp(final References references, final String reference) {
        return reference.startsWith(PREFIX) ? references.number(ReferenceKind.STAMP, reference.substring(PREFIX.length())) : 0;
    }

    @Override
    public Future<List<DueRefund>> due() {
        final List<MoneyView.Refund> payable = gateway.engine().readModel().money().payableRefunds();
        return payable.isEmpty() ? Future.succeededFuture(List.of()) : context.executeBlocking(() -> online(payable), false);
    }

    private List<DueRefund> online(final List<MoneyView.Refund> payable) {
        final List<DueRefund> due = new ArrayList<>();
        for (final MoneyView.Refund refund : payable) {
            final Records.Payment paid = refund.amountMinor() == 0 ? null : origin(refund);
            if (paid != null && paid.means() == PaymentMeans.ONLINE) {
                try {
                    final Amount amount = new Amount(refund.amountMinor(), refund.currency());
                    due.add(new DueRefund(refund.stampId(), refund.postId(), refund.paymentId(), reference(gateway, refund.stampId()), payments.online(paid).reference(), amount));
                } catch (final IllegalArgumentException uncountable) {
                    LOG.warn("a refund cannot be asked for: {}", uncountable.getMessage());
                }
            }
        }
        return due;
    }

    /** Whose money it is: a stamp that took over another's was not paid by itself. @return null when it is not in the records yet */
    private Records.Payment origin(final MoneyView.Refund refund) {
        final Records records = gateway.engine().readModel().records();
        final Records.Stamp stamp = refund.paymentId() == 0 ? records.stamp(refund.stampId()) : null;
        Records.Payment payment = records.payment(stamp == null ? refund.paymentId() : stamp.paymentId());
        for (int i = 0; i < MOST_STEPS && payment != null && payment.origin() != 0; i++) {
            payment = records.payment(payment.origin());
        }
        return payment;
    }

    @Override
    public Future<Told> tell(final TreasuryCommand command) {
        return payments.tell(command);
    }
}
