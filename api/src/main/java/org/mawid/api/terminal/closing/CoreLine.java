package org.mawid.api.terminal.closing;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.Lane;
import org.mawid.engine.readmodel.MoneyView.Batches;
import org.mawid.engine.readmodel.MoneyView.Collected;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.sbe.Result;

/** The core for those who wait for its answers. Any thread that may wait. */
final class CoreLine implements AutoCloseable {
    /** How long a command is repeated that gets no answer of the rules. Then it stays kept, and the next closing goes on with it. */
    private static final long PATIENCE_MS = 20_000;
    private static final long ANSWER_MS = 60_000;
    private static final long FIRST_PAUSE_MS = 5;
    private static final long LONGEST_PAUSE_MS = 500;

    private final Gateway gateway;
    private final Predicate<Answer> isAskedAgain;
    private final ReadModel readModel;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        final Thread made = new Thread(task, "mawid-closing-core");
        made.setDaemon(true);
        return made;
    });
    private final Lane lane;
    private final ClosingWriter writer;

    /** @param isAskedAgain whether what was answered is no answer */
    CoreLine(final Gateway gateway, final Predicate<Answer> isAskedAgain) {
        this.isAskedAgain = isAskedAgain;
        this.gateway = gateway;
        this.readModel = gateway.engine().readModel();
        this.lane = gateway.lane(thread);
        this.writer = new ClosingWriter(gateway.references());
    }

    long nowMs() {
        return gateway.nowMs();
    }

    ReadModel readModel() {
        return readModel;
    }

    /** @param command what is written, OK or why it cannot be @throws ClosingRefused no answer of the rules came */
    Answer told(final CommandTemplate template, final Function<ClosingWriter, Result> command) throws ClosingRefused, InterruptedException {
        return answered(answer -> {
            final Result problem = command.apply(writer);
            if (problem != Result.OK) {
                answer.complete(Answer.local(template, problem));
            } else {
                gateway.submit(lane, template, writer.buffer(), 0, writer.length(), answer::complete);
            }
        });
    }

    /** What became of a request; REQUEST_UNKNOWN = nothing. */
    Answer outcomeOf(final UUID id) throws ClosingRefused, InterruptedException {
        return answered(answer -> gateway.outcomeOf(lane, id.getMostSignificantBits(), id.getLeastSignificantBits(), answer::complete));
    }

    /** Whether the core would take it, without telling it. */
    Result checked(final Function<ClosingWriter, Result> command) throws ClosingRefused, InterruptedException {
        final CompletableFuture<Result> result = new CompletableFuture<>();
        thread.execute(() -> result.complete(command.apply(writer)));
        return waited(result);
    }

    /** Nobody makes room meanwhile; and that nothing is known is what was asked. */
    static boolean isAskedAgain(final Answer answer) {
        return answer.isWorthRepeating() && !answer.isForWantOfRoom() && answer.result() != Result.REQUEST_UNKNOWN;
    }

    private Answer answered(final Consumer<CompletableFuture<Answer>> call) throws ClosingRefused, InterruptedException {
        final long untilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        long pauseMs = FIRST_PAUSE_MS;
        while (true) {
            final CompletableFuture<Answer> given = new CompletableFuture<>();
            thread.execute(() -> {
                try {
                    call.accept(given);
                } catch (final RuntimeException ours) {
                    given.completeExceptionally(ours);
                }
            });
            final Answer answer = waited(given);
            if (!isAskedAgain.test(answer)) {
                return answer;
            }
            if (answer.result() == Result.REQUEST_TOO_OLD || System.nanoTime() - untilNanos >= 0) {
                return refused(answer);
            }
            Thread.sleep(pauseMs);
            pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
        }
    }

    private static Answer refused(final Answer answer) throws ClosingRefused {
        if (answer.result() == Result.REQUEST_TOO_OLD) {
            return answer;
        }
        throw answer.result() == Result.UNAVAILABLE ? ClosingRefused.of(Cause.of(answer.number1())) : answer.result() == Result.STORAGE_FULL
                ? ClosingRefused.of(Result.STORAGE_FULL, "No room to keep the closing. What the terminal has told is kept where it can be; close again when there is room.")
                : ClosingRefused.of(Cause.NO_ANSWER);
    }

    /** Batches of a post that are not settled, as the core has them behind all that was told before. */
    Batches batches(final int postId) throws ClosingRefused, InterruptedException {
        return asked(() -> readModel.money().batches(postId));
    }

    /** A payment as the core has it, from the start on and not as late as records; null = it is over and retired, or never was. */
    Collected payment(final long number) throws ClosingRefused, InterruptedException {
        return asked(() -> readModel.money().payments(number, 1)).rows().stream().filter(found -> found.paymentId() == number).findFirst().orElse(null);
    }

    private static <T> T asked(final Supplier<CompletableFuture<T>> question) throws ClosingRefused, InterruptedException {
        final long untilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        while (true) {
            try {
                return waited(question.get());
            } catch (final ReadModelBehindException behind) {
                if (System.nanoTime() - untilNanos >= 0) {
                    throw ClosingRefused.of(Cause.NO_ANSWER);
                }
                Thread.sleep(FIRST_PAUSE_MS);
            }
        }
    }

    /** Waits until what is read reflects all that has been answered: a payment that somebody was told to be approved is not awaited any more. */
    void awaitAnswered() throws ClosingRefused, InterruptedException {
        awaitReflected(gateway.engine().status().durablePosition());
    }

    /** Waits until what is read reflects a position. */
    void awaitReflected(final long position) throws ClosingRefused, InterruptedException {
        await(() -> readModel.position() >= position && readModel.events().position() >= position);
    }

    /** Waits until what has happened since a position can be read again: after a start that takes a moment. What is not there then is not kept. */
    void awaitEvents(final long since) throws ClosingRefused, InterruptedException {
        await(() -> readModel.events().keptFrom() <= since || !readModel.events().isRestoring());
    }

    private static void await(final BooleanSupplier isSo) throws ClosingRefused, InterruptedException {
        final long untilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - untilNanos >= 0) {
                throw ClosingRefused.of(Result.READ_MODEL_BEHIND, "The read side does not follow yet. Close again after the given delay; nothing is lost.");
            }
            Thread.sleep(FIRST_PAUSE_MS);
        }
    }

    private static <T> T waited(final CompletableFuture<T> given) throws ClosingRefused, InterruptedException {
        try {
            return given.get(ANSWER_MS, TimeUnit.MILLISECONDS);
        } catch (final TimeoutException late) {
            throw ClosingRefused.of(Cause.NO_ANSWER);
        } catch (final ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException ours ? ours : new IllegalStateException(failed.getCause());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
