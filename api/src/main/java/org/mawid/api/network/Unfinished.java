package org.mawid.api.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * The changes that an import has begun and not yet ended, in a file beside the log. An import that was killed leaves them open, and days that
 * are staged there can be staged by nobody else; whoever comes next sees here that they are nobody's any more. Of others' open changes, such as an
 * officer's, nothing is known here. One thread.
 * <pre>
 * position 4711      that the log had by then; a log that ends before is another one, as from a back-up, and its changes are other changes
 * change 12          any number
 * </pre>
 */
final class Unfinished {
    private static final String POSITION = "position ";
    private static final String CHANGE = "change ";

    private final Path file;

    /** @param file {@code null} = nothing is kept: an import that is killed leaves its changes for good */
    Unfinished(Path file) {
        this.file = file;
    }

    /** Durable when it returns, before any day is staged. @param position of the log, at which all of them had been begun */
    void note(long position, Collection<Long> changes) throws IOException {
        if (file == null) return;
        final StringBuilder text = new StringBuilder(POSITION).append(position).append('\n');
        for (long change : changes) text.append(CHANGE).append(change).append('\n');
        Kept.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** All have ended. */
    void end() throws IOException {
        if (file != null) Files.deleteIfExists(file);
    }

    /** Numbers of changes; some may have ended. @param position last one of the log */
    Set<Long> of(long position) throws IOException {
        final Set<Long> changes = new TreeSet<>();
        if (file == null || !Files.exists(file)) return changes;
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(POSITION) && Long.parseLong(line.substring(POSITION.length())) > position) return Set.of();
            if (line.startsWith(CHANGE)) changes.add(Long.parseLong(line.substring(CHANGE.length())));
        }
        return changes;
    }
}
