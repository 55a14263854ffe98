package org.mawid.api.http;

import io.vertx.core.json.JsonObject;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.mawid.api.gateway.Gateway;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.Result;

/** How reads wait for their position without a thread, and where they run. */
final class Reads {
    private static final long FIRST_LOOK_MS = 1;
    private static final long LAST_LOOK_MS = 20;

    private Reads() {
    }

    /**
     * Of what is in memory: runs on the event loop, once the position is reached.
     *
     * @param answer null = {@code unknown}; may throw a {@link Fault}
     */
    static void fromMemory(final Call call, final Result unknown, final Function<Call, JsonObject> answer) {
        final ReadModel model = call.loop().readModel();
        whenReached(call, () -> model.availability().position(), () -> call.answer(200, known(unknown, answer.apply(call))));
    }

    /**
     * Of records, which may have to come from a disk: runs on a worker thread. They come a little after the answers of the core: what is
     * not in them is unknown only when they have reached all that was durable by then: that covers what has been answered, where the
     * applied position may lag behind answers by a batch. In the first moments of a server they are still opening, and are waited for.
     */
    static void fromRecords(final Call call, final Result unknown, final Function<Call, JsonObject> answer) {
        fromRecords(call, unknown, answer, json -> call.answer(200, json));
    }

    /** As {@link #fromRecords(Call, Result, Function)}. @param then on the event loop, with what was found; may throw a {@link Fault} */
    static <T> void fromRecords(final Call call, final Result unknown, final Function<Call, T> answer, final Consumer<T> then) {
        fromRecords(call, answer, found -> then.accept(known(unknown, found)));
    }

    /** As above. @param then on the event loop, with what was found, null = it is not there; may throw a {@link Fault} */
    static <T> void fromRecords(final Call call, final Function<Call, T> answer, final Consumer<T> then) {
        final LongSupplier position = call.loop().readModel().records()::position;
        whenOpen(call, () -> whenReached(call, position, () -> {
            final long before = position.getAsLong();
            find(call, answer, found -> {
                final long durable = found == null ? call.loop().gateway().engine().status().durablePosition() : 0;
                if (before >= durable) {
                    then.accept(found);
                } else {
                    whenReached(call, position, durable, () -> find(call, answer, then));
                }
            });
        }));
    }

    /**
     * What records have of something when they have reached all that was durable by now, which covers what has been answered.
     *
     * @param find on a worker thread
     * @param then on the event loop, with what was found; null = there is nothing, or it cannot be read in time; may throw a {@link Fault}
     */
    static <T> void lookUp(final Call call, final Supplier<T> find, final Consumer<T> then) {
        final Records records = call.loop().readModel().records();
        final long durable = call.loop().gateway().engine().status().durablePosition();
        look(call, () -> records.position() >= durable, () -> find(call, asked -> readable(find), then), () -> then.accept(null), FIRST_LOOK_MS, readUntilNanos(call));
    }

    private static <T> T readable(final Supplier<T> find) {
        try {
            return find.get();
        } catch (final ReadModelBehindException behind) {
            return null;
        }
    }

    /** Once records can be read, or refuses. @param then on the event loop */
    static void whenOpen(final Call call, final Runnable then) {
        final Records records = call.loop().readModel().records();
        look(call, () -> !records.isOpening(), then, Reads::behind, FIRST_LOOK_MS, System.nanoTime() + Gateway.OPENING_TIMEOUT_MS * 1_000_000L);
    }

    /** @param then on the event loop; null = it is not there */
    static <T> void find(final Call call, final Function<Call, T> answer, final Consumer<T> then) {
        call.loop().vertx().executeBlocking(() -> answer.apply(call), false)
                .onSuccess(found -> guarded(call, () -> then.accept(found)))
                .onFailure(trouble -> guarded(call, () -> rethrow(trouble)));
    }

    /** @param then on the event loop, when the position that the call asks for is reached; may throw a {@link Fault} */
    static void whenReached(final Call call, final LongSupplier position, final Runnable then) {
        whenReached(call, position, call.number("minPosition"), then);
    }

    /** As above, whatever the call asks for. */
    static void whenReached(final Call call, final LongSupplier position, final long wanted, final Runnable then) {
        look(call, () -> position.getAsLong() >= wanted, then, Reads::behind, FIRST_LOOK_MS, readUntilNanos(call));
    }

    private static long readUntilNanos(final Call call) {
        return System.nanoTime() + call.loop().config().readTimeoutMs() * 1_000_000L;
    }

    private static void behind() {
        throw new Fault(Result.READ_MODEL_BEHIND);
    }

    /** @param late instead, when it was not so in time */
    private static void look(final Call call, final BooleanSupplier isSo, final Runnable then, final Runnable late, final long nextMs, final long untilNanos) {
        if (isSo.getAsBoolean()) {
            then.run();
        } else if (System.nanoTime() - untilNanos >= 0) {
            late.run();
        } else {
            call.loop().vertx().setTimer(nextMs,
                    timer -> guarded(call, () -> look(call, isSo, then, late, Math.min(2 * nextMs, LAST_LOOK_MS), untilNanos)));
        }
    }

    /** Turns refusals into answers, wherever a call goes on. */
    static void guarded(final Call call, final Runnable step) {
        try {
            step.run();
        } catch (final Fault fault) {
            call.refuse(fault);
        } catch (final ReadModelBehindException behind) {
            call.refuse(Problem.of(Result.READ_MODEL_BEHIND));
        } catch (final RuntimeException ours) {
            call.routing().fail(ours);
        }
    }

    private static <T> T known(final Result unknown, final T found) {
        if (found == null) {
            throw new Fault(unknown);
        }
        return found;
    }

    private static void rethrow(final Throwable trouble) {
        if (trouble instanceof RuntimeException expected) {
            throw expected;
        }
        throw new IllegalStateException(trouble);
    }
}
