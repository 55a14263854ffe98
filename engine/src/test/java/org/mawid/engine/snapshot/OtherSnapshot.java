package org.mawid.engine.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.kernel.StateHash;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.Account;
import org.mawid.sbe.AccountsDecoder;
import org.mawid.sbe.BookRowDecoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.SystemRowEncoder;

/** A snapshot as another program would have written it, whole and with the hash of what is in it. */
public final class OtherSnapshot {
    private OtherSnapshot() {
    }

    /** @param schema which that program has @param coreVersion which is in force in that state */
    public static void write(
            final Disk disk, final Path folder, final EngineCore core, final JournalId id, final int schema, final int coreVersion) throws IOException {
        write(disk, folder, core, id, schema, to -> at(coreVersion, to));
    }

    /** One whose book of the first row has one more on the debit side of an account than what was posted. */
    public static void unbalanced(final Disk disk, final Path folder, final EngineCore core, final JournalId id, final Account account) throws IOException {
        write(disk, folder, core, id, MessageHeaderEncoder.SCHEMA_VERSION, to -> (tableId, rowBytes, firstNumber, count, buffer, offset) -> {
            final UnsafeBuffer rows = new UnsafeBuffer(new byte[count * rowBytes]);
            rows.putBytes(0, buffer, offset, count * rowBytes);
            final int first = (int) (1 - firstNumber); // before it is the head of the table
            if (tableId == TableIds.BOOKS && first >= 0 && first < count) {
                final int at = first * rowBytes + BookRowDecoder.accountsEncodingOffset() + AccountsDecoder.debitsEncodingOffset() + account.value() * Long.BYTES;
                rows.putLong(at, rows.getLong(at) + 1);
            }
            to.rows(tableId, rowBytes, firstNumber, count, rows, 0);
        });
    }

    private static void write(final Disk disk, final Path folder, final EngineCore core, final JournalId id, final int schema,
                              final UnaryOperator<StateWriter> altering) throws IOException {
        final StateHash hash = new StateHash();
        core.save(altering.apply(hash));
        final SnapshotHeader header = new SnapshotHeader(id.high(), id.low(), false, core.position(), core.nowMs(), hash.value(), schema);
        disk.createFolders(folder);
        try (SnapshotWriter writer = new SnapshotWriter(disk, folder, header, Pace.full())) {
            core.save(altering.apply(writer));
            writer.finish();
        }
    }

    private static StateWriter at(final int coreVersion, final StateWriter to) {
        return (tableId, rowBytes, firstNumber, count, buffer, offset) -> {
            final UnsafeBuffer rows = new UnsafeBuffer(new byte[count * rowBytes]);
            rows.putBytes(0, buffer, offset, count * rowBytes);
            if (tableId == TableIds.SYSTEM) {
                new SystemRowEncoder().wrap(rows, 0).coreVersion(coreVersion);
            }
            to.rows(tableId, rowBytes, firstNumber, count, rows, 0);
        };
    }
}
