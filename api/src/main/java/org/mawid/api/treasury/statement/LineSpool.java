package org.mawid.api.treasury.statement;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The lines of a file until it is known to be whole, on disk: so that a file that is broken at its end has done nothing, whatever its size, and is read once. Only its owner may
 * read it, and it goes when it is closed.
 */
final class LineSpool implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final StatementLine.Status[] STATUSES = StatementLine.Status.values();
    private static final StatementLine.Charges[] CHARGES = StatementLine.Charges.values();

    private final Path file;
    private final DataOutputStream out;
    private long lines;

    /** @param folder of the temporary file, must be there */
    LineSpool(final Path folder) throws IOException {
        file = Files.createTempFile(folder, "statement", ".spool");
        out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES));
    }

    void write(final StatementLine line) throws IOException {
        out.writeInt(line.statement());
        out.writeUTF(line.entry());
        out.writeLong(line.entryOrdinal());
        out.writeUTF(line.detail());
        out.writeByte(line.status().ordinal());
        out.writeByte((line.isCredit() ? 1 : 0) | (line.isReversal() ? 2 : 0));
        out.writeLong(line.netMinor());
        out.writeLong(line.grossMinor());
        out.writeByte(line.charges().ordinal());
        out.writeLong(line.chargesMinor());
        out.writeUTF(line.currency());
        out.writeInt(line.bookingDay());
        out.writeInt(line.valueDay());
        out.writeUTF(line.endToEnd());
        out.writeUTF(line.batch());
        out.writeInt(line.transactions());
        out.writeUTF(line.remittance());
        lines++;
    }

    /** No line comes after this. */
    void end() throws IOException {
        out.close();
    }

    void read(final LineSink sink) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
            for (long i = 0; i < lines; i++) {
                sink.line(line(in));
            }
        }
    }

    private static StatementLine line(final DataInputStream in) throws IOException {
        final int statement = in.readInt();
        final String entry = in.readUTF();
        final long ordinal = in.readLong();
        final String detail = in.readUTF();
        final StatementLine.Status status = STATUSES[in.readByte()];
        final int flags = in.readByte();
        return new StatementLine(statement, entry, ordinal, detail, status, (flags & 1) != 0, (flags & 2) != 0, in.readLong(), in.readLong(), CHARGES[in.readByte()], in.readLong(),
                in.readUTF(), in.readInt(), in.readInt(), in.readUTF(), in.readUTF(), in.readInt(), in.readUTF());
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
