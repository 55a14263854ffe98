package org.mawid.bench.journal;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The disk by itself: aligned appends into a file that is full of zeros already, each durable before the next, in the way that the journal
 * writes. O_DIRECT and O_DSYNC where the file system allows, else write and force.
 */
final class DiskAlone implements Closeable {
    private static final int BLOCK = 4096;
    private final Path file;
    private final FileChannel channel;
    private final boolean direct;
    private final ByteBuffer group;
    private final long bytes;
    private long position;

    DiskAlone(final Path folder, final int maxGroupBytes, final long bytes) throws IOException {
        this.file = folder.resolve("disk-alone");
        this.bytes = bytes;
        this.group = ByteBuffer.allocateDirect(maxGroupBytes + BLOCK).alignedSlice(BLOCK);
        for (int at = 0; at < maxGroupBytes; at++) {
            group.put(at, (byte) (at * 31));
        }
        try (FileChannel zeros = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            final ByteBuffer zero = ByteBuffer.allocateDirect(1 << 20);
            for (long at = 0; at < bytes; at += zero.capacity()) {
                zero.clear();
                zeros.write(zero, at);
            }
            zeros.force(true);
        }
        FileChannel opened;
        boolean isDirect = true;
        try {
            opened = FileChannel.open(file, new OpenOption[] {StandardOpenOption.WRITE, StandardOpenOption.DSYNC, ExtendedOpenOption.DIRECT});
        } catch (final UnsupportedOperationException | IOException e) {
            opened = FileChannel.open(file, StandardOpenOption.WRITE);
            isDirect = false;
        }
        this.channel = opened;
        this.direct = isDirect;
    }

    boolean direct() {
        return direct;
    }

    /** Appends that many bytes, a multiple of 4 096, and returns when they are durable. */
    void append(final int groupBytes) throws IOException {
        if (position + groupBytes > bytes) {
            position = 0;
        }
        group.limit(groupBytes).position(0);
        while (group.hasRemaining()) {
            position += channel.write(group, position);
        }
        if (!direct) {
            channel.force(false);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.delete(file);
    }
}
