/**
 * What the wire costs: the same lives over gRPC in its three widths and over HTTP, each against the same server with an empty handler.
 */
package org.mawid.bench.wire;
