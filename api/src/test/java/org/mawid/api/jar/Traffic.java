package org.mawid.api.jar;

import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.CommandServiceGrpc;

/** Lives on some streams, as many commands on their way as there are lives, until the server is gone or enough were answered. */
final class Traffic {
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicReference<Throwable> wrong = new AtomicReference<>();
    private final CountDownLatch ended;

    /** @param lives shared out among {@code streams} connections */
    Traffic(final Server server, final List<Life> lives, final int streams) {
        ended = new CountDownLatch(streams);
        for (int i = 0; i < streams; i++) {
            final List<Life> share = new ArrayList<>();
            for (int k = i; k < lives.size(); k += streams) {
                share.add(lives.get(k));
            }
            new OneStream(share).begin(server.channel());
        }
    }

    /** Waits for so many answers; the lives go on. */
    void awaitAnswers(final int count) throws InterruptedException {
        final long dueNanos = System.nanoTime() + Server.PATIENCE.toNanos();
        while (answered.get() < count) {
            if (wrong.get() != null || System.nanoTime() - dueNanos > 0) {
                throw new AssertionError(answered + " of " + count + " answers", wrong.get());
            }
            Thread.sleep(1);
        }
    }

    /** Once the server is gone: until every stream knows. Nothing is recorded afterwards. */
    void awaitEnd() throws InterruptedException {
        if (!ended.await(Server.PATIENCE.toSeconds(), TimeUnit.SECONDS) || wrong.get() != null) {
            throw new AssertionError("streams end with their server", wrong.get());
        }
    }

    private final class OneStream implements ClientResponseObserver<Command, CommandReply> {
        private final List<Life> lives;
        private ClientCallStreamObserver<Command> requests;

        OneStream(final List<Life> lives) {
            this.lives = lives;
        }

        synchronized void begin(final ManagedChannel channel) {
            CommandServiceGrpc.newStub(channel).stream(this);
            for (int i = 0; i < lives.size(); i++) {
                send(i, lives.get(i).pending());
            }
        }

        @Override
        public void beforeStart(final ClientCallStreamObserver<Command> observer) {
            requests = observer;
        }

        @Override
        public synchronized void onNext(final CommandReply reply) {
            try {
                final int life = (int) reply.getTag();
                send(life, lives.get(life).answered(reply));
                answered.incrementAndGet();
            } catch (final RuntimeException ours) {
                wrong.compareAndSet(null, ours);
                throw ours;
            }
        }

        @Override
        public void onError(final Throwable gone) {
            ended.countDown();
        }

        @Override
        public void onCompleted() {
            ended.countDown();
        }

        private void send(final int life, final Command command) {
            requests.onNext(command.toBuilder().setTag(life).build());
        }
    }
}
