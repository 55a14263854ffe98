/**
 * Applications and the decisions on their lines: gRPC service and mapping.
 * <p>Threads: event loops. Texts of decisions and messages are sealed on the way, by {@code person.desk}. Not here: rules; those are the core's.
 */
package org.mawid.api.application;
