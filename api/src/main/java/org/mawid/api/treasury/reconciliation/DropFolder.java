package org.mawid.api.treasury.reconciliation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.mawid.api.treasury.StatementIntake;
import org.mawid.api.treasury.statement.Finding;
import org.mawid.api.treasury.statement.StatementException;
import org.mawid.engine.FileTrouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder into which a bank's transfer puts statement files. A file is looked at when it has not changed between two looks and its name does not say that it is still coming; in order of name, so that
 * a day's comes before the next one's. It then goes to {@code taken} or, with a text beside it that says why and what to do, to {@code refused}; where the ledger could not be told it stays where it is.
 * One thread.
 */
final class DropFolder {
    private static final Logger LOG = LoggerFactory.getLogger(DropFolder.class);
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Path folder;
    private final Path taken;
    private final Path refused;
    private final Taker taker;
    /** As they were at the last look. */
    private Map<Path, Seen> before = new HashMap<>();
    private long notBeforeNanos = System.nanoTime();

    private record Seen(long bytes, FileTime changed) {
    }

    @FunctionalInterface
    interface Taker {
        StatementIntake.Result take(Path file, Set<Finding.Type> accepted) throws IOException;
    }

    /** @throws IOException the folder is not there or cannot be written in */
    DropFolder(final Path folder, final Taker taker) throws IOException {
        this.folder = folder;
        this.taker = taker;
        taken = Files.createDirectories(folder.resolve("taken"));
        refused = Files.createDirectories(folder.resolve("refused"));
    }

    void look() throws IOException {
        final Map<Path, Seen> now = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (final Path file : files) {
                if (Files.isRegularFile(file) && !isComing(file.getFileName().toString())) {
                    now.put(file, new Seen(Files.size(file), Files.getLastModifiedTime(file)));
                }
            }
        }
        for (final Map.Entry<Path, Seen> file : now.entrySet()) {
            final boolean isWhole = file.getValue().equals(before.get(file.getKey()));
            if (!isWhole || System.nanoTime() - notBeforeNanos < 0 || !offer(file.getKey())) {
                break; // those behind it by name are of later days
            }
        }
        before = now;
    }

    private static boolean isComing(final String name) {
        return name.startsWith(".") || name.endsWith(".part") || name.endsWith(".tmp");
    }

    /** @return whether it is out of the way */
    private boolean offer(final Path file) throws IOException {
        try {
            final StatementIntake.Result result = taker.take(file, Set.of());
            if (result.untold() > 0) {
                return later(file, "the ledger could not be told all of it");
            }
            if (result.isTaken()) {
                move(file, taken);
            } else {
                refuse(file, result.findings().stream().filter(finding -> finding.type().refuses()).map(DropFolder::told).collect(Collectors.joining("\n")));
            }
            return true;
        } catch (final StatementException unreadable) {
            refuse(file, unreadable.reason() + ": " + unreadable.getMessage());
            return true;
        } catch (final LedgerBehindException behind) {
            return later(file, behind.getMessage());
        } catch (final IOException trouble) {
            return later(file, FileTrouble.of(trouble));
        }
    }

    private boolean later(final Path file, final String why) {
        LOG.warn("{} stays where it is and is tried again: {}", file.getFileName(), why);
        notBeforeNanos = System.nanoTime() + AGAIN_NANOS;
        return false;
    }

    private static String told(final Finding finding) {
        final String todo = switch (finding.type()) {
            case DUPLICATE, REPLAYED -> "It was taken before, or a later one was: there is nothing to do.";
            case SEQUENCE_GAP, PAGE_MISSING -> "Have the missing one sent, let it be taken, and put this file into the folder again.";
            default -> "Ask the treasury for it anew. If it is right all the same, a person offers it with accept=" + finding.type() + " (POST /v1/statements).";
        };
        return "statement " + finding.statementId() + ": " + finding.type() + ", " + finding.details() + ".\n" + todo;
    }

    private void refuse(final Path file, final String why) throws IOException {
        LOG.warn("{} is refused: {}", file.getFileName(), why);
        final Path moved = move(file, refused);
        Files.writeString(moved.resolveSibling(moved.getFileName() + ".txt"), "Nothing of this file was taken.\n" + why + '\n', StandardCharsets.UTF_8);
    }

    /** Never over another one of its name. */
    private static Path move(final Path file, final Path to) throws IOException {
        Path target = to.resolve(file.getFileName());
        for (int i = 2; Files.exists(target); i++) {
            target = to.resolve(file.getFileName() + "-" + i);
        }
        return Files.move(file, target);
    }
}
