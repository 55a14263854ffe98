package org.mawid.engine.readmodel.records;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Room on the disk of the records. The journal comes first there: records that found no room give theirs back, and begin anew only where there is twice
 * what they had, so that the journal's next segments find as much again. The library makes a place for each page before it writes one; a full disk is
 * an exception, never a fault of memory.
 */
final class Room {
    private final Path folder;
    private final long neededBytes;

    /** @param hadBytes what the records' files had when they found no more */
    Room(final Path folder, final long hadBytes) {
        this.folder = folder;
        this.neededBytes = 2 * hadBytes;
    }

    /** What the records' files have now, bytes; 0 = there are none. */
    static long taken(final Path folder) {
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (final Path file : files) {
                bytes += Files.size(file);
            }
        } catch (final IOException e) {
            return bytes; // somebody took them away
        }
        return bytes;
    }

    /** Whether the disk could be what went wrong. */
    static boolean mayBeWhy(final Throwable trouble) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    /** False also when it cannot be told, on a disk that is gone. */
    boolean isThere() {
        try {
            return Files.getFileStore(folder).getUsableSpace() >= neededBytes;
        } catch (final IOException e) {
            return false;
        }
    }

    long neededBytes() {
        return neededBytes;
    }
}
