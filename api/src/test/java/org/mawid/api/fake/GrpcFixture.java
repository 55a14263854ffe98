package org.mawid.api.fake;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.server.GrpcServer;
import org.mawid.api.server.GrpcServerConfig;
import org.mawid.grpc.Command;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.Hold;
import org.mawid.grpc.Leg;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.Request;
import org.mawid.grpc.SubmitApplication;

/** A real server on loopback with real stubs, in front of an engine that obeys the test. */
public final class GrpcFixture implements AutoCloseable {
    public static final long REPLY_TIMEOUT_MS = 300;

    public final FakeEngine engine = new FakeEngine();
    public final References references = References.of(1, new byte[32]);
    public final Gateway gateway = new Gateway(engine, references, REPLY_TIMEOUT_MS, System::currentTimeMillis);
    public final GrpcServer server;
    public final ManagedChannel channel;

    private final AtomicLong ids = new AtomicLong();

    public GrpcFixture() throws IOException {
        this(GrpcServerConfig.loopback(0));
    }

    public GrpcFixture(final GrpcServerConfig config) throws IOException {
        server = GrpcServer.start(config, gateway);
        server.ready();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    }

    public Request request() {
        return Request.newBuilder().setIdHigh(0xA11CEL).setIdLow(ids.incrementAndGet()).setCreatedMs(System.currentTimeMillis()).build();
    }

    public String known(final ReferenceKind kind) {
        return references.text(kind, FakeReadModel.KNOWN);
    }

    public SubmitApplication submit() {
        return SubmitApplication.newBuilder().setRequest(request()).setPostId(FakeReadModel.POST)
                .addLines(NewLine.newBuilder().setPersonKey(42).setServiceId(FakeReadModel.SERVICE).setQuantity(1)).build();
    }

    public Hold hold(final String application) {
        return Hold.newBuilder().setRequest(request()).setApplication(application).addLegs(leg()).build();
    }

    public Leg leg() {
        return Leg.newBuilder().setDeskId(FakeReadModel.DESK).setLines(1).setEpochDay(FakeReadModel.EPOCH_DAY).setStartUnit(3).setUnits(3).build();
    }

    public Command submitCommand(final long tag) {
        return Command.newBuilder().setTag(tag).setSubmitApplication(submit()).build();
    }

    /** A confirmation of what cannot be a hold: refused at the edge. */
    public Command mistyped(final long tag) {
        return Command.newBuilder().setTag(tag).setConfirm(Confirm.newBuilder().setRequest(request()).setHold("0000-0000-00000")).build();
    }

    public static ErrorInfo errorInfo(final StatusRuntimeException failure) {
        return detail(failure, ErrorInfo.class);
    }

    /** Null when there is none. */
    public static RetryInfo retryInfo(final StatusRuntimeException failure) {
        return detail(failure, RetryInfo.class);
    }

    @Override
    public void close() throws InterruptedException {
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        server.close();
        gateway.close();
        engine.close();
    }

    private static <T extends com.google.protobuf.Message> T detail(final StatusRuntimeException failure, final Class<T> type) {
        try {
            for (final Any any : StatusProto.fromThrowable(failure).getDetailsList()) {
                if (any.is(type)) {
                    return any.unpack(type);
                }
            }
            return null;
        } catch (final InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
