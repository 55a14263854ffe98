/**
 * The hall of a post: who is called next, and what hangs there.
 * <p>Door over gRPC: {@link org.mawid.api.hall.HallGrpc}; over HTTP it is {@code http.HallRoutes}. Threads: the server's event loops. Not here: checking in, walking in
 * and serving, which are with the appointments.
 */
package org.mawid.api.hall;
