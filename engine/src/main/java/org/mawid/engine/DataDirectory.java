package org.mawid.engine;

import java.nio.file.Path;

/** Where things are in a data directory. */
public record DataDirectory(Path root) {
    /** Segments, identity and lock of the log: the truth. */
    public Path journal() {
        return root.resolve("journal");
    }

    /** State by position; can be made again from a whole journal. */
    public Path snapshots() {
        return root.resolve("snapshots");
    }

    /** What has left memory: nothing else has it. */
    public Path archive() {
        return root.resolve("archive");
    }

    /**
     * What the edges keep: keys and files without which the log cannot be shown to people. Opaque here; a back-up takes it along, but for names
     * that end with {@code .new}, which are not complete yet. Only a file whose name ends with {@code .unfinished} may go while a back-up is made.
     */
    public Path edge() {
        return root.resolve("edge");
    }

    /** Daily closings, a folder for each post; signed, and never written anew. A back-up takes them along as it does the edges' files. */
    public Path closings() {
        return edge().resolve("closings");
    }

    /** Where a running server listens to its operator: empty when none runs. */
    public Path control() {
        return root.resolve("control");
    }

    /** Read models: disposable. */
    public Path readModel() {
        return root.resolve("readmodel");
    }
}
