/**
 * What all gRPC services share: the event loop's own tools, answers to unary calls, refusals as statuses, reads that wait.
 * <p>Doors: {@link org.mawid.api.rpc.Calls}, {@link org.mawid.api.rpc.Requests}. Not here: what a single service does; how the
 * server is started.
 */
package org.mawid.api.rpc;
