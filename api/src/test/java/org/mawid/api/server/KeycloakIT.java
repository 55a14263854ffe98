package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.rpc.ErrorInfo;
import com.nimbusds.jwt.SignedJWT;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.testkit.Keycloak;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.engine.Setting;
import org.mawid.grpc.Application;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.GetApplicationRequest;

/** Tokens of a real Keycloak, over both edges. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeycloakIT {
    private static final String CLIENT = "mawid-web";
    private static final long AMINA = 0xA1;
    private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    /** Keys are asked for at most twice in 30 s. */
    private static final Duration UNTIL_KEYS_ARE_ASKED_FOR = Duration.ofSeconds(70);

    private final HttpClient http = HttpClient.newHttpClient();
    private Keycloak keycloak;
    private Service service;
    private ManagedChannel channel;
    private String application;

    @BeforeAll
    void start(@TempDir final Path folder) throws Exception {
        keycloak = new Keycloak(Path.of("target/keycloak.log"));
        service = Service.start(Settings.of(Map.of(Setting.DATA.key(), folder.resolve("data").toString(), Setting.RECORDS_ENTRIES.key(), "10000", Setting.SEGMENT_BYTES.key(), "1048576",
                EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0", EdgeSetting.REPLY_TIMEOUT_MS.key(), "30000",
                EdgeSetting.OIDC_ISSUER.key(), keycloak.issuer().toString(), EdgeSetting.OIDC_AUDIENCE.key(), "mawid"), Map.of(), null));
        service.ready();
        service.keepRecords();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort()).usePlaintext().build();
        final String operator = keycloak.token(CLIENT, "operator");
        try (MawidClient client = MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withToken(() -> operator))) {
            OnePost.make(client, 1, 4);
        }
        final HttpResponse<String> made = send(request("/v1/applications", keycloak.token(CLIENT, "amina")).header("Content-Type", "application/json").POST(BodyPublishers.ofString(
                new JsonObject().put("postId", OnePost.POST).put("lines", new JsonArray().add(LifeFixture.line(AMINA))).encode())));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        application = new JsonObject(made.body()).getString("application");
    }

    @AfterAll
    void stop() {
        if (service != null) {
            channel.shutdownNow();
            service.close();
        }
        if (keycloak != null) {
            keycloak.close();
        }
    }

    @Test
    void givenAnOfficerAnApplicantAndAPortal_whenTheyCallBothEdges_thenEachHasWhatIsTheirs() throws Exception {
        final String officer = keycloak.token(CLIENT, "officer");
        final String amina = keycloak.token(CLIENT, "amina");
        for (final String token : new String[] {officer, amina}) {
            assertThat(status(token)).isEqualTo(200);
            assertThat(overGrpc(token).getApplicant()).isEqualTo(AMINA);
        }
        assertThat(send(request("/v1/posts/paris/waiting", officer)).statusCode()).as("of a post that they work for").isEqualTo(200);
        assertThat(send(request("/v1/posts/paris/waiting", amina)).statusCode()).as("no applicant's").isEqualTo(403);
        final String portal = keycloak.token("rdv");
        assertThat(send(request("/v1/applications/" + application, portal).header("Mawid-On-Behalf-Of", String.format("%016x", AMINA))).statusCode()).isEqualTo(200);
        assertThat(status(portal)).as("for nobody").isEqualTo(403);
    }

    @Test
    void givenTheRealmsKeyIsRotated_thenItGoesOnWithTheNewOne_andWithWhatWasSeen_andTheOldOneIsGoodForNothingNew() throws Exception {
        final String seen = keycloak.token(CLIENT, "officer");
        final String unseen = keycloak.token(CLIENT, "officer");
        assertThat(status(seen)).isEqualTo(200);
        keycloak.rotate();
        final String next = keycloak.token(CLIENT, "officer");
        assertThat(SignedJWT.parse(next).getHeader().getKeyID()).isNotEqualTo(SignedJWT.parse(seen).getHeader().getKeyID());
        await().atMost(UNTIL_KEYS_ARE_ASKED_FOR).until(() -> status(next) == 200);
        assertThat(overGrpc(next).getApplicant()).isEqualTo(AMINA);
        assertThat(status(seen)).isEqualTo(200);
        await().atMost(UNTIL_KEYS_ARE_ASKED_FOR).until(() -> status(unseen) == 401);
    }

    @Test
    void givenATokenThatIsOverOrForSomebodyElse_thenItIsRefusedOverBothEdges() throws Exception {
        final String brief = keycloak.token("mawid-brief", "officer");
        final long overMs = SignedJWT.parse(brief).getJWTClaimsSet().getExpirationTime().getTime() + 1_000;
        await().until(() -> System.currentTimeMillis() > overMs);
        assertRefused(brief, "EXPIRED");
        assertRefused(keycloak.token("somebody-else", "officer"), "AUDIENCE");
    }

    @Test
    void givenTheWholeWayOfACitizen_whenEverybodyHasTheirTokenFromIt_thenItGoesAsInWholeWayTest(@TempDir final Path folder) throws Exception {
        new WholeWay(folder, keycloak.issuer(), user -> keycloak.token(CLIENT, user)).goes();
    }

    private void assertRefused(final String token, final String why) throws Exception {
        final HttpResponse<String> refused = send(request("/v1/applications/" + application, token));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(new JsonObject(refused.body()).getString("token")).isEqualTo(why);
        final StatusRuntimeException overGrpc = catchThrowableOfType(StatusRuntimeException.class, () -> overGrpc(token));
        assertThat(overGrpc.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        final ErrorInfo info = GrpcFixture.errorInfo(overGrpc);
        assertThat(info.getMetadataOrThrow("token")).isEqualTo(why);
    }

    private int status(final String token) throws IOException, InterruptedException {
        return send(request("/v1/applications/" + application, token)).statusCode();
    }

    private Application overGrpc(final String token) {
        final Metadata metadata = new Metadata();
        metadata.put(AUTHORIZATION, "Bearer " + token);
        return ApplicationServiceGrpc.newBlockingStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                .getApplication(GetApplicationRequest.newBuilder().setApplication(application).build());
    }

    private HttpRequest.Builder request(final String path, final String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + path)).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(final HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
