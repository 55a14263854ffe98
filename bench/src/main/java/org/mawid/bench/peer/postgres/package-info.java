/**
 * PostgreSQL: one function call a commit, or one call with arrays. What it does is in {@code postgres.sql} beside this.
 * <p>Door: {@code PostgresPeer}, with the settings that are not as they come and why. Thread: a connection one thread at a time. Not here: what is asked for.
 */
package org.mawid.bench.peer.postgres;
