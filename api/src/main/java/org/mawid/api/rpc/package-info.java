/**
 * What all gRPC services share: the event loop's own tools, answers to unary calls, refusals as statuses, reads that wait, and how many bytes
 * of answers may wait for clients that do not read them.
 * <p>Doors: {@link org.mawid.api.rpc.Calls}, {@link org.mawid.api.rpc.Requests}, and {@link org.mawid.api.rpc.ReplyBudget} for whoever listens. Threads: the
 * event loop of each call; the budget any. Not here: what a single service does; how the
 * server is started.
 */
package org.mawid.api.rpc;
