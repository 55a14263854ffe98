/**
 * Days that are closed, and who gets another visit.
 * <p>Doors: {@link org.mawid.api.closure.ClosureGrpc}; for HTTP also {@link org.mawid.api.closure.Span}, which resolves local times, and
 * {@link org.mawid.api.closure.Preview}, which says whom a closure would touch. Threads: event loops; previews on a thread that may wait. Not here: what closing
 * does, which is the engine's; offers are holds (see {@code appointment}).
 */
package org.mawid.api.closure;
