/**
 * The deterministic core: {@link org.mawid.engine.core.EngineCore#apply} is the only place where state changes.
 * <p>Thread: the core thread only. Time: given by the caller. Not here: clocks, files, threads, randomness; how it is hosted.
 */
package org.mawid.engine.core;
