/**
 * The same work by other means: PostgreSQL and Redis, each in a server of its own with its usual Java client, beside Mawid over gRPC. What is
 * here is the course of a run: which loads, how often, until when they are warm, what was measured of each, the table of ratios.
 * <p>Door: {@link org.mawid.bench.peer.PeersBench}. Read {@code Bout} next: one peer under one load, round by round. Rooms: {@code work}, what is asked for
 * and the books of it, the same for all; {@code foreign}, what servers that are not ours have in common; {@code postgres}, {@code redis}, {@code mawid}, one
 * peer each, which know nothing of each other. Thread: one runs it all, clients have theirs. Not here: what Mawid costs beside an empty server (see {@code wire}).
 */
package org.mawid.bench.peer;
