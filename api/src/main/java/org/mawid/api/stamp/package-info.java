/**
 * Stamps, as far as quote, issue and void: gRPC service and mapping.
 * <p>Threads: event loops. Not here: rules; those are the core's.
 */
package org.mawid.api.stamp;
