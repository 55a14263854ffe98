package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mawid.api.document.Specimens.pdf;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.document.HandPdf;
import org.mawid.api.document.Specimens;
import org.mawid.api.sealed.store.ContentName;
import org.mawid.api.testkit.OnePost;

/** An applicant sends a document over a bad line, an officer looks at it; what is none is gone, and nothing stands in clear on the disk. */
class DocumentsOverHttpTest extends PersonFixture {
    private static final String ACTE = "ACTE DE NAISSANCE DE YASMINE";
    private static final int PART = 1 << 20;
    private String documents;
    private byte[] file;

    @BeforeEach
    void announce() throws Exception {
        OnePost.define(client);
        documents = "/v1/applications/" + submitted(YASMINE) + "/documents";
        final byte[] pdf = pdf(2, ACTE);
        final byte[] noise = new byte[1_200_000];
        new Random(5).nextBytes(noise);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) ('A' + (noise[i] & 15)); // a long comment
        }
        file = Specimens.joined(Arrays.copyOf(pdf, pdf.length), ("%" + new String(noise, StandardCharsets.US_ASCII) + "\n%%EOF\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void givenADocumentInParts_thenItIsKept_shownSmall_andGivenBackAsAnAttachment_alsoAfterARestart() throws Exception {
        final String document = begun(file.length);
        part(document, 0, 0, 1_000_000);
        part(document, 1_000_000, 1_000_000, file.length);
        final JsonObject kept = json(send("POST", documents + '/' + document + "/end", new JsonObject().put("sha256", ContentName.of(file))), 200);
        assertThat(kept.getString("type")).isEqualTo("application/pdf");
        assertThat(kept.getInteger("pages")).isEqualTo(2);
        assertThat(kept.getString("scan")).as("nobody has looked").isEqualTo("NOT_SCANNED");
        assertThat(json(send("POST", documents + '/' + document + "/end", new JsonObject()), 200)).isEqualTo(kept);
        restart();
        assertThat(json(send("GET", documents + '/' + document, null), 200)).isEqualTo(kept);
        assertThat(json(send("GET", documents, null), 200).getJsonArray("documents").getJsonObject(0)).isEqualTo(kept);
        final HttpResponse<byte[]> content = bytes(documents + '/' + document + "/content");
        assertThat(content.body()).isEqualTo(file);
        assertThat(content.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"" + document + ".pdf\"");
        assertThat(content.headers().firstValue("Mawid-Scan")).contains("NOT_SCANNED");
        assertThat(content.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(content.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        final HttpResponse<byte[]> small = bytes(documents + '/' + document + "/thumbnail");
        assertThat(ImageIO.read(new ByteArrayInputStream(small.body())).getHeight()).isEqualTo(256);
        assertThat(everyFile()).noneMatch(text -> text.contains("%PDF-") || text.contains("PNG\r\n"));
        assertThat(arriving()).isEmpty();
    }

    @Test
    void givenALineThatBreaksAtEveryTenthOfTheWay_thenItGoesOnWhereItStood_alsoWhenTheServerStartsAgain() throws Exception {
        final String document = begun(file.length);
        for (int tenth = 1; tenth <= 10; tenth++) {
            final int to = (int) ((long) file.length * tenth / 10);
            breakOff(document, offset(document), to);
            if (tenth % 3 == 0) {
                restart();
            }
            final int offset = offset(document);
            part(document, offset, offset, to);
        }
        json(send("POST", documents + '/' + document + "/end", new JsonObject().put("sha256", ContentName.of(file))), 200);
        assertThat(bytes(documents + '/' + document + "/content").body()).isEqualTo(file);
    }

    @Test
    void givenPartsAtOtherPlaces_orTooMuch_orTooLittle_thenRefusedAndWhereItStands() throws Exception {
        final String document = begun(1_000);
        part(document, 0, 0, 600);
        assertThat(json(put(document, 0, Arrays.copyOf(file, 600)), 409).getInteger("offset")).isEqualTo(600);
        assertThat(json(put(document, 700, Arrays.copyOf(file, 10)), 409).getInteger("offset")).isEqualTo(600);
        assertThat(json(put(document, 600, Arrays.copyOf(file, 401)), 422).getString("reason")).isEqualTo("BYTES");
        assertThat(put(document, 600, new byte[(1 << 20) + 1]).statusCode()).isEqualTo(413);
        assertThat(json(send("POST", documents + '/' + document + "/end", new JsonObject()), 409).getInteger("offset")).isEqualTo(600);
        assertThat(json(send("GET", documents + '/' + "0".repeat(32), null), 404).getString("reason")).isEqualTo("DOCUMENT_UNKNOWN");
        final String another = "/v1/applications/" + submitted(YASMINE + 1) + "/documents/";
        assertThat(json(send("GET", another + document, null), 404).getString("reason")).isEqualTo("DOCUMENT_UNKNOWN");
        assertThat(bytes(another + document + "/content").statusCode()).isEqualTo(404);
    }

    @Test
    void givenWhatIsNoDocument_thenRefusedWithTheReason_andNothingIsHalfStored() throws Exception {
        for (final Object[] given : new Object[][] {{"TYPE", Specimens.ascii("<html>")}, {"TYPE", Specimens.docxBomb()}, {"POLYGLOT", Specimens.joined(pdf(1, "x"), Specimens.docxBomb())},
            {"POLYGLOT", Specimens.joined(pdf(1, "x"), Specimens.zip())}, {"PIXELS", Specimens.pngThatSays(19_000, 19_000)},
            {"PAGES", pdf(60, "x")}}) {
            final byte[] content = (byte[]) given[1];
            final String document = begun(content.length);
            for (int at = 0; at < content.length; at += PART) {
                json(put(document, at, Arrays.copyOfRange(content, at, Math.min(at + PART, content.length))), 200);
            }
            assertThat(json(send("POST", documents + '/' + document + "/end", new JsonObject()), 422).getString("reason")).isEqualTo(given[0]);
            assertThat(send("GET", documents + '/' + document, null).statusCode()).isEqualTo(404);
        }
        final String other = begun(3);
        json(put(other, 0, new byte[] {1, 2, 3}), 200);
        assertThat(json(send("POST", documents + '/' + other + "/end", new JsonObject().put("sha256", "0".repeat(64))), 422).getString("reason")).isEqualTo("HASH");
        assertThat(json(send("GET", documents, null), 200).getJsonArray("documents")).isEmpty();
        assertThat(arriving()).isEmpty();
        try (Stream<Path> sealed = Files.walk(data().resolve("persons/sealed"))) {
            assertThat(sealed.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void givenMoreThanAnApplicationMayHave_thenRefused() throws Exception {
        for (int i = 0; i < 8; i++) {
            begun(10);
        }
        final HttpResponse<String> answer = send("POST", documents, new JsonObject().put("line", 0).put("bytes", 10));
        final JsonObject refused = json(answer, 422);
        assertThat(refused.getString("reason")).isEqualTo("COUNT");
        assertThat(refused.getLong("retryAfterMs")).as("when the first of those on their way has ended").isBetween(86_000_000L, 86_400_000L);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(json(send("POST", documents, new JsonObject().put("line", 0).put("bytes", (10 << 20) + 1)), 400).getString("result")).isEqualTo("MALFORMED");
        assertThat(json(send("POST", documents, new JsonObject().put("line", 3).put("bytes", 10)), 404).getString("result")).isEqualTo("LINE_UNKNOWN");
    }

    /** Ten pages within each page, ten deep: four at once, as many as there are threads that read and write what is about persons. */
    @Test
    @Timeout(60)
    void givenPagesThatWouldTakeHoursToDraw_thenTheyAreKeptWithoutASmallPicture_andMeanwhileAnotherIsAnswered() throws Exception {
        final byte[] nested = HandPdf.nested(10);
        final List<String> documentsOfAll = new ArrayList<>();
        final List<CompletableFuture<HttpResponse<String>>> ending = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            documents = "/v1/applications/" + submitted(YASMINE + 1 + i) + "/documents";
            final String document = begun(nested.length);
            json(put(document, 0, nested), 200);
            documentsOfAll.add(documents + '/' + document);
        }
        for (final String document : documentsOfAll) {
            ending.add(CompletableFuture.supplyAsync(() -> send("POST", document + "/end", new JsonObject())));
        }
        final String another = "/v1/applications/" + submitted(YASMINE + 9);
        while (ending.stream().anyMatch(answer -> !answer.isDone())) {
            json(send("POST", another + "/messages", new JsonObject().put("postId", OnePost.POST).put("writer", "APPLICANT").put("topicCode", 1).put("text", "Bonjour")), 200);
        }
        for (final CompletableFuture<HttpResponse<String>> answer : ending) {
            assertThat(json(answer.join(), 200).getBoolean("thumbnail")).isFalse();
        }
        assertThat(bytes(documentsOfAll.get(0) + "/content").body()).isEqualTo(nested);
    }

    private String begun(final int bytes) {
        final HttpResponse<String> answer = send("POST", documents, new JsonObject().put("line", 0).put("bytes", bytes));
        final String document = json(answer, 201).getString("document");
        assertThat(answer.headers().firstValue("Location")).contains(documents + '/' + document);
        return document;
    }

    private int offset(final String document) {
        return json(send("GET", documents + '/' + document, null), 200).getInteger("offset");
    }

    private void part(final String document, final int offset, final int from, final int to) {
        assertThat(json(put(document, offset, Arrays.copyOfRange(file, from, to)), 200).getInteger("offset")).isEqualTo(offset + to - from);
    }

    /** Half of a part arrives, and then nothing more. */
    private void breakOff(final String document, final int offset, final int to) throws IOException {
        try (Socket line = new Socket("127.0.0.1", service.httpPort())) {
            line.getOutputStream().write(("PUT " + documents + '/' + document + "/bytes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\nUpload-Offset: " + offset
                    + "\r\nContent-Length: " + (to - offset) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            line.getOutputStream().write(file, offset, (to - offset) / 2);
            line.getOutputStream().flush();
        }
    }

    private HttpResponse<String> put(final String document, final int offset, final byte[] part) {
        try {
            return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + documents + '/' + document + "/bytes"))
                    .header("Content-Type", "application/octet-stream").header("Upload-Offset", Integer.toString(offset)).PUT(HttpRequest.BodyPublishers.ofByteArray(part)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (final IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<byte[]> bytes(final String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + path)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private List<Path> arriving() throws IOException {
        try (Stream<Path> files = Files.walk(data().resolve("persons/arriving"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
