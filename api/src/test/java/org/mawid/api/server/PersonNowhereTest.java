package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.mawid.api.document.Specimens.ascii;
import static org.mawid.api.document.Specimens.joined;
import static org.mawid.api.document.Specimens.pdf;

import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.cli.EraseCommand;
import org.mawid.api.cli.ExportCommand;
import org.mawid.api.cli.InspectCommand;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.testkit.OnePost;
import org.mawid.api.testkit.ScriptedSmtp;
import org.mawid.grpc.AddNoteRequest;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.CallCentreServiceGrpc;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.ContactLanguage;
import org.mawid.grpc.ContactServiceGrpc;
import org.mawid.grpc.Contacts;
import org.mawid.grpc.IdentifyRequest;
import org.mawid.grpc.IdentityKind;
import org.mawid.grpc.IdentityServiceGrpc;
import org.mawid.grpc.LinkIdentityRequest;
import org.mawid.grpc.MessageWriter;
import org.mawid.grpc.PersonIdentity;
import org.mawid.grpc.PersonProfile;
import org.mawid.grpc.PutContactsRequest;
import org.mawid.grpc.PutProfileRequest;
import org.mawid.grpc.Result;
import org.mawid.grpc.SearchRequest;
import org.mawid.grpc.SendMessage;
import picocli.CommandLine;

/** Names, numbers and tokens come in everywhere, over both edges, and lie nowhere: no file, no line of the log and no metric has them, before and after a restart; who is erased cannot be read again, and the log replays as before. */
class PersonNowhereTest extends PersonFixture {
    private static final String NAME = "Yasmine El-\u0627\u0644\u0641\u0627\u0633\u064A";
    private static final String LATIN_NAME = "Benchekroun-Tazi";
    private static final String NUMBER = "BK7749213X";
    private static final String PHONE = "+212661447789";
    private static final String EMAIL = "yasmine.elfassi@example.org";
    private static final String TOKEN = "eyJhbGciOiJub25lIn0.c2VjcmV0LXRva2Vu.";
    private static final String CONTACTS = "/v1/persons/" + HexFormat.of().toHexDigits(YASMINE) + "/contacts";
    private static final String IDENTITIES = "/v1/persons/" + HexFormat.of().toHexDigits(YASMINE) + "/identities";
    private static final String PROFILE = "/v1/persons/" + HexFormat.of().toHexDigits(YASMINE) + "/profile";
    private static final String SEARCHES = "/v1/call-centre/searches";
    private static final String PASSPORT = "24AB77321";
    private static final String REGISTERED = "2024007749";
    private static final Planted PLANTED = new Planted(List.of(NAME, LATIN_NAME, NUMBER, PASSPORT, REGISTERED, PHONE, PHONE.substring(1), EMAIL, TOKEN));

    private LoudLog log;
    private String document;
    private String application;

    /** It knows the address by then, and says it back: nothing of that may be kept. */
    private final ScriptedSmtp mail = mail();

    private static ScriptedSmtp mail() {
        try {
            final ScriptedSmtp mail = new ScriptedSmtp();
            mail.answer("RCPT", "451 4.7.1 <" + EMAIL + "> not now, " + NAME);
            return mail;
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    Map<String, String> settings() {
        final Map<String, String> settings = super.settings();
        settings.put(EdgeSetting.NOTIFY_SMTP_URL.key(), "smtp://127.0.0.1:" + mail.port());
        settings.put(EdgeSetting.NOTIFY_FROM.key(), "no-reply@rdv.example.org");
        settings.put(EdgeSetting.NOTIFY_RETRY_MS.key(), "3600000");
        return settings;
    }

    @BeforeEach
    void listenLoudly() {
        log = new LoudLog(folder.resolve("loud.log"));
    }

    @AfterEach
    void listenAsUsual() throws IOException {
        mail.close();
        log.close();
    }

    @Test
    void givenPersonalThingsEverywhere_thenTheyLieNowhere_andWhoIsErasedIsGoneForGood() throws Exception {
        plant();
        assertNowhere("while it runs");
        restart();
        assertNowhere("after a restart");
        export();
        final JsonObject before = inspected("0");
        final String position = before.getLong("position").toString();

        assertThat(run(new EraseCommand(), HexFormat.of().toHexDigits(YASMINE), "--data", data().toString())).contains("the key is destroyed", "9 sealed things deleted", "1 documents on their way dropped");
        assertGone();
        assertNowhere("after the erasure");
        restart();
        assertGone();
        assertNowhere("after the erasure and a restart");
        assertThat(inspected(position).getJsonArray("snapshots")).as("the log replays as before").contains(new JsonObject().put("position", before.getLong("position")).put("stateHash", before.getString("stateHash")).put("agrees", true));
        try (Stream<Path> sealed = Files.walk(data().resolve("persons/sealed"))) {
            assertThat(sealed.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void givenAFileWithOneOfThem_thenTheSearchFindsIt() {
        for (final String word : List.of(NAME, LATIN_NAME, NUMBER, PASSPORT, REGISTERED, PHONE, EMAIL, TOKEN)) {
            final byte[] utf8 = ("x: " + word + "; y").getBytes(StandardCharsets.UTF_8);
            assertThat(PLANTED.in(utf8)).isNotEmpty();
            for (int skipped = 0; skipped < 3; skipped++) {
                final byte[] from = java.util.Arrays.copyOfRange(utf8, skipped, utf8.length);
                assertThat(PLANTED.in(Base64.getEncoder().encodeToString(from))).as("%s behind %s", word, skipped).isNotEmpty();
                assertThat(PLANTED.in(Base64.getUrlEncoder().encodeToString(from))).isNotEmpty();
            }
            assertThat(PLANTED.in(word.getBytes(StandardCharsets.UTF_16LE))).isNotEmpty();
            assertThat(PLANTED.in("?q=" + URLEncoder.encode(word, StandardCharsets.UTF_8))).isNotEmpty();
        }
        assertThat(PLANTED.in("nothing of them")).isEmpty();
    }

    private void plant() throws Exception {
        OnePost.define(client);
        application = submitted(YASMINE);
        final String path = "/v1/applications/" + application;
        json(send("POST", path + "/messages", message(NAME + ", " + LATIN_NAME + ", " + NUMBER + ", " + PHONE), "Authorization", "Bearer " + TOKEN), 200);
        final byte[] file = joined(pdf(1, LATIN_NAME), ("%" + NAME + ' ' + NUMBER + ' ' + PHONE + "\n%%EOF\n").getBytes(StandardCharsets.UTF_8));
        document = begun(path, file.length);
        json(put(path + "/documents/" + document + "/bytes", file), 200);
        json(send("POST", path + "/documents/" + document + "/end", new JsonObject()), 200);
        json(put(path + "/documents/" + begun(path, 2 * file.length) + "/bytes", file), 200);
        final byte[] refused = joined(ascii("<html>"), file);
        final String other = begun(path, refused.length);
        json(put(path + "/documents/" + other + "/bytes", refused), 200);
        json(send("POST", path + "/documents/" + other + "/end", new JsonObject()), 422);
        json(send("PUT", CONTACTS, contacts().put("email", "before-" + EMAIL)), 200);
        json(send("PUT", CONTACTS, contacts()), 200);
        json(send("POST", path + "/messages", message("what is to be told").put("writer", "POST")), 200);
        await().atMost(Duration.ofSeconds(60)).until(() -> mail.recipients().contains("RCPT TO:<" + EMAIL + '>'));
        identify();
        ring(path);
        wrongly(path);
        plantOverGrpc();
    }

    /** The same things by the other door, and two more numbers; each also as it is refused. */
    private void plantOverGrpc() {
        final Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + TOKEN);
        final ClientInterceptor bearing = MetadataUtils.newAttachHeadersInterceptor(headers);
        final var contacts = ContactServiceGrpc.newBlockingStub(channel).withInterceptors(bearing);
        final var identities = IdentityServiceGrpc.newBlockingStub(channel).withInterceptors(bearing);
        final var applications = ApplicationServiceGrpc.newBlockingStub(channel).withInterceptors(bearing);
        final var centre = CallCentreServiceGrpc.newBlockingStub(channel).withInterceptors(bearing);

        final PutContactsRequest reached = PutContactsRequest.newBuilder().setPerson(YASMINE).setContacts(Contacts.newBuilder().setEmail(EMAIL).setMobile(PHONE).setLanguage(ContactLanguage.CONTACT_LANGUAGE_ARABIC)).build();
        assertThat(contacts.putContacts(reached).getEmail()).isEqualTo(EMAIL);
        for (final Contacts.Builder wrong : List.of(reached.getContacts().toBuilder().setEmail(EMAIL + "\r\nBcc: " + EMAIL), reached.getContacts().toBuilder().setEmail(NAME + '@' + NUMBER), reached.getContacts().toBuilder().setMobile(NUMBER))) {
            assertMalformed(() -> contacts.putContacts(reached.toBuilder().setContacts(wrong).build()));
        }

        final PersonIdentity passport = PersonIdentity.newBuilder().setKind(IdentityKind.IDENTITY_KIND_PASSPORT).setCountry("FRA").setNumber(PASSPORT).build();
        final PersonIdentity registered = PersonIdentity.newBuilder().setKind(IdentityKind.IDENTITY_KIND_REGISTER_NUMBER).setNumber(REGISTERED).build();
        for (final PersonIdentity identity : List.of(passport, registered)) {
            identities.linkIdentity(LinkIdentityRequest.newBuilder().setPerson(YASMINE).setIdentity(identity).build());
            assertThat(identities.identify(IdentifyRequest.newBuilder().addIdentities(identity).build()).getPerson()).isEqualTo(YASMINE);
            final PersonIdentity wrong = identity.toBuilder().setNumber(identity.getNumber() + '\n' + LATIN_NAME).build();
            assertMalformed(() -> identities.linkIdentity(LinkIdentityRequest.newBuilder().setPerson(YASMINE).setIdentity(wrong).build()));
            assertMalformed(() -> identities.identify(IdentifyRequest.newBuilder().addIdentities(identity).addIdentities(wrong).build()));
        }
        assertMalformed(() -> identities.identify(IdentifyRequest.newBuilder().addIdentities(passport.toBuilder().setCountry(LATIN_NAME)).build()));
        final PersonProfile known = PersonProfile.newBuilder().setFamilyName(LATIN_NAME).setGivenNames("Yasmine").setFamilyNameArabic(NAME.substring(NAME.indexOf('-') + 1)).setDateOfBirth("1990-03-02").setNationality("MAR").build();
        identities.putProfile(PutProfileRequest.newBuilder().setPerson(YASMINE).setProfile(known).build());
        assertMalformed(() -> identities.putProfile(PutProfileRequest.newBuilder().setPerson(YASMINE).setProfile(known.toBuilder().setFamilyName(LATIN_NAME + "\u202E" + NUMBER)).build()));
        assertMalformed(() -> identities.putProfile(PutProfileRequest.newBuilder().setPerson(YASMINE).setProfile(known.toBuilder().setDateOfBirth(REGISTERED)).build()));

        final SendMessage message = SendMessage.newBuilder().setRequest(client.newRequest()).setApplication(application).setPostId(OnePost.POST).setWriter(MessageWriter.MESSAGE_WRITER_APPLICANT).setTopicCode(1)
                .setText(NAME + ", " + LATIN_NAME + ", " + PASSPORT + ", " + PHONE).build();
        applications.sendMessage(message);
        assertMalformed(() -> applications.sendMessage(message.toBuilder().setRequest(client.newRequest()).setText(NAME + "\u202E" + PASSPORT).build()));
        assertMalformed(() -> applications.sendMessage(message.toBuilder().setRequest(client.newRequest()).setApplication(LATIN_NAME).build()));
        final Command batched = Command.newBuilder().setSendMessage(message.toBuilder().setRequest(client.newRequest())).build();
        assertThat(CommandServiceGrpc.newBlockingStub(channel).withInterceptors(bearing).batch(CommandBatch.newBuilder().addCommands(batched).build()).getReplies(0).getResult()).as("texts come one by one").isEqualTo(Result.MALFORMED);

        centre.addNote(AddNoteRequest.newBuilder().setApplication(application).setText(NAME + ", " + REGISTERED + ", " + PHONE).build());
        assertMalformed(() -> centre.addNote(AddNoteRequest.newBuilder().setApplication(application).setText(NAME + "\u202E" + REGISTERED).build()));
        assertThat(centre.search(SearchRequest.newBuilder().setEmail(EMAIL).build()).getFoundList()).hasSize(1);
        assertThat(centre.search(SearchRequest.newBuilder().setMobile(PHONE).build()).getFoundList()).hasSize(1);
        for (final SearchRequest.Builder wrong : List.of(SearchRequest.newBuilder().setReference(NAME), SearchRequest.newBuilder().setEmail(EMAIL + "\r\nBcc: " + EMAIL), SearchRequest.newBuilder().setEmail(EMAIL).setMobile(PHONE),
                SearchRequest.newBuilder().setMobile(PASSPORT))) {
            assertMalformed(() -> centre.search(wrong.build()));
        }
    }

    /** And it is not said back, for what clients log. */
    private static void assertMalformed(final ThrowingCallable call) {
        final StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(refused.getStatus().getCode()).as("%s", refused.getStatus()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(PLANTED.in((refused + " " + GrpcFixture.errorInfo(refused)).getBytes(StandardCharsets.UTF_8))).as("%s", refused).isEmpty();
    }

    /** Who they are: a number that leads to a key of its own is linked to the one that the application has. */
    private void identify() {
        json(send("POST", IDENTITIES, identity(NUMBER)), 200);
        json(send("PUT", PROFILE, profile(LATIN_NAME)), 200);
        json(send("PUT", PROFILE, profile(LATIN_NAME).put("sex", "F")), 200);
        assertThat(identified().getString("person")).isEqualTo(HexFormat.of().toHexDigits(YASMINE));
    }

    private JsonObject identified() {
        return json(send("POST", "/v1/persons/identify", new JsonObject().put("identities", JsonArray.of(identity(NUMBER)))), 200);
    }

    private static JsonObject identity(final String number) {
        return new JsonObject().put("kind", "CNIE").put("number", number);
    }

    private static JsonObject profile(final String name) {
        return new JsonObject().put("familyName", name).put("givenNames", "Yasmine").put("familyNameArabic", NAME.substring(NAME.indexOf('-') + 1)).put("dateOfBirth", "1990-03-02").put("nationality", "MAR");
    }

    /** Somebody is looked up by what they say, a note is written of them, and they want to be called back. */
    private void ring(final String path) {
        json(send("POST", path + "/notes", new JsonObject().put("text", NAME + ", " + NUMBER + ", " + PHONE)), 200);
        json(send("POST", path + "/callbacks", new JsonObject().put("notBefore", Instant.now().toString()).put("notAfter", Instant.now().plusSeconds(86_400).toString()).put("reasonCode", 1)), 200);
        assertThat(found("email", EMAIL)).hasSize(1);
        assertThat(found("mobile", PHONE)).hasSize(1);
    }

    private JsonArray found(final String by, final String typed) {
        return json(send("POST", SEARCHES, new JsonObject().put(by, typed)), 200).getJsonArray("found");
    }

    private static JsonObject contacts() {
        return new JsonObject().put("email", EMAIL).put("mobile", PHONE).put("language", "ar");
    }

    /** Where they do not belong, and are refused. */
    private void wrongly(final String path) {
        final List<HttpResponse<String>> answers = new ArrayList<>();
        answers.add(send("POST", path + "/messages", message(NAME + "\u202E" + NUMBER)));
        answers.add(send("POST", path + "/messages", message("a").put("surprise", LATIN_NAME).put(NUMBER, PHONE)));
        answers.add(send("POST", "/v1/applications", new JsonObject().put("applicant", NUMBER).put("lines", new JsonArray().add(new JsonObject().put("personKey", NUMBER).put("serviceId", LATIN_NAME)))));
        answers.add(send("POST", path + "/lines/withdraw", new JsonObject().put("lines", LATIN_NAME), "Idempotency-Key", NUMBER, "Mawid-Actor", LATIN_NAME));
        answers.add(send("PUT", CONTACTS, contacts().put("email", EMAIL + "\r\nBcc: " + EMAIL)));
        answers.add(send("PUT", CONTACTS, contacts().put("mobile", NUMBER).put(EMAIL, PHONE)));
        answers.add(send("PUT", PROFILE, profile(LATIN_NAME + "\u202E" + NUMBER)));
        answers.add(send("PUT", PROFILE, profile(NUMBER).put(LATIN_NAME, PHONE)));
        answers.add(send("POST", IDENTITIES, identity(NUMBER + '\n' + LATIN_NAME)));
        answers.add(send("POST", "/v1/persons/identify", new JsonObject().put("identities", JsonArray.of(identity(NUMBER).put("country", LATIN_NAME), NAME))));
        answers.add(send("DELETE", IDENTITIES + '/' + NUMBER, null));
        answers.add(send("POST", SEARCHES, new JsonObject().put("reference", NAME)));
        answers.add(send("POST", SEARCHES, new JsonObject().put("email", EMAIL + "\r\nBcc: " + EMAIL)));
        answers.add(send("POST", SEARCHES, new JsonObject().put("email", EMAIL).put("mobile", PHONE).put("surprise", LATIN_NAME)));
        answers.add(send("POST", SEARCHES, new JsonObject().put("mobile", NUMBER)));
        answers.add(send("POST", path + "/notes", new JsonObject().put("text", NAME + "\u202E" + NUMBER)));
        answers.add(send("GET", "/v1/callbacks?after=" + encoded(EMAIL), null));
        for (final String place : List.of("/v1/persons/" + PHONE + "/contacts", "/v1/persons/" + encoded(EMAIL) + "/contacts", "/v1/applications/" + NUMBER, "/v1/applications/" + encoded(NAME), path + "?access_token=" + encoded(TOKEN), "/v1/posts/" + LATIN_NAME, "/" + encoded(NAME) + "?q=" + encoded(PHONE))) {
            answers.add(send("GET", place, null, "Authorization", "Bearer " + TOKEN, "Cookie", "session=" + TOKEN));
        }
        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isBetween(200, 499));
    }

    private void assertNowhere(final String when) throws IOException, InterruptedException {
        assertThat(service.engine().readModel().records().awaitOpen(30_000)).as("whose mark goes when they open, and may while files are listed").isTrue();
        try (Stream<Path> files = Files.walk(data())) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(PLANTED.in(content(file))).as("%s, %s", when, file).isEmpty();
                assertThat(PLANTED.in(file.toString())).as("%s, the name of %s", when, file).isEmpty();
            }
        }
        assertThat(PLANTED.in(log.bytes())).as("%s, the log", when).isEmpty();
        assertThat(new String(log.bytes(), StandardCharsets.UTF_8)).as("it is a log").contains("a document was not taken: TYPE");
        final String metrics = send("GET", "/metrics", null).body();
        assertThat(metrics).as("they are metrics").contains("jvm_buffer_count_buffers");
        assertThat(PLANTED.in(metrics.getBytes(StandardCharsets.UTF_8))).as("%s, the metrics", when).isEmpty();
    }

    /** Empty when it has gone meanwhile, as marks of a server that starts do. */
    private static byte[] content(final Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (final NoSuchFileException gone) {
            return new byte[0];
        }
    }

    /** What the person is given is all of it, and as it was. */
    private void export() throws IOException {
        final Path out = folder.resolve("for-them");
        assertThat(run(new ExportCommand(), HexFormat.of().toHexDigits(YASMINE), "--data", data().toString(), "--set", EdgeSetting.PERSON_MASTER_KEY.key() + '=' + master(), "--out", out.toString()))
                .contains("wrote 8 things");
        final JsonObject json = new JsonObject(Files.readString(out.resolve("export.json")));
        assertThat(json.getJsonArray("messages").getJsonObject(0).getString("text")).contains(NAME, NUMBER);
        assertThat(json.getJsonArray("messages").getJsonObject(0).getString("application")).isEqualTo(application);
        assertThat(json.getJsonArray("notes").getJsonObject(0).getString("text")).contains(NAME, NUMBER, PHONE);
        assertThat(json.getJsonArray("known").getJsonObject(0).getJsonObject("profile").getString("familyName")).isEqualTo(LATIN_NAME);
        assertThat(json.getJsonArray("known").getJsonObject(0).getJsonArray("identities").getJsonObject(0).getString("number")).isEqualTo(NUMBER);
        assertThat(json.getJsonArray("contacts")).hasSize(1);
        assertThat(json.getJsonArray("contacts").getJsonObject(0).getString("email")).isEqualTo(EMAIL);
        assertThat(json.getJsonArray("contacts").getJsonObject(0).getString("mobile")).isEqualTo(PHONE);
        assertThat(PLANTED.in(Files.readAllBytes(out.resolve(document + ".pdf")))).isNotEmpty();
    }

    private void assertGone() throws IOException {
        final String path = "/v1/applications/" + application;
        assertThat(json(send("GET", path + "/documents", null), 200).getJsonArray("documents")).isEmpty();
        assertThat(send("GET", path + "/documents/" + document + "/content", null).statusCode()).isEqualTo(404);
        assertThat(json(send("POST", path + "/messages", message("are you there?")), 404).getString("reason")).isEqualTo("ERASED");
        assertThat(json(send("GET", path + "/messages/0000000000000001", null), 404).getString("reason")).as("of whatever was written").isEqualTo("ERASED");
        assertThat(json(send("GET", path, null), 200).getString("application")).isEqualTo(application);
        final JsonObject history = json(send("GET", path + "/history", null), 200);
        assertThat(history.getJsonArray("notes")).isEmpty();
        assertThat(history.getJsonArray("messages")).isEmpty();
        assertThat(json(send("GET", "/v1/callbacks", null), 200).getJsonArray("callbacks").getJsonObject(0).containsKey("reach")).isFalse();
        assertThat(found("email", EMAIL)).isEmpty();
        assertThat(json(send("GET", CONTACTS, null), 200).fieldNames()).containsExactly("person");
        assertThat(json(send("GET", PROFILE, null), 200)).isEqualTo(new JsonObject().put("person", HexFormat.of().toHexDigits(YASMINE)).put("identities", new JsonArray()));
        assertThat(json(send("PUT", PROFILE, profile(LATIN_NAME)), 404).getString("reason")).isEqualTo("ERASED");
        try (Stream<Path> findings = Files.walk(data().resolve("persons/find"))) {
            assertThat(findings.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void givenAnotherDirectoryOrNoPerson_thenItIsSaid_andNothingIsMade() {
        final Path wrong = folder.resolve("wrong");
        for (final Object command : List.of(new EraseCommand(), new ExportCommand())) {
            final StringWriter err = new StringWriter();
            final List<String> more = command instanceof ExportCommand ? List.of("--out", folder.resolve("none").toString()) : List.of();
            final CommandLine line = new CommandLine(command).setErr(new PrintWriter(err)).setOut(new PrintWriter(new StringWriter()));
            assertThat(line.execute(Stream.concat(Stream.of("00000000000000ff", "--data", wrong.toString(), "--set", EdgeSetting.PERSON_MASTER_KEY.key() + '=' + master()), more.stream()).toArray(String[]::new))).isEqualTo(1);
            assertThat(err.toString()).contains("has nothing of persons");
            assertThat(wrong).doesNotExist();
        }
        assertThat(new CommandLine(new EraseCommand()).setErr(new PrintWriter(new StringWriter())).execute(NUMBER, "--data", data().toString())).isEqualTo(2);
    }

    /** Of the stopped server, by what an operator uses. It runs again then. */
    private JsonObject inspected(final String position) throws Exception {
        stop();
        final JsonObject said = new JsonObject(run(new InspectCommand(), "--data", data().toString(), "--json", "--position", position));
        start();
        return said;
    }

    private String run(final Object command, final String... arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int code = new CommandLine(command).setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
        assertThat(code).as("%s%s", out, err).isZero();
        assertThat(PLANTED.in(err.toString().getBytes(StandardCharsets.UTF_8))).isEmpty();
        return out.toString();
    }

    private String begun(final String path, final int bytes) {
        return json(send("POST", path + "/documents", new JsonObject().put("line", 0).put("bytes", bytes)), 201).getString("document");
    }

    private HttpResponse<String> put(final String path, final byte[] part) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + path)).header("Content-Type", "application/octet-stream").header("Authorization", "Bearer " + TOKEN)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(part)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonObject message(final String text) {
        return new JsonObject().put("postId", OnePost.POST).put("writer", "APPLICANT").put("topicCode", 1).put("text", text);
    }

    private static String encoded(final String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
