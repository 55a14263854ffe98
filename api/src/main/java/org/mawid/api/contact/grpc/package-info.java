/**
 * Contacts over gRPC; over HTTP they are in {@code http.ContactRoutes}.
 * <p>Door: {@link org.mawid.api.contact.grpc.ContactGrpc}. Threads: the server's event loops. Not here: what an address may be.
 */
package org.mawid.api.contact.grpc;
