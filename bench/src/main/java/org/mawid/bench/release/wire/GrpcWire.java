package org.mawid.bench.release.wire;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.mawid.bench.release.ground.Address;
import org.mawid.bench.release.ground.Reason;
import org.mawid.bench.release.visit.Visit;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.AvailabilityServiceGrpc;
import org.mawid.grpc.Channel;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.ConfirmReply;
import org.mawid.grpc.Done;
import org.mawid.grpc.Hold;
import org.mawid.grpc.HoldReply;
import org.mawid.grpc.Leg;
import org.mawid.grpc.Release;
import org.mawid.grpc.Request;

/**
 * One call for each, on a few connections in turn, as a portal multiplexes its users. Reads go out as bytes made beforehand and come in as bytes
 * that nobody takes apart yet. One thread for all connections: what is sent together is written together. Answers come on it.
 */
public final class GrpcWire implements Wire {
    private static final int CONNECTIONS = 4;
    private static final long CLOSE_SECONDS = 10;
    private static final MethodDescriptor<byte[], byte[]> COUNT = AvailabilityServiceGrpc.getCountStartsMethod().toBuilder(new Bytes(), new Bytes()).build();
    private static final MethodDescriptor<byte[], byte[]> FIRST = AvailabilityServiceGrpc.getFirstStartsMethod().toBuilder(new Bytes(), new Bytes()).build();

    private final EventLoopGroup thread = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("bench-grpc", true),
            Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final List<AppointmentServiceGrpc.AppointmentServiceStub> commands = new ArrayList<>();
    private final Consumer<Exchange> answered;
    private int next;

    public GrpcWire(final Address address, final Consumer<Exchange> answered) {
        this.answered = answered;
        for (int i = 0; i < CONNECTIONS; i++) {
            final ManagedChannel channel = NettyChannelBuilder.forAddress(address.host(), address.port()).usePlaintext().directExecutor().disableRetry()
                    .eventLoopGroup(thread).channelType(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class).build();
            channels.add(channel);
            commands.add(AppointmentServiceGrpc.newStub(channel));
        }
    }

    @Override
    public void send(final Exchange exchange) {
        final int turn = next = next + 1 == CONNECTIONS ? 0 : next + 1;
        switch (exchange.kind()) {
            case COUNTS, STARTS -> ClientCalls.asyncUnaryCall(channels.get(turn).newCall(exchange.kind() == Exchange.Kind.COUNTS ? COUNT : FIRST, CallOptions.DEFAULT),
                    exchange.search().message(), new Answer<byte[]>(exchange) {
                        @Override
                        void take(final byte[] reply) {
                            exchange.found(Found.ofProtobuf(exchange.kind(), reply), false);
                        }
                    });
            case HOLD -> commands.get(turn).hold(hold(exchange), new Answer<HoldReply>(exchange) {
                @Override
                void take(final HoldReply reply) {
                    exchange.made(reply.getHold(), reply.getUntilMs(), reply.getNowMs(), reply.getStampsCount());
                }
            });
            case CONFIRM -> commands.get(turn).confirm(Confirm.newBuilder().setRequest(request(exchange)).setHold(exchange.hold())
                    .setIssueStamps(exchange.issueStamps()).build(), new Answer<ConfirmReply>(exchange) {
                        @Override
                        void take(final ConfirmReply reply) {
                            exchange.made(reply.getAppointment(), 0, reply.getNowMs(), reply.getStampsCount());
                        }
                    });
            default -> commands.get(turn).release(release(exchange), new Answer<Done>(exchange) {
                @Override
                void take(final Done reply) {
                    exchange.made("", 0, reply.getNowMs(), 0);
                }
            });
        }
    }

    @Override
    public void pulse(final Runnable answer) {
        thread.execute(answer);
    }

    public static Hold hold(final Exchange exchange) {
        final Hold.Builder hold = Hold.newBuilder().setRequest(request(exchange)).setApplication(exchange.applicant().application()).setIssueStamps(exchange.issueStamps());
        for (final Visit.Leg leg : exchange.visit().legs()) {
            hold.addLegs(Leg.newBuilder().setDeskId(leg.deskId()).setLines(leg.lines()).setEpochDay(exchange.visit().epochDay())
                    .setStartUnit(leg.startUnit()).setUnits(leg.units()));
        }
        return hold.build();
    }

    public static Release release(final Exchange exchange) {
        return Release.newBuilder().setRequest(request(exchange)).setHold(exchange.hold()).build();
    }

    private static Request request(final Exchange exchange) {
        return Request.newBuilder().setIdHigh(exchange.idHigh()).setIdLow(exchange.idLow()).setCreatedMs(exchange.createdMs())
                .setActor(exchange.applicant().personKey()).setChannel(Channel.CHANNEL_ONLINE).build();
    }

    private abstract class Answer<R> implements StreamObserver<R> {
        private final Exchange exchange;

        Answer(final Exchange exchange) {
            this.exchange = exchange;
        }

        abstract void take(R reply);

        @Override
        public void onNext(final R reply) {
            take(reply);
        }

        @Override
        public void onError(final Throwable cause) {
            final Reason reason = Reason.of(cause);
            exchange.answer(reason.result(), reason.detail());
            answered.accept(exchange);
        }

        @Override
        public void onCompleted() {
            answered.accept(exchange);
        }
    }

    @Override
    public void close() {
        try {
            for (final ManagedChannel channel : channels) {
                channel.shutdownNow().awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            }
            thread.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).await(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
