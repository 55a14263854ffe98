package org.mawid.api.callcentre;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.mawid.api.gateway.DurableFile;

/** Where callbacks are kept (an H2 MVStore). Each change is durable when it returns, whole or not at all. After an {@link IOException} it is to be closed and opened anew. One thread. */
final class CallbackFile implements AutoCloseable {
    private static final String ROWS = "callbacks";
    /** Old pages are kept so long, for nobody: each change is synced. */
    private static final int RETENTION_MS = 0;
    private static final int CLOSE_MS = 200;

    private final MVStore store;
    private final MVMap<Long, long[]> rows;

    private CallbackFile(final MVStore store) {
        this.store = store;
        store.setRetentionTime(RETENTION_MS);
        rows = store.openMap(ROWS);
    }

    /** @throws IOException in one line: it cannot be made or read, is damaged, or another server has it */
    static CallbackFile open(final Path file) throws IOException {
        DurableFile.makeFolder(file.getParent());
        try {
            return new CallbackFile(new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open());
        } catch (final MVStoreException e) {
            throw new IOException(file + " cannot be used: another server has it, the disk is full, or it is damaged; without it nobody is known to be called back: " + e.getMessage(), e);
        }
    }

    /** As they were asked for. */
    List<CallbackRow> rows() {
        final List<CallbackRow> all = new ArrayList<>(rows.size());
        rows.forEach((id, kept) -> all.add(CallbackRow.of(id, kept)));
        return all;
    }

    void put(final CallbackRow row) throws IOException {
        change(() -> rows.put(row.id(), row.longs()));
    }

    void remove(final long id) throws IOException {
        change(() -> rows.remove(id));
    }

    private void change(final Runnable change) throws IOException {
        try {
            change.run();
            store.commit();
            store.sync();
        } catch (final MVStoreException e) {
            throw new IOException("the list of callbacks cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (!store.isClosed()) {
            store.close(CLOSE_MS);
        }
    }
}
