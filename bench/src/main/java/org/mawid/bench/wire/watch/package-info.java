/**
 * Those who watch what happens, over gRPC and as server-sent events: when they have an event, and whether each has every one once.
 * <p>Door: {@link org.mawid.bench.wire.watch.WatchBench}. Thread: what came is written by the thread that reads a watcher's connection and looked at when all has come.
 * Not here: who makes the events (see {@code grpc}) and at what rate (see {@code loop}).
 */
package org.mawid.bench.wire.watch;
