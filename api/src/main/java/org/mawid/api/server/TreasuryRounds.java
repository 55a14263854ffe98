package org.mawid.api.server;

import io.vertx.core.Vertx;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.http.EdgeMetrics;
import org.mawid.api.treasury.engine.EnginePayments;
import org.mawid.api.treasury.engine.EngineRefunds;
import org.mawid.api.treasury.order.RefundRound;
import org.mawid.api.treasury.port.Treasury;
import org.mawid.api.treasury.tariff.TariffRound;
import org.mawid.engine.DataDirectory;

/** What is asked of the treasury beside payments, again and again: refunds to be given back, and its prices. One thread. */
final class TreasuryRounds implements AutoCloseable {
    /** The feed's versions, in the edge's folder of the data directory. */
    private static final String VERSIONS = "tariff-feed.versions";
    private static final String APPLY = "apply";
    private static final long MOST_MS = 86_400_000;

    private final Vertx vertx;
    private final RefundRound refunds;
    private final TariffRound tariffs;
    private final long refundsMs;
    private final long tariffsMs;
    private long refundTimer = -1;
    private long tariffTimer = -1;

    TreasuryRounds(final Vertx vertx, final Treasury treasury, final EnginePayments payments, final Gateway gateway, final Settings settings) {
        this.vertx = vertx;
        refunds = new RefundRound(new EngineRefunds(vertx, gateway, payments), treasury);
        tariffs = new TariffRound(vertx, treasury, () -> gateway.engine().readModel().catalogue(), payments::tell, gateway::nowMs,
                new DataDirectory(settings.engine().data()).edge().resolve(VERSIONS), APPLY.equals(settings.text(EdgeSetting.TREASURY_TARIFFS)));
        refundsMs = settings.number(EdgeSetting.TREASURY_ROUND_MS, 100, 3_600_000);
        tariffsMs = settings.number(EdgeSetting.TREASURY_TARIFFS_MS, 100, MOST_MS);
    }

    /** @throws IllegalArgumentException in one line: what is wrong, and what may be given */
    static void check(final Settings settings) {
        settings.number(EdgeSetting.TREASURY_TARIFFS_MS, 100, MOST_MS);
        if (!settings.text(EdgeSetting.TREASURY_TARIFFS).matches("tell|apply")) {
            throw new IllegalArgumentException(EdgeSetting.TREASURY_TARIFFS.key() + " = " + settings.text(EdgeSetting.TREASURY_TARIFFS) + " is not " + EdgeSetting.TREASURY_TARIFFS.range());
        }
    }

    TreasuryRounds countedBy(final EdgeMetrics metrics) {
        metrics.countTariffs(() -> tariffs.seen().differences().size(), () -> tariffs.seen().refused().size());
        return this;
    }

    /** The prices, as they were seen last. */
    TariffRound tariffs() {
        return tariffs;
    }

    /** Now and from now on. */
    void begin() {
        refundTimer = vertx.setPeriodic(0, refundsMs, tick -> refunds.run());
        tariffTimer = vertx.setPeriodic(0, tariffsMs, tick -> tariffs.run());
    }

    @Override
    public void close() {
        vertx.cancelTimer(refundTimer);
        vertx.cancelTimer(tariffTimer);
    }
}
