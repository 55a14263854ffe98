package org.mawid.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.netty.channel.epoll.Epoll;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** gRPC and Vert.x live in one process on one Netty, with the native transport where there is one. */
class EdgeLibrariesTest {
    @Test
    void givenLinuxOnX86_whenAsked_thenTheNativeTransportIsThere() {
        Assumptions.assumeTrue(System.getProperty("os.name").equals("Linux"));
        Assumptions.assumeTrue(System.getProperty("os.arch").toLowerCase(Locale.ROOT).equals("amd64"));
        assertThat(Epoll.isAvailable()).as(() -> String.valueOf(Epoll.unavailabilityCause())).isTrue();
    }

    @Test
    void givenOneProcess_whenBothEdgesListen_thenBothAnswer() throws Exception {
        final Server grpc = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .directExecutor()
                .addService(new HealthStatusManager().getHealthService())
                .build()
                .start();
        final ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", grpc.getPort()).usePlaintext().build();
        final Vertx vertx = Vertx.vertx();
        try {
            final HttpServer http = vertx.createHttpServer()
                    .requestHandler(request -> request.response().setStatusCode(204).end())
                    .listen(0, "127.0.0.1")
                    .await(30, TimeUnit.SECONDS);

            final ServingStatus health = HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(30, TimeUnit.SECONDS)
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatus();
            final int status = vertx.createHttpClient()
                    .request(HttpMethod.GET, http.actualPort(), "127.0.0.1", "/")
                    .compose(request -> request.send())
                    .map(HttpClientResponse::statusCode)
                    .await(30, TimeUnit.SECONDS);

            assertThat(health).isEqualTo(ServingStatus.SERVING);
            assertThat(status).isEqualTo(204);
        } finally {
            channel.shutdownNow();
            grpc.shutdownNow().awaitTermination(30, TimeUnit.SECONDS);
            vertx.close().await(30, TimeUnit.SECONDS);
        }
    }
}
