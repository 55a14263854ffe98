package org.mawid.bench.wire.grpc;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Channel;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Life;
import org.mawid.bench.load.Lives;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.wire.loop.Tally;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandBatchReply;
import org.mawid.sbe.CommandOutcomeDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.Result;

/** Batches of SBE messages packed into one field. What is known of a life is in arrays: nothing is made for a command. */
final class FrameBatches extends Batched {
    private static final int COMMAND_BYTES = 256;

    private final ModelNetwork network;
    private final int cohort;
    private final long seed;
    private final boolean choosesPost;
    private final Commands commands;
    private final long[] references;
    private final long[] numbers;
    private final byte[] steps;
    private final UnsafeBuffer frames;
    private final UnsafeBuffer answers = new UnsafeBuffer(new byte[0]);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CommandOutcomeDecoder outcome = new CommandOutcomeDecoder();

    /** @param cohort which part of the network's places is this one's, from 0 @param choosesPost whether applications are made for the post of their place */
    FrameBatches(final Channel channel, final Tally tally, final ModelNetwork network, final int cohort, final int size, final long seed, final boolean choosesPost, final Then then) {
        super(channel, tally, size, then);
        this.network = network;
        this.cohort = cohort;
        this.seed = seed;
        this.choosesPost = choosesPost;
        this.commands = new Commands(seed ^ (cohort + 1L) << 40).byNobody();
        this.references = new long[size];
        this.numbers = new long[size];
        this.steps = new byte[size];
        this.frames = new UnsafeBuffer(new byte[size * COMMAND_BYTES]);
    }

    @Override
    CommandBatch batch(final long nowMs) {
        int at = 0;
        for (int i = 0; i < references.length; i++) {
            final int length = write(i, at + Integer.BYTES, nowMs);
            frames.putInt(at, length, ByteOrder.LITTLE_ENDIAN);
            at += Integer.BYTES + length + 7 & ~7;
        }
        // Not copied: it is written again only when this batch was answered.
        return CommandBatch.newBuilder().setPacked(UnsafeByteOperations.unsafeWrap(frames.byteArray(), 0, at)).build();
    }

    private int write(final int life, final int at, final long nowMs) {
        final long place = cohort * (long) references.length + life;
        final int unit = (int) (place % (network.posts() * network.days() * network.units()));
        final int day = unit / network.units();
        says(steps[life]);
        switch (steps[life]) {
            case Lives.SUBMIT:
                return commands.submit(frames, at, nowMs, Lives.personKey(numbers[life] << 32 | place, seed), 1, choosesPost ? day / network.days() + 1 : 0);
            case Lives.VALIDATE:
                return commands.validate(frames, at, nowMs, references[life]);
            case Lives.HOLD:
                return commands.hold(frames, at, nowMs, references[life], ModelNetwork.deskId(day / network.days()),
                        ModelNetwork.FIRST_DAY + day % network.days(), unit % network.units(), ModelNetwork.unitsOf(1), true);
            case Lives.CONFIRM:
                return commands.confirm(frames, at, nowMs, references[life]);
            default:
                return commands.cancel(frames, at, nowMs, references[life]);
        }
    }

    @Override
    int take(final CommandBatchReply reply) {
        answers.wrap(reply.getPacked().asReadOnlyByteBuffer());
        int done = 0;
        for (int i = 0, at = 0; i < references.length; i++) {
            final int length = answers.getInt(at, ByteOrder.LITTLE_ENDIAN);
            outcome.wrapAndApplyHeader(answers, at + Integer.BYTES, header);
            final Result result = outcome.result();
            if (result == Result.OK) {
                isDone(steps[i]);
                answered(i, outcome.number1());
                done++;
            } else if (result != Result.UNAVAILABLE && result != Result.READ_MODEL_BEHIND) {
                throw new IllegalStateException("step " + steps[i] + " was answered " + result);
            }
            at += Integer.BYTES + length + 7 & ~7;
        }
        return done;
    }

    private void answered(final int life, final long reference) {
        if (reference != 0) {
            references[life] = reference;
        }
        if (++steps[life] == Life.STEPS) {
            steps[life] = 0;
            numbers[life]++;
        }
    }
}
