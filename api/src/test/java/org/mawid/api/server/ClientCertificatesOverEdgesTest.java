package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.X509CertUtils;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.FakeIssuer;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.testkit.Certificates;
import org.mawid.grpc.CatalogueServiceGrpc;
import org.mawid.grpc.ListPostsRequest;

/** Portals and posts show who they are before a word is said, where that is wanted; and what is bound to a certificate is no use without it. */
@Timeout(120)
class ClientCertificatesOverEdgesTest {
    private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String IN = "in";
    private static final String NOT_LET_IN = "not let in";

    @TempDir
    private static Path folder;
    private static Path server;
    private static Path authority;
    private static Path portal;
    private static Path expired;
    private static Path stranger;
    private static FakeIssuer issuer;

    @BeforeAll
    static void make() throws Exception {
        server = Certificates.make(folder, "server");
        authority = Certificates.authority(folder, "authority");
        portal = Certificates.issue(folder, "portal", authority);
        expired = folder.resolve("portal-expired");
        stranger = Certificates.make(folder, "stranger");
        issuer = new FakeIssuer();
    }

    @AfterAll
    static void close() {
        issuer.close();
    }

    @Test
    void givenCertificatesAreRequired_thenNobodyIsLetInWithout_norWithOneOfSomebodyElse_norWithAnOldOne() throws Exception {
        try (Service service = start("required")) {
            final String token = issuer.token(List.of("portal"));
            assertThat(both(service, null, token)).containsOnly(NOT_LET_IN);
            assertThat(both(service, stranger, token)).containsOnly(NOT_LET_IN);
            assertThat(both(service, expired, token)).containsOnly(NOT_LET_IN);
            assertThat(both(service, portal, token)).containsOnly(IN);
        }
    }

    @Test
    void givenCertificatesAreWanted_thenWhoHasNoneIsLetIn_butNotWithWhatNeedsOne() throws Exception {
        try (Service service = start("wanted", EdgeSetting.TLS_CLIENT_ROLES.key(), "portal,officer")) {
            final String anybody = issuer.token(List.of("planner"));
            final String portals = issuer.token(List.of("portal"));
            final String bound = boundTo(portal);
            assertThat(both(service, null, null)).containsOnly(IN);
            assertThat(both(service, null, anybody)).containsOnly(IN);
            assertThat(both(service, stranger, anybody)).as("what is shown is to be good").containsOnly(NOT_LET_IN);
            assertThat(both(service, null, portals)).containsOnly("NO_CERTIFICATE");
            assertThat(both(service, portal, portals)).containsOnly(IN);
            assertThat(both(service, portal, bound)).containsOnly(IN);
            assertThat(both(service, null, bound)).as("stolen").containsOnly("NO_CERTIFICATE");
            assertThat(both(service, portal, boundTo(stranger))).as("stolen by another portal").containsOnly("CERTIFICATE");
            assertThat(both(service, portal, issuer.token(issuer.claims().claim("cnf", "no object").build()))).containsOnly("CLAIMS");
        }
    }

    @Test
    void givenSettingsThatDoNotGoTogether_thenItIsSaidWhich() {
        for (final Map<String, String> wrong : List.of(Map.of("mawid.tls.client", "required"), Map.of("mawid.tls.client.ca", "ca.pem"), Map.of("mawid.tls.client", "required", "mawid.tls.client.ca", "ca.pem"),
                Map.of("mawid.tls.client", "sometimes"), Map.of("mawid.tls.client.roles", "portal"), Map.of("mawid.tls.client.roles", "king"))) {
            final Map<String, String> flags = new HashMap<>(wrong);
            flags.put("mawid.data", "/d");
            assertThatThrownBy(() -> Settings.of(flags, Map.of(), null)).as("%s", wrong).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("mawid.tls.client");
        }
    }

    /** As an issuer gives one to whoever has asked with that certificate. */
    private static String boundTo(final Path shown) throws Exception {
        return issuer.token(issuer.claims().claim("roles", List.of("planner")).claim("cnf", Map.of("x5t#S256", X509CertUtils.computeSHA256Thumbprint(Certificates.certificate(shown)).toString())).build());
    }

    private static Service start(final String clients, final String... more) throws Exception {
        final Map<String, String> settings = new HashMap<>(Map.of("mawid.data", folder.resolve(clients).toString(), "mawid.http.port", "0", "mawid.grpc.port", "0", "mawid.journal.segment.bytes", "4194304",
                "mawid.records.entries", "10000"));
        settings.putAll(Map.of("mawid.tls.certificate", server.resolve("server.pem").toString(), "mawid.tls.key", server.resolve("server.key").toString(), "mawid.tls.client", clients,
                "mawid.tls.client.ca", Certificates.trust(authority).toString(), EdgeSetting.OIDC_ISSUER.key(), issuer.url().toString(), EdgeSetting.OIDC_AUDIENCE.key(), FakeIssuer.AUDIENCE));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        final Service service = Service.start(Settings.of(settings, Map.of(), null));
        service.ready();
        return service;
    }

    /** What becomes of a call over HTTPS, and of one over gRPC. @param shown null = no certificate @param token null = none */
    private static List<String> both(final Service service, final Path shown, final String token) throws Exception {
        return List.of(overHttps(service, shown, token), overGrpc(service, shown, token));
    }

    private static String overHttps(final Service service, final Path shown, final String token) throws Exception {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://localhost:" + service.httpPort() + "/v1/posts")).timeout(Duration.ofSeconds(20));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            final HttpResponse<String> answer = HttpClient.newBuilder().sslContext(Certificates.context(server, shown)).build().send(request.build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? IN : new JsonObject(answer.body()).getString("token");
        } catch (final IOException handshake) {
            return NOT_LET_IN;
        }
    }

    private static String overGrpc(final Service service, final Path shown, final String token) throws Exception {
        final TlsChannelCredentials.Builder credentials = TlsChannelCredentials.newBuilder().trustManager(Certificates.trust(server).toFile());
        if (shown != null) {
            credentials.keyManager(Certificates.shown(shown));
        }
        final ManagedChannel channel = Grpc.newChannelBuilder("localhost:" + service.grpcPort(), credentials.build()).build();
        final Metadata metadata = new Metadata();
        if (token != null) {
            metadata.put(AUTHORIZATION, "Bearer " + token);
        }
        final Channel calling = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
        try {
            CatalogueServiceGrpc.newBlockingStub(calling).withDeadlineAfter(20, TimeUnit.SECONDS).listPosts(ListPostsRequest.getDefaultInstance());
            return IN;
        } catch (final StatusRuntimeException refused) {
            return GrpcFixture.errorInfo(refused) == null ? NOT_LET_IN : GrpcFixture.errorInfo(refused).getMetadataOrThrow("token");
        } finally {
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
    }
}
