package org.mawid.api.sync;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What is done with files, step by step: after any of them the machine may stop. */
interface PostFiles {
    /** Null when there is none. */
    byte[] read(Path file) throws IOException;

    /** Names in a folder in order, none when it is not there. */
    List<String> list(Path folder) throws IOException;

    /** Makes a folder, and those above it. */
    void folder(Path folder) throws IOException;

    /** A file with this content, on the disk when it returns; where it stops it may be shorter. */
    void write(Path file, byte[] content) throws IOException;

    /** Content from an offset on, and nothing behind it; as {@link #write}. */
    void writeFrom(Path file, long offset, byte[] content) throws IOException;

    /** In one step, in the place of what had that name. */
    void move(Path from, Path to) throws IOException;

    void delete(Path file) throws IOException;

    /** Names of a folder, if it is there, are on the disk as they are. */
    void settle(Path folder) throws IOException;
}
