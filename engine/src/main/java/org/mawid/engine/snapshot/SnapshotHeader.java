package org.mawid.engine.snapshot;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.mawid.engine.core.NewerProgramException;
import org.mawid.sbe.MessageHeaderEncoder;

/**
 * The first bytes of a snapshot; {@code engine/FORMATS.md} has the table.
 *
 * @param position     last log position whose effects are in it
 * @param nowMs        log time of that position, ms since 1970-01-01 UTC
 * @param stateHash    hash over the whole state
 * @param schemaVersion version of the SBE schema whose rows these are
 */
public record SnapshotHeader(
        long journalIdHigh, long journalIdLow, boolean simulation, long position, long nowMs, long stateHash, int schemaVersion) {
    static final int BYTES = 128;
    static final int FORMAT_VERSION = 1;
    private static final long MAGIC = 0x504E_5344_4957_414DL; // "MAWIDSNP"
    private static final int CRC = 8;
    private static final int VERSION = 12;
    private static final int FLAGS = 14;
    private static final int ID_HIGH = 16;
    private static final int ID_LOW = 24;
    private static final int POSITION = 32;
    private static final int NOW_MS = 40;
    private static final int STATE_HASH = 48;
    private static final int SCHEMA_VERSION = 56;
    private static final int SIMULATION = 1;

    /** Fills the first {@link #BYTES} of a zeroed little-endian buffer. @return its CRC, which the first chunk carries on */
    int encode(final ByteBuffer buffer) {
        buffer.putLong(0, MAGIC);
        buffer.putShort(VERSION, (short) FORMAT_VERSION);
        buffer.putShort(FLAGS, (short) (simulation ? SIMULATION : 0));
        buffer.putLong(ID_HIGH, journalIdHigh);
        buffer.putLong(ID_LOW, journalIdLow);
        buffer.putLong(POSITION, position);
        buffer.putLong(NOW_MS, nowMs);
        buffer.putLong(STATE_HASH, stateHash);
        buffer.putInt(SCHEMA_VERSION, schemaVersion);
        final int crc = crcOf(buffer);
        buffer.putInt(CRC, crc);
        return crc;
    }

    static SnapshotHeader decode(final ByteBuffer buffer) {
        return new SnapshotHeader(
                buffer.getLong(ID_HIGH), buffer.getLong(ID_LOW), (buffer.getShort(FLAGS) & SIMULATION) != 0, buffer.getLong(POSITION),
                buffer.getLong(NOW_MS), buffer.getLong(STATE_HASH), buffer.getInt(SCHEMA_VERSION));
    }

    /** What keeps these bytes from being a snapshot's header, or null. */
    static String fault(final ByteBuffer buffer) {
        if (buffer.getLong(0) != MAGIC) {
            return "it does not begin as a snapshot";
        }
        if (buffer.getInt(CRC) != crcOf(buffer)) {
            return "its header fails its checksum";
        }
        if (buffer.getShort(VERSION) < 1) {
            return "it is of format " + buffer.getShort(VERSION) + ", this program reads " + FORMAT_VERSION;
        }
        if (buffer.getShort(VERSION) == FORMAT_VERSION && buffer.getInt(SCHEMA_VERSION) < 1) {
            return "its rows are of schema " + buffer.getInt(SCHEMA_VERSION) + ", which there never was";
        }
        return null;
    }

    /** @param path of the snapshot whose header these bytes are @throws NewerProgramException when this program does not know what is in it */
    static void refuseNewer(final Path path, final ByteBuffer buffer) {
        if (buffer.getShort(VERSION) > FORMAT_VERSION) {
            throw new NewerProgramException(path.toString(), "format", buffer.getShort(VERSION), FORMAT_VERSION);
        }
        if (buffer.getInt(SCHEMA_VERSION) > MessageHeaderEncoder.SCHEMA_VERSION) {
            throw new NewerProgramException(path.toString(), "schema", buffer.getInt(SCHEMA_VERSION), MessageHeaderEncoder.SCHEMA_VERSION);
        }
    }

    static int crc(final ByteBuffer buffer) {
        return buffer.getInt(CRC);
    }

    private static int crcOf(final ByteBuffer buffer) {
        final CRC32C crc = new CRC32C();
        crc.update(buffer.duplicate().clear().position(VERSION).limit(BYTES));
        return (int) crc.getValue();
    }
}
