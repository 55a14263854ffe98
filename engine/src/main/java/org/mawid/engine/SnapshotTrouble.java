package org.mawid.engine;

/**
 * What went wrong with a snapshot that was asked for.
 *
 * @param why in one line
 */
public record SnapshotTrouble(Kind kind, String why) {
    /** What it means for the snapshot. */
    public enum Kind {
        /** Not made, and commands are answered STORAGE_FULL for it: it is made by itself as soon as there is room. */
        NO_ROOM,
        /** Not made. */
        NOT_MADE,
        /** Made, as good as any; an older one that is no longer needed could not be removed. */
        OLD_ONE_LEFT
    }

    /** Whether there is no snapshot for it. */
    public boolean isNotMade() {
        return kind != Kind.OLD_ONE_LEFT;
    }
}
