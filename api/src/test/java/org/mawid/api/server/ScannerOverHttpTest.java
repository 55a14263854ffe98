package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.document.Specimens;
import org.mawid.api.fake.FakeScanner;
import org.mawid.api.testkit.OnePost;

/** A server beside a malware scanner: what it calls clean may validate a line by rule, what it knows is gone, and what it says nothing of is never clean. */
@Timeout(120)
class ScannerOverHttpTest extends PersonFixture {
    private final FakeScanner scanner = new FakeScanner();
    private long position;

    ScannerOverHttpTest() throws IOException {
    }

    @Override
    Map<String, String> settings() {
        final Map<String, String> settings = super.settings();
        settings.put(EdgeSetting.PERSON_CLAMD.key(), scanner.address());
        settings.put(EdgeSetting.PERSON_CLAMD_TIMEOUT_MS.key(), "300");
        return settings;
    }

    @BeforeEach
    void aServiceThatValidatesByRule() {
        OnePost.define(client);
        done(send("PUT", "/v1/catalogue/services/" + OnePost.SERVICE + "/documents", new JsonObject().put("kinds", new JsonArray().add("PASSPORT").add("PHOTO")).put("validates", true)), 200);
    }

    @AfterEach
    void close() throws IOException {
        scanner.close();
    }

    @Test
    void givenDocumentsThatAreCalledClean_whenTheLastOneIsThere_thenTheLineIsValidatedByRule() throws Exception {
        final String application = applied();
        assertThat(json(upload(application, "PASSPORT"), 200).getString("scan")).isEqualTo("CLEAN");
        assertThat(state(application)).as("one is missing").isEqualTo("SUBMITTED");
        assertThat(json(upload(application, "PHOTO"), 200).getString("scan")).isEqualTo("CLEAN");
        await().until(() -> state(application).equals("VALIDATED"));
    }

    @Test
    void givenMalware_thenItIsRefused_andNotKept() throws Exception {
        final String application = applied();
        scanner.says(content -> FakeScanner.FOUND);
        assertThat(json(upload(application, "PASSPORT"), 422).getString("reason")).isEqualTo("INFECTED");
        assertThat(json(send("GET", application + "/documents", null), 200).getJsonArray("documents")).isEmpty();
        try (Stream<Path> kept = Files.walk(data().resolve("persons"))) {
            assertThat(kept.filter(Files::isRegularFile).filter(file -> file.toString().contains("sealed") || file.toString().contains("arriving"))).isEmpty();
        }
        assertThat(state(application)).isEqualTo("SUBMITTED");
    }

    @Test
    void givenAScannerThatSaysNothing_thenNothingIsCalledClean_norValidated_untilItSpeaks() throws Exception {
        final String application = applied();
        json(upload(application, "PASSPORT"), 200);
        scanner.says(content -> FakeScanner.SILENT);
        final JsonObject photo = json(upload(application, "PHOTO"), 200);
        assertThat(photo.getString("scan")).isEqualTo("NOT_SCANNED");
        final String path = application + "/documents/" + photo.getString("document");
        assertThat(scanOf(path)).as("asked again, and silent again").isEqualTo("NOT_SCANNED");
        assertThat(json(send("GET", path, null), 200).getString("scan")).isEqualTo("NOT_SCANNED");
        assertThat(json(send("GET", application + "/documents", null), 200).getJsonArray("documents").stream().map(one -> ((JsonObject) one).getString("scan"))).containsExactly("CLEAN", "NOT_SCANNED");
        assertThat(state(application)).isEqualTo("SUBMITTED");
        scanner.says(content -> FakeScanner.CLEAN);
        assertThat(scanOf(path)).isEqualTo("CLEAN");
        await().until(() -> state(application).equals("VALIDATED"));
    }

    private String applied() {
        final String person = String.format("%016x", YASMINE);
        return "/v1/applications/" + done(send("POST", "/v1/applications", new JsonObject().put("applicant", person).put("postId", OnePost.POST).put("lines", new JsonArray().add(new JsonObject()
                .put("personKey", person).put("serviceId", OnePost.SERVICE).put("quantity", 1)))), 201).getString("application");
    }

    private HttpResponse<String> upload(final String application, final String kind) throws Exception {
        final byte[] file = Specimens.pdf(1, kind);
        final String documents = application + "/documents";
        final String document = json(send("POST", documents, new JsonObject().put("line", 0).put("kind", kind).put("bytes", file.length)), 201).getString("document");
        assertThat(http.send(to(documents + '/' + document + "/bytes").header("Content-Type", "application/octet-stream").header("Upload-Offset", "0").PUT(HttpRequest.BodyPublishers.ofByteArray(file)).build(),
                HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        return send("POST", documents + '/' + document + "/end", new JsonObject());
    }

    /** As whoever fetches the file is told. */
    private String scanOf(final String path) {
        try {
            return http.send(to(path + "/content").build(), HttpResponse.BodyHandlers.discarding()).headers().firstValue("Mawid-Scan").orElseThrow();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpRequest.Builder to(final String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + path));
    }

    private String state(final String application) {
        return json(send("GET", application + "?minPosition=" + position, null), 200).getJsonArray("lines").getJsonObject(0).getString("state");
    }

    private JsonObject done(final HttpResponse<String> answer, final int status) {
        final JsonObject json = json(answer, status);
        position = Math.max(position, json.getLong("position", 0L));
        return json;
    }
}
