package org.mawid.api.server;

import io.vertx.core.Vertx;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.treasury.engine.EnginePayments;
import org.mawid.api.treasury.engine.EngineRefunds;
import org.mawid.api.treasury.order.RefundRound;
import org.mawid.api.treasury.port.Treasury;

/** What is asked of the treasury beside payments, again and again: refunds to be given back. One thread. */
final class TreasuryRounds implements AutoCloseable {
    private final Vertx vertx;
    private final RefundRound refunds;
    private final long refundsMs;
    private long refundTimer = -1;

    TreasuryRounds(final Vertx vertx, final Treasury treasury, final EnginePayments payments, final Gateway gateway, final Settings settings) {
        this.vertx = vertx;
        refunds = new RefundRound(new EngineRefunds(vertx, gateway, payments), treasury);
        refundsMs = settings.number(EdgeSetting.TREASURY_ROUND_MS, 100, 3_600_000);
    }

    /** Now and from now on. */
    void begin() {
        refundTimer = vertx.setPeriodic(0, refundsMs, tick -> refunds.run());
    }

    @Override
    public void close() {
        vertx.cancelTimer(refundTimer);
    }
}
