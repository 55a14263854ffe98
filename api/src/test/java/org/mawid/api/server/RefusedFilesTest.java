package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mawid.api.document.Specimens.ascii;
import static org.mawid.api.document.Specimens.joined;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mawid.api.document.HandPdf;
import org.mawid.api.document.Specimens;
import org.mawid.api.fake.FakeIssuer;
import org.mawid.api.fake.FakeScanner;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.engine.Setting;

/** What somebody hands in that is no document, over a whole server that asks who calls: told why, in the log, nothing left of it, and the next one is taken. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class RefusedFilesTest {
    private static final String MALWARE = "what the scanner knows";
    private static final int PART = 1 << 20;
    private static final int UPLOADS = 12 * PART;

    private final TokenCalls calls = new TokenCalls(() -> this.service.httpPort());
    private FakeScanner scanner;
    private FakeIssuer issuer;
    private Service service;
    private Path data;
    private String auditor;
    private long persons = 0xB100;

    @BeforeAll
    void start(@TempDir final Path folder) throws Exception {
        scanner = new FakeScanner();
        scanner.says(content -> new String(content, StandardCharsets.ISO_8859_1).contains(MALWARE) ? FakeScanner.FOUND : FakeScanner.CLEAN);
        issuer = new FakeIssuer();
        data = folder.resolve("data");
        final Path master = folder.resolve("master.key");
        MasterKey.make(master);
        final Map<String, String> settings = new HashMap<>(Map.of(Setting.DATA.key(), data.toString(), Setting.RECORDS_ENTRIES.key(), "10000", Setting.SEGMENT_BYTES.key(), "1048576", EdgeSetting.HTTP_PORT.key(), "0",
                EdgeSetting.GRPC_PORT.key(), "0", EdgeSetting.REPLY_TIMEOUT_MS.key(), "30000", EdgeSetting.PERSON_MASTER_KEY.key(), master.toString(), EdgeSetting.OIDC_ISSUER.key(), issuer.url().toString(),
                EdgeSetting.OIDC_AUDIENCE.key(), FakeIssuer.AUDIENCE));
        settings.put(EdgeSetting.PERSON_CLAMD.key(), scanner.address());
        settings.put(EdgeSetting.LIMIT_PERSON.key(), "uploads=" + UPLOADS);
        service = Service.start(Settings.of(settings, Map.of(), null));
        service.ready();
        service.keepRecords();
        auditor = issuer.token(issuer.claims().subject("auditor-1").claim("roles", "auditor").build());
        final String token = issuer.token(List.of("operator"));
        try (MawidClient operator = MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withToken(() -> token))) {
            OnePost.make(operator, 1, 4);
        }
    }

    @AfterAll
    void stop() throws IOException {
        service.close();
        issuer.close();
        scanner.close();
    }

    static Stream<Arguments> files() throws IOException {
        final byte[] pdf = Specimens.pdf(1, "acte");
        return Stream.of(
                Arguments.of("a page of the web", "TYPE", ascii("<html><script>alert(1)</script>")),
                Arguments.of("a program", "TYPE", ascii("MZ\u0090\u0000 a program")),
                Arguments.of("a TIFF with a page of the web behind it", "TYPE", joined(Specimens.picture("tiff", 8, 8), ascii("<html><script>alert(1)</script>"))),
                Arguments.of("a docx that is a thousand times as large", "TYPE", Specimens.docxBomb()),
                Arguments.of("a PDF and a ZIP", "POLYGLOT", joined(pdf, Specimens.zip())),
                Arguments.of("a PDF and a page of the web", "POLYGLOT", joined(pdf, ascii("<html><script>alert(1)</script>"))),
                Arguments.of("a PNG and a ZIP", "POLYGLOT", joined(Specimens.picture("png", 8, 8), Specimens.zip())),
                Arguments.of("ten thousand pages", "PAGES", Specimens.pdf(10_000, "x")),
                Arguments.of("a picture that says that it is large", "PIXELS", Specimens.pngThatSays(19_000, 19_000)),
                Arguments.of("a picture that says that it is small", "PIXELS", HandPdf.picture("/Width 100 /Height 100 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode", HandPdf.deflated(600, 0))),
                Arguments.of("a picture within a page", "PIXELS", HandPdf.contents("", ascii("q BI /W 30000 /H 30000 /CS /G /BPC 8 ID xxxx EI Q"))),
                Arguments.of("a page that is a gigabyte of spaces", "BYTES", HandPdf.contents("/Filter /FlateDecode", HandPdf.deflated(1_000, ' '))),
                Arguments.of("a script in no object", "ACTIVE", HandPdf.of("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>", "")),
                Arguments.of("a form that is sent", "ACTIVE", HandPdf.of("", "/AA << /O << /S /SubmitForm /F (http://example.org/) >> >>")),
                Arguments.of("malware", "INFECTED", HandPdf.contents("", ascii('%' + MALWARE))),
                Arguments.of("half a picture", "BROKEN", Arrays.copyOf(Specimens.picture("png", 40, 40), 60)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void givenAFileThatIsNotTaken_thenWhyIsToldAndAudited_nothingOfItIsLeft_andAnHonestOneIsTakenNext(final String what, final String reason, final byte[] content) throws Exception {
        final long person = persons++;
        final String token = issuer.applicant(person);
        final String documents = documentsOf(person, token);
        final List<Path> before = files(data);
        final JsonObject problem = json(ended(documents, token, content), 422);
        assertThat(problem.getString("reason")).isEqualTo(reason);
        assertThat(problem.getString("result")).isEqualTo("MALFORMED");
        final JsonObject audited = awaited("?operation=endDocument&application=" + documents.split("/")[3], reason);
        assertThat(audited.getString("verdict")).isEqualTo("REFUSED");
        assertThat(audited.getString("actor")).isEqualTo(String.format("%016x", person));
        assertThat(json(calls.get(documents, token), 200).getJsonArray("documents")).isEmpty();
        assertThat(files(data)).containsExactlyElementsOf(before);
        final JsonObject kept = json(ended(documents, token, Specimens.pdf(1, "acte")), 200);
        assertThat(kept.getString("state")).isEqualTo("KEPT");
        assertThat(kept.getBoolean("thumbnail")).isTrue();
        assertThat(json(calls.get(documents, token), 200).getJsonArray("documents")).hasSize(1);
    }

    @Test
    void givenAnApplicantWhoSendsMoreThanADay_thenTheyAreToldWhichLimitItIs_andWhenToComeBack_andAnotherIsNot() throws Exception {
        final long person = persons++;
        final String token = issuer.applicant(person);
        final String documents = documentsOf(person, token);
        final String first = begun(documents, token, 10 * PART);
        final String second = begun(documents, token, 10 * PART);
        for (int sent = 0; sent < UPLOADS; sent += PART) {
            json(part(documents, sent < 10 * PART ? first : second, token, sent % (10 * PART), new byte[PART]), 200);
        }
        final HttpResponse<String> answer = part(documents, second, token, UPLOADS - 10 * PART, new byte[PART]);
        final JsonObject problem = json(answer, 429);
        assertThat(problem.getString("limit")).isEqualTo("person.uploads");
        assertThat(problem.getString("result") + ' ' + problem.getString("cause")).isEqualTo("UNAVAILABLE LIMIT_SPENT");
        assertThat(problem.getLong("retryAfterMs")).isPositive().isLessThan(86_400_000);
        assertThat(Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow())).isEqualTo((problem.getLong("retryAfterMs") + 999) / 1_000);
        final long another = persons++;
        final String other = issuer.applicant(another);
        json(ended(documentsOf(another, other), other, Specimens.pdf(1, "acte")), 200);
    }

    // ---- how the calls are made

    private String documentsOf(final long person, final String token) throws Exception {
        return "/v1/applications/" + json(calls.post("/v1/applications", token, new JsonObject().put("postId", OnePost.POST).put("lines", JsonArray.of(LifeFixture.line(person)))), 201).getString("application") + "/documents";
    }

    private String begun(final String documents, final String token, final int bytes) throws Exception {
        return json(calls.post(documents, token, new JsonObject().put("line", 0).put("bytes", bytes)), 201).getString("document");
    }

    private HttpResponse<String> part(final String documents, final String document, final String token, final int offset, final byte[] bytes) throws Exception {
        return calls.send(calls.request(documents + '/' + document + "/bytes", token, "Content-Type", "application/octet-stream", "Upload-Offset", Integer.toString(offset)).PUT(BodyPublishers.ofByteArray(bytes)));
    }

    private HttpResponse<String> ended(final String documents, final String token, final byte[] file) throws Exception {
        final String document = begun(documents, token, file.length);
        for (int at = 0; at < file.length; at += PART) {
            json(part(documents, document, token, at, Arrays.copyOfRange(file, at, Math.min(at + PART, file.length))), 200);
        }
        return calls.post(documents + '/' + document + "/end", token, new JsonObject());
    }

    /** What is written beside the answer comes a little after it. */
    private JsonObject awaited(final String query, final String grounds) throws Exception {
        while (true) {
            for (final Object entry : json(calls.get("/v1/audit" + query + "&limit=200", auditor), 200).getJsonArray("entries")) {
                if (grounds.equals(((JsonObject) entry).getString("grounds"))) {
                    return (JsonObject) entry;
                }
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** Of what is on its way, and of what is kept. */
    private static List<Path> files(final Path data) throws IOException {
        final List<Path> found = new ArrayList<>();
        for (final String folder : List.of("persons/arriving", "persons/sealed")) {
            if (Files.exists(data.resolve(folder))) {
                try (Stream<Path> all = Files.walk(data.resolve(folder))) {
                    all.filter(Files::isRegularFile).sorted().forEach(found::add);
                }
            }
        }
        return found;
    }

    private static JsonObject json(final HttpResponse<String> answer, final int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new JsonObject(answer.body());
    }
}
