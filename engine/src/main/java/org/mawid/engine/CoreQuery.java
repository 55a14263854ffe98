package org.mawid.engine;

import org.mawid.engine.core.EngineCore;

/** A question to the core's state, asked between two commands. It takes no position and changes nothing. */
@FunctionalInterface
public interface CoreQuery {
    /** On the core thread: at most about 50 microseconds, never block, never throw, keep no reference to {@code core}. */
    void on(EngineCore core);
}
