/**
 * The opening of a month: the design surge against a running server, over gRPC and HTTP, by people and families who look, choose, hold and
 * confirm, by bots, and by a thousand who want one slot. It keeps books of all that it was told and compares them with the server's.
 * <p>Door: {@link org.mawid.bench.release.ReleaseBench}. Here is the course of it: {@code Surge}, one opening from end to end, is what to read first; {@code Rush} is its part
 * by the clock, from the warm-up to the last answer, by {@code People} in an {@code Arena}; {@code Leaving} gives a server that is not ours back as it was found, however it
 * ends; {@code Results} tells what it came to, {@code Verdict} in one line. The rooms, each of which knows only those before it: {@code ground} (what the server has), {@code visit} (what somebody wants),
 * {@code wire} (what is sent and answered), {@code history}, {@code loop} (what is due when), {@code books}, {@code crowd} (who takes part).
 * <p>Threads: one decides for everybody, keeps the books and writes the history; the transports' own two threads bring answers to it. Time: one
 * monotonic clock; every latency counts from when something was due, and what the client itself was late is told apart.
 * <p>Not here: the numbers of the surge come from the load model that is told in the help.
 */
package org.mawid.bench.release;
