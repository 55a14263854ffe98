package org.mawid.api.treasury.closing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/**
 * Up to which day a post without any money was looked at, in a small file: that its first closing is of the day on which its money first moved, also when the server was started anew on it. Who
 * loses the file has a first closing that is said to be of the day before. One thread.
 */
final class QuietPosts {
    private final Path file;
    private final Map<String, LocalDate> days = new TreeMap<>();
    private boolean isChanged;

    QuietPosts(final Path file) {
        this.file = file;
    }

    /** @return null when it was never looked at, or had money */
    LocalDate day(final String post) {
        return days.get(post);
    }

    void read() throws IOException {
        try {
            for (final String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
                final int space = line.indexOf(' ');
                days.put(line.substring(space + 1), LocalDate.parse(line.substring(0, Math.max(0, space))));
            }
        } catch (final NoSuchFileException notYet) {
            return;
        } catch (final DateTimeException broken) {
            throw new IOException(file + " is not what was written: remove it", broken);
        }
    }

    void put(final String post, final LocalDate day) {
        isChanged |= !day.equals(days.put(post, day));
    }

    void forget(final String post) {
        isChanged |= days.remove(post) != null;
    }

    /** Durable when it returns. */
    void write() throws IOException {
        if (isChanged) {
            final StringBuilder text = new StringBuilder();
            days.forEach((post, day) -> text.append(day).append(' ').append(post).append('\n'));
            ClosingWriter.make(file.toAbsolutePath().getParent());
            ClosingWriter.durable(file, text.toString().getBytes(StandardCharsets.US_ASCII));
            isChanged = false;
        }
    }
}
