/**
 * Memory of fixed size around the core: what the ring, the events on their way and the tail of events are kept in.
 * <p>Door: {@link BlankMemory}. Thread: any. Not here: the tables of the core (see {@code kernel}), files.
 */
package org.mawid.engine.memory;
