package org.mawid.api.gateway;

import java.util.concurrent.CompletableFuture;
import org.mawid.engine.CoreQuery;
import org.mawid.engine.core.EngineCore;

/** Whether money that goes back after its settlement is a return. Told on the core's thread: whoever waits for it does so elsewhere, and nothing may hang on it. */
final class ReturnsQuestion implements CoreQuery {
    private final CompletableFuture<Boolean> kept = new CompletableFuture<>();

    @Override
    public void on(final EngineCore core) {
        kept.complete(core.keepsReturns());
    }

    CompletableFuture<Boolean> kept() {
        return kept;
    }
}
