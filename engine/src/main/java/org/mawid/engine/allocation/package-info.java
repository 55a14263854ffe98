/**
 * Days and what of them is kept for whom, closures, holds and appointments of every post: who has which places when. Deterministic: same commands, same events, on any machine.
 * <p>Door: {@link org.mawid.engine.allocation.Allocation}. Thread: the core thread only. Time: given by the caller.
 * Not here: who may ask (see {@code application}), who waits for another visit (see {@code waiting}), money (see {@code stamp}), I/O.
 */
package org.mawid.engine.allocation;
