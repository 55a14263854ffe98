package org.mawid.bench.wire.grpc;

import io.grpc.Channel;
import org.mawid.bench.load.Life;
import org.mawid.bench.load.Lives;
import org.mawid.bench.wire.loop.Client;
import org.mawid.bench.wire.loop.Tally;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.ConfirmReply;
import org.mawid.grpc.Done;
import org.mawid.grpc.HoldReply;
import org.mawid.grpc.SubmitApplicationReply;

/** One life, one call a command. */
final class Unary implements Client {
    private final ApplicationServiceGrpc.ApplicationServiceStub applications;
    private final AppointmentServiceGrpc.AppointmentServiceStub appointments;
    private final Tally tally;
    private final Life life;
    private final Then then;
    private final GrpcLives.Listener listener;

    Unary(final Channel channel, final Tally tally, final Life life, final Then then, final GrpcLives.Listener listener) {
        this.applications = ApplicationServiceGrpc.newStub(channel);
        this.appointments = AppointmentServiceGrpc.newStub(channel);
        this.tally = tally;
        this.life = life;
        this.then = then;
        this.listener = listener;
    }

    @Override
    public void send(final long sinceNs) {
        final long nowMs = System.currentTimeMillis();
        tally.books().said(life.step(), 1);
        switch (life.step()) {
            case Lives.SUBMIT -> applications.submitApplication(LifeMessages.submit(life, nowMs), new Taken<SubmitApplicationReply>(sinceNs) {
                @Override
                void take(final SubmitApplicationReply reply) {
                    done(reply.getApplication(), reply.getPosition());
                }
            });
            case Lives.VALIDATE -> applications.validateLines(LifeMessages.validate(life, nowMs), new Plain(sinceNs));
            case Lives.HOLD -> appointments.hold(LifeMessages.hold(life, nowMs), new Taken<HoldReply>(sinceNs) {
                @Override
                void take(final HoldReply reply) {
                    done(reply.getHold(), reply.getPosition());
                }
            });
            case Lives.CONFIRM -> appointments.confirm(LifeMessages.confirm(life, nowMs), new Taken<ConfirmReply>(sinceNs) {
                @Override
                void take(final ConfirmReply reply) {
                    done(reply.getAppointment(), reply.getPosition());
                }
            });
            default -> appointments.cancel(LifeMessages.cancel(life, nowMs), new Plain(sinceNs));
        }
    }

    private abstract class Taken<T> extends Answer<T> {
        Taken(final long sinceNs) {
            super(Unary.this, tally, then, sinceNs);
        }

        abstract void take(T reply);

        /** @param made what the command made, empty when nothing */
        final void done(final String made, final long position) {
            tally.answered(1, sinceNs());
            tally.books().done(life.step(), 1);
            tally.books().reached(position);
            listener.done(life, position, sinceNs());
            life.done(made);
        }

        @Override
        public void onNext(final T reply) {
            take(reply);
        }

        @Override
        void notDone() {
            tally.books().notDone(life.step(), 1);
        }
    }

    private final class Plain extends Taken<Done> {
        Plain(final long sinceNs) {
            super(sinceNs);
        }

        @Override
        void take(final Done reply) {
            done("", reply.getPosition());
        }
    }
}
