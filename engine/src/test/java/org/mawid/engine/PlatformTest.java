package org.mawid.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.util.DaemonThreadFactory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.map.ChronicleMap;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The libraries under the engine run on this JDK with the flags of the root pom, which are those of the jars. */
class PlatformTest {
    @Test
    void givenTheExports_whenABufferIsUsed_thenAgronaReachesTheJdk() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8]);
        buffer.putLong(0, 7301);
        assertThat(buffer.getLong(0)).isEqualTo(7301);
    }

    @Test
    void givenAClosedMap_whenOpenedAgain_thenItsRecordsAreThere(@TempDir final Path directory) throws Exception {
        final File file = directory.resolve("records").toFile();
        try (ChronicleMap<Long, byte[]> map = map(file)) {
            map.put(42L, new byte[] {1, 2, 3});
        }
        try (ChronicleMap<Long, byte[]> map = map(file)) {
            assertThat(map.get(42L)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void givenTheClassPath_whenSearched_thenNothingOnItPhonesHome() {
        assertThatThrownBy(() -> Class.forName("net.openhft.chronicle.analytics.Analytics"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void givenARing_whenEventsArePublished_thenTheyArriveInOrder() throws InterruptedException {
        final int events = 1_000;
        final Long2LongHashMap valueBySequence = new Long2LongHashMap(-1);
        final CountDownLatch all = new CountDownLatch(events);
        final Disruptor<long[]> disruptor = new Disruptor<>(() -> new long[1], 64, DaemonThreadFactory.INSTANCE);
        disruptor.handleEventsWith((event, sequence, endOfBatch) -> {
            valueBySequence.put(sequence, event[0]);
            all.countDown();
        });
        disruptor.start();
        for (long i = 0; i < events; i++) {
            final long value = i * i;
            disruptor.publishEvent((event, sequence) -> event[0] = value);
        }
        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        disruptor.shutdown();

        for (long i = 0; i < events; i++) {
            assertThat(valueBySequence.get(i)).isEqualTo(i * i);
        }
    }

    private static ChronicleMap<Long, byte[]> map(final File file) throws IOException {
        return ChronicleMap.of(Long.class, byte[].class).entries(100).averageValueSize(16).createPersistedTo(file);
    }
}
