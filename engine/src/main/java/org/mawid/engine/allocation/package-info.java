/**
 * Days and what of them is kept for whom or lies beyond the counters, closures, holds and appointments of every post, and given-back room while it cools: who has which places when.
 * Deterministic: same commands, same events, on any machine.
 * <p>Door: {@link org.mawid.engine.allocation.Allocation}. Thread: the core thread only. Time: given by the caller.
 * Not here: who may ask (see {@code application}), who waits for another visit (see {@code waiting}), money (see {@code stamp}), I/O.
 */
package org.mawid.engine.allocation;
