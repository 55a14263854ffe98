package org.mawid.api.rpc;

import com.google.protobuf.MessageLite;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.mawid.api.access.Access;
import org.mawid.api.access.Caller;
import org.mawid.api.access.CommandAccess;
import org.mawid.api.access.ObjectKind;
import org.mawid.api.access.Operation;
import org.mawid.api.access.Target;
import org.mawid.api.capability.Capabilities;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.AnswerHandler;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.limit.Budget;
import org.mawid.api.limit.Limits;
import org.mawid.api.limit.Spent;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.grpc.Done;
import org.mawid.sbe.Result;

/** How unary calls begin and end. Handlers run on the event loop itself: they check, submit and return. */
public final class Calls {
    private static final Runnable NOTHING = () -> { };

    private final Gateway gateway;
    private final EventLoopGroup eventLoops;
    private final Waiting waiting;
    private final Access access;
    private final Limits limits;
    private final Capabilities capabilities;
    private final ThreadLocal<Worker> workers = ThreadLocal.withInitial(this::newWorker);

    /** @param eventLoops those of the server, whose threads run the handlers ({@code directExecutor}) */
    public Calls(final Gateway gateway, final EventLoopGroup eventLoops, final Waiting waiting) {
        this(gateway, eventLoops, waiting, null, Limits.NONE, null);
    }

    /** As above. @param access whether calls may go on; null = whoever calls may do anything, as often as they like @param limits of commands @param capabilities null = none is asked for */
    public Calls(final Gateway gateway, final EventLoopGroup eventLoops, final Waiting waiting, final Access access, final Limits limits, final Capabilities capabilities) {
        this.gateway = gateway;
        this.eventLoops = eventLoops;
        this.waiting = waiting;
        this.access = access;
        this.limits = limits;
        this.capabilities = capabilities;
    }

    /** Null when whoever calls may do anything. */
    public Access access() {
        return access;
    }

    /** Pays for one command. @param at where its header begins @return null: go on; else what stands in the way, which has been written */
    public Spent pay(final Caller caller, final CommandTemplate template, final DirectBuffer command, final int at) {
        if (access == null) {
            return null;
        }
        final Spent spent = limits.take(caller, CommandAccess.onBehalfOf(caller, command, at), Budget.COMMANDS, 1);
        if (spent != null) {
            access.refuse(caller, Operation.of(template), null);
        }
        return spent;
    }

    /** Null when none is asked for. */
    public Capabilities capabilities() {
        return capabilities;
    }

    /** Who makes the present call; null = nobody is asked who they are. */
    public Caller caller() {
        return access == null ? null : Callers.ofCall();
    }

    /** With the present call. Within a handler of it. */
    public Presented presented() {
        return new Presented(capabilities, caller(), CallCapability.ofCall());
    }

    /** Whether who calls may do that with it. Within a handler of the call. */
    public boolean isTheirs(final Operation operation, final ObjectKind kind, final long number) {
        return access == null || access.isTheirs(Callers.ofCall(), operation, new Target(kind, number));
    }

    /** Of the event loop that runs the present call. */
    public Worker worker() {
        return workers.get();
    }

    public Gateway gateway() {
        return gateway;
    }

    public References references() {
        return gateway.references();
    }

    public ReadModel readModel() {
        return gateway.engine().readModel();
    }

    /** See {@link Gateway#nowMs()}. */
    public long nowMs() {
        return gateway.nowMs();
    }

    /** The number behind the reference of something to be read; 0 = there is none, and the call has been refused. */
    public long numberToRead(final ReferenceKind kind, final String reference, final StreamObserver<?> observer) {
        final long number = references().number(kind, reference);
        if (number <= 0) {
            observer.onError(Refusals.of(Result.MALFORMED));
            return 0;
        }
        return number;
    }

    /** Submits what was drafted. @param length what {@link Draft#end} gave @param reply makes the reply of a command that was done */
    public <T> void command(final Worker worker, final CommandTemplate template, final int length, final StreamObserver<T> observer,
                            final Function<Answer, T> reply) {
        answeredLater(observer);
        submit(worker, template, length, observer, reply);
    }

    /** Before the handler of a call returns that will be answered later, or answering one that is gone would throw. Only then: later it would throw itself. */
    public static void answeredLater(final StreamObserver<?> observer) {
        ((ServerCallStreamObserver<?>) observer).setOnCancelHandler(NOTHING);
    }

    /** As {@link #command}, of a call that is {@link #answeredLater}. */
    public <T> void submit(final Worker worker, final CommandTemplate template, final int length, final StreamObserver<T> observer,
                           final Function<Answer, T> reply) {
        submit(worker, template, length, observer, reply, null);
    }

    /** As above. @param before when the command may go on: with a copy from the beginning of a buffer, and how it goes on, on the event loop; or it refuses the call. Null = nothing */
    public <T> void submit(final Worker worker, final CommandTemplate template, final int length, final StreamObserver<T> observer,
                           final Function<Answer, T> reply, final BiConsumer<MutableDirectBuffer, Runnable> before) {
        final Draft draft = worker.draftAsIs();
        if (length == 0) {
            gateway.localAnswers().count(template, draft.problem(), 0);
            observer.onError(Refusals.of(draft.problem()));
            return;
        }
        new Submission(this, worker, template, length, observer, answering(observer, reply, references()), before).begin();
    }

    /** When it can be read whose anything is that is durable by now, or that takes too long. @param then on the event loop of the call */
    public void whenReadable(final Consumer<Boolean> then) {
        whenOpen(waiting.forWork(access::position, access.durablePosition(), NOTHING), then);
    }

    /** When records reflect all that is durable by now, or that takes too long. @param then on the event loop of the call */
    void whenRecorded(final Consumer<Boolean> then) {
        whenOpen(waiting.forRecords(readModel(), durablePosition()), then);
    }

    /** While records are opening they have reached a position before they can be asked. */
    private void whenOpen(final Waiting.Position position, final Consumer<Boolean> then) {
        final Waiting.Position open = waiting.forOpenRecords(readModel());
        if (open.isReached() && position.isReached()) {
            then.accept(true);
            return;
        }
        final Executor eventLoop = worker().eventLoop();
        final Consumer<Boolean> onLoop = reached -> eventLoop.execute(() -> then.accept(reached));
        if (open.isReached()) {
            waiting.await(position, onLoop);
        } else {
            waiting.awaitOpen(open, isOpen -> {
                if (isOpen) {
                    waiting.await(position, onLoop);
                } else {
                    onLoop.accept(false);
                }
            });
        }
    }

    /** When all is known by which commands are judged that is durable by now, or that takes too long. @param then on the event loop of the call */
    public void whenKnown(final Consumer<Boolean> then) {
        if (access == null) {
            whenRecorded(then);
            return;
        }
        whenReadable(reached -> {
            if (reached) {
                whenRecorded(then);
            } else {
                then.accept(false);
            }
        });
    }

    /** Answers a call with the reply of what was done, or with the refusal. */
    public static <T> AnswerHandler answering(final StreamObserver<T> observer, final Function<Answer, T> reply) {
        return answering(observer, reply, null);
    }

    /** @param references null = the command makes nothing when it is refused */
    private static <T> AnswerHandler answering(final StreamObserver<T> observer, final Function<Answer, T> reply, final References references) {
        return answer -> {
            if (answer.isDone()) {
                observer.onNext(reply.apply(answer));
                observer.onCompleted();
            } else {
                observer.onError(Refusals.of(answer, references == null ? "" : answer.reference(references)));
            }
        };
    }

    /** Of commands that make nothing with a reference. */
    public static Done done(final Answer answer) {
        return Done.newBuilder().setPosition(answer.position()).setNowMs(answer.nowMs()).setRepeatedAnswer(answer.repeated()).build();
    }

    /** Reads what availability and catalogue know, at or after a position. @param answer null = {@code unknown} */
    public <T extends MessageLite> void read(final long minPosition, final StreamObserver<T> observer, final Result unknown, final Supplier<T> answer) {
        read(waiting.forAvailability(readModel(), minPosition), observer, unknown, answer);
    }

    /**
     * Reads records, at or after a position. They come a little after the answers of the core: what is not in them is unknown only when
     * they have reached all that was durable by then: that covers what has been answered, where the applied position may lag behind answers
     * by a batch. In the first moments of a server they are still opening, and are waited for.
     *
     * @param answer null = {@code unknown}
     */
    public <T extends MessageLite> void readRecord(final long minPosition, final StreamObserver<T> observer, final Result unknown, final Supplier<T> answer) {
        final CallBytes bytes = CallBytes.ofCall();
        findRecord(minPosition, observer, unknown, answer, reply -> give(bytes, observer, reply));
    }

    /** Reads what somebody else keeps and takes its time, at or after a position of that. @param answer on a thread on which reads wait */
    public <T extends MessageLite> void readAside(final LongSupplier position, final long minPosition, final StreamObserver<T> observer, final Supplier<T> answer) {
        answeredLater(observer);
        findAside(position, minPosition, observer, answer);
    }

    /** As {@link #readAside}, of a call that is {@link #answeredLater}. */
    public <T extends MessageLite> void findAside(final LongSupplier position, final long minPosition, final StreamObserver<T> observer, final Supplier<T> answer) {
        final CallBytes bytes = CallBytes.ofCall();
        final AtomicReference<Supplier<T>> made = new AtomicReference<>();
        waiting.await(waiting.forWork(position, Math.max(0, minPosition), () -> made.set(outcomeOf(answer))), goingOn(observer, () -> answerRead(bytes, observer, made.get(),
                reply -> give(bytes, observer, reply), () -> observer.onError(Refusals.of(Result.READ_MODEL_BEHIND)))));
    }

    /** What was made, or why it was not: told where the call is answered. */
    private static <T> Supplier<T> outcomeOf(final Supplier<T> answer) {
        try {
            final T made = answer.get();
            return () -> made;
        } catch (final ReadModelBehindException | RefusedException why) {
            return () -> {
                throw why;
            };
        }
    }

    /**
     * Asks the core what became of a request; refused when it does not remember it or cannot be asked. Of a call that is {@link #answeredLater}.
     *
     * @param then on the event loop of the call, and as a part of it
     */
    public void askOutcome(final long idHigh, final long idLow, final StreamObserver<?> observer, final Consumer<Answer> then) {
        final Context call = Context.current();
        gateway.outcomeOf(worker().lane(), idHigh, idLow, answer -> {
            switch (answer.result()) {
                case PENDING -> observer.onError(Refusals.of(Cause.NO_ANSWER)); // nothing is known of the request
                case UNAVAILABLE, REQUEST_UNKNOWN -> observer.onError(Refusals.of(answer.result(), answer.number1(), answer.number2()));
                default -> call.run(() -> then.accept(answer));
            }
        });
    }

    /** As {@link #readRecord}, of what is not the answer yet. @param then on the event loop of the call, with what was found: answers, now or later */
    public <T> void findRecord(final long minPosition, final StreamObserver<?> observer, final Result unknown, final Supplier<T> find, final Consumer<T> then) {
        answeredLater(observer);
        findRecordLater(minPosition, observer, unknown, find, then);
    }

    /** As {@link #findRecord}, of a call that is {@link #answeredLater}. */
    public <T> void findRecordLater(final long minPosition, final StreamObserver<?> observer, final Result unknown, final Supplier<T> find, final Consumer<T> then) {
        final CallBytes bytes = CallBytes.ofCall();
        whenOpen(observer, () -> whenReached(waiting.forRecords(readModel(), minPosition), observer, () -> {
            final long before = readModel().records().position();
            answerRead(bytes, observer, find, then, () -> {
                final long durable = gateway.engine().status().durablePosition();
                if (before >= durable) {
                    observer.onError(Refusals.of(unknown));
                } else {
                    whenReached(waiting.forRecords(readModel(), durable), observer,
                            () -> answerRead(bytes, observer, find, then, () -> observer.onError(Refusals.of(unknown))));
                }
            });
        }));
    }

    /**
     * What records have of something when they have reached all that was durable by now, which covers what has been answered; for a call that is {@link #answeredLater}.
     *
     * @param find on the event loop of the call
     * @param then on the event loop of the call, with what was found; null = there is nothing, or it cannot be read in time
     */
    public <T> void lookUp(final Supplier<T> find, final Consumer<T> then) {
        final Waiting.Position reached = waiting.forRecords(readModel(), durablePosition());
        if (reached.isReached()) {
            then.accept(readable(find));
            return;
        }
        final Worker worker = worker();
        final Context call = Context.current(); // with its deadline
        waiting.await(reached, isReached -> worker.eventLoop().execute(call.wrap(() -> then.accept(isReached ? readable(find) : null))));
    }

    private static <T> T readable(final Supplier<T> find) {
        try {
            return find.get();
        } catch (final ReadModelBehindException behind) {
            return null;
        }
    }

    /** The one answer of a call, counted. @param bytes of the call */
    public static <T extends MessageLite> void give(final CallBytes bytes, final StreamObserver<T> observer, final T reply) {
        bytes.answer(reply.getSerializedSize());
        observer.onNext(reply);
        observer.onCompleted();
    }

    /** Last log position on disk: nothing behind it has been answered. */
    public long durablePosition() {
        return gateway.engine().status().durablePosition();
    }

    /** Goes on when availability and catalogue reflect all that is durable by now, which covers what has been answered. @param then on the event loop of the call */
    public void whenCaughtUp(final StreamObserver<?> observer, final Runnable then) {
        answeredLater(observer);
        whenReached(waiting.forAvailability(readModel(), durablePosition()), observer, then);
    }

    private <T extends MessageLite> void read(final Waiting.Position position, final StreamObserver<T> observer, final Result unknown, final Supplier<T> answer) {
        if (!position.isReached()) {
            answeredLater(observer);
        }
        final CallBytes bytes = CallBytes.ofCall();
        whenReached(position, observer, () -> answerRead(bytes, observer, answer, reply -> give(bytes, observer, reply),
                () -> observer.onError(Refusals.of(unknown))));
    }

    /** @param then on the event loop of the call */
    private void whenReached(final Waiting.Position position, final StreamObserver<?> observer, final Runnable then) {
        if (position.isReached()) {
            then.run();
            return;
        }
        waiting.await(position, goingOn(observer, then));
    }

    private void whenOpen(final StreamObserver<?> observer, final Runnable then) {
        final Waiting.Position open = waiting.forOpenRecords(readModel());
        if (open.isReached()) {
            then.run();
        } else {
            waiting.awaitOpen(open, goingOn(observer, then));
        }
    }

    /** @param then on the event loop of the call, when what was waited for has come */
    private Consumer<Boolean> goingOn(final StreamObserver<?> observer, final Runnable then) {
        final Worker worker = worker();
        return reached -> worker.eventLoop().execute(() -> {
            if (reached) {
                then.run();
            } else {
                observer.onError(Refusals.of(Result.READ_MODEL_BEHIND));
            }
        });
    }

    /** @param otherwise it is not there */
    private static <T> void answerRead(final CallBytes bytes, final StreamObserver<?> observer, final Supplier<T> answer, final Consumer<T> then,
                                       final Runnable otherwise) {
        if (!bytes.mayAnswer()) {
            observer.onError(Refusals.of(Cause.ANSWERS_UNREAD));
            return;
        }
        final T found;
        try {
            found = answer.get();
        } catch (final ReadModelBehindException behind) {
            observer.onError(Refusals.of(Result.READ_MODEL_BEHIND));
            return;
        } catch (final RefusedException refused) {
            observer.onError(refused.status());
            return;
        }
        if (found == null) {
            otherwise.run();
        } else {
            then.accept(found);
        }
    }

    private Worker newWorker() {
        for (final EventExecutor loop : eventLoops) {
            if (loop.inEventLoop()) {
                return new Worker(gateway, loop);
            }
        }
        throw new IllegalStateException("a call must run on an event loop of the server: " + Thread.currentThread().getName());
    }
}
