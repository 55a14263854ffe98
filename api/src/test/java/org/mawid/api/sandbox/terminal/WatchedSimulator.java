package org.mawid.api.sandbox.terminal;

import io.vertx.core.Vertx;
import java.util.function.Consumer;

/** A simulator that tells each request before it does anything. */
public final class WatchedSimulator {
    private WatchedSimulator() {
    }

    public static TerminalSimulator start(final Vertx vertx, final String poiId, final Consumer<String> watcher) {
        return TerminalSimulator.watched(vertx, SimulatorSettings.of(poiId, "EUR", 2), watcher);
    }
}
