package org.mawid.api.callcentre;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.mawid.api.gateway.DurableMaps;

/** Where callbacks are kept (an H2 MVStore). Each change is durable when it returns, whole or not at all. After an {@link IOException} it is to be closed and opened anew. One thread. */
final class CallbackFile implements AutoCloseable {
    private static final String ROWS = "callbacks";

    private final DurableMaps store;
    private final MVMap<Long, long[]> rows;

    private CallbackFile(final DurableMaps store) {
        this.store = store;
        rows = store.map(ROWS);
    }

    /** @throws IOException in one line: it cannot be made or read, is damaged, or another server has it */
    static CallbackFile open(final Path file) throws IOException {
        return new CallbackFile(DurableMaps.open(file, "the list of callbacks", "nobody is known to be called back"));
    }

    /** As they were asked for. */
    List<CallbackRow> rows() {
        final List<CallbackRow> all = new ArrayList<>(rows.size());
        rows.forEach((id, kept) -> all.add(CallbackRow.of(id, kept)));
        return all;
    }

    void put(final CallbackRow row) throws IOException {
        store.change(() -> rows.put(row.id(), row.longs()));
    }

    void remove(final long id) throws IOException {
        store.change(() -> rows.remove(id));
    }

    @Override
    public void close() {
        store.close();
    }
}
