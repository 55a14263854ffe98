package org.mawid.bench.peer.mawid;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.peer.work.Steps;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandBatchReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.sbe.CommandOutcomeDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.Result;

/** All steps in one packed batch. Its buffer is used again when the batch was answered: nothing is made for a step. */
final class MawidBatch implements MawidCall, StreamObserver<CommandBatchReply> {
    private static final int MOST_COMMAND_BYTES = 256;

    private final CommandServiceGrpc.CommandServiceStub stub;
    private final MawidPeer peer;
    private final UnsafeBuffer frames;
    private final UnsafeBuffer answers = new UnsafeBuffer(new byte[0]);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CommandOutcomeDecoder outcome = new CommandOutcomeDecoder();
    private Commands commands;
    private long idHigh;
    private Steps steps;
    private Answered answered;

    MawidBatch(final Channel channel, final MawidPeer peer, final int most) {
        this.stub = CommandServiceGrpc.newStub(channel);
        this.peer = peer;
        this.frames = new UnsafeBuffer(new byte[most * MOST_COMMAND_BYTES]);
    }

    @Override
    public void send(final Steps asked, final Answered told) {
        steps = asked;
        answered = told;
        if (commands == null || idHigh != asked.idHigh()) {
            idHigh = asked.idHigh();
            commands = new Commands(idHigh);
        }
        int at = 0;
        for (int i = 0; i < asked.count(); i++) {
            final int length = write(i, at + Integer.BYTES);
            frames.putInt(at, length, ByteOrder.LITTLE_ENDIAN);
            at += Integer.BYTES + length + 7 & ~7;
        }
        stub.batch(CommandBatch.newBuilder().setPacked(UnsafeByteOperations.unsafeWrap(frames.byteArray(), 0, at)).build(), this);
    }

    private int write(final int i, final int at) {
        commands.nextId(steps.idLow[i]);
        final long createdMs = steps.createdMs();
        return switch (steps.kind[i]) {
            case Steps.HOLD -> commands.hold(frames, at, createdMs, peer.application(steps.application[i]), ModelNetwork.deskId(peer.calendar().post(steps.day[i])),
                    MawidPeer.epochDay(peer.calendar(), steps.day[i]), steps.start[i], steps.units[i], false);
            case Steps.CONFIRM -> commands.confirm(frames, at, createdMs, steps.visit[i]);
            case Steps.CANCEL -> commands.cancel(frames, at, createdMs, steps.visit[i]);
            default -> commands.release(frames, at, createdMs, steps.visit[i]);
        };
    }

    @Override
    public void onNext(final CommandBatchReply reply) {
        answers.wrap(reply.getPacked().asReadOnlyByteBuffer());
        long last = 0;
        for (int i = 0, at = 0; i < steps.count(); i++) {
            final int length = answers.getInt(at, ByteOrder.LITTLE_ENDIAN);
            outcome.wrapAndApplyHeader(answers, at + Integer.BYTES, header);
            final Result result = outcome.result();
            if (result == Result.OK) {
                last = outcome.position();
                steps.answer[i] = steps.kind[i] == Steps.HOLD || steps.kind[i] == Steps.CONFIRM ? outcome.number1() : 1;
            } else {
                steps.answer[i] = MawidCall.answer(result);
            }
            at += Integer.BYTES + length + 7 & ~7;
        }
        peer.answered(last);
    }

    @Override
    public void onError(final Throwable cause) {
        answered.failed(cause);
    }

    @Override
    public void onCompleted() {
        answered.answered();
    }
}
