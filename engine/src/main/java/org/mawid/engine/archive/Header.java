package org.mawid.engine.archive;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.mawid.engine.core.NewerProgramException;
import org.mawid.engine.journal.JournalId;
import org.mawid.sbe.MessageHeaderEncoder;

/**
 * The first bytes of an archive file; {@code engine/FORMATS.md} has the table.
 *
 * @param bytesBefore bytes of the file before that count
 * @param crcBefore   CRC of the last block that counts in it, of its header if it has none
 */
record Header(JournalId id, long ordinal, long bytesBefore, int crcBefore) {
    static final int BYTES = 64;
    static final int FORMAT_VERSION = 1;
    private static final long MAGIC = 0x4352_4144_4957_414DL; // "MAWIDARC"
    private static final int CRC = 8;
    private static final int VERSION = 12;
    private static final int SCHEMA = 14;
    private static final int ID_HIGH = 16;
    private static final int ID_LOW = 24;
    private static final int ORDINAL = 32;
    private static final int BYTES_BEFORE = 40;
    private static final int CRC_BEFORE = 48;

    /** Fills a zeroed little-endian buffer. @return its CRC, with which the file's first block is chained */
    int encode(final ByteBuffer buffer) {
        buffer.putLong(0, MAGIC);
        buffer.putShort(VERSION, (short) FORMAT_VERSION);
        buffer.putShort(SCHEMA, (short) MessageHeaderEncoder.SCHEMA_VERSION);
        buffer.putLong(ID_HIGH, id.high());
        buffer.putLong(ID_LOW, id.low());
        buffer.putLong(ORDINAL, ordinal);
        buffer.putLong(BYTES_BEFORE, bytesBefore);
        buffer.putInt(CRC_BEFORE, crcBefore);
        final int crc = Layout.crc(buffer, VERSION, BYTES);
        buffer.putInt(CRC, crc);
        return crc;
    }

    /** Of bytes without fault that no newer program wrote. */
    static Header decode(final ByteBuffer buffer) {
        return new Header(new JournalId(buffer.getLong(ID_HIGH), buffer.getLong(ID_LOW)), buffer.getLong(ORDINAL), buffer.getLong(BYTES_BEFORE),
                buffer.getInt(CRC_BEFORE));
    }

    /** What keeps these bytes from being the header of an archive file, of this program or a newer one; or null. */
    static String fault(final ByteBuffer buffer) {
        if (buffer.getLong(0) != MAGIC || buffer.getInt(CRC) != Layout.crc(buffer, VERSION, BYTES)) {
            return "it does not begin as an archive";
        }
        if (unsigned(buffer, VERSION) < 1) {
            return "it is of format " + unsigned(buffer, VERSION) + ", which there never was";
        }
        if (unsigned(buffer, VERSION) == FORMAT_VERSION && unsigned(buffer, SCHEMA) < 1) {
            return "its records are of schema " + unsigned(buffer, SCHEMA) + ", which there never was";
        }
        return null;
    }

    /** @param path of the file whose header these bytes without fault are @throws NewerProgramException when this program does not know what is in it */
    static void refuseNewer(final Path path, final ByteBuffer buffer) {
        if (unsigned(buffer, VERSION) > FORMAT_VERSION) {
            throw new NewerProgramException(path.toString(), "format", unsigned(buffer, VERSION), FORMAT_VERSION);
        }
        if (unsigned(buffer, SCHEMA) > MessageHeaderEncoder.SCHEMA_VERSION) {
            throw new NewerProgramException(path.toString(), "schema", unsigned(buffer, SCHEMA), MessageHeaderEncoder.SCHEMA_VERSION);
        }
    }

    static int crc(final ByteBuffer buffer) {
        return buffer.getInt(CRC);
    }

    private static int unsigned(final ByteBuffer buffer, final int at) {
        return buffer.getShort(at) & 0xFFFF;
    }
}
