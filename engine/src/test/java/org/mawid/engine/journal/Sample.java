package org.mawid.engine.journal;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/** Records whose bytes follow from a seed and their position, and journals to put them in. */
final class Sample {
    static final Path FOLDER = Path.of("journal");
    static final JournalId ID = new JournalId(0x0123_4567_89AB_CDEFL, 0x0FED_CBA9_8765_4321L);
    static final long START_MS = 1_767_225_600_000L;

    /** One record as it was appended or read. @param bytes all of them, which nobody takes from it or changes: two are equal when these are */
    record Entry(long position, long nowMs, int flags, ByteBuffer bytes) {
        Entry(final long position, final long nowMs, final int flags, final byte[] bytes) {
            this(position, nowMs, flags, ByteBuffer.wrap(bytes));
        }

        /** With the bytes, for the words of a failed assertion. */
        @Override
        public String toString() {
            return "record " + position + " at " + nowMs + ", flags " + flags + ": " + Arrays.toString(bytes.array());
        }
    }

    private Sample() {
    }

    static JournalConfig config(final Disk disk) {
        return JournalConfig.in(FOLDER, disk, ID).withSizes(JournalConfig.MIN_SEGMENT_BYTES, 32 * 1024).withBackground(false);
    }

    /** @param variant what differs between two records that were given the same position, one after a crash took the other */
    static Entry entry(final long seed, final long position, final int variant) {
        final Random random = new Random(FakeDisk.spread(seed * 1_000_003 + position * 31 + variant));
        final byte[] bytes = new byte[1 + random.nextInt(random.nextInt(8) == 0 ? JournalWriter.MAX_RECORD_BYTES : 200)];
        random.nextBytes(bytes);
        return new Entry(position, START_MS + position * 7, random.nextInt(1 << 15) << 1, bytes);
    }

    static boolean append(final JournalWriter writer, final Entry entry) {
        final UnsafeBuffer buffer = new UnsafeBuffer(entry.bytes());
        return writer.append(entry.position(), entry.nowMs(), entry.flags(), buffer, 0, buffer.capacity());
    }

    /** Appends from the position after the last durable one, in groups of so many. */
    static List<Entry> fill(final JournalWriter writer, final long seed, final int records, final int perGroup) {
        final List<Entry> entries = new ArrayList<>();
        final long first = writer.durablePosition() + 1;
        for (long position = first; position < first + records; position++) {
            final Entry entry = entry(seed, position, 0);
            if (!writer.hasRoom()) {
                throw new IllegalStateException("no room at position " + position);
            }
            if (!append(writer, entry)) {
                writer.flush();
                append(writer, entry);
            }
            entries.add(entry);
            if ((position - first + 1) % perGroup == 0) {
                writer.flush();
            }
        }
        writer.flush();
        return entries;
    }

    static List<Entry> read(final Journal journal, final long fromPosition) {
        try (JournalReader reader = journal.reader(fromPosition)) {
            return read(reader, Long.MAX_VALUE);
        }
    }

    static List<Entry> read(final JournalReader reader, final long upToPosition) {
        final List<Entry> entries = new ArrayList<>();
        reader.read(upToPosition, (position, nowMs, flags, buffer, offset, length) -> {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            entries.add(new Entry(position, nowMs, flags, bytes));
        });
        return entries;
    }
}
