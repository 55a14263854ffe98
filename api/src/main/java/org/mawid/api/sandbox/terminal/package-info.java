/**
 * A payment terminal that is none: it speaks the terminal's side of nexo Retailer over TCP and WebSocket, charges nobody, and misbehaves when it is
 * told to. For tests and demonstrations; nothing that serves people may depend on it.
 * <p>Door: {@link org.mawid.api.sandbox.terminal.TerminalSimulator}. Threads: one event loop each; its door may be asked from any thread. Its reading of the
 * protocol is its own, so that a mistake in the till's is not made twice. Not here: the till ({@code org.mawid.api.terminal}), which knows nothing of it.
 */
package org.mawid.api.sandbox.terminal;
