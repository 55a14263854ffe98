package org.mawid.bench.wire;

import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import org.mawid.bench.load.Lives;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.ConfirmReply;
import org.mawid.grpc.HoldReply;
import org.mawid.grpc.SubmitApplicationReply;

/** One call a command: each life sends its next one when the last was answered. */
final class Unary {
    private final ApplicationServiceGrpc.ApplicationServiceStub applications;
    private final AppointmentServiceGrpc.AppointmentServiceStub appointments;
    private final Tally tally;

    Unary(final Channel channel, final Tally tally) {
        this.applications = ApplicationServiceGrpc.newStub(channel);
        this.appointments = AppointmentServiceGrpc.newStub(channel);
        this.tally = tally;
    }

    void next(final Life life) {
        if (tally.isStopping()) {
            return;
        }
        final long nowMs = System.currentTimeMillis();
        switch (life.step()) {
            case Lives.SUBMIT -> applications.submitApplication(life.submit(nowMs), new Answer<SubmitApplicationReply>(life) {
                @Override
                String made(final SubmitApplicationReply reply) {
                    return reply.getApplication();
                }
            });
            case Lives.VALIDATE -> applications.validateLines(life.validate(nowMs), new Answer<>(life));
            case Lives.HOLD -> appointments.hold(life.hold(nowMs), new Answer<HoldReply>(life) {
                @Override
                String made(final HoldReply reply) {
                    return reply.getHold();
                }
            });
            case Lives.CONFIRM -> appointments.confirm(life.confirm(nowMs), new Answer<ConfirmReply>(life) {
                @Override
                String made(final ConfirmReply reply) {
                    return reply.getAppointment();
                }
            });
            default -> appointments.cancel(life.cancel(nowMs), new Answer<>(life));
        }
    }

    private class Answer<T> implements StreamObserver<T> {
        private final Life life;
        private final long sentNs = System.nanoTime();

        Answer(final Life life) {
            this.life = life;
        }

        String made(final T reply) {
            return "";
        }

        @Override
        public void onNext(final T reply) {
            tally.done(1, System.nanoTime() - sentNs);
            life.done(made(reply));
        }

        @Override
        public void onError(final Throwable cause) {
            if (tally.isStopping()) {
                return;
            }
            if (Status.fromThrowable(cause).getCode() == Status.Code.UNAVAILABLE) {
                tally.notAdmitted(1);
                next(life);
            } else {
                tally.fail(cause);
            }
        }

        @Override
        public void onCompleted() {
            next(life);
        }
    }
}
