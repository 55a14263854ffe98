package org.mawid.api.cli;

import java.nio.file.Path;
import java.util.List;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.upkeep.Inspection;

/**
 * What an operator does about damage: the runbook, a page for each kind. BACKUP, NEW and MOVED in a command are for the operator to fill in.
 *
 * @param why      one line
 * @param commands for a shell, in this order
 */
record Remedy(String why, List<String> commands) {
    static Remedy of(final Inspection.Damage damage, final Path data) {
        final String inspect = "mawid inspect --data " + quoted(data);
        final String backup = "mawid backup --data " + quoted(data) + " --to BACKUP";
        final String restore = "mawid restore --from BACKUP --data NEW";
        final String putAway = "mv " + quoted(damage.file()) + ' ' + quoted(damage.file() + ".damaged");
        return switch (damage.kind()) {
            case JOURNAL -> new Remedy("records that had been durable are gone or cannot be read: make a new directory from the newest back-up, and serve"
                    + " that one", List.of(restore, "mawid inspect --data NEW"));
            case POISONED -> new Remedy("no start gets past this position: keep a copy, report the line above, and pass the position over. Who sent it has"
                    + " been answered by then or never will be", List.of(backup, "mawid repair --data " + quoted(data) + " --skip " + damage.position() + " --yes", inspect));
            case REPLAY -> new Remedy("a snapshot is past this position, so a start does not meet it and it cannot be passed over: keep a copy and report"
                    + " the line above", List.of(backup));
            case SNAPSHOT -> new Remedy("a start passes it over; put away, it does not count as one of the two that are kept", List.of(putAway, inspect));
            case DIFFERENCE -> new Remedy("the journal is the truth: keep a copy and report the line above; without this snapshot a start replays the journal"
                    + " instead", List.of(backup, putAway, inspect));
            case BEGINNING -> new Remedy("bring back the segments that mawid archive has moved away; if they are gone, a back-up (mawid restore)",
                    List.of("cp MOVED/journal-*.seg " + quoted(new DataDirectory(data).journal()) + '/', inspect));
            case STATE -> new Remedy("our own fault: keep a copy and report the line above", List.of(backup));
            case ARCHIVE -> archive(Path.of(damage.file()), new DataDirectory(data).archive(), restore, inspect);
        };
    }

    /** Files of the archive only grow: whichever back-up was made after a file was written has it whole. */
    private static Remedy archive(final Path file, final Path folder, final String restore, final String inspect) {
        return file.equals(folder)
                ? new Remedy("a file of the archive is longer or only there in a back-up: put it in the place of the one here",
                        List.of(restore, "ls -l NEW/archive " + quoted(folder)))
                : new Remedy("take the file out of a back-up that was made after it was written",
                        List.of(restore, "cp NEW/archive/" + file.getFileName() + ' ' + quoted(file), inspect));
    }

    private static String quoted(final Object path) {
        final String text = path.toString();
        return text.matches("[A-Za-z0-9_./:@%+=,-]+") ? text : '\'' + text.replace("'", "'\\''") + '\'';
    }
}
