/**
 * Memory around the core: of fixed size, what the ring, the events on their way and the tail of events are kept in
 * ({@link BlankMemory}); and pieces made ahead for the core's tables ({@link Spares}).
 * <p>Thread: any; {@code mawid-memory} makes the pieces. Not here: the tables themselves (see {@code kernel}), files.
 */
package org.mawid.engine.memory;
