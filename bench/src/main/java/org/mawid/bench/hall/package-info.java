/**
 * The queue of a post under load: what calling the next one takes of the core's thread, however many wait, and a peak reception day of the whole network, durable.
 * <p>Door: {@link org.mawid.bench.hall.HallBench}. Thread: one that sends; answers come on the engine's. Not here: the wire, and what hangs in the hall.
 */
package org.mawid.bench.hall;
