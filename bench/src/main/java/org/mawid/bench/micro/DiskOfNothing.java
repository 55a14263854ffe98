package org.mawid.bench.micro;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.DiskFile;

/**
 * A disk that from some moment on takes what is written at once, keeps nothing of it and counts it: what is left of a journal is the work of
 * whoever writes to it. Names come, go and change on the disk behind it. Any thread.
 */
final class DiskOfNothing implements Disk {
    private final Disk disk;
    private volatile boolean keepsNothing;
    /** By the writing thread. */
    private long groupBytes;

    DiskOfNothing(final Disk disk) {
        this.disk = disk;
    }

    /** From now on. What is read back to open a journal must have been kept. */
    void keepNothing() {
        keepsNothing = true;
    }

    /** Bytes that were written over what was there, in place of being kept; on the thread that wrote them. */
    long groupBytes() {
        return groupBytes;
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
        return new File(disk.open(file, access), access == Access.WRITE_BLOCKS);
    }

    @Override
    public void rename(final Path from, final Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(final Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public long freeBytes(final Path folder) {
        return disk.freeBytes(folder);
    }

    @Override
    public void syncFolder(final Path folder) throws IOException {
        if (!keepsNothing) {
            disk.syncFolder(folder);
        }
    }

    @Override
    public Closeable lock(final Path folder, final String owner) throws IOException {
        return disk.lock(folder, owner);
    }

    private final class File implements DiskFile {
        private final DiskFile file;
        private final boolean isCounted;

        File(final DiskFile file, final boolean isCounted) {
            this.file = file;
            this.isCounted = isCounted;
        }

        @Override
        public int read(final ByteBuffer into, final long position) throws IOException {
            return file.read(into, position);
        }

        @Override
        public int write(final ByteBuffer from, final long position) throws IOException {
            if (!keepsNothing) {
                return file.write(from, position);
            }
            final int bytes = from.remaining();
            if (isCounted) {
                groupBytes += bytes;
            }
            from.position(from.limit());
            return bytes;
        }

        @Override
        public void sync() throws IOException {
            if (!keepsNothing) {
                file.sync();
            }
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void truncate(final long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
