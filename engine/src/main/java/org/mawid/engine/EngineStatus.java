package org.mawid.engine;

/**
 * Where the pipeline stands. Each figure is read by itself; together they are a picture, not a snapshot.
 *
 * @param appliedPosition   last position applied by the core; it may lag by a batch behind what has been answered
 * @param durablePosition   last position that is on disk; nothing behind it has been answered
 * @param readModelPosition last position that the availability masks reflect
 * @param recordsPosition   last position that the records reflect
 * @param nowMs             log time, ms since 1970-01-01 UTC
 * @param ringDepth         entries in the ring that are not finished
 * @param ringSize          entries that the ring holds
 * @param snapshotPosition  position of the newest snapshot, 0 = none
 * @param hashPosition      position of {@code stateHash}, 0 = none yet
 * @param stateHash         hash over the whole state at {@code hashPosition}
 * @param storageFull       true while commands are answered STORAGE_FULL: no room for the next journal segment, or for a snapshot
 * @param running           false once stopped or halted
 */
public record EngineStatus(long appliedPosition, long durablePosition, long readModelPosition, long recordsPosition, long nowMs,
                           int ringDepth, int ringSize, long snapshotPosition, long hashPosition, long stateHash,
                           boolean storageFull, boolean running) {
}
