package org.mawid.bench.wire.grpc;

import io.grpc.Channel;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.mawid.bench.load.Life;
import org.mawid.bench.wire.loop.Tally;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandBatchReply;

/** Batches of protobuf messages. */
final class MessageBatches extends Batched {
    private final Life[] lives;

    /** @param cohort which part of the network's places is this one's, from 0 */
    MessageBatches(final Channel channel, final Tally tally, final int cohort, final int size, final IntFunction<Life> lives, final Then then) {
        super(channel, tally, size, then);
        this.lives = IntStream.range(0, size).mapToObj(i -> lives.apply(cohort * size + i)).toArray(Life[]::new);
    }

    @Override
    CommandBatch batch(final long nowMs) {
        final CommandBatch.Builder batch = CommandBatch.newBuilder();
        for (int i = 0; i < lives.length; i++) {
            says(lives[i].step());
            batch.addCommands(LifeMessages.command(lives[i], i, nowMs));
        }
        return batch.build();
    }

    @Override
    int take(final CommandBatchReply reply) {
        int done = 0;
        for (int i = 0; i < lives.length; i++) {
            final int step = lives[i].step();
            if (LifeMessages.answered(lives[i], reply.getReplies(i))) {
                isDone(step);
                done++;
            }
        }
        return done;
    }
}
