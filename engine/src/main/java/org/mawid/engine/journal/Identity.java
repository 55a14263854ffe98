package org.mawid.engine.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code mawid.id}: whose journal this is and whether it may ever be served live. */
record Identity(JournalId id, boolean simulation) {
    static final String FILE = "mawid.id";

    private static final String FIRST_LINE = "mawid-journal " + Format.VERSION;
    private static final String ID = "id ";
    private static final String LIVE = "mode live";
    private static final String SIMULATION = "mode simulation";

    void write(final Disk disk, final Path folder) throws IOException {
        SealedText.write(disk, folder.resolve(FILE), List.of(FIRST_LINE, ID + id, simulation ? SIMULATION : LIVE));
    }

    static Identity read(final Disk disk, final Path folder) throws IOException {
        final Path file = folder.resolve(FILE);
        final List<String> lines = SealedText.read(disk, file);
        if (lines.isEmpty() || !lines.get(0).equals(FIRST_LINE)) {
            throw new JournalRefusedException(file + " is of another format ("
                    + (lines.isEmpty() ? "empty" : lines.get(0)) + "), this program reads \"" + FIRST_LINE + "\"");
        }
        if (lines.size() != 3 || !lines.get(1).startsWith(ID)
                || !(lines.get(2).equals(LIVE) || lines.get(2).equals(SIMULATION))) {
            throw new JournalDamagedException(file, 0, "it does not say id and mode");
        }
        try {
            return new Identity(JournalId.parse(lines.get(1).substring(ID.length())), lines.get(2).equals(SIMULATION));
        } catch (IllegalArgumentException e) {
            throw new JournalDamagedException(file, 0, "its id is " + e.getMessage());
        }
    }
}
