/**
 * State to file and back, named by log position. The format is written down byte by byte in {@code engine/FORMATS.md}, "Snapshot format".
 * <p>Door: {@link org.mawid.engine.snapshot.Snapshots}. Threads: one that writes, any that read. Not here: what a row means (see
 * {@code core}), when a snapshot is due (see {@code ring}).
 */
package org.mawid.engine.snapshot;
