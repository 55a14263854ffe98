package org.mawid.api.report;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * The sums at one position, in one file that is there as a whole or as it was before. Big-endian, as {@link DataOutputStream} writes:
 *
 * <pre>
 * int64  "MAWIDSUM"
 * int32  version of what follows, 1
 * text   name of the journal (texts: uint16 length, UTF-8)
 * int64  position     all events up to it are counted, none behind it
 * int64  nowMs        log time of it
 * int64  origin       everything behind this position is counted
 * int64  originMs     log time of it, 0 = the beginning of the log
 * int64  unknown      changes whose record had gone
 * int32  count, then of each post:     uint16 id, text code
 * int32  count, then of each service:  uint16 id, text code
 * int32  count, then of each day and month: uint16 post, uint8 0 day 1 month, int32 number, int32 length, so many bytes as {@link Sums} packs them
 * int64  CRC-32C of all before it
 * </pre>
 */
final class SumsFile {
    /** In the edge's folder of a data directory. */
    static final String NAME = "report.sums";
    /** One that is some hours older at most, or not there. */
    static final String BEFORE = NAME + ".before";
    private static final String DRAFT = ".new";
    private static final long MAGIC = 0x4D41_5749_4453_554DL;
    private static final int VERSION = 1;

    private SumsFile() {
    }

    /** @param posts codes by id @param services as posts */
    record Names(Map<Integer, String> posts, Map<Integer, String> services) {
    }

    record Content(String journal, Names names, Tally.Image image) {
    }

    /** It is not what was written. */
    static final class DamagedException extends Exception {
        private static final long serialVersionUID = 1L;

        DamagedException(final Path file, final String what) {
            super(file + " " + what);
        }
    }

    /**
     * When it returns the file is durable.
     *
     * @throws IOException it could not be written, and is as it was before
     */
    static void write(final Path file, final Content content) throws IOException {
        final Path draft = file.resolveSibling(file.getFileName() + DRAFT);
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            final CheckedOutputStream checked = new CheckedOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)), new CRC32C());
            final DataOutputStream out = new DataOutputStream(checked);
            write(out, content);
            out.writeLong(checked.getChecksum().getValue());
            out.flush();
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** What there is stays beside what will be written next. At no time is there none where there was one: a back-up may be copying it. */
    static void keep(final Path file) throws IOException {
        if (Files.exists(file)) {
            final Path draft = file.resolveSibling(BEFORE + DRAFT);
            Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
            Files.move(draft, file.resolveSibling(BEFORE), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void write(final DataOutputStream out, final Content content) throws IOException {
        out.writeLong(MAGIC);
        out.writeInt(VERSION);
        out.writeUTF(content.journal());
        final Tally.Image image = content.image();
        out.writeLong(image.position());
        out.writeLong(image.nowMs());
        out.writeLong(image.origin().position());
        out.writeLong(image.origin().ms());
        out.writeLong(image.unknown());
        writeCodes(out, content.names().posts());
        writeCodes(out, content.names().services());
        out.writeInt(image.packed().size());
        for (final Tally.Packed one : image.packed()) {
            out.writeShort(one.postId());
            out.writeByte(one.isMonth() ? 1 : 0);
            out.writeInt(one.number());
            out.writeInt(one.sums().length);
            out.write(one.sums());
        }
    }

    private static void writeCodes(final DataOutputStream out, final Map<Integer, String> codes) throws IOException {
        out.writeInt(codes.size());
        for (final Map.Entry<Integer, String> one : codes.entrySet()) {
            out.writeShort(one.getKey());
            out.writeUTF(one.getValue());
        }
    }

    /**
     * Null when there is none.
     *
     * @throws DamagedException in one line
     * @throws IOException      it cannot be read
     */
    static Content read(final Path file) throws IOException, DamagedException {
        final byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (final NoSuchFileException e) {
            return null;
        }
        final int end = bytes.length - Long.BYTES;
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, Math.max(0, end));
        if (end < Long.BYTES || ByteBuffer.wrap(bytes).getLong() != MAGIC || ByteBuffer.wrap(bytes, end, Long.BYTES).getLong() != crc.getValue()) {
            throw new DamagedException(file, "is damaged: it is cut off, or its bytes have changed");
        }
        final DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, Long.BYTES, end - Long.BYTES));
        final int version = in.readInt();
        if (version != VERSION) {
            throw new DamagedException(file, "is of version " + version + ", of which this program knows nothing");
        }
        final String journal = in.readUTF();
        final long position = in.readLong();
        final long nowMs = in.readLong();
        final Tally.Origin origin = new Tally.Origin(in.readLong(), in.readLong());
        final long unknown = in.readLong();
        final Names names = new Names(readCodes(in), readCodes(in));
        final List<Tally.Packed> packed = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            packed.add(new Tally.Packed(in.readUnsignedShort(), in.readByte() == 1, in.readInt(), in.readNBytes(in.readInt())));
        }
        return new Content(journal, names, new Tally.Image(origin, position, nowMs, unknown, packed));
    }

    private static Map<Integer, String> readCodes(final DataInputStream in) throws IOException {
        final Map<Integer, String> codes = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            codes.put(in.readUnsignedShort(), in.readUTF());
        }
        return codes;
    }
}
