/**
 * The embedded host of the core: commands enter a ring, are made durable in groups, applied, answered, and projected.
 * <p>Door: {@link org.mawid.engine.ring.Pipeline}; each stage has one thread, each field of an entry one writing stage.
 * Not here: what a command means (core), bytes on disk (journal), files of state (snapshot).
 */
package org.mawid.engine.ring;
