/**
 * The durable log: append, group commit, checksums, torn-tail recovery, reading, archive and copy. The format is written
 * down byte by byte in {@code engine/FORMATS.md}, "Journal format"; a change begins there.
 * <p>Door: {@link org.mawid.engine.journal.Journal}. Thread: one writing thread that nobody interrupts; any number of readers,
 * each on a thread of its own; {@code mawid-segments} makes the next segment.
 * <p>Not here: what a record means (see {@code core}), who may append when (see {@code ring}), snapshots (see {@code snapshot}).
 * Storage is reached through {@link org.mawid.engine.journal.Disk} alone, so that a simulated one can lose, tear and refuse.
 */
package org.mawid.engine.journal;
