package org.mawid.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is allocated per record or per group, written or read. A segment that begins may. */
class JournalAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM_GROUPS = 2_000;
    private static final int ROUNDS = 5;
    private static final int GROUPS = 300;
    private static final int RECORDS_PER_GROUP = 20;

    private final UnsafeBuffer record = new UnsafeBuffer(new byte[128]);
    private long records;
    private long bytes;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAWarmJournal_whenWrittenAndRead_thenTheThreadAllocatesNothing(final boolean plain, @TempDir final Path folder)
            throws IOException {
        final FileDisk disk = plain ? FileDisk.plain() : FileDisk.probe(folder);
        try (Journal journal = Journal.open(JournalConfig.in(folder, disk, Sample.ID))) {
            final JournalWriter writer = journal.writer();
            write(writer, WARM_GROUPS);
            assertThat(leastAllocated(() -> write(writer, GROUPS))).isZero();

            try (JournalReader reader = journal.reader(1)) {
                final RecordHandler handler = (position, nowMs, flags, buffer, offset, length) -> {
                    records++;
                    bytes += length;
                };
                reader.read(WARM_GROUPS * RECORDS_PER_GROUP, handler);
                assertThat(leastAllocated(() -> reader.read(records + GROUPS * RECORDS_PER_GROUP, handler))).isZero();
                assertThat(records).isEqualTo(writer.durablePosition());
                assertThat(bytes).isEqualTo(records * record.capacity());
            }
        }
    }

    /** Of several rounds, because the compiler may do its own once; what each record or group allocates is in every one of them. */
    private static long leastAllocated(final Runnable round) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            round.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private void write(final JournalWriter writer, final int groups) {
        long position = writer.durablePosition();
        for (int group = 0; group < groups; group++) {
            for (int i = 0; i < RECORDS_PER_GROUP; i++) {
                if (!writer.hasRoom() || !writer.append(++position, position, 2, record, 0, record.capacity())) {
                    throw new IllegalStateException("the group should have room");
                }
            }
            writer.flush();
        }
    }
}
