package org.mawid.engine.twin;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.zip.CRC32C;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.testkit.Answered;
import org.mawid.engine.testkit.SavedState;

/** Replays a recorded log in this process, once in one piece and once over a snapshot, and says in one line what came out and where. Has a main, to be run elsewhere. */
final class RecordedRun {
    private RecordedRun() {
    }

    /** @param arguments the file with the log */
    public static void main(final String[] arguments) throws IOException {
        System.out.println(fingerprint(Path.of(arguments[0])) + " in " + Locale.getDefault() + " "
                + TimeZone.getDefault().getID() + " on " + Runtime.version().feature());
    }

    /** State hash; that of a core that began from a snapshot in the middle; checksum of all answers and events and of the snapshot; position. */
    static String fingerprint(final Path file) throws IOException {
        final List<Entry> entries;
        try (DataInputStream from = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            entries = Recording.read(from);
        }
        final EngineCore core = new EngineCore();
        final CRC32C checksum = new CRC32C();
        final int middle = entries.size() / 2;
        replay(core, entries, 0, middle, checksum);
        final SavedState snapshot = new SavedState();
        core.save(snapshot);
        final CRC32C saved = new CRC32C();
        snapshot.writeTo((tableId, rowBytes, firstNumber, count, buffer, offset) -> {
            for (int i = 0; i < count * rowBytes; i++) saved.update(buffer.getByte(offset + i));
        });
        final EngineCore restored = new EngineCore();
        restored.load(snapshot.reader());
        final CRC32C afterwards = new CRC32C();
        afterwards.update(hash(restored));
        replay(restored, entries, middle, entries.size(), afterwards);
        final CRC32C expected = new CRC32C();
        expected.update(hash(core));
        replay(core, entries, middle, entries.size(), expected);
        Invariant.that(afterwards.getValue() == expected.getValue(), "from a snapshot on the answers are others", afterwards.getValue(), expected.getValue());
        checksum.update(Long.toHexString(expected.getValue()).getBytes(StandardCharsets.US_ASCII));
        return String.format(Locale.ROOT, "hash %016x restored %016x events %08x snapshot %08x position %d", core.stateHash(), restored.stateHash(),
                checksum.getValue(), saved.getValue(), core.position());
    }

    private static void replay(final EngineCore core, final List<Entry> entries, final int from, final int end, final CRC32C checksum) {
        final Answered.Teller teller = new Answered.Teller(core::apply);
        for (int i = from; i < end; i++) {
            final Answered answer = teller.tell(i + 1, entries.get(i).nowMs(), entries.get(i).flags(), entries.get(i).command());
            checksum.update(answer.result().value());
            checksum.update(answer.events());
        }
    }

    private static byte[] hash(final EngineCore core) {
        return Long.toHexString(core.stateHash()).getBytes(StandardCharsets.US_ASCII);
    }
}
