package org.mawid.bench.wire.grpc;

import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.Arrays;
import org.mawid.bench.load.Life;
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
    /** Commands of the batch that is on its way, and those of them that are done, by step. */
    private final int[] said = new int[Life.STEPS];
    private final int[] done = new int[Life.STEPS];
    private volatile long sinceNs;

    Batched(final Channel channel, final Tally tally, final int size, final Then then) {
        this.stub = CommandServiceGrpc.newStub(channel);
        this.tally = tally;
        this.size = size;
        this.then = then;
    }

    /** The next command of each life, of which {@link #says} is told. */
    abstract CommandBatch batch(long nowMs);

    /** Tells {@link #isDone} of those that were. @return how many; the others were not admitted, and are in the next batch again */
    abstract int take(CommandBatchReply reply);

    final int size() {
        return size;
    }

    @Override
    public final void send(final long since) {
        Arrays.fill(said, 0);
        Arrays.fill(done, 0);
        final CommandBatch batch = batch(System.currentTimeMillis());
        for (int step = 0; step < Life.STEPS; step++) {
            tally.books().said(step, said[step]);
        }
        sinceNs = since;
        stub.batch(batch, this);
    }

    final void says(final int step) {
        said[step]++;
    }

    final void isDone(final int step) {
        done[step]++;
    }

    @Override
    public final void onNext(final CommandBatchReply reply) {
        try {
            final int many = take(reply);
            for (int step = 0; step < Life.STEPS; step++) {
                tally.books().done(step, done[step]);
                tally.books().notDone(step, said[step] - done[step]);
            }
            tally.answered(many, sinceNs);
            tally.notAdmitted(size - many);
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
