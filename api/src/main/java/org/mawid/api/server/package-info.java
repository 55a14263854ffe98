/**
 * Life cycles: what the edge is started with, in which order it starts and stops.
 * <p>Door for gRPC: {@link org.mawid.api.server.GrpcServer}. Thread: the main thread. Not here: what a call does.
 */
package org.mawid.api.server;
