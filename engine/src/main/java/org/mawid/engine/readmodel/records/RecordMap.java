package org.mawid.engine.readmodel.records;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.values.Values;

/**
 * The file: records by key. One thread writes, any may read. A file is only ever used again when a {@link CleanMark} vouches for it,
 * so a lock that a killed process left behind is never met.
 *
 * <p>Sizes, measured: the hash table of a segment is read through when the file is made, and touched everywhere soon after, so one
 * made for 40 million records keeps 600 MB in memory from the first day. It is therefore made for a tenth of that and grows by
 * tiers when they are needed: with all ten a put takes about three times as long. For the same reason segments are few: each keeps
 * some pages in memory, and one writer does not need more.
 */
final class RecordMap implements AutoCloseable {
    /** Of the values; together with the schema's version. */
    static final int FORMAT = 2;
    static final String TEMPORARY = ".tmp";
    private static final String FILE = "records.map";
    private static final int SEGMENTS = 64;
    private static final int TIERS = 10;
    private static final long SMALLEST = 10_000;
    /** Bytes of the usual value; in chunks of this size no kind wastes more than a sixth. */
    private static final double USUAL_BYTES = 112;
    private static final int CHUNK_BYTES = 24;

    private final Path folder;
    private final long entries;
    private final ChronicleMap<LongValue, Entry> map;
    private final LongValue key = Values.newHeapInstance(LongValue.class);
    private final ThreadLocal<LongValue> readersKey = ThreadLocal.withInitial(() -> Values.newHeapInstance(LongValue.class));

    private RecordMap(final Path folder, final long entries, final ChronicleMap<LongValue, Entry> map) {
        this.folder = folder;
        this.entries = entries;
        this.map = map;
    }

    /** The file as it was left, whose mark is taken away. */
    static RecordMap reopen(final Path folder, final CleanMark mark) throws IOException {
        CleanMark.remove(folder);
        return new RecordMap(folder, mark.entries(), open(folder.resolve(FILE), mark.entries()));
    }

    /** A new file instead of whatever is there. It has its name only once it is whole. */
    static RecordMap create(final Path folder, final long entries) throws IOException {
        Files.createDirectories(folder);
        discard(folder);
        final Path temporary = folder.resolve(FILE + TEMPORARY);
        open(temporary, entries).close();
        Files.move(temporary, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        return new RecordMap(folder, entries, open(folder.resolve(FILE), entries));
    }

    /** Whether the file is the one that the mark was written for. */
    static boolean isThere(final Path folder, final CleanMark mark) {
        try {
            final Path file = folder.resolve(FILE);
            return Files.size(file) == mark.fileBytes() && CleanMark.headCrc(file) == mark.headCrc();
        } catch (final IOException e) {
            return false;
        }
    }

    /** Takes away all that is in the folder: nothing in it is of any use. */
    static void discard(final Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        CleanMark.remove(folder);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "{" + FILE + "*,*" + TEMPORARY + "}")) {
            for (final Path file : files) {
                Files.delete(file);
            }
        }
    }

    private static ChronicleMap<LongValue, Entry> open(final Path file, final long entries) throws IOException {
        return ChronicleMapBuilder.of(LongValue.class, Entry.class)
                .name("mawid-records")
                .entries(Math.max(SMALLEST, entries / TIERS))
                .maxBloatFactor(TIERS)
                .actualSegments(SEGMENTS)
                .averageValueSize(USUAL_BYTES)
                .actualChunkSize(CHUNK_BYTES)
                .valueMarshaller(EntryMarshaller.INSTANCE)
                .checksumEntries(false) // they have their own, which is checked whenever one is read
                .putReturnsNull(true)
                .removeReturnsNull(true)
                .skipCloseOnExitHook(true) // it would close the map before the keeper has written what is still to be written
                .createPersistedTo(file.toFile());
    }

    // ---- the keeper's thread

    void put(final Entry entry) {
        key.setValue(entry.key);
        entry.seal();
        try {
            map.put(key, entry);
        } catch (final IllegalStateException e) {
            if (map.isOpen() && isNearlyFull()) {
                throw new RecordsFullException(size());
            }
            throw e;
        }
    }

    /** Chance may fill one segment before the others. */
    private boolean isNearlyFull() {
        return size() > entries - entries / 4;
    }

    void remove(final long recordKey) {
        key.setValue(recordKey);
        map.remove(key);
    }

    /** Fills in {@code into}; its length is 0 when there is none. */
    void load(final long recordKey, final Entry into) {
        key.setValue(recordKey);
        get(key, into);
    }

    boolean isFull() {
        return size() > entries;
    }

    long size() {
        return map.longSize();
    }

    /**
     * Leaves the file for the next start.
     *
     * @param position last log position that the records reflect
     */
    void closeClean(final String journal, final long position) throws IOException {
        map.close();
        final Path file = folder.resolve(FILE);
        try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        new CleanMark(journal, position, entries, Files.size(file), CleanMark.headCrc(file)).write(folder);
    }

    /** Leaves nothing that can be used: there is no mark. */
    @Override
    public void close() {
        map.close();
    }

    // ---- any thread

    /** As {@link #load}, for readers. */
    void read(final long recordKey, final Entry into) {
        final LongValue own = readersKey.get();
        own.setValue(recordKey);
        get(own, into);
    }

    private void get(final LongValue wanted, final Entry into) {
        into.length = 0;
        if (map.getUsing(wanted, into) == null) {
            into.length = 0;
        } else if (!into.isWhole()) {
            throw new RecordsDamagedException("a value does not have its checksum");
        }
    }
}
