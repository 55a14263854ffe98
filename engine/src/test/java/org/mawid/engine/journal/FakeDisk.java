package org.mawid.engine.journal;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A disk in memory that keeps what was written apart from what is durable, and can stop at any call, refuse any call, and lose or tear
 * whatever was not synced. The same seed and the same calls give the same outcome. Any thread; repeatable only with one.
 *
 * <p>{@link #crashAt} and {@link #failAt} count calls from 1. After {@link #powerLoss()} or {@link #kill()} the next process begins:
 * open files of the one before answer nothing more.
 */
public final class FakeDisk implements Disk {
    /** Smallest part of a write that can be lost alone. */
    public static final int SECTOR_BYTES = 512;

    /** The process ends here. Not an exception that anything under test may handle. */
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash(final String call) {
            super("crash at " + call, null, false, false);
        }
    }

    /** What storage says when there is no room. */
    public static final String NO_SPACE = "No space left on device";

    private final Random random;
    private final boolean durableWrites;
    private final Set<Path> locks = new HashSet<>();
    private final Set<Path> folders = new HashSet<>();
    private Map<Path, FakeContent> files = new TreeMap<>();
    private Map<Path, FakeContent> durableFiles = new TreeMap<>();
    private final List<FolderChange> folderChanges = new ArrayList<>();
    private int process;
    private long calls;
    private long crashCall = Long.MAX_VALUE;
    private long failCall = Long.MAX_VALUE;
    private String failPart;
    private boolean failsOnce;
    private String failText;
    private String failedCall;
    private boolean full;
    private long freeBytes = Long.MAX_VALUE;
    private boolean shortWrites;

    /** @param durableWrites whether block writes are durable when they return (as O_DSYNC) or only after sync */
    public FakeDisk(final long seed, final boolean durableWrites) {
        random = new Random(spread(seed));
        this.durableWrites = durableWrites;
    }

    /** Neighbouring seeds of {@code java.util.Random} begin alike; these do not. */
    public static long spread(final long seed) {
        final long mixed = (seed + 1) * 0x9E37_79B9_7F4A_7C15L;
        return mixed ^ mixed >>> 29;
    }

    /** Calls so far. */
    public synchronized long calls() {
        return calls;
    }

    /** The process ends in the middle of this call, and every later one. */
    public synchronized FakeDisk crashAt(final long call) {
        crashCall = call;
        return this;
    }

    /** Whether the call at which the process was to end has come. */
    public synchronized boolean hasCrashed() {
        return calls >= crashCall;
    }

    /** This one call fails with an {@code IOException} of this text, having done a part of its work. */
    public synchronized FakeDisk failAt(final long call, final String text) {
        failCall = call;
        failText = text;
        failedCall = null;
        return this;
    }

    /** Until told otherwise, each call of which this is a part fails; null = none. */
    public synchronized void failEach(final String part, final String text) {
        failPart = part;
        failText = text;
        failsOnce = false;
    }

    /** The next call of which this is a part fails, and no other. */
    public synchronized void failNext(final String part, final String text) {
        failEach(part, text);
        failsOnce = true;
    }

    /** Which call failed as asked, null if none has. */
    public synchronized String failedCall() {
        return failedCall;
    }

    /** While full, what would need more room fails with {@link #NO_SPACE}; overwriting goes on. */
    public synchronized void setFull(final boolean full) {
        this.full = full;
        freeBytes = full ? 0 : Long.MAX_VALUE;
    }

    /** What it says about room, whatever it does: a quota may be less. */
    public synchronized void setFreeBytes(final long bytes) {
        freeBytes = bytes;
    }

    @Override
    public synchronized long freeBytes(final Path folder) {
        return freeBytes;
    }

    /** Writes take less than offered now and then. */
    public synchronized FakeDisk withShortWrites() {
        shortWrites = true;
        return this;
    }

    /** The process is gone, the machine is not: all that was written is still to be seen, though it may not be durable. */
    public synchronized void kill() {
        endProcess();
    }

    /** The machine is gone: of what was not synced any part may be lost, block by block or in the middle of one. */
    public synchronized void powerLoss() {
        endProcess();
        for (final FolderChange change : folderChanges) {
            if (random.nextBoolean()) {
                change.applyTo(durableFiles);
            }
        }
        folderChanges.clear();
        final Set<FakeContent> contents = new HashSet<>(durableFiles.values());
        files = new TreeMap<>(durableFiles);
        files.values().stream().filter(contents::remove).forEach(content -> content.losePart(random));
    }

    /** What a process sees in a file now. */
    public synchronized byte[] content(final Path file) {
        final FakeContent content = files.get(file);
        return content.bytes();
    }

    /** Changes a durable byte behind everybody's back. */
    public synchronized void corrupt(final Path file, final long offset, final int xor) {
        final FakeContent content = files.get(file);
        content.corrupt((int) offset, (byte) xor);
    }

    /** Cuts a file off behind everybody's back. */
    public synchronized void truncate(final Path file, final int size) {
        files.get(file).truncate(size);
    }

    @Override
    public synchronized List<String> list(final Path folder) throws IOException {
        call("list " + folder);
        return files.keySet().stream().filter(file -> folder.equals(file.getParent())).map(file -> file.getFileName().toString()).toList();
    }

    @Override
    public synchronized void createFolders(final Path folder) throws IOException {
        call("createFolders " + folder);
        folders.add(folder);
    }

    @Override
    public synchronized DiskFile open(final Path file, final Access access) throws IOException {
        call("open " + file + " " + access);
        FakeContent content = files.get(file);
        if (access == Access.CREATE || access == Access.CREATE_BLOCKS) {
            if (content != null) {
                throw new FileAlreadyExistsException(file.toString());
            }
            if (!folders.contains(file.getParent())) {
                throw new FileNotFoundException(file.getParent().toString());
            }
            if (full) {
                throw new IOException(NO_SPACE);
            }
            content = new FakeContent();
            change(new FolderChange(file.getParent(), null, file, content));
        } else if (content == null) {
            throw new FileNotFoundException(file.toString());
        }
        return new OpenFile(file, content, access, process);
    }

    @Override
    public synchronized void rename(final Path from, final Path to) throws IOException {
        call("rename " + from + " " + to);
        final FakeContent content = files.get(from);
        if (content == null) {
            throw new FileNotFoundException(from.toString());
        }
        change(new FolderChange(to.getParent(), from, to, content));
    }

    @Override
    public synchronized void delete(final Path file) throws IOException {
        call("delete " + file);
        if (!files.containsKey(file)) {
            throw new FileNotFoundException(file.toString());
        }
        change(new FolderChange(file.getParent(), file, null, null));
    }

    @Override
    public synchronized void syncFolder(final Path folder) throws IOException {
        call("syncFolder " + folder);
        for (final FolderChange change : folderChanges) {
            if (change.folder.equals(folder)) {
                change.applyTo(durableFiles);
            }
        }
        folderChanges.removeIf(change -> change.folder.equals(folder));
    }

    @Override
    public synchronized Closeable lock(final Path folder, final String owner) throws IOException {
        call("lock " + folder);
        if (!locks.add(folder)) {
            throw new JournalLockedException(folder, ProcessHandle.current().pid(), owner);
        }
        final int holder = process;
        return () -> {
            synchronized (this) {
                if (holder == process) {
                    locks.remove(folder);
                }
            }
        };
    }

    @Override
    public String toString() {
        return "fake" + (durableWrites ? ", durable writes" : "");
    }

    private void endProcess() {
        process++;
        locks.clear();
        crashCall = Long.MAX_VALUE;
        failCall = Long.MAX_VALUE;
    }

    private void change(final FolderChange change) {
        change.applyTo(files);
        folderChanges.add(change);
    }

    /** Counts a call. Crash or failure come before any effect; writing and syncing have their own. */
    private void call(final String what) throws IOException {
        if (due(what)) {
            throw new IOException(failText);
        }
    }

    /** @return whether this call is to fail */
    private boolean due(final String what) {
        calls++;
        if (calls >= crashCall) {
            throw new Crash("call " + calls + ", " + what);
        }
        if (calls != failCall && (failPart == null || !what.contains(failPart))) {
            return false;
        }
        failedCall = what;
        failPart = failsOnce ? null : failPart;
        return true;
    }

    /** A name given, taken away, or both at once. */
    private record FolderChange(Path folder, Path removed, Path added, FakeContent content) {
        void applyTo(final Map<Path, FakeContent> names) {
            if (removed != null) {
                names.remove(removed);
            }
            if (added != null) {
                names.put(added, content);
            }
        }
    }

    private final class OpenFile implements DiskFile {
        private final Path path;
        private final FakeContent content;
        private final Access access;
        private final int opener;
        private boolean closed;

        OpenFile(final Path path, final FakeContent content, final Access access, final int opener) {
            this.path = path;
            this.content = content;
            this.access = access;
            this.opener = opener;
        }

        @Override
        public int read(final ByteBuffer into, final long position) throws IOException {
            synchronized (FakeDisk.this) {
                usable();
                call("read " + path + " at " + position);
                if (access == Access.READ_BLOCKS && position < content.size() && (position % Format.BLOCK_BYTES != 0
                        || into.remaining() % Format.BLOCK_BYTES != 0 || !into.isDirect() || into.alignmentOffset(into.position(), Format.BLOCK_BYTES) != 0)) {
                    throw new IOException("Invalid argument: " + into.remaining() + " bytes from " + position);
                }
                return content.read(into, position);
            }
        }

        @Override
        public int write(final ByteBuffer from, final long position) throws IOException {
            synchronized (FakeDisk.this) {
                usable();
                final boolean blocks = access == Access.CREATE_BLOCKS || access == Access.WRITE_BLOCKS;
                if (access == Access.READ || access == Access.READ_BLOCKS) {
                    throw new IOException(path + " is open for reading");
                }
                if (blocks && (position % Format.BLOCK_BYTES != 0 || from.remaining() % Format.BLOCK_BYTES != 0 || !from.isDirect())) {
                    throw new IOException("Invalid argument: " + from.remaining() + " bytes at " + position);
                }
                if (full && position + from.remaining() > content.size()) {
                    throw new IOException(NO_SPACE);
                }
                if (access == Access.WRITE_BLOCKS && position + from.remaining() > content.size()) {
                    throw new IOException("a block is written behind the end of " + path);
                }
                int length = from.remaining();
                final boolean fails;
                try {
                    fails = due("write " + path + " " + access + " at " + position);
                } catch (Crash crash) {
                    if (calls == crashCall) {
                        content.write(from, (int) position, length); // on its way, and lost or torn
                    }
                    throw crash;
                }
                if (fails) {
                    content.write(from, (int) position, random.nextInt(length + 1) / SECTOR_BYTES * SECTOR_BYTES);
                    throw new IOException(failText);
                }
                if (shortWrites && length > Format.BLOCK_BYTES && random.nextInt(4) == 0) {
                    length = (1 + random.nextInt(length / Format.BLOCK_BYTES)) * Format.BLOCK_BYTES;
                }
                content.write(from, (int) position, length);
                if (durableWrites && access == Access.WRITE_BLOCKS) {
                    content.persist((int) position, (int) position + length);
                }
                return length;
            }
        }

        @Override
        public void sync() throws IOException {
            synchronized (FakeDisk.this) {
                usable();
                if (due("sync " + path + " " + access)) {
                    content.syncInPart(random);
                    throw new IOException(failText);
                }
                if (!durableWrites || access != Access.WRITE_BLOCKS) {
                    content.sync();
                }
            }
        }

        @Override
        public long size() throws IOException {
            synchronized (FakeDisk.this) {
                usable();
                call("size " + path);
                return content.size();
            }
        }

        @Override
        public void truncate(final long size) throws IOException {
            synchronized (FakeDisk.this) {
                usable();
                call("truncate " + path + " to " + size);
                content.truncate((int) size);
            }
        }

        @Override
        public void close() {
            closed = true;
        }

        private void usable() throws IOException {
            if (opener != process) {
                throw new Crash(path + ", whose process is gone");
            }
            if (closed) {
                throw new IOException(path + " is closed");
            }
        }
    }
}
