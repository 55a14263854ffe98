package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractBlockingStub;
import io.grpc.stub.MetadataUtils;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mawid.api.cli.EraseCommand;
import org.mawid.api.cli.ExportCommand;
import org.mawid.api.cli.InspectCommand;
import org.mawid.api.document.Specimens;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.Setting;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.CallCentreServiceGrpc;
import org.mawid.grpc.Command;
import org.mawid.grpc.ContactServiceGrpc;
import org.mawid.grpc.Contacts;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.GetContactsRequest;
import org.mawid.grpc.GetHistoryRequest;
import org.mawid.grpc.GetMessageTextRequest;
import org.mawid.grpc.History;
import org.mawid.grpc.ListMessagesRequest;
import org.mawid.grpc.SearchRequest;
import picocli.CommandLine;

/**
 * Amina applies, is asked for a photograph, is validated, has an appointment and moves it by telephone, pays two stamps of which one is used, and wants to be gone: everybody calls with a token of their own. Told once, with tokens of
 * the tests' issuer ({@code WholeWayTest}) and of a real Keycloak ({@code KeycloakIT}).
 */
final class WholeWay {
    private static final long AMINA = 0xA1;
    private static final long HER_SON = 0xA2;
    private static final String PERSON = HexFormat.of().toHexDigits(AMINA);
    private static final String CONTACTS = "/v1/persons/" + PERSON + "/contacts";
    private static final String STARTS = "/v1/availability/starts?posts=1&services=21&days=1&limit=2&from=" + LocalDate.ofEpochDay(OnePost.FIRST_DAY);
    private static final int ROME = 2;
    private static final String FILE = "20261234";
    private static final JsonObject LINE = new JsonObject().put("lines", JsonArray.of(0));
    private static final String TODAY = LocalDate.now(ZoneOffset.UTC).toString();
    private static final JsonObject LINE_OF_STAMP = new JsonObject().put("line", 0).put("postId", OnePost.POST).put("date", TODAY);
    /** Of a stamp, in euro cents. */
    private static final long PRICE_MINOR = 4_650;

    private static final String NAME = "Amina Benkirane-Tazi";
    private static final String EMAIL = "amina.benkirane@example.org";
    private static final String MOBILE = "+212661447790";
    private static final String NEWS = "Le passeport de votre fils est arrivé au poste.";
    private static final String WANTED = "Il manque une photographie sur fond blanc.";
    private static final String NOTE = "Mme Benkirane-Tazi ne vient que l'après-midi.";
    private static final Planted PLANTED = new Planted(List.of(NAME, EMAIL, MOBILE, WANTED, NEWS, NOTE));

    private final HttpClient http = HttpClient.newHttpClient();
    private final TokenCalls calls = new TokenCalls(() -> this.service.httpPort());
    private final Path folder;
    private final URI issuer;
    private final Tokens tokens;
    private Service service;
    private String application;
    private String passport;
    private byte[] passportFile;
    private String textHash;
    private String appointment;
    private String used;
    private String unused;

    /** @param folder empty */
    WholeWay(final Path folder, final URI issuer, final Tokens tokens) {
        this.folder = folder;
        this.issuer = issuer;
        this.tokens = tokens;
    }

    void goes() throws Exception {
        MasterKey.make(master());
        start();
        try {
            network();
            aminaApplies();
            theOfficerTakesItAndMissesAPhoto();
            aminaGivesIt();
            theOfficerValidates_andAminaTakesAStart();
            anotherPostKnowsNothingOfIt();
            aminaRings_andTheCallCentreMovesIt();
            aminaPaysTwoStamps_andOneIsUsed();
            theAuditorSeesAllOfIt();
            aminaIsGone_andTheLogStaysAsItWas();
        } finally {
            service.close();
        }
    }

    private void aminaApplies() throws Exception {
        final JsonObject submitted = post("amina", "/v1/applications", new JsonObject().put("postId", OnePost.POST).put("lines", JsonArray.of(LifeFixture.line(AMINA))), 201);
        application = submitted.getString("application");
        assertThat(submitted.containsKey("capability")).isFalse();
        passportFile = Specimens.joined(Specimens.pdf(1, "PASSEPORT"), ("%" + NAME + "\n%%EOF\n").getBytes(StandardCharsets.UTF_8));
        passport = given("PASSPORT", passportFile);
        assertUncovered();
    }

    private void theOfficerTakesItAndMissesAPhoto() throws Exception {
        final JsonObject work = get("officer", "/v1/posts/paris/work?" + asOfNow(), 200);
        assertThat(work.getInteger("waiting")).isEqualTo(1);
        assertThat(work.getJsonArray("work").getJsonObject(0).getString("application")).isEqualTo(application);
        post("officer", of("/assign"), new JsonObject().put("forMs", 3_600_000), 200);
        assertThat(post("second-officer", of("/assign"), new JsonObject().put("forMs", 3_600_000), 409).getString("result")).isEqualTo("ASSIGNED_TO_OTHER");
        assertThat(post("second-officer", of("/validate"), LINE, 409).getString("result")).isEqualTo("ASSIGNED_TO_OTHER");

        final JsonObject document = get("officer", of("/documents"), 200).getJsonArray("documents").getJsonObject(0);
        assertThat(document.getString("document")).isEqualTo(passport);
        assertThat(document.getString("kind")).isEqualTo("PASSPORT");
        assertThat(bytes("officer", of("/documents/" + passport + "/thumbnail"))).startsWith(0x89, 'P', 'N', 'G');
        assertThat(bytes("officer", of("/documents/" + passport + "/content"))).isEqualTo(passportFile);

        post("officer", of("/ask-for-documents"), LINE.copy().put("kinds", JsonArray.of("PHOTO")).put("reasonCode", 12).put("text", WANTED), 200);
        post("officer", of("/messages"), new JsonObject().put("postId", OnePost.POST).put("writer", "POST").put("topicCode", 1).put("text", NEWS), 200);
        assertThat(get("officer", "/v1/posts/paris/work?" + asOfNow(), 200).getInteger("waiting")).as("it waits for Amina").isZero();
    }

    private void aminaGivesIt() throws Exception {
        assertThat(line().getString("state")).isEqualTo("DOCUMENTS_NEEDED");
        assertThat(line().getJsonArray("wanted")).containsExactly("PHOTO");
        textHash = line().getString("reasonHash");
        assertThat(line().getInteger("reasonCode")).isEqualTo(12);
        assertThat(messages("amina")).isEqualTo(messages("officer")).hasSize(1);
        assertThat(get("amina", of("/messages/" + messages("amina").getJsonObject(0).getString("textHash")), 200).getString("text")).isEqualTo(NEWS);
        assertThat(get("amina", of("/messages/" + textHash), 200).getString("text")).isEqualTo(WANTED);
        given("PHOTO", Specimens.picture("jpeg", 480, 640));
        post("amina", of("/resubmit"), LINE, 200);
        assertThat(line().getString("state")).isEqualTo("SUBMITTED");
        assertThat(line().containsKey("wanted")).isFalse();
        assertUncovered();
        final JsonObject waits = get("officer", "/v1/posts/paris/work?" + asOfNow(), 200).getJsonArray("work").getJsonObject(0);
        assertThat(waits.getString("application")).isEqualTo(application);
        assertThat(waits.containsKey("assignedTo")).as("the officer still has it").isTrue();
    }

    private void theOfficerValidates_andAminaTakesAStart() throws Exception {
        post("officer", of("/validate"), LINE, 200);
        final String capability = get("amina", of("?" + asOfNow()), 200).getJsonObject("capability").getString("token");
        assertThat(get("amina", STARTS, 200, "Mawid-Capability", capability).getJsonArray("slots")).hasSize(2);
        final String hold = post("amina", "/v1/holds", legs(0).put("application", application), 201, "Mawid-Capability", capability).getString("hold");
        appointment = post("amina", "/v1/holds/" + hold + "/confirm", new JsonObject(), 201).getString("appointment");
    }

    /** It is told of it what is told of what is not there. */
    private void anotherPostKnowsNothingOfIt() throws Exception {
        assertThat(get("officer-of-rome", "/v1/posts/rome/work?" + asOfNow(), 200).getJsonArray("work")).isEmpty();
        for (final String path : List.of("/v1/posts/paris/work", of(""), of("/documents"), of("/documents/" + passport + "/content"), of("/messages"), of("/messages/" + textHash), of("/history"), "/v1/appointments/" + appointment)) {
            get("officer-of-rome", path, 404);
        }
        assertThat(post("officer-of-rome", of("/validate"), LINE, 404).getString("result")).isEqualTo("APPLICATION_UNKNOWN");
    }

    private void aminaRings_andTheCallCentreMovesIt() throws Exception {
        json(calls.send(calls.request(CONTACTS, tokens.of("amina"), "Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(new JsonObject().put("email", EMAIL).put("mobile", MOBILE).put("language", "fr").encode()))), 200);
        final JsonObject found = asAgent("/v1/call-centre/searches", new JsonObject().put("mobile", "+212 (0)6 61 44 77 90")).getJsonArray("found").getJsonObject(0);
        assertThat(found.getJsonObject("application").getString("application")).isEqualTo(application);
        assertThat(found.getJsonObject("nextVisit").getString("appointment")).isEqualTo(appointment);
        assertThat(get("agent", of("/history"), 403).getString("result")).as("without a reason").isEqualTo("FORBIDDEN");
        asAgent("/v1/appointments/" + appointment + "/reschedule", legs(OnePost.VISIT_UNITS), "Mawid-Channel", "CALL_CENTRE", "Mawid-On-Behalf-Of", PERSON);
        asAgent(of("/notes"), new JsonObject().put("text", NOTE));
        final JsonObject history = get("agent", of("/history"), 200, "Mawid-Reason", FILE);
        assertThat(history.getJsonArray("visits").getJsonObject(0).getInteger("reschedules")).isEqualTo(1);
        assertThat(history.getJsonArray("notes").getJsonObject(0).getString("text")).isEqualTo(NOTE);
        assertMoved();
        post("amina", "/v1/appointments/" + appointment + "/attendance", null, 200);
        assertThat(get("officer", "/v1/appointments/" + appointment + "?" + asOfNow(), 200).getBoolean("attendanceConfirmed")).isTrue();
    }

    /** The second for her son, of another application: it is worth its money when Amina is gone. */
    private void aminaPaysTwoStamps_andOneIsUsed() throws Exception {
        used = paid(application);
        post("officer", "/v1/stamps/" + used + "/consumption", LINE_OF_STAMP.copy().put("application", application).put("secret", secret(used)), 200);
        final String another = post("amina", "/v1/applications", new JsonObject().put("postId", OnePost.POST).put("lines", JsonArray.of(LifeFixture.line(HER_SON))), 201).getString("application");
        post("officer", "/v1/applications/" + another + "/validate", LINE, 200);
        unused = paid(another);
        assertMoney();
    }

    private String paid(final String of) throws Exception {
        final String path = "/v1/applications/" + of;
        final String stamp = post("amina", path + "/stamps", LINE.copy().put("postId", OnePost.POST), 201).getJsonArray("stamps").getString(0);
        post("officer", path + "/counter-receipts", new JsonObject().put("stamps", JsonArray.of(stamp)).put("postId", OnePost.POST).put("date", TODAY).put("amountMinor", PRICE_MINOR).put("currency", "EUR"), 201);
        return stamp;
    }

    /** The code that is on its paper. */
    private String secret(final String stamp) throws IOException {
        final References references = References.open(new DataDirectory(data()).edge().resolve("reference.key"));
        return references.secret().of(references.number(ReferenceKind.STAMP, stamp));
    }

    /** Both were paid, one has been earned: the same whoever is gone. */
    private void assertMoney() throws Exception {
        final JsonObject book = get("auditor", "/v1/books?post=1&" + asOfNow(), 200).getJsonArray("books").getJsonObject(0);
        assertThat(sums(book)).containsExactlyInAnyOrderEntriesOf(Map.of("COUNTER_CASH", 2 * PRICE_MINOR, "HELD_STAMP", -PRICE_MINOR, "EARNED_STAMP", -PRICE_MINOR));
        assertThat(get("auditor", "/v1/stamps/" + unused + "/validity", 200).getString("standing")).isEqualTo("VALID");
        assertThat(get("auditor", "/v1/stamps/" + used + "/validity", 200).getString("standing")).isEqualTo("CONSUMED");
        assertThat(post("officer", "/v1/stamps/" + used + "/consumption", LINE_OF_STAMP.copy().put("application", application).put("secret", secret(used)), 409).getString("result")).isEqualTo("STAMP_ALREADY_CONSUMED");
    }

    /** Debits less credits, by account. */
    private static Map<String, Long> sums(final JsonObject book) {
        return book.getJsonArray("accounts").stream().map(JsonObject.class::cast).collect(Collectors.toMap(sum -> sum.getString("account"), sum -> sum.getLong("debitMinor") - sum.getLong("creditMinor")));
    }

    /** What was paid and what it pays for, in each of the two currencies. */
    private static void assertBalanced(final JsonArray books) {
        final List<JsonObject> used = books.stream().map(JsonObject.class::cast).filter(book -> !book.getJsonArray("accounts").isEmpty()).toList();
        assertThat(used).extracting(book -> book.getString("currency")).containsExactlyInAnyOrder("EUR", "MAD");
        assertThat(used).allSatisfy(book -> {
            assertThat(book.getBoolean("balances")).isTrue();
            final List<JsonObject> accounts = book.getJsonArray("accounts").stream().map(JsonObject.class::cast).toList();
            assertThat(accounts.stream().mapToLong(sum -> sum.getLong("debitMinor")).sum()).isPositive().isEqualTo(accounts.stream().mapToLong(sum -> sum.getLong("creditMinor")).sum());
        });
    }

    private void theAuditorSeesAllOfIt() throws Exception {
        get("auditor", of(""), 200);
        assertThat(audit("person=" + PERSON)).extracting(entry -> entry.getString("operation")).contains("submitApplication", "putContacts");
        assertThat(audit("operation=search")).singleElement().satisfies(entry -> assertThat(entry.getLong("reasonCode")).isEqualTo(Long.parseLong(FILE)));
        final String ofIt = "application=" + application;
        assertThat(audit(ofIt)).extracting(entry -> entry.getString("operation")).contains("submitApplication", "endDocument", "recordDocument", "assignApplication", "getDocumentThumbnail", "getDocumentContent",
                "sendMessage", "askForDocuments", "getMessageText", "resubmitLines", "validateLines", "hold", "confirm", "reschedule", "confirmAttendance", "addNote", "getHistory");
        assertThat(audit(ofIt + "&operation=reschedule")).anySatisfy(entry -> {
            assertThat(entry.getLong("reasonCode")).isEqualTo(Long.parseLong(FILE));
            assertThat(entry.getString("onBehalfOf")).isEqualTo(PERSON);
        });
        await().until(() -> audit(ofIt + "&operation=getDocumentContent").stream().anyMatch(entry -> entry.getString("verdict").equals("UNKNOWN")));
    }

    private void aminaIsGone_andTheLogStaysAsItWas() throws Exception {
        final Path out = folder.resolve("for-amina");
        run(new ExportCommand(), PERSON, "--data", data().toString(), "--set", EdgeSetting.PERSON_MASTER_KEY.key() + '=' + master(), "--out", out.toString());
        assertThat(Files.readString(out.resolve("export.json"))).contains(EMAIL, MOBILE, WANTED, NEWS, NOTE);
        assertThat(Files.readAllBytes(out.resolve(passport + ".pdf"))).isEqualTo(passportFile);
        service.close();
        assertNowhere();
        final JsonObject before = inspected(0);
        assertBalanced(before.getJsonArray("books"));
        start();
        run(new EraseCommand(), PERSON, "--data", data().toString());
        assertGone();
        assertMoney();
        service.close();
        final JsonObject after = inspected(before.getLong("position"));
        assertThat(after.getLong("replayedFrom")).isZero();
        assertThat(after.getJsonArray("books")).as("no money is gone with her").isEqualTo(before.getJsonArray("books"));
        assertThat(after.getJsonArray("snapshots").stream().map(JsonObject.class::cast)).as("replayed without what was erased")
                .anySatisfy(at -> assertThat(at.getString("stateHash")).isEqualTo(before.getString("stateHash"))).allSatisfy(at -> assertThat(at.getBoolean("agrees")).isTrue());
        assertNowhere();
        start();
        assertGone();
        assertMoved();
        assertMoney();
    }

    private void assertGone() throws Exception {
        assertThat(get("officer", of("/documents"), 200).getJsonArray("documents")).isEmpty();
        get("amina", of("/documents/" + passport), 404);
        get("officer", of("/documents/" + passport + "/content"), 404);
        get("officer", of("/documents/" + passport + "/thumbnail"), 404);
        assertThat(get("amina", of("/messages/" + textHash), 404).getString("reason")).isEqualTo("ERASED");
        assertThat(messages("amina")).isEmpty();
        assertThat(get("amina", CONTACTS, 200).fieldNames()).containsExactly("person");
        assertThat(asAgent("/v1/call-centre/searches", new JsonObject().put("mobile", MOBILE)).getJsonArray("found")).isEmpty();
        final JsonObject history = get("agent", of("/history"), 200, "Mawid-Reason", FILE);
        assertThat(history.getJsonArray("notes")).isEmpty();
        assertThat(history.getJsonArray("messages")).isEmpty();
        final ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort()).usePlaintext().build();
        try {
            assertGoneOverGrpc(channel);
        } finally {
            channel.shutdownNow();
        }
    }

    private void assertGoneOverGrpc(final ManagedChannel channel) throws Exception {
        final var mine = as("amina", ApplicationServiceGrpc.newBlockingStub(channel));
        assertThatThrownBy(() -> mine.getMessageText(GetMessageTextRequest.newBuilder().setApplication(application).setTextHash(Long.parseUnsignedLong(textHash, 16)).build())).hasMessageContaining("NOT_FOUND");
        assertThat(as("amina", ContactServiceGrpc.newBlockingStub(channel)).getContacts(GetContactsRequest.newBuilder().setPerson(AMINA).build())).isEqualTo(Contacts.getDefaultInstance());
        assertThat(mine.listMessages(ListMessagesRequest.newBuilder().setApplication(application).build()).getMessagesList()).isEmpty();
        final var centre = as("agent", CallCentreServiceGrpc.newBlockingStub(channel));
        assertThat(centre.search(SearchRequest.newBuilder().setEmail(EMAIL).build()).getFoundList()).isEmpty();
        final History history = centre.getHistory(GetHistoryRequest.newBuilder().setApplication(application).build());
        assertThat(history.getNotesList()).isEmpty();
        assertThat(history.getMessagesList()).isEmpty();
        assertThat(history.getVisitsList()).as("the log has it as before").hasSize(1);
    }

    private void assertMoved() throws Exception {
        final JsonObject visit = get("amina", "/v1/appointments/" + appointment + '?' + asOfNow(), 200);
        assertThat(visit.getString("state")).isEqualTo("CONFIRMED");
        assertThat(visit.getJsonArray("legs").getJsonObject(0).getInteger("startUnit")).isEqualTo(OnePost.VISIT_UNITS);
    }

    private void assertNowhere() throws IOException {
        try (Stream<Path> files = Files.walk(data())) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(PLANTED.in(Files.readAllBytes(file))).as(file.toString()).isEmpty();
            }
        }
    }

    // ---- how it is told

    private Path data() {
        return folder.resolve("data");
    }

    private Path master() {
        return folder.resolve("master.key");
    }

    private void start() throws Exception {
        service = Service.start(Settings.of(Map.of(Setting.DATA.key(), data().toString(), Setting.RECORDS_ENTRIES.key(), "10000", Setting.SEGMENT_BYTES.key(), "1048576",
                EdgeSetting.PERSON_MASTER_KEY.key(), master().toString(), EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0", EdgeSetting.REPLY_TIMEOUT_MS.key(), "30000",
                EdgeSetting.COOLING.key(), "false", EdgeSetting.OIDC_ISSUER.key(), issuer.toString(), EdgeSetting.OIDC_AUDIENCE.key(), "mawid"), Map.of(), null));
        service.ready();
        service.keepRecords();
    }

    private void network() throws Exception {
        final String operator = tokens.of("operator");
        try (MawidClient client = MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withToken(() -> operator))) {
            OnePost.make(client, 1, 4);
            OnePost.done(client, Command.newBuilder().setDefinePost(DefinePost.newBuilder().setPostId(ROME).setCode("rome").setCurrency("EUR").setMinorDigits(2).setRoundToMinor(50)));
        }
    }

    private String of(final String what) {
        return "/v1/applications/" + application + what;
    }

    /** For a read that has all that was answered. */
    private String asOfNow() {
        return "minPosition=" + service.engine().status().durablePosition();
    }

    private JsonArray messages(final String user) throws Exception {
        return get(user, of("/messages"), 200).getJsonArray("messages");
    }

    private JsonObject line() throws Exception {
        return get("amina", of("?" + asOfNow()), 200).getJsonArray("lines").getJsonObject(0);
    }

    private static JsonObject legs(final int startUnit) {
        return new JsonObject().put("legs", JsonArray.of(LINE.copy().put("deskId", OnePost.DESK).put("date", LocalDate.ofEpochDay(OnePost.FIRST_DAY).toString()).put("startUnit", startUnit).put("units", OnePost.VISIT_UNITS)));
    }

    private void assertUncovered() throws Exception {
        assertThat(get("amina", STARTS, 403).getString("capability")).isEqualTo("MISSING");
    }

    private String given(final String kind, final byte[] file) throws Exception {
        final String id = post("amina", of("/documents"), new JsonObject().put("line", 0).put("kind", kind).put("bytes", file.length), 201).getString("document");
        json(calls.send(calls.request(of("/documents/" + id + "/bytes"), tokens.of("amina"), "Content-Type", "application/octet-stream", "Upload-Offset", "0").PUT(BodyPublishers.ofByteArray(file))), 200);
        post("amina", of("/documents/" + id + "/end"), new JsonObject(), 200);
        return id;
    }

    private List<JsonObject> audit(final String query) throws Exception {
        return get("auditor", "/v1/audit?limit=200&" + query, 200).getJsonArray("entries").stream().map(JsonObject.class::cast).toList();
    }

    private JsonObject get(final String user, final String path, final int status, final String... headers) throws Exception {
        return json(calls.get(path, tokens.of(user), headers), status);
    }

    private JsonObject post(final String user, final String path, final JsonObject body, final int status, final String... headers) throws Exception {
        return json(calls.post(path, tokens.of(user), body, headers), status);
    }

    private JsonObject asAgent(final String path, final JsonObject body, final String... headers) throws Exception {
        return post("agent", path, body, 200, Stream.concat(Stream.of("Mawid-Reason", FILE), Stream.of(headers)).toArray(String[]::new));
    }

    private byte[] bytes(final String user, final String path) throws Exception {
        final HttpResponse<byte[]> answer = http.send(calls.request(path, tokens.of(user)).build(), BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private <S extends AbstractBlockingStub<S>> S as(final String user, final S stub) throws Exception {
        final Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + tokens.of(user));
        headers.put(Metadata.Key.of("mawid-reason", Metadata.ASCII_STRING_MARSHALLER), FILE);
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static JsonObject json(final HttpResponse<String> answer, final int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new JsonObject(answer.body());
    }

    /** Of the stopped server. @param position whose hash is wanted too, 0 = none */
    private JsonObject inspected(final long position) {
        return new JsonObject(run(new InspectCommand(), "--data", data().toString(), "--json", "--position", Long.toString(position)));
    }

    private static String run(final Object command, final String... arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        assertThat(new CommandLine(command).setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments)).as("%s%s", out, err).isZero();
        return out.toString();
    }
}
