/**
 * The opening of a month: the design surge against a running server, over gRPC and HTTP, by people and families who look, choose, hold and
 * confirm, by bots, and by a thousand who want one slot. It keeps books of all that it was told and compares them with the server's.
 * <p>Door: {@link org.mawid.bench.release.ReleaseBench}. Read {@code Surge} first: one opening from end to end. What is drawn beforehand: {@code Demand},
 * {@code Plan}, {@code Cast}, at the posts of {@code Ground}. Who acts: {@code Seeker}, {@code Bot}, {@code Contest}, in the {@code Loop}. Each thing sent and answered is
 * an {@code Exchange} on a {@code Wire}. What is kept: {@code Books} with {@code Audit}, {@code History} with {@code HistoryCheck}, {@code Figures} with {@code Results}.
 * <p>Threads: one decides for everybody, keeps the books and writes the history; the transports' own two threads bring answers to it. Time: one
 * monotonic clock; every latency counts from when something was due, and what the client itself was late is told apart.
 * <p>The history: two lines for each operation, the first in the file before anything is sent; see {@code History}. Not here: the numbers of the surge
 * come from the load model that is told in the help.
 */
package org.mawid.bench.release;
