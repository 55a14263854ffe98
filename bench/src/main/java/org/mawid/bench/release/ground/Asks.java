package org.mawid.bench.release.ground;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.GetOutcomeRequest;
import org.mawid.grpc.Request;

/** Many reads of one kind, some of them on their way at once: what is looked at before the clock starts and after it has stopped. One thread. */
public final class Asks implements AutoCloseable {
    private static final int AT_ONCE = 256;
    private static final long PATIENCE_SECONDS = 60;

    private final ManagedChannel channel;

    public Asks(final Address grpc) {
        channel = NettyChannelBuilder.forAddress(grpc.host(), grpc.port()).usePlaintext().directExecutor().build();
    }

    public ManagedChannel channel() {
        return channel;
    }

    /**
     * Asks all and waits.
     *
     * @return in the order of the questions; null where the server knows no such thing
     * @throws IllegalStateException one was answered otherwise, or not at all
     */
    public <Q, R> List<R> all(final List<Q> questions, final BiConsumer<Q, StreamObserver<R>> call) throws InterruptedException {
        final Semaphore free = new Semaphore(AT_ONCE);
        final AtomicReferenceArray<R> answers = new AtomicReferenceArray<>(Math.max(1, questions.size()));
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        for (int i = 0; i < questions.size() && failure.get() == null; i++) {
            take(free, 1);
            call.accept(questions.get(i), new Answer<>(i, answers, free, failure));
        }
        if (failure.get() == null) {
            take(free, AT_ONCE);
        }
        if (failure.get() != null) {
            throw new IllegalStateException("the server could not be asked: " + Reason.inWords(failure.get()), failure.get());
        }
        final List<R> all = new ArrayList<>(questions.size());
        for (int i = 0; i < questions.size(); i++) {
            all.add(answers.get(i));
        }
        return all;
    }

    /** What became of commands. @return in the order of the requests; null where the server knows of no such command */
    public List<CommandReply> outcomes(final List<Request> requests) throws InterruptedException {
        return all(requests, (request, reply) -> CommandServiceGrpc.newStub(channel).getOutcome(
                GetOutcomeRequest.newBuilder().setIdHigh(request.getIdHigh()).setIdLow(request.getIdLow()).build(), reply));
    }

    private static void take(final Semaphore free, final int many) throws InterruptedException {
        if (!free.tryAcquire(many, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the server has not answered within " + PATIENCE_SECONDS + " s");
        }
    }

    private record Answer<R>(int index, AtomicReferenceArray<R> answers, Semaphore free, AtomicReference<Throwable> failure) implements StreamObserver<R> {
        @Override
        public void onNext(final R reply) {
            answers.set(index, reply);
        }

        @Override
        public void onError(final Throwable cause) {
            if (Status.fromThrowable(cause).getCode() != Status.Code.NOT_FOUND) {
                failure.compareAndSet(null, cause);
            }
            free.release();
        }

        @Override
        public void onCompleted() {
            free.release();
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
