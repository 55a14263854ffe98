package org.mawid.api.treasury.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.sandbox.treasury.SandboxFault;
import org.mawid.api.sandbox.treasury.SandboxSettings;
import org.mawid.api.sandbox.treasury.SandboxTreasury;
import org.mawid.api.testkit.Certificates;
import org.mawid.api.treasury.port.Amount;
import org.mawid.api.treasury.port.PaymentOrder;
import org.mawid.api.treasury.port.RefundOrder;
import org.mawid.api.treasury.port.RefundState;
import org.mawid.api.treasury.port.TariffFeed;
import org.mawid.api.treasury.port.TreasuryException;
import org.mawid.api.treasury.port.TreasuryException.Trouble;

/** What the client does on the wire: tokens, repetition, rest, certificates, bounds. */
@Timeout(120)
class RestTreasuryTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (final AutoCloseable each : open) {
            each.close();
        }
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private SandboxTreasury sandbox(final SandboxSettings settings) throws Exception {
        final SandboxTreasury sandbox = SandboxTreasury.start(vertx, settings, 0, System::currentTimeMillis, System::currentTimeMillis).await(20, TimeUnit.SECONDS);
        open.add(sandbox);
        return sandbox;
    }

    private static SandboxSettings usual() {
        return SandboxSettings.usual("mawid", "swordfish", new byte[16]).withTimes(300, 300, 50);
    }

    private RestTreasury client(final String base, final String secret) {
        return client(TreasuryConfig.of(URI.create(base), "mawid", secret).withTimes(2_000, 10_000, 3, 10, 300));
    }

    private RestTreasury client(final TreasuryConfig config) {
        final RestTreasury client = new RestTreasury(vertx, config);
        open.add(client);
        return client;
    }

    private static <T> T get(final Future<T> future) throws Exception {
        return future.await(30, TimeUnit.SECONDS);
    }

    private static Trouble trouble(final Future<?> future) {
        return catchThrowableOfType(TreasuryException.class, () -> get(future)).trouble();
    }

    private static PaymentOrder order(final String reference) {
        return new PaymentOrder(reference, 12, new Amount(50_000, "MAD"), null, "fr");
    }

    @Test
    void givenOrdersRefundsAndTariffs_whenAskedFor_thenTheyAreThereOnce() throws Exception {
        final SandboxTreasury sandbox = sandbox(usual());
        final RestTreasury client = client(sandbox.base(), "swordfish");
        final String order = get(client.order(order("P1"))).order();
        assertThat(get(client.order(order("P1"))).order()).isEqualTo(order);
        assertThat(get(client.orderOf("P2"))).isEmpty();
        assertThat(trouble(client.order(new PaymentOrder("P1", 12, new Amount(50_001, "MAD"), null, "fr")))).as("another amount under the same reference").isEqualTo(Trouble.REFUSED);
        final RefundOrder refund = new RefundOrder("R1", "P1", new Amount(50_000, "MAD"));
        assertThat(trouble(client.refund(refund))).as("not paid yet").isEqualTo(Trouble.REFUSED);
        sandbox.pay("P1");
        assertThat(get(client.refund(refund)).status()).isEqualTo(RefundState.Status.ACCEPTED);
        assertThat(get(client.refund(refund))).isEqualTo(get(client.refundOf("R1")).orElseThrow());
        assertThat(get(client.refundOf("R2"))).isEmpty();
        sandbox.publish(new JsonArray().add(new JsonObject().put("service", "PASSPORT").put("from", "2026-04-01").put("components", new JsonArray().add(new JsonObject().put("component", "RECEIPT")
                .put("beneficiary", "TREASURY").put("amount", new JsonObject().put("value", "500.00").put("currency", "MAD"))))));
        final TariffFeed feed = get(client.tariffs("")).orElseThrow();
        assertThat(feed.tariffs()).singleElement().satisfies(tariff -> assertThat(tariff.parts()).containsExactly(new TariffFeed.Part("RECEIPT", "TREASURY", 50_000)));
        assertThat(get(client.tariffs(feed.version()))).isEqualTo(Optional.empty());
    }

    @Test
    void givenAWrongSecret_whenAsked_thenItIsSaidAndNeverShown() throws Exception {
        final SandboxTreasury sandbox = sandbox(usual());
        final RestTreasury client = client(sandbox.base(), "s3cr3t-that-is-wrong");
        assertThatThrownBy(() -> get(client.order(order("P1")))).isInstanceOf(TreasuryException.class).hasMessageContaining("check its id and secret").hasMessageNotContaining("s3cr3t");
        assertThat(TreasuryConfig.of(URI.create(sandbox.base()), "mawid", "s3cr3t").toString()).doesNotContain("s3cr3t");
    }

    @Test
    void givenManyWhoAskAtOnce_whenThereIsNoToken_thenOneIsAskedFor_andAnotherBeforeItsEnd() throws Exception {
        final List<String> paths = new CopyOnWriteArrayList<>();
        final int[] seconds = {600};
        final HttpServer server = server(paths, seconds);
        final RestTreasury client = client("http://127.0.0.1:" + server.actualPort(), "swordfish");
        final List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(client.orderOf("P" + i));
        }
        for (final Future<?> each : all) {
            get(each);
        }
        assertThat(paths).filteredOn("/oauth/token"::equals).hasSize(1);
        seconds[0] = 20; // good, but less than what is to spare
        final RestTreasury other = client("http://127.0.0.1:" + server.actualPort(), "swordfish");
        paths.clear();
        get(other.orderOf("P1"));
        get(other.orderOf("P2"));
        assertThat(paths).filteredOn("/oauth/token"::equals).hasSize(2);
    }

    private HttpServer server(final List<String> paths, final int[] seconds) throws Exception {
        return vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0)).requestHandler(request -> {
            paths.add(request.path());
            if (request.path().equals("/oauth/token")) {
                request.response().putHeader("Content-Type", "application/json").end("{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":" + seconds[0] + "}");
            } else if (request.path().endsWith("/ENDLESS")) {
                request.response().putHeader("Content-Length", Integer.toString(1 << 20)).end(Buffer.buffer(new byte[1 << 20]));
            } else if (request.path().endsWith("/ANOTHER")) {
                request.response().end("{\"id\":\"T\",\"reference\":\"NOT-THAT\",\"status\":\"PAID\",\"amount\":{\"value\":\"1.00\",\"currency\":\"MAD\"}}");
            } else {
                request.response().setStatusCode(404).end();
            }
        }).listen().await(20, TimeUnit.SECONDS);
    }

    @Test
    void givenAnAnswerThatIsTooLargeOrAboutAnother_whenAsked_thenUnreadable() throws Exception {
        final HttpServer server = server(new ArrayList<>(), new int[] {600});
        final RestTreasury client = client("http://127.0.0.1:" + server.actualPort(), "swordfish");
        assertThat(trouble(client.orderOf("ENDLESS"))).isEqualTo(Trouble.UNREADABLE);
        assertThat(trouble(client.orderOf("ANOTHER"))).isEqualTo(Trouble.UNREADABLE);
    }

    @Test
    void givenATreasuryThatIsDown_whenAskedOften_thenItIsLeftAlone_andTriedAgainLater() throws Exception {
        final SandboxTreasury sandbox = sandbox(usual());
        final RestTreasury client = client(sandbox.base(), "swordfish");
        sandbox.down(true);
        assertThat(trouble(client.orderOf("P1"))).isEqualTo(Trouble.OVERLOADED);
        for (int i = 0; i < 5 && !client.isResting(); i++) {
            trouble(client.orderOf("P1"));
        }
        assertThat(client.isResting()).isTrue();
        assertThat(trouble(client.orderOf("P1"))).isEqualTo(Trouble.RESTING);
        sandbox.down(false);
        await().atMost(20, TimeUnit.SECONDS).ignoreExceptions().untilAsserted(() -> assertThat(get(client.orderOf("P1"))).isEmpty());
        assertThat(client.isResting()).isFalse();
    }

    @Test
    void givenNobodyThereOrNoAnswerInTime_whenAsked_thenItIsSaidWhich() throws Exception {
        final HttpServer gone = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0)).requestHandler(request -> { }).listen().await(20, TimeUnit.SECONDS);
        final String base = "http://127.0.0.1:" + gone.actualPort();
        assertThat(trouble(client(TreasuryConfig.of(URI.create(base), "mawid", "swordfish").withTimes(100, 1_000, 2, 10, 300)).orderOf("P1"))).isEqualTo(Trouble.TIMED_OUT);
        gone.close().await(20, TimeUnit.SECONDS);
        assertThat(trouble(client(base, "swordfish").orderOf("P1"))).isEqualTo(Trouble.UNREACHABLE);
    }

    @Test
    void givenMutualTls_whenBothAreTrusted_thenAnswered_andNotOtherwise(@TempDir final Path folder) throws Exception {
        final Path both = Certificates.make(folder, "both");
        final Path certificate = both.resolve("server.pem");
        final SandboxTreasury sandbox = sandbox(usual().withTls(certificate, both.resolve("server.key"), certificate));
        final TreasuryConfig config = TreasuryConfig.of(URI.create("https://localhost:" + sandbox.port()), "mawid", "swordfish").withTimes(5_000, 20_000, 2, 10, 300);
        assertThat(get(client(config.withIdentity(certificate, certificate, both.resolve("server.key"))).orderOf("P1"))).isEmpty();
        assertThat(trouble(client(config.withIdentity(certificate, null, null)).orderOf("P1"))).as("it does not know us").isEqualTo(Trouble.UNREACHABLE);
        assertThat(trouble(client(config.withIdentity(null, certificate, both.resolve("server.key"))).orderOf("P1"))).as("we do not know it").isEqualTo(Trouble.UNREACHABLE);
    }

    @Test
    void givenASlowTreasury_whenItIsWithinTheTime_thenAnswered() throws Exception {
        final SandboxTreasury sandbox = sandbox(usual());
        sandbox.next(SandboxFault.SLOW);
        assertThat(get(client(sandbox.base(), "swordfish").orderOf("P1"))).isEmpty();
    }
}
