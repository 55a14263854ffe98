package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.gateway.SecretFile;
import org.mawid.api.http.OnlinePayments;
import org.mawid.api.sandbox.treasury.SandboxSettings;
import org.mawid.api.sandbox.treasury.SandboxTreasury;
import org.mawid.api.testkit.KilledDisk;
import org.mawid.api.testkit.OnePost;
import org.mawid.api.treasury.engine.EnginePayments;
import org.mawid.engine.Setting;
import org.mawid.grpc.ValidateLines;

/** A whole server beside a whole treasury, each on its port. */
abstract class TreasuryFixture extends LifeFixture {
    static final String CALL_BACK_SECRET = "a secret of sixteen bytes or more";
    static final String NEVER_MS = "3600000";

    @TempDir
    Path files;
    @TempDir
    private Path folder;
    private final Vertx vertx = Vertx.vertx();
    SandboxTreasury sandbox;

    @Override
    Map<String, String> settings() {
        try {
            sandbox = SandboxTreasury.start(vertx, SandboxSettings.usual("mawid", "swordfish", CALL_BACK_SECRET.getBytes(StandardCharsets.US_ASCII)).withTimes(300, 1_000, 20), 0,
                    System::currentTimeMillis, System::currentTimeMillis).await(20, TimeUnit.SECONDS);
            final Map<String, String> settings = new HashMap<>(settings(folder.resolve("served")));
            settings.putAll(also());
            return settings;
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The data directory of the first server. */
    Path served() {
        return folder.resolve("served");
    }

    /** Settings beside those of the treasury. */
    Map<String, String> also() throws IOException {
        return Map.of();
    }

    private Map<String, String> settings(final Path data) throws IOException {
        return Map.of(Setting.DATA.key(), data.toString(), EdgeSetting.TREASURY_URL.key(), sandbox.base(), EdgeSetting.TREASURY_TOKEN_URL.key(), sandbox.base() + "/oauth/token",
                EdgeSetting.TREASURY_CLIENT.key(), "mawid", EdgeSetting.TREASURY_SECRET_FILE.key(), secret("secret", "swordfish\n"),
                EdgeSetting.TREASURY_CALLBACK_SECRET_FILE.key(), secret("callback", CALL_BACK_SECRET + "\n"),
                EdgeSetting.TREASURY_ROUND_MS.key(), roundMs(), EdgeSetting.TREASURY_TIMEOUT_MS.key(), "2000");
    }

    private String secret(final String name, final String text) throws IOException {
        SecretFile.write(folder.resolve(name), text);
        return folder.resolve(name).toString();
    }

    /** How often what waits is asked for. */
    abstract String roundMs();

    void callBacksArrive() {
        sandbox.callBackTo(edge(OnlinePayments.CALL_BACKS_PATH));
    }

    /** Ends the server as a kill does: what the disk has at this moment is served by another one. */
    void killAndStartAgain() throws Exception {
        final Path served = folder.resolve("served");
        final Path found = folder.resolve("found");
        KilledDisk.copy(served, found);
        service.close();
        final Map<String, String> settings = new HashMap<>(settings(found));
        settings.putAll(also());
        settings.putAll(Map.of(Setting.RECORDS_ENTRIES.key(), "10000", Setting.SEGMENT_BYTES.key(), "1048576", EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0",
                EdgeSetting.REPLY_TIMEOUT_MS.key(), "30000"));
        service = Service.start(Settings.of(settings, Map.of(), null));
        service.ready();
        service.keepRecords();
    }

    /** A payment that was just begun over HTTP, and the stamp that it is for. */
    record Begun(String payment, String stamp) {
    }

    Begun begun(final long person) throws Exception {
        final String application = post("/v1/applications", 201, new JsonObject().put("postId", OnePost.POST).put("lines", new JsonArray().add(line(person)))).getString("application");
        applications.validateLines(ValidateLines.newBuilder().setRequest(client.newRequest()).setApplication(application).setLines(1).build());
        final String stamp = post("/v1/applications/" + application + "/stamps", 201, new JsonObject().put("lines", List.of(0)).put("postId", OnePost.POST)).getJsonArray("stamps").getString(0);
        final JsonObject started = post("/v1/applications/" + application + "/payments", 201, new JsonObject().put("stamps", List.of(stamp)).put("postId", OnePost.POST).put("means", "ONLINE")
                .put("date", date));
        return new Begun(started.getString("payment"), stamp);
    }

    JsonObject page(final String payment, final int status) throws Exception {
        return post("/v1/payments/" + payment + "/page", status, new JsonObject().put("language", "ar"));
    }

    /** What it is called there. */
    String atTreasury(final Begun begun) {
        final References references = service.gateway().references();
        return EnginePayments.reference(references, references.number(ReferenceKind.PAYMENT, begun.payment()));
    }

    /** The citizen's browser on the hosted page. @param button pay, refuse or cancel */
    void press(final JsonObject page, final String button) throws Exception {
        assertThat(http.send(HttpRequest.newBuilder(URI.create(page.getString("url") + '/' + button)).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    void awaitStates(final Begun begun, final String payment, final String stamp) {
        await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> assertStates(begun, payment, stamp));
    }

    void assertStates(final Begun begun, final String payment, final String stamp) throws Exception {
        assertThat(get("/v1/payments/" + begun.payment(), 200).getString("state")).isEqualTo(payment);
        assertThat(get("/v1/stamps/" + begun.stamp(), 200).getString("state")).isEqualTo(stamp);
    }

    int openBreaks() throws Exception {
        return get("/v1/breaks", 200).getJsonArray("breaks").size();
    }

    /** Debits less credits of what was paid online, minor units. */
    long receivable() throws Exception {
        return balance("ONLINE_RECEIVABLE");
    }

    /** Debits less credits of an account, of all posts and currencies, minor units. */
    long balance(final String name) throws Exception {
        long sum = 0;
        final CompletableFuture<Long> position = new CompletableFuture<>(); // of the core: what is told of it may be a moment older than an answer
        assertThat(service.engine().query(core -> position.complete(core.position()))).isTrue();
        for (final Object book : get("/v1/books?minPosition=" + position.get(60, TimeUnit.SECONDS), 200).getJsonArray("books")) {
            for (final Object account : ((JsonObject) book).getJsonArray("accounts")) {
                final JsonObject sums = (JsonObject) account;
                sum += sums.getString("account").equals(name) ? sums.getLong("debitMinor") - sums.getLong("creditMinor") : 0;
            }
        }
        return sum;
    }

    @AfterEach
    void stopTreasury() throws Exception {
        sandbox.close();
        vertx.close().await(20, TimeUnit.SECONDS);
    }
}
