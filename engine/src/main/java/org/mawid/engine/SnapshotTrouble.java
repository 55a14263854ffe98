package org.mawid.engine;

/**
 * Why a snapshot that was asked for was not made.
 *
 * @param roomIsLacking true while commands are answered STORAGE_FULL for it: it is made by itself as soon as there is room
 * @param why           in one line
 */
public record SnapshotTrouble(boolean roomIsLacking, String why) {
}
