package org.mawid.engine.upkeep;

/** What has happened to a data directory, told apart by what can be done about it. */
public enum DamageKind {
    /** Bytes of the journal are not what was written, or durable records are gone: only a back-up has them. */
    JOURNAL,
    /** A position breaks a promise at every replay, and no snapshot is past it: no start gets further. */
    POISONED,
    /** A position breaks a promise when the journal is replayed, but a snapshot is past it: it was applied once, by another build or to another state. */
    REPLAY,
    /** A snapshot is not what was written. Nothing is lost while there is another place to begin with. */
    SNAPSHOT,
    /** A snapshot is whole, and its state is not what a replay of the journal gives. */
    DIFFERENCE,
    /** Segments were moved away, and no whole snapshot goes on where the journal begins. */
    BEGINNING,
    /** The state breaks a promise, without anything having been found that is not what was written. */
    STATE,
    /** A file of the archive is not what was written, or somebody who was retired is not in it. */
    ARCHIVE
}
