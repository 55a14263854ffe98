package org.mawid.bench.peer.mawid;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Channel;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.peer.work.Steps;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.ConfirmReply;
import org.mawid.grpc.Done;
import org.mawid.grpc.Hold;
import org.mawid.grpc.HoldReply;
import org.mawid.grpc.Leg;
import org.mawid.grpc.Release;
import org.mawid.grpc.Request;
import org.mawid.sbe.Result;

/** One unary call a step. */
final class MawidUnary implements MawidCall {
    private final AppointmentServiceGrpc.AppointmentServiceStub stub;
    private final MawidPeer peer;
    private final byte[] text = new byte[References.MOST_TEXT_BYTES];

    MawidUnary(final Channel channel, final MawidPeer peer) {
        this.stub = AppointmentServiceGrpc.newStub(channel);
        this.peer = peer;
    }

    @Override
    public void send(final Steps steps, final Answered answered) {
        final Request request = Request.newBuilder().setIdHigh(steps.idHigh()).setIdLow(steps.idLow[0]).setCreatedMs(steps.createdMs()).setActor(1)
                .setChannel(org.mawid.grpc.Channel.CHANNEL_ONLINE).build();
        switch (steps.kind[0]) {
            case Steps.HOLD -> stub.hold(Hold.newBuilder().setRequest(request)
                    .setApplication(text(ReferenceKind.APPLICATION, peer.application(steps.application[0])))
                    .addLegs(Leg.newBuilder().setDeskId(ModelNetwork.deskId(peer.calendar().post(steps.day[0]))).setLines(1)
                            .setEpochDay(MawidPeer.epochDay(peer.calendar(), steps.day[0])).setStartUnit(steps.start[0]).setUnits(steps.units[0])).build(),
                    new Waiting<HoldReply>(steps, answered) {
                        @Override
                        long read(final HoldReply reply) {
                            peer.answered(reply.getPosition());
                            return References.longFormOf(ReferenceKind.HOLD, reply.getHold());
                        }
                    });
            case Steps.CONFIRM -> stub.confirm(Confirm.newBuilder().setRequest(request).setHold(text(ReferenceKind.HOLD, steps.visit[0])).build(),
                    new Waiting<ConfirmReply>(steps, answered) {
                        @Override
                        long read(final ConfirmReply reply) {
                            peer.answered(reply.getPosition());
                            return References.longFormOf(ReferenceKind.APPOINTMENT, reply.getAppointment());
                        }
                    });
            case Steps.CANCEL -> stub.cancel(Cancel.newBuilder().setRequest(request).setAppointment(text(ReferenceKind.APPOINTMENT, steps.visit[0])).build(),
                    new Ended(steps, answered));
            default -> stub.release(Release.newBuilder().setRequest(request).setHold(text(ReferenceKind.HOLD, steps.visit[0])).build(),
                    new Ended(steps, answered));
        }
    }

    private String text(final ReferenceKind kind, final long reference) {
        return new String(text, 0, References.putText(kind, reference, text, 0), StandardCharsets.US_ASCII);
    }

    private static Result refusal(final Throwable cause) {
        final com.google.rpc.Status status = StatusProto.fromThrowable(cause);
        if (status != null) {
            for (final Any detail : status.getDetailsList()) {
                if (detail.is(ErrorInfo.class)) {
                    try {
                        return Result.valueOf(detail.unpack(ErrorInfo.class).getReason());
                    } catch (final InvalidProtocolBufferException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        }
        return null;
    }

    private abstract static class Waiting<T> implements StreamObserver<T> {
        private final Steps steps;
        private final Answered answered;

        Waiting(final Steps steps, final Answered answered) {
            this.steps = steps;
            this.answered = answered;
        }

        abstract long read(T reply);

        @Override
        public void onNext(final T reply) {
            steps.answer[0] = read(reply);
        }

        @Override
        public void onError(final Throwable cause) {
            try {
                final Result refusal = refusal(cause);
                if (refusal == null) {
                    answered.failed(cause);
                    return;
                }
                steps.answer[0] = MawidCall.answer(refusal);
            } catch (final IllegalStateException unexpected) {
                answered.failed(unexpected);
                return;
            }
            answered.answered();
        }

        @Override
        public void onCompleted() {
            answered.answered();
        }
    }

    private final class Ended extends Waiting<Done> {
        Ended(final Steps steps, final Answered answered) {
            super(steps, answered);
        }

        @Override
        long read(final Done reply) {
            peer.answered(reply.getPosition());
            return 1;
        }
    }
}
