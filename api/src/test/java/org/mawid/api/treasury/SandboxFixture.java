package org.mawid.api.treasury;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.mawid.api.sandbox.treasury.SandboxSettings;
import org.mawid.api.sandbox.treasury.SandboxTreasury;
import org.mawid.api.treasury.callback.HmacCheck;
import org.mawid.api.treasury.callback.SignatureCheck;
import org.mawid.api.treasury.order.RoundRules;
import org.mawid.api.treasury.rest.RestTreasury;
import org.mawid.api.treasury.rest.TreasuryConfig;

/** The adapter and the sandbox, each with its port, and a ledger in memory. Days pass when told to. */
public final class SandboxFixture implements AutoCloseable {
    public static final byte[] SECRET = "a secret of sixteen bytes or more".getBytes(StandardCharsets.US_ASCII);
    static final long START_MS = 1_772_534_400_000L; // 2026-03-03T10:40:00Z
    static final RoundRules RULES = new RoundRules(60_000, 3_600_000, 7_200_000);

    final Vertx vertx = Vertx.vertx();
    final AtomicLong nowMs = new AtomicLong(START_MS);
    public final LedgerInMemory ledger = new LedgerInMemory();
    public final SandboxTreasury sandbox;
    public final RestTreasury treasury;
    final TreasuryAdapter adapter;
    final HttpServer callBacks;

    public SandboxFixture() throws Exception {
        this(SandboxSettings.usual("mawid", "swordfish", SECRET).withTimes(300, 1_000, 20), new HmacCheck(SECRET, SignatureCheck.USUAL_WINDOW_MS), 700);
    }

    SandboxFixture(final SandboxSettings settings, final SignatureCheck signature, final int answerTimeoutMs) throws Exception {
        sandbox = SandboxTreasury.start(vertx, settings, 0, nowMs::get, System::currentTimeMillis).await(20, TimeUnit.SECONDS);
        treasury = new RestTreasury(vertx, TreasuryConfig.of(URI.create(sandbox.base()), "mawid", "swordfish").withTimes(answerTimeoutMs, 30_000, 6, 20, 100));
        adapter = new TreasuryAdapter(vertx, treasury, ledger, signature, RULES, nowMs::get, System::currentTimeMillis);
        callBacks = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0)).requestHandler(adapter.callBacks()).listen().await(20, TimeUnit.SECONDS);
        sandbox.callBackTo(URI.create("http://127.0.0.1:" + callBacks.actualPort() + "/treasury"));
    }

    /** A round, to its end. */
    void round() throws Exception {
        adapter.round().await(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        adapter.close();
        treasury.close();
        sandbox.close();
        vertx.close().await(20, TimeUnit.SECONDS);
    }
}
