package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.mawid.api.fake.FakeEngine;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.References;
import org.mawid.api.stamp.check.CallerLimit;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.GetOutcomeRequest;

/** Who supplies log time over the wire, and who cannot. */
class SimulatedTimeTest {
    private static final GetOutcomeRequest QUESTION = GetOutcomeRequest.newBuilder().setIdHigh(1).setIdLow(1).build();

    private final AtomicLong told = new AtomicLong();

    /** Asks something of a server, with the header when it is not null. */
    private void ask(final SimulatedTime time, final String header) throws Exception {
        final FakeEngine engine = new FakeEngine();
        try (Gateway gateway = new Gateway(engine, References.of(1, new byte[32]), 300); GrpcServer server = GrpcServer.listen(GrpcServerConfig.loopback(0))) {
            if (time == null) {
                server.serve(gateway);
            } else {
                server.serve(gateway, time, CallerLimit.ofAskers());
            }
            final ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
            try {
                final Metadata headers = new Metadata();
                if (header != null) {
                    headers.put(SimulatedTime.KEY, header);
                }
                CommandServiceGrpc.newBlockingStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers)).getOutcome(QUESTION);
            } finally {
                channel.shutdownNow();
            }
        }
    }

    private SimulatedTime time() {
        return new SimulatedTime(told::set);
    }

    /** The fake engine does not know the request either way: what counts is what the clock was told before. */
    private StatusRuntimeException refused(final SimulatedTime time, final String header) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> ask(time, header));
    }

    @Test
    void givenASimulation_whenACallSaysWhatTimeItIs_thenItIsThatTime() {
        final StatusRuntimeException failure = refused(time(), "1767225600000");

        assertThat(told).hasValue(1_767_225_600_000L);
        assertThat(failure == null || failure.getStatus().getCode() != Status.Code.INVALID_ARGUMENT).isTrue();
    }

    @Test
    void givenASimulation_whenACallSaysNothing_thenTimeStaysAsItIs() {
        refused(time(), null);

        assertThat(told).hasValue(0);
    }

    @Test
    void givenASimulation_whenACallSaysWhatIsNoInstant_thenItIsRefusedAndNamed() {
        final StatusRuntimeException failure = refused(time(), "tomorrow");

        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(failure.getStatus().getDescription()).contains("mawid-log-time-ms", "'tomorrow'");
        assertThat(told).hasValue(0);
    }

    @Test
    void givenALiveServer_whenACallSaysWhatTimeItIs_thenNobodyListens() {
        final StatusRuntimeException failure = refused(null, "tomorrow");

        assertThat(failure == null || failure.getStatus().getCode() != Status.Code.INVALID_ARGUMENT).isTrue();
    }
}
