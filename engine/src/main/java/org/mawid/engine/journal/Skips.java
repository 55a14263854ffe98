package org.mawid.engine.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code skips}: positions that an operator has passed over, because their command broke an invariant at every replay. */
final class Skips {
    static final String FILE = "skips";

    private static final String FIRST_LINE = "mawid-skips " + Format.VERSION;
    private static final String ID = "id ";
    private static final String SKIP = "skip ";

    private final long[] positions; // ascending

    private Skips(final long[] positions) {
        this.positions = positions;
    }

    static Skips none() {
        return new Skips(new long[0]);
    }

    static Skips read(final Disk disk, final Path folder, final JournalId id) throws IOException {
        if (!disk.list(folder).contains(FILE)) {
            return none();
        }
        final Path file = folder.resolve(FILE);
        final List<String> lines = SealedText.read(disk, file);
        if (lines.size() < 2 || !lines.get(0).equals(FIRST_LINE)) {
            throw new JournalRefusedException(file + " is of another format, this program reads \"" + FIRST_LINE + "\"");
        }
        if (!lines.get(1).equals(ID + id)) {
            throw new JournalRefusedException(file + " belongs to another journal (" + lines.get(1) + "), this one is " + id);
        }
        final long[] positions = new long[lines.size() - 2];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = parse(file, lines.get(i + 2));
            if (i > 0 && positions[i] <= positions[i - 1]) {
                throw new JournalDamagedException(file, 0, "its positions do not ascend");
            }
        }
        return new Skips(positions);
    }

    void write(final Disk disk, final Path folder, final JournalId id) throws IOException {
        final List<String> lines = new ArrayList<>();
        lines.add(FIRST_LINE);
        lines.add(ID + id);
        for (final long position : positions) {
            lines.add(SKIP + position);
        }
        SealedText.write(disk, folder.resolve(FILE), lines);
    }

    Skips with(final long position) {
        if (Arrays.binarySearch(positions, position) >= 0) {
            return this;
        }
        final long[] more = Arrays.copyOf(positions, positions.length + 1);
        more[positions.length] = position;
        Arrays.sort(more);
        return new Skips(more);
    }

    /** Smallest skipped position at or after this one; {@code Long.MAX_VALUE} if none. */
    long atOrAfter(final long position) {
        final int found = Arrays.binarySearch(positions, position);
        final int index = found >= 0 ? found : -found - 1;
        return index < positions.length ? positions[index] : Long.MAX_VALUE;
    }

    long[] positions() {
        return positions.clone();
    }

    private static long parse(final Path file, final String line) {
        try {
            final long position = line.startsWith(SKIP) ? Long.parseLong(line.substring(SKIP.length())) : 0;
            if (position > 0) {
                return position;
            }
        } catch (NumberFormatException e) {
            // told below, with the line
        }
        throw new JournalDamagedException(file, 0, "\"" + line + "\" is no position");
    }
}
