package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.fake.RawCalls;
import org.mawid.api.limit.Proxies;
import org.mawid.api.testkit.Certificates;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.CatalogueServiceGrpc;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.ListPostsRequest;

/** The server itself: who it listens to, what it says of itself, and what it survives. */
class GrpcServerTest {
    private static final long SEED = Long.getLong("seed", 99L);

    @Test
    void givenAServer_whenReadyOrHalted_thenHealthSaysSo() throws Exception {
        try (GrpcFixture grpc = new GrpcFixture()) {
            final var health = HealthGrpc.newBlockingStub(grpc.channel);
            assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus()).isEqualTo(ServingStatus.SERVING);
            grpc.server.notReady();
            assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
            grpc.server.ready();
            grpc.engine.halt("disk");
            assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        }
    }

    @Test
    void givenReflection_whenAsked_thenItIsThereOnlyWhenSwitchedOn() throws Exception {
        try (GrpcFixture grpc = new GrpcFixture()) {
            assertThat(services(grpc.channel).get(10, TimeUnit.SECONDS).getListServicesResponse().getServiceList())
                    .extracting(service -> service.getName())
                    .contains("mawid.v1.AppointmentService", "mawid.v1.CommandService", "mawid.v1.WatchService", "grpc.health.v1.Health");
        }
        try (GrpcFixture grpc = new GrpcFixture(GrpcServerConfig.loopback(0).withReflection(false))) {
            assertThatThrownBy(() -> services(grpc.channel).get(10, TimeUnit.SECONDS)).hasMessageContaining("UNIMPLEMENTED");
        }
    }

    @Test
    void givenBytesThatAreNoMessage_whenSent_thenRefusedAndTheNextCallIsFine() throws Exception {
        final SplittableRandom random = new SplittableRandom(SEED);
        try (GrpcFixture grpc = new GrpcFixture()) {
            for (int i = 0; i < 50; i++) {
                final String method = i % 2 == 0 ? "mawid.v1.AppointmentService/Hold" : "mawid.v1.CatalogueService/ListPosts";
                final byte[] bytes = new byte[1 + random.nextInt(200)];
                random.nextBytes(bytes);
                bytes[0] = (byte) 0xFF; // a field number without an end: never a message
                final StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class,
                        () -> ClientCalls.blockingUnaryCall(grpc.channel, RawCalls.unary(method), CallOptions.DEFAULT, bytes));
                assertThat(refusal.getStatus().getCode()).as("seed %d round %d", SEED, i).isEqualTo(Code.INVALID_ARGUMENT);
                assertThat(GrpcFixture.errorInfo(refusal).getReason()).isEqualTo("MALFORMED");
            }
            assertThat(ApplicationServiceGrpc.newBlockingStub(grpc.channel).submitApplication(grpc.submit()).getPosition()).isEqualTo(1);
        }
    }

    @Test
    void givenAMessageAboveTheLimit_whenSent_thenRefusedAndTheNextCallIsFine() throws Exception {
        final GrpcServerConfig all = GrpcServerConfig.loopback(0);
        final GrpcServerConfig small = new GrpcServerConfig(all.address(), false, null, Proxies.NONE, 100, true, 1, 64 << 10, 100, 100, 32 << 20, 32 << 20, 10, 10, 1_000, 100);
        try (GrpcFixture grpc = new GrpcFixture(small)) {
            final CommandBatch.Builder batch = CommandBatch.newBuilder();
            final Command command = grpc.submitCommand(0);
            for (int i = 0; i < 4_000; i++) {
                batch.addCommands(command);
            }
            final StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class,
                    () -> CommandServiceGrpc.newBlockingStub(grpc.channel).batch(batch.build()));
            assertThat(refusal.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
            assertThat(GrpcFixture.errorInfo(refusal).getMetadataMap()).containsEntry("maxMessageBytes", Integer.toString(64 << 10));
            assertThat(grpc.engine.lastPosition()).isZero();
            assertThat(ApplicationServiceGrpc.newBlockingStub(grpc.channel).submitApplication(grpc.submit()).getPosition()).isEqualTo(1);
        }
    }

    @Test
    void givenNobodyIsAuthenticated_whenNotOnLoopback_thenItDoesNotStart() {
        final InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", 0);
        assertThatThrownBy(() -> GrpcServerConfig.loopback(0).withAddress(everywhere, false))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("--insecure");
        assertThat(GrpcServerConfig.loopback(0).withAddress(everywhere, true).insecure()).isTrue();
        assertThatThrownBy(() -> GrpcServerConfig.loopback(0).withThreads(65)).hasMessageContaining("threads of 0 to 64");
        assertThatThrownBy(() -> GrpcServerConfig.loopback(0).withTls(Path.of("cert.pem"), null, 1_000)).hasMessageContaining("both");
    }

    @Test
    void givenAPortThatIsTaken_whenStarted_thenItSaysSo() throws Exception {
        try (GrpcFixture grpc = new GrpcFixture()) {
            assertThatThrownBy(() -> GrpcServer.start(GrpcServerConfig.loopback(grpc.server.port()), grpc.gateway)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void givenTls_whenTheFilesAreReplaced_thenNewConnectionsSeeTheNewCertificate(@TempDir final Path folder) throws Exception {
        final Path certificate = folder.resolve("server.pem");
        final Path key = folder.resolve("server.key");
        final Path first = Certificates.make(folder, "first");
        final Path second = Certificates.make(folder, "second");
        Certificates.install(first, certificate, key);

        try (GrpcFixture grpc = new GrpcFixture(GrpcServerConfig.loopback(0).withTls(certificate, key, 100))) {
            assertThat(canRead(grpc.server.port(), Certificates.trust(first))).isTrue();
            assertThat(canRead(grpc.server.port(), Certificates.trust(second))).as("not yet trusted").isFalse();

            Certificates.install(second, certificate, key);

            await().atMost(20, TimeUnit.SECONDS).until(() -> canRead(grpc.server.port(), Certificates.trust(second)));
            assertThat(canRead(grpc.server.port(), Certificates.trust(first))).isFalse();
        }
    }

    @Test
    void givenAKeyThatIsNone_whenStarted_thenItSaysWhichFile(@TempDir final Path folder) throws Exception {
        final Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
        try (GrpcFixture grpc = new GrpcFixture()) {
            assertThatThrownBy(() -> GrpcServer.start(GrpcServerConfig.loopback(0).withTls(nonsense, nonsense, 1_000), grpc.gateway))
                    .isInstanceOf(IOException.class).hasMessageContaining("nonsense.pem");
        }
    }

    private static boolean canRead(final int port, final Path trust) throws Exception {
        final ManagedChannel channel = NettyChannelBuilder.forAddress("localhost", port)
                .sslContext(GrpcSslContexts.forClient().trustManager(trust.toFile()).build()).build();
        try {
            return CatalogueServiceGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS)
                    .listPosts(ListPostsRequest.getDefaultInstance()).getPostsCount() == 1;
        } catch (final StatusRuntimeException notTrusted) {
            assertThat(notTrusted.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
            return false;
        } finally {
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    private static CompletableFuture<ServerReflectionResponse> services(final ManagedChannel channel) {
        final CompletableFuture<ServerReflectionResponse> response = new CompletableFuture<>();
        final StreamObserver<ServerReflectionRequest> requests = ServerReflectionGrpc.newStub(channel).serverReflectionInfo(new StreamObserver<>() {
            @Override
            public void onNext(final ServerReflectionResponse value) {
                response.complete(value);
            }

            @Override
            public void onError(final Throwable failure) {
                response.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {
                response.completeExceptionally(new AssertionError("no answer"));
            }
        });
        requests.onNext(ServerReflectionRequest.newBuilder().setListServices("*").build());
        return response.whenComplete((done, failed) -> requests.onCompleted());
    }
}
