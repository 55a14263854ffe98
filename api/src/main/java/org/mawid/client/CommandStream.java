package org.mawid.client;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.Result;

/**
 * A stream of commands: as fast as the server takes them, answers in order. When the connection is lost, what was not answered
 * is sent again with its request ids, so that each is done once and answered once; when, {@link Repeat} says. A command that is refused for
 * now, such as UNAVAILABLE, was answered: it is not sent again, for those behind it may have been done. Where that is said of one that was sent
 * again, the first time may have been in time, and its answer is PENDING.
 * <p>{@link #send} from one thread at a time.
 */
public final class CommandStream implements AutoCloseable {
    /** Commands without an answer before {@link #send} waits: as many as the server takes. */
    private static final int WINDOW = 2_048;

    private final MawidClient client;
    private final Consumer<CommandReply> onReply;
    private final Object lock = new Object();
    private final Deque<Command> unanswered = new ArrayDeque<>();
    private final Repeat repeat = new Repeat();
    private Attempt attempt;
    private boolean closed;

    CommandStream(final MawidClient client, final Consumer<CommandReply> onReply) {
        this.client = client;
        this.onReply = onReply;
        this.attempt = new Attempt(0);
        attempt.begin();
    }

    /**
     * Sends one command, waiting while too many are without an answer. One without a request id gets one.
     *
     * @throws MawidException when the server cannot be reached for the client's time-out: this command was not sent, and it tells the requests
     *                        of those before it that have no answer
     */
    public void send(final Command command) {
        final Command complete = Requested.withRequest(command, client);
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the stream is closed");
            }
            awaitUntil(true);
            unanswered.add(complete);
            attempt.call.onNext(complete);
        }
    }

    /** Commands that were sent and not answered. */
    public int inFlight() {
        synchronized (lock) {
            return unanswered.size();
        }
    }

    /** Waits until every command has been answered. @throws MawidException when the server cannot be reached for the client's time-out */
    public void awaitReplies() {
        synchronized (lock) {
            awaitUntil(false);
        }
    }

    /** Waits for the answers, then ends the stream. */
    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            try {
                awaitUntil(false);
            } finally {
                closed = true;
                if (attempt.failure == null) {
                    attempt.call.onCompleted();
                }
            }
        }
    }

    /** With the lock. @param roomIsEnough false = until nothing is unanswered */
    private void awaitUntil(final boolean roomIsEnough) {
        long dueNanos = client.dueNanos();
        int before = unanswered.size();
        try {
            while (attempt.failure != null || (roomIsEnough ? unanswered.size() >= WINDOW || !attempt.call.isReady() : !unanswered.isEmpty())) {
                if (unanswered.size() < before) {
                    before = unanswered.size(); // time runs only while nothing moves
                    dueNanos = client.dueNanos();
                }
                final long leftMs = client.leftMs(dueNanos);
                if (leftMs <= 0) {
                    throw noAnswer();
                }
                if (attempt.failure != null) {
                    again(leftMs);
                } else {
                    lock.wait(leftMs);
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw trouble("interrupted", e);
        }
    }

    /** With the lock. */
    private MawidException noAnswer() {
        return trouble("no answer to " + unanswered.size() + " commands", attempt.failure);
    }

    /** With the lock. */
    private MawidException trouble(final String message, final Throwable cause) {
        return new MawidException(message, cause).of(unanswered.stream().map(Requested::of).toList());
    }

    /** With the lock: a new call, and what was not answered goes first. */
    private void again(final long leftMs) throws InterruptedException {
        final Throwable failure = attempt.failure;
        final Refusal refusal = Refusal.of(failure);
        if (Refusal.isFinal(failure, refusal)) {
            throw trouble("the stream was refused", failure);
        }
        final long delayMs = repeat.afterMs(refusal, leftMs);
        if (delayMs == Repeat.NEVER) {
            throw noAnswer();
        }
        client.time().pause(lock, delayMs);
        attempt = new Attempt(unanswered.size());
        attempt.begin();
        for (final Command command : unanswered) {
            attempt.call.onNext(command);
        }
    }

    /** One call. Answers of an earlier one that come late are passed over: its commands were sent again. */
    private final class Attempt implements ClientResponseObserver<Command, CommandReply> {
        private ClientCallStreamObserver<Command> call;
        private Throwable failure;
        /** How many of its first answers are to commands that were sent before. */
        private int sentBefore;

        Attempt(final int sentBefore) {
            this.sentBefore = sentBefore;
        }

        void begin() {
            CommandServiceGrpc.newStub(client.nextChannel()).stream(this);
        }

        @Override
        public void beforeStart(final ClientCallStreamObserver<Command> requests) {
            call = requests;
            requests.setOnReadyHandler(() -> {
                synchronized (lock) {
                    lock.notifyAll();
                }
            });
        }

        @Override
        public void onNext(final CommandReply reply) {
            final boolean wasSentBefore;
            synchronized (lock) {
                if (attempt != this) {
                    return;
                }
                wasSentBefore = sentBefore > 0;
                sentBefore -= wasSentBefore ? 1 : 0;
            }
            try {
                onReply.accept(wasSentBefore && Refusal.isOfOneAttempt(reply.getResult()) ? pending(reply) : reply);
            } finally {
                told();
            }
        }

        private static CommandReply pending(final CommandReply reply) {
            return CommandReply.newBuilder().setTag(reply.getTag()).setResult(Result.PENDING).build();
        }

        /** After it was handed over: who waits for the answers has them all. Until this returns gRPC says nothing more on this call. */
        private void told() {
            synchronized (lock) {
                final int before = unanswered.size();
                unanswered.remove();
                repeat.progress();
                if (before == WINDOW || before == 1) {
                    lock.notifyAll();
                }
            }
        }

        @Override
        public void onError(final Throwable trouble) {
            synchronized (lock) {
                failure = trouble;
                lock.notifyAll();
            }
        }

        @Override
        public void onCompleted() {
            synchronized (lock) {
                failure = Status.UNAVAILABLE.withDescription("the server ended the stream").asException();
                lock.notifyAll();
            }
        }
    }
}
