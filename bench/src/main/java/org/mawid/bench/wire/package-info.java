/**
 * What the wire costs: the same lives over gRPC in its four widths and over HTTP, availability, both together, and watchers, each against
 * the real server in a process of its own, and where there is one against the same server with an empty handler.
 * <p>A closed loop says how much goes through; {@link org.mawid.bench.wire.OpenLoop} sends at a rate and counts from when each call was due.
 * Everybody who keeps a call on its way is a {@link org.mawid.bench.wire.Client}.
 * <p>Doors for other loads: {@link org.mawid.bench.wire.RealServer} and {@link org.mawid.bench.wire.Tally}. Not here: the servers themselves (see {@code process}).
 */
package org.mawid.bench.wire;
