package org.mawid.engine.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * A disk as somebody uses it beside the pipeline: what is read comes past the page cache, what is new is made durable while it is written,
 * what goes is made smaller step by step, each so little at a time that the journal's next group hardly waits for it, with a rest after
 * each time. Left to the end of a file, the disk would have tens or hundreds of megabytes to write, or to take back, at once.
 * <p>Files that are written in blocks, or repaired, are as on the disk itself. Thread: that of whoever made it.
 */
public final class GentleDisk implements Disk {
    /** What the journal's next group may have to wait for: 64 KiB took it from 0.3 to 0.4 ms at p99, 1 MiB to 1.2 ms. */
    private static final int WRITTEN_BYTES = 64 * 1024;
    private static final long REMOVED_BYTES = 2L << 20;

    private final Disk disk;
    private final Runnable rest;

    /** @param rest called after each step, on the thread that reads or writes */
    public GentleDisk(final Disk disk, final Runnable rest) {
        this.disk = disk;
        this.rest = rest;
    }

    @Override
    public List<String> list(final Path folder) throws IOException {
        return disk.list(folder);
    }

    @Override
    public void createFolders(final Path folder) throws IOException {
        disk.createFolders(folder);
    }

    @Override
    public DiskFile open(final Path file, final Access access) throws IOException {
        return switch (access) {
            case READ -> new Reading(new GentleFile(disk, file, rest));
            case READ_BLOCKS -> new GentleFile(disk, file, rest);
            case CREATE -> new Writing(disk.open(file, access));
            case CREATE_BLOCKS, WRITE_BLOCKS, REPAIR -> disk.open(file, access);
        };
    }

    @Override
    public void rename(final Path from, final Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(final Path file) throws IOException {
        disk.delete(file);
    }

    /**
     * Deletes a file step by step: a disk that is told at once that hundreds of megabytes are free again (mount option {@code discard})
     * lets the journal wait for it, 50 ms for 200 MB.
     *
     * @param meanwhile its name as soon as it is not whole any more, in the same folder: one that is taken for a leftover
     */
    public void remove(final Path file, final Path meanwhile) throws IOException {
        disk.rename(file, meanwhile);
        disk.syncFolder(meanwhile.getParent()); // or a file that is cut off could come back under its own name
        remove(meanwhile);
    }

    /** As the other, of a file whose name already says that it is not whole. */
    public void remove(final Path meanwhile) throws IOException {
        try (DiskFile old = disk.open(meanwhile, Access.REPAIR)) {
            for (long size = old.size() - REMOVED_BYTES; size > 0; size -= REMOVED_BYTES) {
                old.truncate(size);
                old.sync();
                rest.run();
            }
        }
        disk.delete(meanwhile);
    }

    @Override
    public void syncFolder(final Path folder) throws IOException {
        disk.syncFolder(folder);
    }

    @Override
    public long freeBytes(final Path folder) {
        return disk.freeBytes(folder);
    }

    @Override
    public Closeable lock(final Path folder, final String owner) throws IOException {
        return disk.lock(folder, owner);
    }

    @Override
    public String toString() {
        return disk + ", gently";
    }

    /** From any offset into any buffer, by way of whole blocks. Nothing is kept from one read to the next: others may be writing. */
    private static final class Reading extends FileAround {
        private final BlockBuffer blocks = new BlockBuffer(GentleFile.MOST_BYTES);

        Reading(final GentleFile file) {
            super(file);
        }

        @Override
        public int read(final ByteBuffer into, final long position) throws IOException {
            if (!into.hasRemaining()) {
                return 0;
            }
            final long from = position / GentleFile.BLOCK_BYTES * GentleFile.BLOCK_BYTES;
            final int skip = (int) (position - from);
            final int wanted = Math.min(GentleFile.MOST_BYTES - skip, into.remaining());
            final int whole = (skip + wanted + GentleFile.BLOCK_BYTES - 1) / GentleFile.BLOCK_BYTES * GentleFile.BLOCK_BYTES;
            final ByteBuffer bytes = blocks.bytes().clear().limit(whole);
            final int read = Math.min(wanted, file.readFully(bytes, from) - skip);
            if (read <= 0) {
                return -1;
            }
            into.put(bytes.position(skip).limit(skip + read));
            return read;
        }

        @Override
        public void close() throws IOException {
            blocks.close();
            super.close();
        }
    }

    /** Durable with each write, a little at a time. */
    private final class Writing extends FileAround {
        Writing(final DiskFile file) {
            super(file);
        }

        @Override
        public int write(final ByteBuffer from, final long position) throws IOException {
            final int limit = from.limit();
            from.limit(Math.min(limit, from.position() + WRITTEN_BYTES));
            final int written;
            try {
                written = file.write(from, position);
            } finally {
                from.limit(limit);
            }
            file.sync();
            rest.run();
            return written;
        }
    }
}
