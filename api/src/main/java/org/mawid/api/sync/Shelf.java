package org.mawid.api.sync;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Files of a folder that are replaced as a whole or not at all, whenever the machine stops. */
final class Shelf {
    /** Of a file that is being written: whatever has it was not finished. */
    private static final String UNFINISHED = ".";

    final PostFiles files;
    final Path root;

    Shelf(final PostFiles files, final Path root) {
        this.files = files;
        this.root = root;
    }

    /** Names in a folder of it, without what was not finished. */
    List<String> names(final Path folder) throws IOException {
        return files.list(folder).stream().filter(name -> !name.startsWith(UNFINISHED)).toList();
    }

    /** Removes what was not finished. */
    void clean(final Path folder) throws IOException {
        for (final String name : files.list(folder)) {
            if (name.startsWith(UNFINISHED)) {
                files.delete(folder.resolve(name));
            }
        }
    }

    /** Removes one that was not finished. */
    void forget(final Path file) throws IOException {
        files.delete(unfinished(file));
    }

    private static Path unfinished(final Path file) {
        return file.getParent().resolve(UNFINISHED + file.getFileName());
    }

    /** Null when there is none. @throws IOException also when it is none of ours */
    JsonObject json(final Path file) throws IOException {
        final byte[] content = files.read(file);
        try {
            return content == null ? null : new JsonObject(new String(content, StandardCharsets.UTF_8));
        } catch (final DecodeException changed) {
            throw new IOException(file + " is no JSON object: somebody has changed it. Delete it and " + root.resolve(PostFolder.CURSOR) + ", and run again: all is read anew");
        }
    }

    void put(final Path file, final JsonObject json) throws IOException {
        put(file, bytes(json));
    }

    /** Nothing is done when that is its content. */
    void put(final Path file, final byte[] content) throws IOException {
        if (!Arrays.equals(content, files.read(file))) {
            final Path folder = file.getParent();
            files.folder(folder);
            files.write(unfinished(file), content);
            files.move(unfinished(file), file);
            files.settle(folder);
        }
    }

    void remove(final Path file) throws IOException {
        files.delete(file);
        files.settle(file.getParent());
    }

    static byte[] bytes(final JsonObject json) {
        return (json.encodePrettily() + '\n').getBytes(StandardCharsets.UTF_8);
    }
}
