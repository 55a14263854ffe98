package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.cli.VerifyStampCommand;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.stamp.document.SigningKeys;
import org.mawid.api.stamp.document.StampQr;
import org.mawid.api.stamp.document.StampVerifier;
import org.mawid.api.stamp.document.Verification;
import org.mawid.api.testkit.OnePost;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.Setting;
import org.mawid.grpc.GetStampDocumentRequest;
import org.mawid.grpc.GetStampKeysRequest;
import picocli.CommandLine;

/** A stamp is issued and paid; its page is printed, and read by somebody who has the public keys and nothing else. */
class PaperOverEdgesTest extends LifeFixture {
    private static final int DOTS_PER_INCH = 200;
    private static final long DAY_MS = 86_400_000L;

    @TempDir
    private Path folder;

    @Override
    Map<String, String> settings() {
        return Map.of(Setting.DATA.key(), folder.resolve("served").toString());
    }

    @Test
    void givenAPaidStamp_whenItsPageIsPrinted_thenItIsVerifiedOfflineAlsoAfterARestart() throws Exception {
        final String application = validated(1);
        final String stamp = issued(application);
        final JsonObject paid = paid(application, stamp);
        final HttpResponse<byte[]> page = fetch("/v1/stamps/" + stamp + "/document?language=es&minPosition=" + paid.getLong("position"), 200);
        assertThat(page.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(page.headers().allValues("Cache-Control")).containsExactly("no-store");
        final Path scan = folder.resolve("scan.png");
        try (PDDocument pdf = Loader.loadPDF(page.body())) {
            ImageIO.write(new PDFRenderer(pdf).renderImageWithDPI(0, DOTS_PER_INCH), "png", scan.toFile());
            assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo("es");
            assertThat(new PDFTextStripper().getText(pdf).replace('\u00a0', ' ')).contains(secret(stamp), "500,00 MAD", "46,50 EUR", "paris", "passport", application);
        }
        final HttpResponse<byte[]> keys = fetch("/v1/stamp-keys", 200);
        assertThat(keys.headers().firstValue("Content-Type")).contains("application/jwk-set+json");
        assertThat(keys.headers().allValues("Cache-Control")).containsExactly("public, max-age=3600");
        assertThat(new JsonObject(new String(keys.body())).getJsonArray("keys").getJsonObject(0).fieldNames()).doesNotContain("d");
        final Path set = Files.write(folder.resolve("stamps.jwks"), keys.body());

        final String token = StampQr.read(scan).orElseThrow();
        final Verification.Genuine genuine = genuine(keys, token);
        assertThat(genuine.facts().serial()).isEqualTo(stamp);
        assertThat(genuine.facts().application()).isEqualTo(application);
        assertThat(genuine.facts().localMinor()).isEqualTo(4_650);
        assertThat(genuine.facts().paidMs()).isEqualTo(paid.getLong("nowMs") / 1_000 * 1_000);
        assertThat(genuine.facts().validUntilMs() - genuine.facts().issuedMs()).as("730 days, in whole seconds").isBetween(730 * DAY_MS - 1_000, 730 * DAY_MS);
        final Verification.Genuine alone = genuine(keys, StampQr.read(ImageIO.read(new ByteArrayInputStream(fetch("/v1/stamps/" + stamp + "/qr", 200).body()))).orElseThrow());
        assertThat(alone.facts()).isEqualTo(genuine.facts());

        assertThat(stampCalls.getStampKeys(GetStampKeysRequest.getDefaultInstance()).getJwkSet()).isEqualTo(new String(keys.body()));
        try (PDDocument pdf = Loader.loadPDF(stampCalls.getStampDocument(GetStampDocumentRequest.newBuilder().setStamp(stamp).setLanguage("ar").build()).getPdf().toByteArray())) {
            assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo("ar");
            assertThat(genuine(keys, StampQr.read(new PDFRenderer(pdf).renderImageWithDPI(0, DOTS_PER_INCH)).orElseThrow()).facts()).isEqualTo(genuine.facts());
        }
        restart();
        assertThat(fetch("/v1/stamp-keys", 200).body()).isEqualTo(keys.body());
        service.close(); // what comes now needs no server
        assertThat(new CommandLine(new VerifyStampCommand()).execute("--keys", set.toString(), "--image", scan.toString())).isZero();
    }

    @Test
    void givenAStampInEachState_whenItsPageIsAsked_thenOnlyThatOfOneThatCanBeUsedIsDrawn() throws Exception {
        final String application = validated(1);
        final String stamp = issued(application);
        for (final String path : List.of("/v1/stamps/" + stamp + "/document", "/v1/stamps/" + stamp + "/qr")) {
            final JsonObject unpaid = get(path, 409);
            assertThat(unpaid.getString("result")).isEqualTo("STAMP_STATE");
            assertThat(unpaid.getString("stampState")).isEqualTo("ISSUED");
        }
        final GetStampDocumentRequest asked = GetStampDocumentRequest.newBuilder().setStamp(stamp).build();
        assertThat(refusal(() -> stampCalls.getStampDocument(asked)).getReason()).isEqualTo("STAMP_STATE");
        assertThat(refusal(() -> stampCalls.getStampDocument(asked.toBuilder().setLanguage("de").build())).getReason()).isEqualTo("MALFORMED");
        paid(application, stamp);
        final JsonObject used = post("/v1/stamps/" + stamp + "/consumption", 200, new JsonObject().put("application", application).put("line", 0).put("postId", OnePost.POST)
                .put("date", date).put("secret", secret(stamp)));
        fetch("/v1/stamps/" + stamp + "/document" + at(used), 200);

        final String other = validated(2);
        final String given = issued(other);
        final JsonObject gone = post("/v1/stamps/" + given + "/void", 200, null);
        assertThat(get("/v1/stamps/" + given + "/document" + at(gone), 409).getString("stampState")).isEqualTo("VOID");
        final String never = References.open(new DataDirectory(folder.resolve("served")).edge().resolve("reference.key")).text(ReferenceKind.STAMP, 4_711);
        assertThat(get("/v1/stamps/" + never + "/document", 404).getString("result")).isEqualTo("STAMP_UNKNOWN");
        assertThat(refusal(() -> stampCalls.getStampDocument(asked.toBuilder().setStamp(never).build())).getReason()).isEqualTo("STAMP_UNKNOWN");
        assertThat(get("/v1/stamps/" + stamp + "/document?language=de", 400).getString("result")).isEqualTo("MALFORMED");
    }

    @Test
    void givenAWaivedStamp_whenItsPageIsPrinted_thenItSaysSoAndItsSecretUsesIt() throws Exception {
        final String application = validated(1);
        final String stamp = issued(application);
        by(0xA1, "/v1/stamps/" + stamp + "/proposal", new JsonObject());
        final JsonObject waived = by(0xB2, "/v1/stamps/" + stamp + "/decision", new JsonObject().put("approved", true));
        final HttpResponse<byte[]> page = fetch("/v1/stamps/" + stamp + "/document" + at(waived), 200);
        try (PDDocument pdf = Loader.loadPDF(page.body())) {
            assertThat(new PDFTextStripper().getText(pdf)).contains("exonéré", "fee waived", secret(stamp));
            final Verification.Genuine genuine = genuine(fetch("/v1/stamp-keys", 200), StampQr.read(new PDFRenderer(pdf).renderImageWithDPI(0, DOTS_PER_INCH)).orElseThrow());
            assertThat(genuine.facts().isWaived()).isTrue();
            assertThat(genuine.facts().paidMs()).isZero();
        }
        post("/v1/stamps/" + stamp + "/consumption", 200, new JsonObject().put("application", application).put("line", 0).put("postId", OnePost.POST).put("date", date).put("secret", secret(stamp)));
    }

    private JsonObject by(final long actor, final String path, final JsonObject body) throws Exception {
        return send(HttpRequest.newBuilder(edge(path)).header("Content-Type", "application/json").header("Mawid-Actor", String.format("%016x", actor))
                .POST(HttpRequest.BodyPublishers.ofString(body.put("matter", "WAIVER").put("date", date).put("reasonCode", 3).put("reasonHash", "9f3ac01d52e84b70").encode())), path, 200);
    }

    @Test
    void givenManyWhoAskAtOnce_whenAsManyPagesWaitAsMay_thenTheRestIsToldWhenToComeBack() throws Exception {
        final String application = validated(1);
        final String stamp = issued(application);
        final String path = "/v1/stamps/" + stamp + "/document" + at(paid(application, stamp));
        int refused = 0;
        for (int round = 0; round < 50 && refused == 0; round++) { // a quick machine may have drawn them before the last has asked
            final List<CompletableFuture<HttpResponse<byte[]>>> asked = Stream.generate(() -> http.sendAsync(HttpRequest.newBuilder(edge(path)).build(), BodyHandlers.ofByteArray()))
                    .limit(64).toList();
            for (final CompletableFuture<HttpResponse<byte[]>> one : asked) {
                final HttpResponse<byte[]> told = one.get();
                if (told.statusCode() == 503) {
                    assertThat(new JsonObject(new String(told.body())).getString("cause")).isEqualTo("TOO_MANY_DOCUMENTS");
                    assertThat(told.headers().firstValue("Retry-After")).contains("1");
                    refused++;
                } else {
                    assertThat(told.body()).startsWith('%', 'P', 'D', 'F');
                }
            }
        }
        assertThat(refused).isPositive();
        fetch(path, 200);
    }

    @Test
    void givenAKeyFileThatIsNone_whenServed_thenItSaysSoAndStartsNot() throws Exception {
        service.close();
        final Path file = new DataDirectory(folder.resolve("served")).edge().resolve(SigningKeys.FILE);
        final byte[] good = Files.readAllBytes(file);
        Files.writeString(file, "{\"keys\":[]}");
        assertThatThrownBy(this::restart).isInstanceOf(IOException.class).hasMessage(file + " has no key: restore it from a back-up, or move it away and new keys are made,"
                + " whose public half every post needs (mawid stamp-keys)");
        Files.write(file, good);
        restart(); // what was opened before it was closed again
    }

    private void restart() throws Exception {
        service.close();
        service = Service.start(Settings.of(Map.of(Setting.DATA.key(), folder.resolve("served").toString(), Setting.RECORDS_ENTRIES.key(), "10000",
                Setting.SEGMENT_BYTES.key(), "1048576", EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0"), Map.of(), null));
        service.ready();
        service.keepRecords();
    }

    private static Verification.Genuine genuine(final HttpResponse<byte[]> keys, final String token) {
        final Verification verification = StampVerifier.of(new String(keys.body())).verify(token);
        assertThat(verification).isInstanceOf(Verification.Genuine.class);
        return (Verification.Genuine) verification;
    }

    private HttpResponse<byte[]> fetch(final String path, final int status) throws Exception {
        final HttpResponse<byte[]> response = http.send(HttpRequest.newBuilder(edge(path)).build(), BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).as(path).isEqualTo(status);
        return response;
    }

    private JsonObject paid(final String application, final String stamp) throws Exception {
        return post("/v1/applications/" + application + "/counter-receipts", 201, new JsonObject().put("stamps", List.of(stamp)).put("postId", OnePost.POST).put("date", date)
                .put("amountMinor", 4_650).put("currency", "EUR"));
    }

    private String secret(final String stamp) throws IOException {
        final References references = References.open(new DataDirectory(folder.resolve("served")).edge().resolve("reference.key"));
        return references.secret().of(references.number(ReferenceKind.STAMP, stamp));
    }
}
