package org.mawid.api.terminal;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one terminal has to tell and ask the port: commands one at a time and in order, each until it is taken; the question for open payments until
 * it is answered. Only on the terminal's event loop.
 */
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final long FIRST_PAUSE_MS = 20;
    private static final long LONGEST_PAUSE_MS = 5_000;

    private final Vertx vertx;
    private final Context context;
    private final TillPort port;
    private final int terminalId;
    private final BiConsumer<TillCommand, TillPort.Recorded> recorded;
    private final Consumer<OpenPayments> opened;
    private final Queue<TillCommand> commands = new ArrayDeque<>();
    private boolean isRecording;
    private boolean isAsking;
    private boolean isAskedAgain;
    private boolean isClosed;

    Outbox(final Vertx vertx, final Context context, final TillPort port, final int terminalId,
            final BiConsumer<TillCommand, TillPort.Recorded> recorded, final Consumer<OpenPayments> opened) {
        this.vertx = vertx;
        this.context = context;
        this.port = port;
        this.terminalId = terminalId;
        this.recorded = recorded;
        this.opened = opened;
    }

    void record(final TillCommand command) {
        commands.add(command);
        recordNext();
    }

    private void recordNext() {
        final TillCommand command = commands.peek();
        if (command == null || isRecording) {
            return;
        }
        isRecording = true;
        until(() -> port.record(command), FIRST_PAUSE_MS, answer -> {
            commands.remove();
            isRecording = false;
            recorded.accept(command, answer);
            recordNext();
        });
    }

    /** Once more after the question under way, when there is one: that may have been read before. */
    void askOpen() {
        if (isAsking) {
            isAskedAgain = true;
            return;
        }
        isAsking = true;
        until(() -> port.open(terminalId), FIRST_PAUSE_MS, open -> {
            isAsking = false;
            if (isAskedAgain) {
                isAskedAgain = false;
                askOpen();
            }
            opened.accept(open);
        });
    }

    private <T> void until(final Supplier<CompletionStage<T>> call, final long pauseMs, final Consumer<T> done) {
        if (isClosed) {
            return;
        }
        called(call).whenComplete((answer, trouble) -> context.runOnContext(nothing -> {
            if (isClosed) {
                return;
            }
            if (trouble == null) {
                done.accept(answer);
                return;
            }
            final Throwable cause = trouble instanceof CompletionException && trouble.getCause() != null ? trouble.getCause() : trouble;
            LOG.warn("terminal {}: the core did not answer, it is asked again: {}", terminalId, cause.getClass().getSimpleName());
            vertx.setTimer(pauseMs / 2 + ThreadLocalRandom.current().nextLong(1, pauseMs / 2 + 1),
                    timer -> until(call, Math.min(2 * pauseMs, LONGEST_PAUSE_MS), done));
        }));
    }

    private static <T> CompletionStage<T> called(final Supplier<CompletionStage<T>> call) {
        try {
            return call.get();
        } catch (final RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    void close() {
        isClosed = true;
    }
}
