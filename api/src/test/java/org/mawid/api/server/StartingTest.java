package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.CatalogueServiceGrpc;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.Hold;
import org.mawid.grpc.ListPostsRequest;

/** From the first moment somebody answers: alive, not ready, come again. Then ready. */
class StartingTest {
    @TempDir
    private Path folder;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void givenAServerThatIsNotReady_whenAsked_thenItLivesAndEverythingElseIsToComeAgain_andLaterIsAnswered() throws Exception {
        try (Service service = Service.start(Settings.of(Map.of("mawid.data", folder.resolve("data").toString(), "mawid.http.port", "0",
                "mawid.grpc.port", "0", "mawid.records", "false", "mawid.journal.segment.bytes", "4194304"), Map.of(), null))) {
            final ManagedChannel channel = Grpc.newChannelBuilder("127.0.0.1:" + service.grpcPort(), InsecureChannelCredentials.create()).build();
            try {
                final HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
                final CatalogueServiceGrpc.CatalogueServiceBlockingStub catalogue = CatalogueServiceGrpc.newBlockingStub(channel);
                assertThat(get(service, "/health/live").statusCode()).isEqualTo(200);
                assertThat(get(service, "/health/ready").statusCode()).isEqualTo(503);
                assertThat(get(service, "/health/ready").body()).contains("\"DOWN\"").contains("STARTING");
                final HttpResponse<String> posts = get(service, "/v1/posts");
                assertThat(posts.statusCode()).isEqualTo(503);
                assertThat(posts.headers().firstValue("Retry-After")).isPresent();
                assertThat(posts.headers().firstValue("Content-Type")).hasValue("application/problem+json");
                assertThat(posts.body()).contains("\"UNAVAILABLE\"").contains("\"cause\":\"STARTING\"");
                assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
                assertThatThrownBy(() -> catalogue.listPosts(ListPostsRequest.getDefaultInstance()))
                        .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
                            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
                            assertThat(GrpcFixture.errorInfo(refused).getMetadataMap()).containsEntry("cause", "STARTING");
                        });
                assertThatThrownBy(() -> AppointmentServiceGrpc.newBlockingStub(channel).hold(Hold.getDefaultInstance())).isInstanceOf(StatusRuntimeException.class);
                assertThatThrownBy(() -> CommandServiceGrpc.newBlockingStub(channel).batch(CommandBatch.getDefaultInstance()))
                        .isInstanceOf(StatusRuntimeException.class);
                assertThat(http.send(HttpRequest.newBuilder(uri(service, "/v1/holds")).POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
                        HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(503);

                service.ready();
                assertThat(get(service, "/health/live").statusCode()).isEqualTo(200);
                assertThat(get(service, "/health/ready").statusCode()).isEqualTo(200);
                assertThat(get(service, "/v1/posts").statusCode()).isEqualTo(200);
                assertThat(get(service, "/metrics").body()).contains("mawid_state_hash{hash=\"")
                        .contains("mawid_commands_total{cause=\"STARTING\",command=\"HOLD\",result=\"UNAVAILABLE\"} 1.0")
                        .contains("mawid_commands_total{cause=\"STARTING\",command=\"OTHER\",result=\"UNAVAILABLE\"} 2.0");
                assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus()).isEqualTo(ServingStatus.SERVING);
                assertThat(catalogue.listPosts(ListPostsRequest.getDefaultInstance()).getPostsList()).isEmpty();
            } finally {
                channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
            }
        }
    }

    private HttpResponse<String> get(final Service service, final String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(service, path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(final Service service, final String path) {
        return URI.create("http://127.0.0.1:" + service.httpPort() + path);
    }
}
