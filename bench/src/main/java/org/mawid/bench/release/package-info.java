/**
 * The opening of a month: the design surge against a running server, over gRPC and HTTP, by people who look, choose, hold and confirm, by
 * bots, and by a thousand who want one slot. It keeps books of all that it was told and compares them with the server's.
 * <p>Door: {@link org.mawid.bench.release.ReleaseBench}. Threads: one decides for everybody and keeps the books; the transports' own threads
 * bring answers to it; one writes the history. Not here: the numbers of the surge come from the load model that is told in the help.
 */
package org.mawid.bench.release;
