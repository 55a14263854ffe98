/**
 * One thing asked and answered, and the two ways to the server that carry it: gRPC and HTTP.
 * <p>Begin with {@link org.mawid.bench.release.wire.Exchange}.
 * <p>Threads: what is sent is given by the one that decides; each transport has one of its own, on which answers come. Not here: what follows from an answer, when something is due, and what is sent in bulk before the clock starts (see {@code ground}).
 */
package org.mawid.bench.release.wire;
