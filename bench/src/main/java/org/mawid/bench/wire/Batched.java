package org.mawid.bench.wire;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Lives;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandBatchReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.sbe.CommandOutcomeDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.Result;

/** A cohort of lives that goes through its steps together, one batch a step; packed as SBE or as protobuf messages. */
final class Batched implements StreamObserver<CommandBatchReply> {
    private final CommandServiceGrpc.CommandServiceStub stub;
    private final Tally tally;
    private final Life[] lives;
    private final boolean packed;
    private final ModelNetwork network;
    private final Commands commands;
    private final long[] references;
    private final UnsafeBuffer frames;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CommandOutcomeDecoder outcome = new CommandOutcomeDecoder();
    private final int cohort;
    private final long seed;
    private int step;
    private long round;
    private long sentNs;

    Batched(final Channel channel, final Tally tally, final ModelNetwork network, final int cohort, final int size, final boolean packed, final long seed) {
        this.stub = CommandServiceGrpc.newStub(channel);
        this.tally = tally;
        this.network = network;
        this.packed = packed;
        this.cohort = cohort;
        this.seed = seed;
        this.lives = new Life[size];
        for (int i = 0; i < size; i++) {
            lives[i] = new Life(network, cohort * size + i, seed);
        }
        this.commands = new Commands(seed ^ (cohort + 1L) << 40);
        this.references = new long[size];
        this.frames = new UnsafeBuffer(new byte[size * 256]);
    }

    void send() {
        if (tally.isStopping()) {
            return;
        }
        final CommandBatch.Builder batch = CommandBatch.newBuilder();
        final long nowMs = System.currentTimeMillis();
        sentNs = System.nanoTime();
        if (packed) {
            batch.setPacked(UnsafeByteOperations.unsafeWrap(frames.byteArray(), 0, pack(nowMs)));
        } else {
            for (int i = 0; i < lives.length; i++) {
                batch.addCommands(lives[i].command(i, nowMs));
            }
        }
        stub.batch(batch.build(), this);
    }

    private int pack(final long nowMs) {
        int at = 0;
        for (int i = 0; i < references.length; i++) {
            final int length = write(i, at + 4, nowMs);
            frames.putInt(at, length, ByteOrder.LITTLE_ENDIAN);
            at += (4 + length + 7) & ~7;
        }
        return at;
    }

    private int write(final int life, final int at, final long nowMs) {
        switch (step) {
            case Lives.SUBMIT:
                final long person = Lives.personKey(round * references.length + life, seed + cohort * 1_000_003L);
                return commands.submit(frames, at, nowMs, person, 1);
            case Lives.VALIDATE:
                return commands.validate(frames, at, nowMs, references[life]);
            case Lives.HOLD:
                final int place = (cohort * references.length + life) % (network.posts() * network.days() * network.units());
                final int day = place / network.units();
                return commands.hold(frames, at, nowMs, references[life], ModelNetwork.deskId(day / network.days()),
                        ModelNetwork.FIRST_DAY + day % network.days(), place % network.units(), ModelNetwork.unitsOf(1), true);
            case Lives.CONFIRM:
                return commands.confirm(frames, at, nowMs, references[life]);
            default:
                return commands.cancel(frames, at, nowMs, references[life]);
        }
    }

    @Override
    public void onNext(final CommandBatchReply reply) {
        try {
            if (packed) {
                unpack(reply);
            } else {
                for (int i = 0; i < lives.length; i++) {
                    lives[i].answered(reply.getReplies(i));
                }
            }
            tally.done(lives.length, System.nanoTime() - sentNs);
        } catch (final RuntimeException e) {
            tally.fail(e);
        }
    }

    private void unpack(final CommandBatchReply reply) {
        final UnsafeBuffer answers = new UnsafeBuffer(reply.getPacked().asReadOnlyByteBuffer());
        int at = 0;
        for (int i = 0; i < references.length; i++) {
            final int length = answers.getInt(at, ByteOrder.LITTLE_ENDIAN);
            outcome.wrapAndApplyHeader(answers, at + 4, header);
            if (outcome.result() != Result.OK) {
                throw new IllegalStateException("step " + step + " was answered " + outcome.result());
            }
            if (outcome.number1() != 0) {
                references[i] = outcome.number1();
            }
            at += (4 + length + 7) & ~7;
        }
        if (++step == Life.STEPS) {
            step = 0;
            round++;
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
        send();
    }
}
