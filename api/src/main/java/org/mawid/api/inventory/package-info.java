/**
 * Days, capacity and staged changes: gRPC service and mapping.
 * <p>Threads: event loops. Not here: rules; those are the core's.
 */
package org.mawid.api.inventory;
