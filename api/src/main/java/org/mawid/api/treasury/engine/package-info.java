/**
 * The treasury's adapter on the real engine: what waits is read from its views, what was found out goes in as commands of the log.
 * <p>Door: {@link org.mawid.api.treasury.engine.EnginePayments}. Threads: it is asked on any; commands leave on one event loop of its own, answers come back there. Not here: what the treasury's
 * word means ({@code order}), and the core's rules.
 */
package org.mawid.api.treasury.engine;
