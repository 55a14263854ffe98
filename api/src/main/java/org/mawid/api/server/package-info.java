/**
 * How the edges start, listen and stop.
 * <p>Door for gRPC: {@link org.mawid.api.server.GrpcServer}. Not here: what a call does.
 */
package org.mawid.api.server;
