/**
 * What is due when, what is on its way, and how long all of it took: open loop, so that nothing waits for an answer that is late.
 * <p>Door: {@link org.mawid.bench.release.loop.Loop}.
 * <p>Threads: one decides for everybody; answers are brought to it from any. Time: one monotonic clock, and every latency counts from when something was due. Not here: who acts and why.
 */
package org.mawid.bench.release.loop;
