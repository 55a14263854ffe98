package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.FakeIssuer;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.engine.Setting;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.ApplicationServiceGrpc.ApplicationServiceBlockingStub;
import org.mawid.grpc.Command;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.ListMessagesRequest;
import org.mawid.grpc.MessageWriter;
import org.mawid.grpc.Request;
import org.mawid.grpc.SendMessage;

/** Whoever may not write to an application or a post leaves nothing there, and learns nothing of it: over both edges. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessagesByRoleTest {
    private static final int ROME = 2;
    private static final int NO_POST = 4_000;
    private static final long AMINA = 0xA1;
    private static final String BADR = "00000000000000b2";
    private static final String TEXT = "Salam";
    /** Not taken of anybody: it would tell that somebody has looked at it. */
    private static final String BELL = "Salam\u0007";

    private final TokenCalls calls = new TokenCalls(() -> this.service.httpPort());
    private FakeIssuer issuer;
    private Service service;
    private ManagedChannel channel;
    private String officer;
    private String amina;
    private String portal;
    private String agent;
    private String unknown;

    /** Who writes, as whom, with which headers. */
    private record Writer(String token, String as, String... headers) {
    }

    @BeforeAll
    void start(@TempDir final Path folder) throws Exception {
        issuer = new FakeIssuer();
        MasterKey.make(folder.resolve("master.key"));
        service = Service.start(Settings.of(Map.of(Setting.DATA.key(), folder.resolve("data").toString(), Setting.RECORDS_ENTRIES.key(), "10000", Setting.SEGMENT_BYTES.key(), "1048576",
                EdgeSetting.PERSON_MASTER_KEY.key(), folder.resolve("master.key").toString(), EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0", EdgeSetting.REPLY_TIMEOUT_MS.key(), "30000",
                EdgeSetting.OIDC_ISSUER.key(), issuer.url().toString(), EdgeSetting.OIDC_AUDIENCE.key(), FakeIssuer.AUDIENCE, EdgeSetting.CAPABILITY.key(), "off"), Map.of(), null));
        service.ready();
        service.keepRecords();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort()).usePlaintext().build();
        officer = issuer.token(List.of("officer"), "paris");
        amina = issuer.applicant(AMINA);
        portal = issuer.token(issuer.claims().subject("rdv").claim("roles", "portal").build());
        agent = issuer.token(List.of("call-centre"));
        unknown = service.gateway().references().text(ReferenceKind.APPLICATION, References.MAX_NUMBER / 2);
        final String token = issuer.token(List.of("operator"));
        try (MawidClient operator = MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withToken(() -> token))) {
            OnePost.make(operator, 2, 4);
            OnePost.done(operator, Command.newBuilder().setDefinePost(DefinePost.newBuilder().setPostId(ROME).setCode("rome").setCurrency("EUR").setMinorDigits(2).setRoundToMinor(50)));
        }
    }

    @AfterAll
    void stop() {
        channel.shutdownNow();
        service.close();
        issuer.close();
    }

    @Test
    void givenSomebodyWhoseApplicationItIsNot_whenTheyWrite_thenItIsAnsweredAsAnUnknownOne_andNothingIsKept() throws Exception {
        final String application = submitted();
        for (final Writer writer : List.of(new Writer(issuer.token(List.of("officer"), "rome"), "POST"), new Writer(issuer.applicant(0xB2), "APPLICANT"),
                new Writer(portal, "APPLICANT", "mawid-on-behalf-of", BADR))) {
            assertSame(404, "APPLICATION_UNKNOWN", writer, application, OnePost.POST, unknown, OnePost.POST);
            assertSame(404, "APPLICATION_UNKNOWN", writer, application, ROME, unknown, ROME);
        }
        assertNothingKept(application);
    }

    @Test
    void givenSomebodyWhoMayNotWriteSo_thenTheyAreForbidden_andNothingIsKept() throws Exception {
        final String application = submitted();
        for (final Writer writer : List.of(new Writer(portal, "APPLICANT"), new Writer(agent, "CALL_CENTRE"), new Writer(amina, "POST"), new Writer(officer, "APPLICANT"),
                new Writer(agent, "POST", "mawid-reason", "20261234"))) {
            assertSame(403, "FORBIDDEN", writer, application, OnePost.POST, unknown, OnePost.POST);
        }
        assertNothingKept(application);
    }

    @Test
    void givenAPostThatHasNothingToDoWithTheApplication_whenTheyWriteToIt_thenItIsAnsweredAsAnUnknownOne_andNothingIsKept() throws Exception {
        final String application = submitted();
        for (final Writer writer : writers()) {
            assertSame(404, "POST_UNKNOWN", writer, application, ROME, application, NO_POST);
        }
        assertNothingKept(application);
    }

    @Test
    void givenThoseWhoMay_whenTheyWrite_thenItIsListed_andATextThatIsNoneIsRefused() throws Exception {
        final String application = submitted();
        for (final Writer writer : writers()) {
            assertThat(overHttp(writer, application, OnePost.POST, BELL).statusCode()).isEqualTo(400);
            assertThat(overHttp(writer, application, OnePost.POST, TEXT).statusCode()).isEqualTo(200);
            assertThat(overGrpc(writer).sendMessage(message(writer, application, OnePost.POST, TEXT)).getPosition()).isPositive();
        }
        assertThat(kept(application)).extracting(one -> ((JsonObject) one).getString("writer"))
                .containsExactly("CALL_CENTRE", "CALL_CENTRE", "APPLICANT", "APPLICANT", "POST", "POST", "APPLICANT", "APPLICANT");
    }

    private List<Writer> writers() {
        return List.of(new Writer(amina, "APPLICANT"), new Writer(officer, "POST"), new Writer(portal, "APPLICANT", "mawid-on-behalf-of", String.format("%016x", AMINA)),
                new Writer(agent, "CALL_CENTRE", "mawid-reason", "20261234"));
    }

    /** Of any text, over both edges: but for what is another one's with each request. */
    private void assertSame(final int status, final String result, final Writer writer, final String application, final int postId, final String otherApplication, final int otherPostId) throws Exception {
        for (final String text : List.of(TEXT, BELL)) {
            final HttpResponse<String> one = overHttp(writer, application, postId, text);
            final HttpResponse<String> other = overHttp(writer, otherApplication, otherPostId, text);
            assertThat(one.statusCode()).as(one.body()).isEqualTo(status).isEqualTo(other.statusCode());
            assertThat(one.headers().map().keySet()).isEqualTo(other.headers().map().keySet());
            assertThat(new JsonObject(one.body()).getString("result")).isEqualTo(result);
            assertThat(withoutOwn(one)).isEqualTo(withoutOwn(other));
            assertThat(refused(writer, application, postId, text)).contains(result).isEqualTo(refused(writer, otherApplication, otherPostId, text));
        }
    }

    private static JsonObject withoutOwn(final HttpResponse<String> response) {
        final JsonObject json = new JsonObject(response.body());
        final List<String> names = json.fieldNames().stream().sorted().toList();
        List.of("requestId", "position").forEach(json::remove);
        return json.put("names", names);
    }

    /** All that is told of why. */
    private String refused(final Writer writer, final String application, final int postId, final String text) {
        final StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, () -> overGrpc(writer).sendMessage(message(writer, application, postId, text)));
        assertThat(refused).isNotNull();
        return refused.getStatus() + " " + GrpcFixture.errorInfo(refused);
    }

    private void assertNothingKept(final String application) throws Exception {
        assertThat(kept(application)).isEmpty();
        assertThat(overGrpc(new Writer(officer, "POST")).listMessages(ListMessagesRequest.newBuilder().setApplication(application).build()).getMessagesList()).isEmpty();
    }

    private JsonArray kept(final String application) throws Exception {
        final HttpResponse<String> listed = calls.get("/v1/applications/" + application + "/messages", officer);
        assertThat(listed.statusCode()).as(listed.body()).isEqualTo(200);
        return new JsonObject(listed.body()).getJsonArray("messages");
    }

    private HttpResponse<String> overHttp(final Writer writer, final String application, final int postId, final String text) throws Exception {
        return calls.post("/v1/applications/" + application + "/messages", writer.token(),
                new JsonObject().put("postId", postId).put("writer", writer.as()).put("topicCode", 1).put("text", text), writer.headers());
    }

    private ApplicationServiceBlockingStub overGrpc(final Writer writer) {
        final Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + writer.token());
        for (int i = 0; i < writer.headers().length; i += 2) {
            metadata.put(Metadata.Key.of(writer.headers()[i], Metadata.ASCII_STRING_MARSHALLER), writer.headers()[i + 1]);
        }
        return ApplicationServiceGrpc.newBlockingStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    private static SendMessage message(final Writer writer, final String application, final int postId, final String text) {
        final UUID id = UUID.randomUUID();
        return SendMessage.newBuilder().setRequest(Request.newBuilder().setIdHigh(id.getMostSignificantBits()).setIdLow(id.getLeastSignificantBits()).setCreatedMs(System.currentTimeMillis()))
                .setApplication(application).setPostId(postId).setWriter(MessageWriter.valueOf("MESSAGE_WRITER_" + writer.as())).setTopicCode(1).setText(text).build();
    }

    private String submitted() throws Exception {
        final HttpResponse<String> made = calls.post("/v1/applications", amina, new JsonObject().put("postId", OnePost.POST).put("lines", new JsonArray().add(LifeFixture.line(System.nanoTime()))));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return new JsonObject(made.body()).getString("application");
    }
}
