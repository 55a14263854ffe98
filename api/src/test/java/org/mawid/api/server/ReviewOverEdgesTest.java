package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.document.Specimens;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.ConfirmReply;
import org.mawid.client.DoneReply;
import org.mawid.client.HoldReply;
import org.mawid.client.MawidClient;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.CatalogueServiceGrpc;
import org.mawid.grpc.Channel;
import org.mawid.grpc.DocumentKind;
import org.mawid.grpc.GetApplicationRequest;
import org.mawid.grpc.GetMessageTextRequest;
import org.mawid.grpc.Line;
import org.mawid.grpc.ListServicesRequest;
import org.mawid.grpc.ListWorkReply;
import org.mawid.grpc.ListWorkRequest;
import org.mawid.grpc.RejectLines;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.Work;

/** From a submission to a decision over both edges: what an officer misses is asked for and given, one decides, and what is to be decided is in the post's queue. */
class ReviewOverEdgesTest extends PersonFixture {
    private static final String AMINA = "00000000000000a1";
    private static final String BRAHIM = "00000000000000b2";
    private static final JsonObject LINE = new JsonObject().put("lines", new JsonArray().add(0));

    private long position;

    @BeforeEach
    void aPost() {
        OnePost.define(client);
    }

    @Test
    void givenAnApplication_whenTheOfficerMissesAPhoto_thenItIsAskedForGivenAndDecidedByWhoHasIt() throws Exception {
        final String application = "/v1/applications/" + submitted("00000000000004d2");
        final JsonObject one = work("").getJsonArray("work").getJsonObject(0);
        assertThat(application).endsWith(one.getString("application"));
        assertThat(one.getLong("dueAtMs") - one.getLong("sinceMs")).isEqualTo(48 * 3_600_000L);
        assertThat(one.getBoolean("isOverdue")).isFalse();
        assertThat(one.getJsonArray("services")).containsExactly(OnePost.SERVICE);
        assertThat(one.containsKey("assignedTo")).isFalse();

        final JsonObject assigned = done(post(application + "/assign", new JsonObject().put("forMs", 3_600_000), AMINA), 200);
        assertThat(assigned.getLong("untilMs")).isEqualTo(assigned.getLong("nowMs") + 3_600_000);
        done(post(application + "/ask-for-documents", LINE.copy().put("kinds", new JsonArray().add("PHOTO")).put("reasonCode", 12), AMINA), 200);
        assertThat(work("").getInteger("waiting")).as("it waits for whoever is asked").isZero();
        assertThat(line(application).getJsonArray("wanted")).containsExactly("PHOTO");
        overGrpc(channel -> assertThat(ApplicationServiceGrpc.newBlockingStub(channel).getApplication(GetApplicationRequest.newBuilder().setApplication(application.substring("/v1/applications/".length()))
                .setMinPosition(position).build()).getLines(0).getWantedList()).containsExactly(DocumentKind.DOCUMENT_KIND_PHOTO));
        assertThat(upload(application).getString("kind")).isEqualTo("PHOTO");
        done(post(application + "/resubmit", LINE, "00000000000004d2"), 200);

        assertThat(line(application).containsKey("wanted")).isFalse();

        final JsonObject mine = work("&assignedTo=" + AMINA);
        assertThat(mine.getJsonArray("work").size()).isEqualTo(1);
        assertThat(mine.getJsonArray("work").getJsonObject(0).getString("assignedTo")).isEqualTo(AMINA);
        assertThat(work("&assignedTo=" + BRAHIM).getJsonArray("work")).isEmpty();
        final JsonObject refused = done(post(application + "/validate", LINE, BRAHIM), 409);
        assertThat(refused.getString("result")).isEqualTo("ASSIGNED_TO_OTHER");
        assertThat(refused.getLong("untilMs")).isEqualTo(assigned.getLong("untilMs"));
        done(post(application + "/validate", LINE, AMINA), 200);
        assertThat(work("").getJsonArray("work")).isEmpty();
    }

    @Test
    void givenAnApplicationThatIsValidated_thenItSaysUntilWhen_asLongAsItHasNoTime() throws Exception {
        final String application = "/v1/applications/" + submitted("00000000000004d2");
        assertThat(read(application).containsKey("validUntilMs")).as("nothing is decided").isFalse();
        final JsonObject validated = done(post(application + "/validate", LINE, AMINA), 200);
        final JsonObject waits = read(application);
        assertThat(waits.getLong("validUntilMs")).as("90 days").isEqualTo(validated.getLong("nowMs") + 90L * 86_400_000);
        assertThat(Instant.parse(waits.getString("validUntil")).toEpochMilli()).isEqualTo(waits.getLong("validUntilMs"));
        overGrpc(channel -> assertThat(ApplicationServiceGrpc.newBlockingStub(channel).getApplication(GetApplicationRequest.newBuilder().setApplication(waits.getString("application"))
                .setMinPosition(position).build()).getValidUntilMs()).isEqualTo(waits.getLong("validUntilMs")));

        OnePost.open(client, 0, 1);
        final String capability = waits.containsKey("capability") ? waits.getJsonObject("capability").getString("token") : "";
        final HoldReply held = client.hold(waits.getString("application"), List.of(OnePost.leg(0, 0)), false, capability);
        position = ((ConfirmReply.Confirmed) client.confirm(((HoldReply.Held) held).hold(), false)).position();
        assertThat(read(application).containsKey("validUntilMs")).as("it has its time").isFalse();
    }

    /** Also by hash, as for whoever keeps texts elsewhere; and what another officer has written in vain is told nobody. */
    @Test
    void givenAnOfficerWhoRefuses_whenTheyWriteWhy_thenTheApplicantReadsItAfterwards() throws Exception {
        final String why = "La photo est celle d’une autre personne.";
        final String application = "/v1/applications/" + submitted("00000000000004d2");
        final JsonObject asked = LINE.copy().put("kinds", new JsonArray().add("PHOTO")).put("reasonCode", 12);
        done(post(application + "/assign", new JsonObject().put("forMs", 3_600_000), AMINA), 200);
        assertThat(done(post(application + "/reject", LINE.copy().put("text", "Not mine."), BRAHIM), 409).getString("result")).isEqualTo("ASSIGNED_TO_OTHER");
        done(post(application + "/ask-for-documents", asked.copy().put("text", "Une photo récente."), AMINA), 200);
        final JsonObject needed = line(application);
        assertThat(needed.getInteger("reasonCode")).isEqualTo(12);
        assertThat(json(send("GET", application + "/messages/" + needed.getString("reasonHash"), null), 200).getString("text")).isEqualTo("Une photo récente.");
        done(post(application + "/resubmit", LINE, "00000000000004d2"), 200);
        assertThat(line(application).containsKey("reasonHash")).as("it was given").isFalse();

        assertThat(json(post(application + "/reject", LINE.copy().put("text", why).put("reasonHash", "9f86d081884c7d65"), AMINA), 400).getString("result")).isEqualTo("MALFORMED");
        assertThat(json(post(application + "/reject", LINE.copy().put("text", "\u202Eothers"), AMINA), 400).getString("reason")).isEqualTo("DIRECTION");
        overGrpc(channel -> {
            final var stub = ApplicationServiceGrpc.newBlockingStub(channel);
            final RejectLines rejected = RejectLines.newBuilder().setRequest(Request.newBuilder().setIdHigh(7).setIdLow(7).setCreatedMs(System.currentTimeMillis()).setActor(0xA1))
                    .setApplication(application.substring("/v1/applications/".length())).setLines(1).setReasonCode(31).setText(why).build();
            position = stub.rejectLines(rejected).getPosition();
            assertThat(stub.rejectLines(rejected).getRepeatedAnswer()).as("the same text is the same command").isTrue();
            final Line line = stub.getApplication(GetApplicationRequest.newBuilder().setApplication(rejected.getApplication()).setMinPosition(position).build()).getLines(0);
            assertThat(line.getReasonCode()).isEqualTo(31);
            assertThat(stub.getMessageText(GetMessageTextRequest.newBuilder().setApplication(rejected.getApplication()).setTextHash(line.getReasonHash()).build()).getText()).isEqualTo(why);
        });
        assertThat(line(application).getString("state")).isEqualTo("REJECTED");
        assertThat(json(send("GET", application + "/messages", null), 200).getJsonArray("messages")).as("a reason is no message").isEmpty();
    }

    @Test
    void givenAServiceThatValidatesByRule_whenEverythingIsCleanAndThere_thenNobodyHasToDecide() throws Exception {
        done(send("PUT", "/v1/catalogue/services/" + OnePost.SERVICE + "/documents", new JsonObject().put("kinds", new JsonArray().add("PASSPORT").add("PHOTO")).put("validates", true)), 200);
        final JsonObject service = json(send("GET", "/v1/services?minPosition=" + position, null), 200).getJsonArray("services").getJsonObject(0);
        assertThat(service.getJsonArray("documentKinds")).containsExactly("PASSPORT", "PHOTO");
        assertThat(service.getBoolean("documentsValidate")).isTrue();
        overGrpc(channel -> assertThat(CatalogueServiceGrpc.newBlockingStub(channel).listServices(ListServicesRequest.newBuilder().setMinPosition(position).build()).getServices(0)
                .getDocumentKindsList()).containsExactly(DocumentKind.DOCUMENT_KIND_PASSPORT, DocumentKind.DOCUMENT_KIND_PHOTO));

        final String application = submitted("00000000000004d2");
        recorded(application, "PASSPORT", "CLEAN");
        recorded(application, "PHOTO", "NOT_SCANNED");
        assertThat(state(application)).as("nobody has looked").isEqualTo("SUBMITTED");
        recorded(application, "PHOTO", "CLEAN");
        assertThat(state(application)).isEqualTo("VALIDATED");
        assertThat(work("").getInteger("waiting")).isZero();
    }

    @Test
    void givenSeveralApplications_whenListedInPages_thenBothEdgesTellThemOldestFirst() throws Exception {
        final String first = submitted("00000000000004d2");
        final String second = submitted("00000000000004d3");
        final String third = submitted("00000000000004d4");
        final JsonObject page = work("&limit=2");
        assertThat(page.getJsonArray("work").stream().map(one -> ((JsonObject) one).getString("application"))).containsExactly(first, second);
        assertThat(page.getInteger("waiting")).isEqualTo(3);
        final JsonObject rest = work("&after=" + page.getString("next"));
        assertThat(rest.getJsonArray("work").stream().map(one -> ((JsonObject) one).getString("application"))).containsExactly(third);
        assertThat(rest.containsKey("next")).isFalse();
        assertThat(json(send("GET", "/v1/posts/paris/work?after=anything", null), 400).getString("result")).isEqualTo("MALFORMED");
        overGrpc(channel -> {
            final var applications = ApplicationServiceGrpc.newBlockingStub(channel);
            final ListWorkReply all = applications.listWork(ListWorkRequest.newBuilder().setPostId(OnePost.POST).setServiceId(OnePost.SERVICE).setMinPosition(position).build());
            assertThat(all.getWorkList()).extracting(Work::getApplication).containsExactly(first, second, third);
            assertThat(all.getNext()).isEmpty();
            assertThat(applications.listWork(ListWorkRequest.newBuilder().setPostId(OnePost.POST).setAssignedTo(0).setAfter(page.getString("next")).build()).getWorkList()).hasSize(1);
            assertThatThrownBy(() -> applications.listWork(ListWorkRequest.newBuilder().setPostId(OnePost.POST).setAfter("~").build())).isInstanceOf(StatusRuntimeException.class);
        });
        assertThat(send("GET", "/metrics", null).body()).contains("mawid_work_waiting{post=\"paris\"} 3.0", "mawid_work_overdue{post=\"paris\"} 0.0");
    }

    @Test
    void givenTheJavaClient_whenOfficersAndTheApplicantUseIt_thenItIsTheSame() throws Exception {
        final String application = submitted("00000000000004d2");
        try (MawidClient officer = MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withActor(0xA1, 0, Channel.CHANNEL_COUNTER));
                MawidClient another = MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withActor(0xB2, 0, Channel.CHANNEL_COUNTER))) {
            final ListWorkRequest question = ListWorkRequest.newBuilder().setPostId(OnePost.POST).setMinPosition(position).build();
            assertThat(officer.reviews().work(question).getWorkList()).extracting(Work::getApplication).containsExactly(application);
            final DoneReply.Done taken = (DoneReply.Done) officer.reviews().assign(application, 3_600_000);
            assertThat(another.reviews().validate(application, 1)).isEqualTo(new DoneReply.Refused(Result.ASSIGNED_TO_OTHER, taken.number()));
            assertThat(officer.reviews().askForDocuments(application, 1, List.of(DocumentKind.DOCUMENT_KIND_PHOTO), 12, 0)).isInstanceOf(DoneReply.Done.class);
            final DoneReply.Done again = (DoneReply.Done) client.reviews().resubmit(application, 1);
            assertThat(officer.reviews().work(question.toBuilder().setMinPosition(again.position()).build()).getWork(0).getUntilMs()).isEqualTo(taken.number());
            final DoneReply.Done refused = (DoneReply.Done) officer.reviews().reject(application, 1, 7, 70);
            position = refused.position();
            assertThat(line("/v1/applications/" + application).getInteger("reasonCode")).isEqualTo(7);
        }
    }

    private void recorded(final String application, final String kind, final String scan) {
        done(send("POST", "/v1/applications/" + application + "/document-records", LINE.copy().put("hash", "9f86d081884c7d65").put("bytes", 52_000).put("pages", 1).put("documentType", "PDF")
                .put("kind", kind).put("scan", scan)), 200);
    }

    private JsonObject upload(final String application) throws Exception {
        final byte[] file = Specimens.pdf(1, "a photo");
        final String documents = application + "/documents";
        final String document = json(send("POST", documents, new JsonObject().put("line", 0).put("kind", "PHOTO").put("bytes", file.length)), 201).getString("document");
        final HttpRequest bytes = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + documents + '/' + document + "/bytes")).header("Content-Type", "application/octet-stream")
                .header("Upload-Offset", "0").PUT(HttpRequest.BodyPublishers.ofByteArray(file)).build();
        assertThat(http.send(bytes, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        json(send("POST", documents + '/' + document + "/end", new JsonObject()), 200);
        return json(send("GET", documents + '/' + document, null), 200);
    }

    private String submitted(final String person) {
        return done(send("POST", "/v1/applications", new JsonObject().put("applicant", person).put("postId", OnePost.POST).put("lines", new JsonArray().add(new JsonObject()
                .put("personKey", person).put("serviceId", OnePost.SERVICE).put("quantity", 1)))), 201).getString("application");
    }

    private String state(final String application) {
        return line("/v1/applications/" + application).getString("state");
    }

    private JsonObject line(final String path) {
        return json(send("GET", path + "?minPosition=" + position, null), 200).getJsonArray("lines").getJsonObject(0);
    }

    private JsonObject read(final String path) {
        return json(send("GET", path + "?minPosition=" + position, null), 200);
    }

    private JsonObject work(final String query) {
        return json(send("GET", "/v1/posts/paris/work?minPosition=" + position + query, null), 200);
    }

    private HttpResponse<String> post(final String path, final JsonObject body, final String actor) {
        return send("POST", path, body, "Mawid-Actor", actor);
    }

    private JsonObject done(final HttpResponse<String> answer, final int status) {
        final JsonObject json = json(answer, status);
        position = Math.max(position, json.getLong("position", 0L));
        return json;
    }

    private void overGrpc(final java.util.function.Consumer<ManagedChannel> calls) {
        final ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", service.grpcPort()).usePlaintext().build();
        try {
            calls.accept(channel);
        } finally {
            channel.shutdownNow();
        }
    }
}
