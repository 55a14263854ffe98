package org.mawid.api.gateway;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mawid.engine.CoreQuery;
import org.mawid.engine.Engine;
import org.mawid.engine.readmodel.ReadModelBehindException;

/** What a thread that may wait asks the core. Its {@link CoreQuery#on} only copies, and ends with {@link #answer}. */
public abstract class AwaitedQuestion<T> implements CoreQuery {
    private static final long CORE_SECONDS = 5;

    private final CompletableFuture<T> answer = new CompletableFuture<>();

    /** On the core's thread. */
    protected final void answer(final T found) {
        answer.complete(found);
    }

    /** Once. @throws ReadModelBehindException the core does not answer now */
    public final T ask(final Engine engine) {
        try {
            if (engine.query(this)) {
                return answer.get(CORE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (final InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (final TimeoutException | ExecutionException late) {
            // told below
        }
        throw new ReadModelBehindException("the core did not answer: ask again");
    }
}
