/**
 * State to file and back, named by log position. The format is written down byte by byte in {@code engine/FORMATS.md}, "Snapshot format".
 * <p>Doors: {@link org.mawid.engine.snapshot.Snapshots}, the files; {@link org.mawid.engine.snapshot.Snapshotter}, which makes them beside the traffic by a
 * second core, when they are due or asked for, on its own thread and at a {@link org.mawid.engine.snapshot.Pace};
 * {@link org.mawid.engine.snapshot.Recovery}, which begins with one. Not here: what a row means (see {@code core}).
 */
package org.mawid.engine.snapshot;
