package org.mawid.bench.wire;

import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.CommandServiceGrpc;

/** One bidirectional stream that carries many lives: each sends its next command when the last was answered. */
final class Streamed implements ClientResponseObserver<Command, CommandReply> {
    private final List<Life> lives;
    private final long[] sentNs;
    private final Tally tally;
    private ClientCallStreamObserver<Command> requests;

    Streamed(final List<Life> lives, final Tally tally) {
        this.lives = lives;
        this.sentNs = new long[lives.size()];
        this.tally = tally;
    }

    void start(final Channel channel) {
        CommandServiceGrpc.newStub(channel).stream(this);
        synchronized (this) {
            for (int i = 0; i < lives.size(); i++) {
                send(i);
            }
        }
    }

    @Override
    public void beforeStart(final ClientCallStreamObserver<Command> observer) {
        this.requests = observer;
    }

    private void send(final int life) {
        sentNs[life] = System.nanoTime();
        requests.onNext(lives.get(life).command(life, System.currentTimeMillis()));
    }

    @Override
    public void onNext(final CommandReply reply) {
        final int life = (int) reply.getTag();
        try {
            if (lives.get(life).answered(reply)) {
                tally.done(1, System.nanoTime() - sentNs[life]);
            } else {
                tally.notAdmitted(1);
            }
        } catch (final IllegalStateException e) {
            tally.fail(e);
            return;
        }
        if (!tally.isStopping()) {
            synchronized (this) {
                send(life);
            }
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
