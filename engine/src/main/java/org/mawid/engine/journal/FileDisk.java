package org.mawid.engine.journal;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The file system. Two ways to write and read blocks: <em>direct</em>, past the page cache and durable when the write returns
 * ({@code O_DIRECT | O_DSYNC}); or <em>plain</em>, a write and a {@code force}. Files are never mapped.
 */
public final class FileDisk implements Disk {
    /** What is kept is nobody else's: keys are copied here too, by a back-up. Where the file system knows no owners, its own rules hold. */
    private static final FileAttribute<?>[] OWNER_ONLY = FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))} : new FileAttribute<?>[0];
    private static final OpenOption[] CREATE_DIRECT = {
        StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT
    };
    private static final OpenOption[] WRITE_DIRECT = {
        StandardOpenOption.WRITE, StandardOpenOption.DSYNC, ExtendedOpenOption.DIRECT
    };
    private static final OpenOption[] CREATE_PLAIN = {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
    private static final OpenOption[] WRITE_PLAIN = {StandardOpenOption.READ, StandardOpenOption.WRITE};
    private static final OpenOption[] READ_DIRECT = {StandardOpenOption.READ, ExtendedOpenOption.DIRECT};
    private static final OpenOption[] READ_PLAIN = {StandardOpenOption.READ};

    /** Folders that this process has locked, and for whom: closing any file of that name would let the lock go, so it is not opened a second time. */
    private static final Map<Path, String> LOCKED_HERE = new ConcurrentHashMap<>();

    private final boolean direct;

    private FileDisk(final boolean direct) {
        this.direct = direct;
    }

    /** Tries direct writing and reading in the folder, which is made if missing, and falls back to plain where it is not offered. */
    public static FileDisk probe(final Path folder) throws IOException {
        plain().createFolders(folder);
        return new FileDisk(offersDirect(folder));
    }

    /** Write, then force. Works everywhere. */
    public static FileDisk plain() {
        return new FileDisk(false);
    }

    public boolean isDirect() {
        return direct;
    }

    @Override
    public List<String> list(final Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toList());
        }
    }

    @Override
    public void createFolders(final Path folder) throws IOException {
        final Path absolute = folder.toAbsolutePath();
        if (Files.isDirectory(absolute)) {
            return;
        }
        final Path parent = absolute.getParent();
        if (parent != null) {
            createFolders(parent);
        }
        Files.createDirectory(absolute);
        if (parent != null) {
            syncFolder(parent);
        }
    }

    @Override
    public DiskFile open(final Path file, final Access access) throws IOException {
        return switch (access) {
            case READ -> new OpenFile(FileChannel.open(file, READ_PLAIN), false);
            case READ_BLOCKS -> new OpenFile(FileChannel.open(file, direct ? READ_DIRECT : READ_PLAIN), false);
            case CREATE -> new OpenFile(FileChannel.open(file, Set.of(CREATE_PLAIN), OWNER_ONLY), false);
            case CREATE_BLOCKS -> new OpenFile(FileChannel.open(file, Set.of(direct ? CREATE_DIRECT : CREATE_PLAIN), OWNER_ONLY), false);
            case WRITE_BLOCKS -> new OpenFile(FileChannel.open(file, direct ? WRITE_DIRECT : WRITE_PLAIN), direct);
            case REPAIR -> new OpenFile(FileChannel.open(file, WRITE_PLAIN), false);
        };
    }

    @Override
    public void rename(final Path from, final Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(final Path file) throws IOException {
        Files.delete(file);
    }

    @Override
    public void syncFolder(final Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public long freeBytes(final Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (final IOException e) {
            return -1;
        }
    }

    @Override
    public Closeable lock(final Path folder, final String owner) throws IOException {
        final Path real = folder.toRealPath();
        final String holder = LOCKED_HERE.putIfAbsent(real, owner);
        if (holder != null) {
            throw new JournalLockedException(folder, ProcessHandle.current().pid(), holder);
        }
        FileChannel locked = null;
        try {
            locked = lockFile(folder, owner);
        } finally {
            if (locked == null) {
                LOCKED_HERE.remove(real);
            }
        }
        final FileChannel channel = locked;
        return () -> {
            if (channel.isOpen()) {
                channel.close();
                LOCKED_HERE.remove(real);
            }
        };
    }

    private static FileChannel lockFile(final Path folder, final String owner) throws IOException {
        final Path file = folder.resolve("lock");
        final FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (!tryLock(channel)) {
                throw lockedBy(folder, Files.readString(file));
            }
            channel.truncate(0);
            channel.write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n" + owner + "\n"));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return direct ? "direct" : "plain";
    }

    private static boolean tryLock(final FileChannel channel) throws IOException {
        try {
            final FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // this very process has it
        }
    }

    private static JournalLockedException lockedBy(final Path folder, final String text) {
        final String[] lines = text.split("\n", -1);
        long pid = -1;
        try {
            pid = Long.parseLong(lines[0].trim());
        } catch (NumberFormatException e) {
            // The owner has taken the lock and not yet written who it is.
        }
        return new JournalLockedException(folder, pid, lines.length > 1 ? lines[1].trim() : "");
    }

    private static boolean offersDirect(final Path folder) throws IOException {
        final Path file = Files.createTempFile(folder, Format.PROBE, Format.TEMPORARY);
        try {
            if (Format.BLOCK_BYTES % Files.getFileStore(file).getBlockSize() != 0) {
                return false;
            }
            try (FileChannel channel = FileChannel.open(file, WRITE_DIRECT)) {
                channel.write(Format.alignedBuffer(Format.BLOCK_BYTES), 0);
            }
            try (FileChannel channel = FileChannel.open(file, READ_DIRECT)) {
                return channel.read(Format.alignedBuffer(Format.BLOCK_BYTES), 0) == Format.BLOCK_BYTES;
            }
        } catch (IOException | UnsupportedOperationException e) {
            return false; // tmpfs and others refuse the flag, the write or the read; plain writing says whether the folder is usable at all
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static final class OpenFile implements DiskFile {
        private final FileChannel channel;
        private final boolean durableWrites;

        OpenFile(final FileChannel channel, final boolean durableWrites) {
            this.channel = channel;
            this.durableWrites = durableWrites;
        }

        @Override
        public int read(final ByteBuffer into, final long position) throws IOException {
            if (position % Format.BLOCK_BYTES != 0 && position == channel.size()) {
                return -1; // asked again behind a last block that is not whole, a direct channel would refuse the offset instead
            }
            return channel.read(into, position);
        }

        @Override
        public int write(final ByteBuffer from, final long position) throws IOException {
            return channel.write(from, position);
        }

        @Override
        public void sync() throws IOException {
            if (!durableWrites) {
                // Metadata too: a new file's length must be there, and an overwritten one's costs nothing.
                channel.force(true);
            }
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void truncate(final long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
