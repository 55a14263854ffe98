package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.http.EdgeMetrics;
import org.mawid.api.http.HttpConfig;
import org.mawid.api.http.HttpEdge;
import org.mawid.api.testkit.Certificates;

/** Both edges with one certificate, whose two files cannot be replaced in one step. */
@Timeout(120)
class TlsOverEdgesTest {
    private static final int LOOK_MS = 100;

    @TempDir
    private static Path folder;
    private static Path first;
    private static Path second;
    private final Path certificate = folder.resolve("server.pem");
    private final Path key = folder.resolve("server.key");

    @BeforeAll
    static void make() throws Exception {
        first = Certificates.make(folder, "first");
        second = Certificates.make(folder, "second");
    }

    @Test
    void givenOneFileIsReplacedAndTheOtherSomeLooksLater_thenBothEdgesServeWithTheOldPairUntilTheNewOneIsWhole() throws Exception {
        Certificates.install(first, certificate, key);
        try (Service service = start()) {
            service.ready();
            assertThat(speaking(service, first)).containsOnly(true);
            replaceOneAfterTheOther(service, certificate, key, first, second);
            replaceOneAfterTheOther(service, key, certificate, second, first);
        }
    }

    private static void replaceOneAfterTheOther(final Service service, final Path early, final Path late, final Path before, final Path after)
            throws Exception {
        Certificates.replace(after, early);
        await().during(4 * LOOK_MS, TimeUnit.MILLISECONDS).atMost(10, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(speaking(service, before)).as("with the old pair").containsOnly(true));

        Certificates.replace(after, late);
        await().atMost(20, TimeUnit.SECONDS).untilAsserted(() -> assertThat(speaking(service, after)).as("with the new pair").containsOnly(true));
        assertThat(speaking(service, before)).as("with the old pair").containsOnly(false);
    }

    @Test
    void givenAKeyOfAnotherCertificate_whenHttpIsToListen_thenItSaysWhichFilesDoNotBelongTogether() throws Exception {
        Certificates.install(first, certificate, key);
        Certificates.replace(second, key);
        final HttpConfig config = HttpConfig.loopback(0).withTls(certificate, key, LOOK_MS);
        assertThatThrownBy(() -> HttpEdge.listen(config, HttpEdge.prepare(config), new EdgeMetrics()).close())
                .isInstanceOf(IOException.class).hasMessageContaining("server.pem").hasMessageContaining("server.key");
    }

    /** HTTPS, gRPC. */
    private static boolean[] speaking(final Service service, final Path trusted) throws Exception {
        return new boolean[] {speaksHttps(service, trusted), speaksGrpc(service, trusted)};
    }

    private Service start() throws Exception {
        return Service.start(Settings.of(Map.of("mawid.data", folder.resolve("data").toString(), "mawid.http.port", "0", "mawid.grpc.port", "0",
                "mawid.records", "false", "mawid.journal.segment.bytes", "4194304", "mawid.tls.certificate", certificate.toString(),
                "mawid.tls.key", key.toString(), "mawid.tls.reload.ms", Integer.toString(LOOK_MS)), Map.of(), null));
    }

    /** Over a new connection. */
    private static boolean speaksGrpc(final Service service, final Path trusted) throws Exception {
        final ManagedChannel channel = Grpc.newChannelBuilder("localhost:" + service.grpcPort(),
                TlsChannelCredentials.newBuilder().trustManager(Certificates.trust(trusted).toFile()).build()).build();
        try {
            return HealthGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS)
                    .check(HealthCheckRequest.getDefaultInstance()).getStatus() == ServingStatus.SERVING;
        } catch (final StatusRuntimeException distrusted) {
            return false;
        } finally {
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    /** Over a new connection. */
    private static boolean speaksHttps(final Service service, final Path trusted) throws Exception {
        try {
            return HttpClient.newBuilder().sslContext(Certificates.context(trusted)).build().send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + service.httpPort() + "/health/ready")).timeout(Duration.ofSeconds(20)).build(),
                    HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (final IOException distrusted) {
            return false;
        }
    }
}
