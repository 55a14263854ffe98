/**
 * Posts, pools, services, tariffs, rates and rules: gRPC service and mapping.
 * <p>Threads: event loops. Not here: rules; those are the core's.
 */
package org.mawid.api.catalogue;
