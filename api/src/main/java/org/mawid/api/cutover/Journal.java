package org.mawid.api.cutover;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a cut-over is done, beside its files: {@value #MAPPING}, a row for each application with its new references and the secret codes of its stamps, and {@value #STATE}, where it stands. Both are on the disk before
 * the next window begins. Only their owner may read them.
 */
final class Journal {
    static final String MAPPING = "taken-over.csv";
    static final String STATE = "taken-over.state";
    private static final String HEADER = "reference,application,appointments,stamps,refused\n";

    private final Path mapping;
    private final Path state;
    private final Set<String> known = new HashSet<>();
    private int refused;
    private JsonObject at;

    /** @throws CutOverRefusedException what is there is of other files */
    Journal(final Path folder, final String hash) throws IOException {
        mapping = folder.resolve(MAPPING);
        state = folder.resolve(STATE);
        at = Files.exists(state) ? new JsonObject(Files.readString(state)) : null;
        if (at != null && !hash.equals(at.getString("files"))) {
            throw new CutOverRefusedException("cut-over refused", List.of(folder.getFileName() + " is of a cut-over that has begun with other files: put back what they were, or move " + STATE + " and "
                    + MAPPING + " away and leave out what has been taken over"), 1);
        }
        if (at != null && Files.exists(mapping)) {
            readMapping();
        }
    }

    /** A last row without its end was never acknowledged: it is cut off. */
    private void readMapping() throws IOException {
        final String text = Files.readString(mapping);
        final int end = text.lastIndexOf('\n') + 1;
        if (end < text.length()) {
            try (FileChannel file = FileChannel.open(mapping, StandardOpenOption.WRITE)) {
                file.truncate(text.substring(0, end).getBytes(StandardCharsets.UTF_8).length);
                file.force(true);
            }
        }
        text.substring(0, end).lines().skip(1).forEach(row -> {
            known.add(row.substring(0, row.indexOf(',')));
            refused += row.endsWith(",") ? 0 : 1;
        });
    }

    boolean isBegun() {
        return at != null;
    }

    boolean knows(final String reference) {
        return known.contains(reference);
    }

    /** Rows of earlier windows that were refused. */
    int refused() {
        return refused;
    }

    /** Balances of the books before the first command, by post, currency and account. */
    Map<String, Long> base() {
        final Map<String, Long> base = new HashMap<>();
        at.getJsonObject("base").forEach(entry -> base.put(entry.getKey(), ((Number) entry.getValue()).longValue()));
        return base;
    }

    /** When the window under way was begun: its commands must be repeated as they were. */
    long createdMs(final int window, final long nowMs) {
        return window == window() ? windowMs() : nowMs;
    }

    /** The window that was begun last, -1 = none. */
    int window() {
        return at == null ? -1 : at.getInteger("window");
    }

    /** When it was begun, log time, ms since 1970-01-01 UTC; 0 = none was. */
    long windowMs() {
        return at == null ? 0 : at.getLong("createdMs");
    }

    /** How many commands were sent before it. */
    long sequence() {
        return at == null ? 0 : at.getLong("sequence");
    }

    void begin(final String hash, final Map<String, Long> base) throws IOException {
        at = new JsonObject().put("files", hash).put("base", new JsonObject(new HashMap<>(base))).put("window", -1).put("createdMs", 0L).put("sequence", 0L);
        if (Files.notExists(mapping)) {
            create(mapping);
            append(List.of(HEADER.stripTrailing()));
        }
        keep();
    }

    /** Durable when it returns. One that was begun already stays as it is. @param sequence commands that were sent before it */
    void window(final int window, final long createdMs, final long sequence) throws IOException {
        if (window != window()) {
            at.put("window", window).put("createdMs", createdMs).put("sequence", sequence);
            keep();
        }
    }

    /** Durable when it returns. @param rows by reference; those that are there already are left out */
    void done(final Map<String, String> rows) throws IOException {
        final List<String> fresh = new ArrayList<>();
        rows.forEach((reference, row) -> {
            if (known.add(reference)) {
                fresh.add(row);
            }
        });
        append(fresh);
    }

    private void append(final List<String> rows) throws IOException {
        if (rows.isEmpty()) {
            return;
        }
        final ByteBuffer bytes = ByteBuffer.wrap((String.join("\n", rows) + "\n").getBytes(StandardCharsets.UTF_8));
        try (FileChannel file = FileChannel.open(mapping, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
    }

    private void keep() throws IOException {
        final Path next = state.resolveSibling(STATE + ".new");
        Files.deleteIfExists(next);
        create(next);
        try (FileChannel file = FileChannel.open(next, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(at.encode().getBytes(StandardCharsets.UTF_8)));
            file.force(true);
        }
        Files.move(next, state, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(state.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static void create(final Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
}
