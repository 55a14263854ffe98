/**
 * Payment terminals on the engine: the log's payments go to their terminals, and what these answer goes into the log.
 * <p>Door: {@link org.mawid.api.terminal.engine.EngineTill}; where terminals are is {@link org.mawid.api.terminal.engine.TerminalPlaces}. Threads: one for
 * commands and questions, one that follows the log. Not here: what is said to a terminal ({@code org.mawid.api.terminal}), who may start a payment.
 */
package org.mawid.api.terminal.engine;
