package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.testkit.Certificates;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.client.MawidException;
import org.mawid.grpc.Result;

/** A certificate that is replaced while the server runs. */
class TlsIT {
    @Test
    void givenTlsOnBothPorts_whenTheCertificateIsReplaced_thenNewConnectionsSeeItAndOldOnesStay(@TempDir(factory = OnDisk.class) final Path folder)
            throws Exception {
        final Path first = Certificates.make(folder, "first");
        final Path second = Certificates.make(folder, "second");
        final Path certificate = folder.resolve("server.pem");
        final Path key = folder.resolve("server.key");
        Certificates.install(first, certificate, key);
        try (Server server = Server.on(folder.resolve("data")).set("mawid.tls.certificate", certificate).set("mawid.tls.key", key)
                .set("mawid.tls.reload.ms", 100).start();
             MawidClient early = MawidClient.connect(options(server, first, Server.PATIENCE))) {
            assertThat(early.outcome(early.newRequest()).getResult()).isEqualTo(Result.REQUEST_UNKNOWN);
            assertThat(speaksGrpc(server, first)).isTrue();
            assertThat(speaksHttps(server, first)).isTrue();
            assertThat(speaksHttps(server, second)).as("not yet in use").isFalse();

            Certificates.install(second, certificate, key);

            await().atMost(Server.PATIENCE).until(() -> speaksGrpc(server, second) && speaksHttps(server, second));
            assertThat(speaksGrpc(server, first)).isFalse();
            assertThat(speaksHttps(server, first)).isFalse();
            assertThat(early.outcome(early.newRequest()).getResult()).as("over the old connection").isEqualTo(Result.REQUEST_UNKNOWN);
        }
    }

    private static ClientOptions options(final Server server, final Path folder, final Duration timeout) {
        return ClientOptions.of("localhost", server.grpcPort).withTrust(Certificates.trust(folder)).withTimeout(timeout);
    }

    /** Over a new connection. */
    private static boolean speaksGrpc(final Server server, final Path trusted) throws IOException {
        try (MawidClient client = MawidClient.connect(options(server, trusted, Duration.ofSeconds(3)))) {
            return client.outcome(client.newRequest()).getResult() == Result.REQUEST_UNKNOWN;
        } catch (final MawidException distrusted) {
            return false;
        }
    }

    /** Over a new connection. */
    private static boolean speaksHttps(final Server server, final Path trusted) throws Exception {
        try {
            return HttpClient.newBuilder().sslContext(Certificates.context(trusted)).build().send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + server.httpPort + "/health/live")).timeout(Server.PATIENCE).build(),
                    HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (final IOException distrusted) {
            return false;
        }
    }
}
