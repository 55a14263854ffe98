/**
 * Loads over gRPC: appointments' lives as calls, on streams, in batches of messages or packed, and questions for availability.
 * <p>Doors: {@link org.mawid.bench.wire.grpc.GrpcLives}, {@link org.mawid.bench.wire.grpc.GrpcReads}, and {@link org.mawid.bench.wire.grpc.Channels} for clients of
 * another kind. Thread: each call goes on where its answer comes, on its connection's thread. Not here: how long it took (see {@code loop}), events (see {@code watch}).
 */
package org.mawid.bench.wire.grpc;
