/**
 * The whole history of the network, generated and replayed: every appointment through its whole life at the real posts, in log time that the
 * generator supplies. It keeps books of its own, and at the end the engine's inspection must find the same, to the last unit.
 * <p>Door: {@link org.mawid.bench.kingdom.KingdomBench}. Thread: one generates; answers in process come on the core's thread.
 * Time: none but the history's own; same seed, same commands. Not here: how fast a single command is (see {@code core}, {@code journal}, {@code wire}).
 */
package org.mawid.bench.kingdom;
