/**
 * What the wire costs: the same lives over gRPC in its four widths and over HTTP, availability, both together, and watchers, each against
 * the real server in a process of its own, and where there is one against the same server with an empty handler.
 * <p>Here are the commands; the rooms, none of which knows one further right: {@code loop} (how it is measured) ◄ {@code grpc}, {@code http}
 * (what is sent, neither of which knows the other) ◄ {@code server} (what it is sent to) ◄ {@code watch} (who listens, with its command).
 * Thread: the command's own; what a load runs on, its room says. Not here: processes (see {@code process}), what a portal's crowd does (see {@code release}).
 */
package org.mawid.bench.wire;
