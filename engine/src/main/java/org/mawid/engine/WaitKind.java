package org.mawid.engine;

/** How a stage of the ring waits for work. */
public enum WaitKind {
    /** Spins for a moment, gives its turn away for a moment, then sleeps until it is woken. Nothing burns while nothing happens. */
    PHASED,
    /** Sleeps on a lock at once. The stages behind the first one spin while a group is on its way to disk. */
    BLOCKING,
    /** As BLOCKING, with the lock left out when nobody sleeps. */
    LITE_BLOCKING,
    /** Gives its turn away for ever: takes whole cores at rest. */
    YIELDING,
    /** Never lets go of its core. Only for machines with a core for each stage. */
    BUSY_SPIN
}
