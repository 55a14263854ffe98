package org.mawid.api.command;

import com.google.protobuf.ByteString;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.Places;
import org.mawid.api.rpc.CallBytes;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.Refusals;
import org.mawid.api.rpc.Worker;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.GetOutcomeRequest;
import org.mawid.sbe.Result;

/** Streams, batches and outcomes over gRPC. On the server's event loops. */
public final class CommandGrpc implements BindableService, CommandServiceGrpc.AsyncService {
    private final Calls calls;
    private final Places streams;
    private final ThreadLocal<CommandMapping> mapping = ThreadLocal.withInitial(CommandMapping::new);
    private final ThreadLocal<WaitingCalls> waiting = ThreadLocal.withInitial(WaitingCalls::new);
    private final ThreadLocal<FramesPool> frames = ThreadLocal.withInitial(() -> new FramesPool(this::newFrames));

    /** @param maxStreams most streams at once; each can take up to 150 KiB, and 1 MiB more while it waits, which only a few may. One more is told UNAVAILABLE */
    public CommandGrpc(final Calls calls, final int maxStreams) {
        this.calls = calls;
        this.streams = new Places(maxStreams);
    }

    /** As generated, but that a batch comes and goes as bytes: to make all its messages would cost more than its commands. */
    @Override
    public ServerServiceDefinition bindService() {
        final ServerServiceDefinition generated = CommandServiceGrpc.bindService(this);
        final MethodDescriptor<byte[], ByteString> batch = CommandServiceGrpc.getBatchMethod().toBuilder(new RequestBytes(), new ReplyBytes()).build();
        final List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>(generated.getMethods());
        methods.replaceAll(method -> method.getMethodDescriptor() == CommandServiceGrpc.getBatchMethod()
                ? ServerMethodDefinition.create(batch, ServerCalls.asyncUnaryCall(this::batch)) : method);
        final ServiceDescriptor.Builder descriptor = ServiceDescriptor.newBuilder(CommandServiceGrpc.SERVICE_NAME)
                .setSchemaDescriptor(generated.getServiceDescriptor().getSchemaDescriptor());
        methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        final ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(service::addMethod);
        return service.build();
    }

    @Override
    public StreamObserver<Command> stream(final StreamObserver<CommandReply> observer) {
        final Places.Place place = streams.take();
        if (place == null) {
            calls.gateway().localAnswers().count(null, Cause.TOO_MANY_STREAMS);
            observer.onError(Refusals.of(Cause.TOO_MANY_STREAMS));
            return new IgnoredStream();
        }
        try {
            final StreamCall stream = new StreamCall(calls, mapping.get(), Judge.ofCall(calls), waiting.get(), (ServerCallStreamObserver<CommandReply>) observer, place::giveBack);
            stream.begin();
            return stream;
        } catch (final RuntimeException ours) {
            place.giveBack();
            throw ours;
        }
    }

    private void batch(final byte[] message, final StreamObserver<ByteString> observer) {
        final CallBytes bytes = CallBytes.ofCall();
        if (!bytes.mayAnswer()) {
            calls.gateway().localAnswers().count(null, Cause.ANSWERS_UNREAD);
            observer.onError(Refusals.of(Cause.ANSWERS_UNREAD));
            return;
        }
        final Worker worker = calls.worker();
        final FramesPool pool = frames.get();
        final Frames batch = pool.take();
        final Result problem = batch.take(message, worker.callDeadlineMs(), Judge.ofCall(calls));
        if (problem != Result.OK) {
            pool.giveBack(batch);
            calls.gateway().localAnswers().count(null, problem, 0);
            observer.onError(Refusals.of(problem));
            return;
        }
        final ServerCallStreamObserver<ByteString> call = (ServerCallStreamObserver<ByteString>) observer;
        call.setOnCancelHandler(() -> { }); // or answering a call that is gone would throw
        final WaitingCalls others = waiting.get();
        if (batch.isBehind() && others.mayWait()) { // once, as a single call; what is not known then is answered so
            others.begins();
            calls.whenKnown(reached -> {
                others.ended();
                if (reached) {
                    batch.judgeAgain();
                }
                submit(worker, pool, batch, call, bytes);
            });
        } else {
            submit(worker, pool, batch, call, bytes);
        }
    }

    private static void submit(final Worker worker, final FramesPool pool, final Frames batch, final ServerCallStreamObserver<ByteString> call, final CallBytes bytes) {
        new BatchCall(worker, batch, call, bytes).submit();
        pool.giveBack(batch);
    }

    @Override
    public void getOutcome(final GetOutcomeRequest message, final StreamObserver<CommandReply> observer) {
        if ((message.getIdHigh() | message.getIdLow()) == 0) {
            observer.onError(Refusals.of(Result.MALFORMED));
            return;
        }
        ((ServerCallStreamObserver<CommandReply>) observer).setOnCancelHandler(() -> { });
        calls.gateway().outcomeOf(calls.worker().lane(), message.getIdHigh(), message.getIdLow(), answer -> {
            if (isTrouble(answer)) {
                observer.onError(Refusals.of(answer.result(), answer.number1(), answer.number2()));
            } else {
                observer.onNext(CommandReplies.reply(answer, 0, calls.references()));
                observer.onCompleted();
            }
        });
    }

    /** The core was not asked, or did not answer in time. A refusal of the request in question is an answer. */
    private static boolean isTrouble(final Answer answer) {
        return answer.result() == Result.PENDING || answer.result() == Result.UNAVAILABLE;
    }

    private Frames newFrames() {
        return new Frames(calls.worker().references(), calls.worker().newDraft());
    }

    /** Of a stream that was refused: what still arrives is dropped. */
    private static final class IgnoredStream implements StreamObserver<Command> {
        @Override
        public void onNext(final Command command) {
            // refused already
        }

        @Override
        public void onError(final Throwable cancelled) {
            // refused already
        }

        @Override
        public void onCompleted() {
            // refused already
        }
    }
}
