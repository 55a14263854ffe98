/**
 * Speaks to people and machines: the command line, and behind it the gRPC and HTTP edges.
 * <p>Door: {@link org.mawid.api.Main}. Not here: business rules; those are the engine's.
 */
package org.mawid.api;
