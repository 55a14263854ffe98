/**
 * Identities and profiles over gRPC; over HTTP they are in {@code http.IdentityRoutes}.
 * <p>Door: {@link org.mawid.api.identity.grpc.IdentityGrpc}. Threads: the server's event loops. Not here: what a number or a name may be.
 */
package org.mawid.api.identity.grpc;
