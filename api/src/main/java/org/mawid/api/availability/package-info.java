/**
 * Where there is room: gRPC service.
 * <p>Threads: event loops. Not here: rules; those are the core's.
 */
package org.mawid.api.availability;
