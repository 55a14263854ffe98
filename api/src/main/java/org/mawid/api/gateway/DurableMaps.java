package org.mawid.api.gateway;

import java.io.IOException;
import java.nio.file.Path;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.DataType;

/** Maps in one file (an H2 MVStore), for what the edges remember apart from the log. A change is durable when {@link #sync} returns, whole or not at all. After an {@link IOException} it is to be closed and opened anew. One thread. */
public final class DurableMaps implements AutoCloseable {
    /** Old pages are kept so long, for nobody: what has to be is synced. */
    private static final int RETENTION_MS = 0;
    private static final int CLOSE_MS = 200;
    /** Of pages that were read. What the store takes by itself. */
    private static final int CACHE_MIB = 16;
    /** Chunks of which less than so much is still wanted, in percent of all, are worth writing anew. */
    private static final int LEAST_FILLED_PERCENT = 60;

    private final MVStore store;
    private final String what;

    private DurableMaps(final MVStore store, final String what) {
        this.store = store;
        this.what = what;
        store.setRetentionTime(RETENTION_MS);
    }

    /**
     * @param what    is in it, as messages name it
     * @param without what follows when the file is taken away
     * @throws IOException in one line: it cannot be made or read, is damaged, or another server has it
     */
    public static DurableMaps open(final Path file, final String what, final String without) throws IOException {
        return open(file, what, without, CACHE_MIB);
    }

    /** As {@link #open(Path, String, String)}, with so much of what was read last in memory. @param cacheMib 1 and more */
    public static DurableMaps open(final Path file, final String what, final String without, final int cacheMib) throws IOException {
        DurableFile.makeFolder(file.getParent());
        try {
            return new DurableMaps(new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().cacheSize(cacheMib).open(), what);
        } catch (final MVStoreException e) {
            throw new IOException(file + " cannot be used: another server has it, the disk is full, or it is damaged; without it " + without + ": " + e.getMessage(), e);
        }
    }

    /** Of longs, their arrays, and texts. */
    public <K, V> MVMap<K, V> map(final String name) {
        return store.openMap(name);
    }

    /** Of what the types can write: it may be read by any thread, beside the one that changes it. */
    public <K, V> MVMap<K, V> map(final String name, final DataType<K> keys, final DataType<V> values) {
        return store.openMap(name, new MVMap.Builder<K, V>().keyType(keys).valueType(values));
    }

    /** Bytes of the file. */
    public long bytes() {
        return store.getFileStore().size();
    }

    /** Writes some of what is still wanted anew, where little of what is around it is, so that the file need not grow. Durable with the next {@link #sync}. @param most bytes, about */
    public void tidy(final int most) throws IOException {
        try {
            store.compact(LEAST_FILLED_PERCENT, most);
        } catch (final MVStoreException e) {
            throw unwritten(e);
        }
    }

    /** Changes maps, durably. */
    public void change(final Runnable change) throws IOException {
        try {
            change.run();
        } catch (final MVStoreException e) {
            throw unwritten(e);
        }
        sync();
    }

    /** What was changed is durable when it returns. */
    public void sync() throws IOException {
        try {
            store.commit();
            store.sync();
        } catch (final MVStoreException e) {
            throw unwritten(e);
        }
    }

    private IOException unwritten(final MVStoreException e) {
        return new IOException(what + " cannot be written: " + e.getMessage(), e);
    }

    /** Makes the file smaller, too, if that takes no longer than {@value #CLOSE_MS} ms. What was not synced may be lost. */
    @Override
    public void close() {
        if (!store.isClosed()) {
            store.close(CLOSE_MS);
        }
    }
}
