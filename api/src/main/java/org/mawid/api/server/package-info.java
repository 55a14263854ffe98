/**
 * Life cycles: what the edge is started with, in which order it starts and stops.
 * <p>Door: {@link org.mawid.api.server.Service}; for gRPC alone {@link org.mawid.api.server.GrpcServer}; without a server
 * {@link org.mawid.api.server.OfflineImport}. Thread: the main thread. Not here: what a call does.
 */
package org.mawid.api.server;
