/**
 * The same work by other means: PostgreSQL and Redis, each in a server of its own with its usual Java client, beside Mawid over gRPC. Every
 * client keeps books of what it was told, and after each round they are compared with what the server says.
 * <p>Door: {@link org.mawid.bench.peer.PeersBench}. Thread: one client one thread at a time. Not here: what Mawid costs beside an empty
 * server (see {@code wire}).
 */
package org.mawid.bench.peer;
