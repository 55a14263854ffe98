package org.mawid.engine.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the journal asks of storage. {@link FileDisk} is the real one; tests put a simulated one in its place that loses
 * what was not synced. Any thread. A call that fails may have had part of its effect.
 */
public interface Disk {
    /** What a file is opened for. */
    enum Access {
        /** An existing file, to be read. Others may be writing to it. */
        READ,
        /**
         * An existing file, to be read past the page cache where the disk offers that: whole blocks from a block's beginning on, into
         * a block-aligned direct buffer. What is not a whole block is the file's end. Others may be writing to it, blocks only.
         */
        READ_BLOCKS,
        /** A new file, of any content. Fails if it exists. Durable after {@link DiskFile#sync()}. */
        CREATE,
        /** A new file that is written in whole blocks from block-aligned direct buffers. Durable after {@link DiskFile#sync()}. */
        CREATE_BLOCKS,
        /**
         * An existing file that is overwritten in whole blocks from block-aligned direct buffers. A write may be durable
         * when it returns; it is after {@link DiskFile#sync()}, which then costs nothing.
         */
        WRITE_BLOCKS,
        /** An existing file that may hold bytes which were written but never synced: {@link DiskFile#sync()} makes them durable. */
        REPAIR
    }

    /** Names of the files in a folder, in no order; empty if there is no such folder. */
    List<String> list(Path folder) throws IOException;

    /** Makes the folder and those above it if they are missing, durably. */
    void createFolders(Path folder) throws IOException;

    DiskFile open(Path file, Access access) throws IOException;

    /** Puts {@code from} in the place of {@code to}, whole or not at all. Durable after {@link #syncFolder}. */
    void rename(Path from, Path to) throws IOException;

    /** Durable after {@link #syncFolder}. */
    void delete(Path file) throws IOException;

    /** Makes creations, renames and deletions in this folder durable. */
    void syncFolder(Path folder) throws IOException;

    /** Bytes that may still be written in the folder's file system, as it says itself, −1 when it does not. A quota may allow less. */
    long freeBytes(Path folder);

    /**
     * Takes the folder for this process until closed.
     *
     * @param owner one line of text for people: who has it
     * @throws JournalLockedException when another process, or somebody else in this one, has it
     */
    Closeable lock(Path folder, String owner) throws IOException;
}
