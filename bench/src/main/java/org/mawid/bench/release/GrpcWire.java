package org.mawid.bench.release;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.AvailabilityServiceGrpc;
import org.mawid.grpc.Channel;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.ConfirmReply;
import org.mawid.grpc.CountStartsReply;
import org.mawid.grpc.Done;
import org.mawid.grpc.FirstStartsReply;
import org.mawid.grpc.Hold;
import org.mawid.grpc.HoldReply;
import org.mawid.grpc.Leg;
import org.mawid.grpc.Release;
import org.mawid.grpc.Request;
import org.mawid.grpc.Slot;

/** One call for each, on a few connections in turn. Answers come on the connections' threads. */
final class GrpcWire implements Wire {
    private static final int CONNECTIONS = 4;
    private static final long CLOSE_SECONDS = 10;

    private final List<ManagedChannel> channels = new ArrayList<>();
    private final List<AvailabilityServiceGrpc.AvailabilityServiceStub> reads = new ArrayList<>();
    private final List<AppointmentServiceGrpc.AppointmentServiceStub> commands = new ArrayList<>();
    private final Consumer<Exchange> answered;
    private int next;

    GrpcWire(final Address address, final Consumer<Exchange> answered) {
        this.answered = answered;
        for (int i = 0; i < CONNECTIONS; i++) {
            final ManagedChannel channel = NettyChannelBuilder.forAddress(address.host(), address.port()).usePlaintext().directExecutor().build();
            channels.add(channel);
            reads.add(AvailabilityServiceGrpc.newStub(channel));
            commands.add(AppointmentServiceGrpc.newStub(channel));
        }
    }

    @Override
    public void send(final Exchange exchange) {
        final int turn = next = next + 1 == CONNECTIONS ? 0 : next + 1;
        switch (exchange.kind()) {
            case COUNTS -> reads.get(turn).countStarts(exchange.search().query(), new Answer<CountStartsReply>(exchange) {
                @Override
                void take(final CountStartsReply reply) {
                    exchange.found(List.of(), false);
                }
            });
            case STARTS -> reads.get(turn).firstStarts(exchange.search().query(), new Answer<FirstStartsReply>(exchange) {
                @Override
                void take(final FirstStartsReply reply) {
                    exchange.found(starts(reply.getSlotsList()), false);
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

    static Hold hold(final Exchange exchange) {
        final Applicant applicant = exchange.applicant();
        return Hold.newBuilder().setRequest(request(exchange)).setApplication(applicant.application()).setIssueStamps(exchange.issueStamps())
                .addLegs(Leg.newBuilder().setDeskId(exchange.start().deskId()).setLines(applicant.lines()).setEpochDay(exchange.start().epochDay())
                        .setStartUnit(exchange.start().startUnit()).setUnits(applicant.units())).build();
    }

    static Release release(final Exchange exchange) {
        return Release.newBuilder().setRequest(request(exchange)).setHold(exchange.hold()).build();
    }

    private static Request request(final Exchange exchange) {
        return Request.newBuilder().setIdHigh(exchange.idHigh()).setIdLow(exchange.idLow()).setCreatedMs(exchange.createdMs())
                .setActor(exchange.applicant().personKey()).setChannel(Channel.CHANNEL_ONLINE).build();
    }

    private static List<Start> starts(final List<Slot> slots) {
        final List<Start> starts = new ArrayList<>(slots.size());
        for (final Slot slot : slots) {
            starts.add(new Start(slot.getDeskId(), slot.getEpochDay(), slot.getStartUnit()));
        }
        return starts;
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
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
