package org.mawid.api.sync;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files as they will be once a message has been taken in. */
final class Changes {
    private final Shelf shelf;
    /** Null = to be deleted. */
    private final Map<Path, JsonObject> files = new LinkedHashMap<>();
    private final Map<Path, JsonObject> seen = new HashMap<>();

    Changes(final Shelf shelf) {
        this.shelf = shelf;
    }

    /** Null when there is none. Of the caller: a change of it is none of the file before {@link #put}. */
    JsonObject get(final Path file) throws IOException {
        if (files.containsKey(file)) {
            return files.get(file);
        }
        if (!seen.containsKey(file)) {
            seen.put(file, shelf.json(file));
        }
        return seen.get(file);
    }

    void put(final Path file, final JsonObject json) {
        files.put(file, json);
    }

    void delete(final Path file) {
        files.put(file, null);
    }

    /** What is new first, so that nobody is missing meanwhile. */
    void write() throws IOException {
        for (final var file : files.entrySet()) {
            if (file.getValue() != null) {
                shelf.put(file.getKey(), file.getValue());
            }
        }
        for (final var file : files.entrySet()) {
            if (file.getValue() == null) {
                shelf.remove(file.getKey());
            }
        }
    }
}
