package org.mawid.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.mawid.engine.DataDirectory;

/** A journal that a power loss cut off: its last group of records is not whole, and nothing behind it says that it had been. */
public final class TornTail {
    private static final int BLOCK_BYTES = 4096;

    private TornTail() {
    }

    /** Makes one of the journal of an engine that was closed. @return the file that was changed */
    public static Path tear(final Path data) throws IOException {
        final Path segment = lastSegment(data);
        final byte[] bytes = Files.readAllBytes(segment);
        final int seal = lastWritten(bytes) / BLOCK_BYTES * BLOCK_BYTES; // closing wrote it: a kill does not
        Arrays.fill(bytes, seal, seal + BLOCK_BYTES, (byte) 0);
        bytes[lastWritten(bytes)] ^= 0x55;
        Files.write(segment, bytes);
        return segment;
    }

    /** Changes one byte in the first half of what a closed engine wrote: there it is not a tail. @return the file that was changed */
    public static Path damage(final Path data) throws IOException {
        final Path segment = lastSegment(data);
        final byte[] bytes = Files.readAllBytes(segment);
        bytes[lastWritten(bytes) / 2] ^= 0x55;
        Files.write(segment, bytes);
        return segment;
    }

    private static Path lastSegment(final Path data) throws IOException {
        try (Stream<Path> files = Files.list(new DataDirectory(data).journal())) {
            return files.filter(file -> file.toString().endsWith(".seg") && file.getFileName().toString().startsWith("journal")).max(Comparator.naturalOrder()).orElseThrow();
        }
    }

    private static int lastWritten(final byte[] bytes) {
        int at = bytes.length - 1;
        while (bytes[at] == 0) {
            at--;
        }
        return at;
    }
}
