package org.mawid.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file by way of another: whoever extends it changes how some of its calls are made. */
abstract class FileAround implements DiskFile {
    final DiskFile file;

    FileAround(final DiskFile file) {
        this.file = file;
    }

    @Override
    public int read(final ByteBuffer into, final long position) throws IOException {
        return file.read(into, position);
    }

    @Override
    public int write(final ByteBuffer from, final long position) throws IOException {
        return file.write(from, position);
    }

    @Override
    public void sync() throws IOException {
        file.sync();
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
