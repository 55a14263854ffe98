package org.mawid.bench.wire.grpc;

import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import org.mawid.bench.wire.loop.Client;
import org.mawid.bench.wire.loop.Tally;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandBatchReply;
import org.mawid.grpc.CommandServiceGrpc;

/** A cohort of lives, each of which has its next command in the next batch: one batch at a time. */
abstract class Batched implements Client, StreamObserver<CommandBatchReply> {
    private final CommandServiceGrpc.CommandServiceStub stub;
    private final Tally tally;
    private final int size;
    private final Then then;
    private volatile long sinceNs;

    Batched(final Channel channel, final Tally tally, final int size, final Then then) {
        this.stub = CommandServiceGrpc.newStub(channel);
        this.tally = tally;
        this.size = size;
        this.then = then;
    }

    /** The next command of each life. */
    abstract CommandBatch batch(long nowMs);

    /** @return how many were done; the others were not admitted, and are in the next batch again */
    abstract int take(CommandBatchReply reply);

    final int size() {
        return size;
    }

    @Override
    public final void send(final long since) {
        sinceNs = since;
        stub.batch(batch(System.currentTimeMillis()), this);
    }

    @Override
    public final void onNext(final CommandBatchReply reply) {
        try {
            final int done = take(reply);
            tally.answered(done, sinceNs);
            tally.notAdmitted(size - done);
        } catch (final RuntimeException e) {
            tally.fail(e);
        }
    }

    @Override
    public final void onError(final Throwable cause) {
        if (!tally.isStopping()) {
            tally.fail(cause);
        }
    }

    @Override
    public final void onCompleted() {
        then.answered(this);
    }
}
