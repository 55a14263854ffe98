package org.mawid.engine.twin;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.zip.CRC32C;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.testkit.Answered;

/** Replays a recorded log in this process and says in one line what came out and where. Has a main, to be run elsewhere. */
final class RecordedRun {
    private RecordedRun() {
    }

    /** @param arguments the file with the log */
    public static void main(final String[] arguments) throws IOException {
        System.out.println(fingerprint(Path.of(arguments[0])) + " in " + Locale.getDefault() + " "
                + TimeZone.getDefault().getID() + " on " + Runtime.version().feature());
    }

    /** State hash, checksum of all answers and events, position. */
    static String fingerprint(final Path file) throws IOException {
        final List<Entry> entries;
        try (DataInputStream from = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            entries = Recording.read(from);
        }
        final EngineCore core = new EngineCore();
        final Answered.Teller teller = new Answered.Teller(core::apply);
        final CRC32C checksum = new CRC32C();
        for (int i = 0; i < entries.size(); i++) {
            final Answered answer = teller.tell(i + 1, entries.get(i).nowMs(), entries.get(i).flags(), entries.get(i).command());
            checksum.update(answer.result().value());
            checksum.update(answer.events());
        }
        return String.format(Locale.ROOT, "hash %016x events %08x position %d", core.stateHash(), checksum.getValue(), core.position());
    }
}
