package org.mawid.api.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mawid.api.http.EdgeMetrics;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.EngineStartException;

/** The engine while it recovers, on a thread of its own, beside edges that listen already. */
final class Recovering {
    /** How long a directory that is in use has to say so, when an address is in use as well: it tells more. */
    private static final long TELL_MORE_MS = 2_000;

    private final CompletableFuture<EmbeddedEngine> engine = new CompletableFuture<>();

    private Recovering() {
    }

    static Recovering begin(final EngineConfig config, final EdgeMetrics metrics) {
        final Recovering recovering = new Recovering();
        final Thread thread = new Thread(() -> recovering.recover(config, metrics), "mawid-recovery");
        thread.setDaemon(true);
        thread.start();
        return recovering;
    }

    private void recover(final EngineConfig config, final EdgeMetrics metrics) {
        EmbeddedEngine recovered = null;
        try {
            recovered = EmbeddedEngine.startWithoutRecords(config, metrics);
            recovered.beginByNewestRules();
            engine.complete(recovered);
        } catch (final Throwable e) {
            engine.completeExceptionally(e);
            if (recovered != null) {
                recovered.close();
            }
        }
    }

    /** Waits until it is there. @throws EngineStartException the directory cannot be used */
    EmbeddedEngine engine() throws EngineStartException, InterruptedException {
        return within(Long.MAX_VALUE);
    }

    private EmbeddedEngine within(final long waitMs) throws EngineStartException, InterruptedException {
        try {
            return engine.get(waitMs, TimeUnit.MILLISECONDS);
        } catch (final TimeoutException e) {
            return null;
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof EngineStartException refused) {
                throw refused;
            }
            if (e.getCause() instanceof OutOfMemoryError) {
                throw new EngineStartException("out of memory while recovering; give the process more (-Xmx and -XX:MaxDirectMemorySize; MAWID_HEAP and MAWID_STATE of the launcher)", e.getCause());
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Whoever starts a second server meets two troubles; that the directory is in use, and by whom, says it all. */
    Exception whatTellsMore(final Exception first) throws InterruptedException {
        try {
            within(TELL_MORE_MS);
            return first;
        } catch (final EngineStartException more) {
            return more;
        }
    }

    /** Nobody wants it any more: it is closed when it is there. */
    void abandon() {
        engine.thenAccept(EmbeddedEngine::close);
    }
}
