/**
 * What the wire costs: the same lives over gRPC in its three widths and over HTTP, each against the same server with an empty handler.
 * <p>Doors for other loads: {@link org.mawid.bench.wire.RealServer} and {@link org.mawid.bench.wire.Tally}.
 */
package org.mawid.bench.wire;
