/**
 * Mawid as its portals reach it, over gRPC: unary calls with protobuf messages, batches of packed ones.
 * <p>Door: {@code MawidPeer}. Thread: answers come on those of the connections, where the next call of that client goes out ({@code MawidDrive}), or is
 * waited for by a thread of the client's own ({@code MawidLine}). Not here: what is asked for; the server, which is the product's own.
 */
package org.mawid.bench.peer.mawid;
