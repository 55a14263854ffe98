package org.mawid.bench.wire.grpc;

import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.stream.IntStream;
import org.mawid.bench.load.Life;
import org.mawid.bench.wire.loop.Client;
import org.mawid.bench.wire.loop.Tally;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.CommandServiceGrpc;

/** One bidirectional stream that carries many lives, each of which is a client. */
final class Streamed implements ClientResponseObserver<Command, CommandReply> {
    private final List<Seat> seats;
    private final Tally tally;
    private final Client.Then then;
    private ClientCallStreamObserver<Command> requests;

    Streamed(final List<Life> lives, final Tally tally, final Client.Then then) {
        this.seats = IntStream.range(0, lives.size()).mapToObj(number -> new Seat(number, lives.get(number))).toList();
        this.tally = tally;
        this.then = then;
    }

    /** One life on the stream. */
    private final class Seat implements Client {
        private final int number;
        private final Life life;
        private volatile long sinceNs;

        Seat(final int number, final Life life) {
            this.number = number;
            this.life = life;
        }

        @Override
        public void send(final long since) {
            sinceNs = since;
            tally.books().said(life.step(), 1);
            final Command command = LifeMessages.command(life, number, System.currentTimeMillis());
            synchronized (Streamed.this) {
                requests.onNext(command);
            }
        }
    }

    /** Opens the stream. @return its lives: none has sent anything */
    List<? extends Client> start(final Channel channel) {
        CommandServiceGrpc.newStub(channel).stream(this);
        return seats;
    }

    @Override
    public void beforeStart(final ClientCallStreamObserver<Command> observer) {
        this.requests = observer;
    }

    @Override
    public void onNext(final CommandReply reply) {
        final Seat seat = seats.get((int) reply.getTag());
        final int step = seat.life.step();
        try {
            if (LifeMessages.answered(seat.life, reply)) {
                tally.books().done(step, 1);
                tally.answered(1, seat.sinceNs);
                then.answered(seat);
            } else {
                tally.books().notDone(step, 1);
                tally.notAdmitted(1);
                tally.unlessStopping(() -> seat.send(seat.sinceNs));
            }
        } catch (final IllegalStateException e) {
            tally.fail(e);
        }
    }

    @Override
    public void onError(final Throwable cause) {
        if (!tally.isStopping()) {
            tally.fail(cause);
        }
    }

    @Override
    public void onCompleted() {
        if (!tally.isStopping()) {
            tally.fail(new IllegalStateException("the server ended the stream"));
        }
    }
}
