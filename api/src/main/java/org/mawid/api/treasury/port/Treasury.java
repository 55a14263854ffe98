package org.mawid.api.treasury.port;

import io.vertx.core.Future;
import java.util.Optional;

/**
 * The treasury as Mawid needs it. Every order is named by our reference: asking again for the same one gives the one that is there. Futures fail with a
 * {@link TreasuryException}. Any thread.
 */
public interface Treasury {
    /** Has an order with a hosted page for a payment: made now, or there before. */
    Future<OrderState> order(PaymentOrder order);

    /** @return empty when the treasury knows no such order */
    Future<Optional<OrderState>> orderOf(String reference);

    /** Has money given back by the means it came: made now, or there before. */
    Future<RefundState> refund(RefundOrder order);

    /** @return empty when the treasury knows no such refund */
    Future<Optional<RefundState>> refundOf(String reference);

    /** @param knownVersion the version that is here already, empty for none @return empty when there is no newer one */
    Future<Optional<TariffFeed>> tariffs(String knownVersion);
}
