package org.mawid.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CpuUseTest {
    private static final long WORK_NS = 50_000_000L;

    private static void work() {
        final long fromNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        while (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - fromNs < WORK_NS) {
            Thread.onSpinWait();
        }
    }

    @Test
    void givenAThreadOfTheEngineThatWorks_whenAsked_thenItIsTheServersByItsNameAndNotTheClients() throws InterruptedException {
        final CountDownLatch begin = new CountDownLatch(1);
        final CountDownLatch worked = new CountDownLatch(1);
        final CountDownLatch end = new CountDownLatch(1);
        final Thread engine = new Thread(() -> {
            try {
                begin.await();
                work();
                worked.countDown();
                end.await(); // what a thread used is known as long as it lives
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "mawid-test");
        engine.start();
        final long ownBeforeNs = Usage.threadCpuNs();
        final CpuUse before = CpuUse.now();
        begin.countDown();
        worked.await();

        final CpuUse used = CpuUse.now().since(before);
        final long ownNs = Usage.threadCpuNs() - ownBeforeNs;
        end.countDown();

        assertThat(used.serverNs().get("test")).isGreaterThanOrEqualTo(WORK_NS);
        assertThat(used.allServerNs()).isGreaterThanOrEqualTo(used.serverNs().get("test"));
        assertThat(used.clientNs()).isPositive().isLessThanOrEqualTo(ownNs);
        assertThat(used.allNs()).as("counted to ten milliseconds").isGreaterThanOrEqualTo(WORK_NS - 10_000_000L);
    }

    @Test
    void givenTheAskingThreadWorks_whenAsked_thenItIsTheClients() {
        final CpuUse before = CpuUse.now();
        work();

        final CpuUse used = CpuUse.now().since(before);

        assertThat(used.clientNs()).isGreaterThanOrEqualTo(WORK_NS);
        assertThat(used.serverNs()).doesNotContainKey("test");
    }

    @Test
    void givenTimesOfTwoWindows_whenPutTogether_thenEachIsForACommandAndWhatIsNotToldApartIsTheOthers() {
        final CpuUse one = new CpuUse(1_000_000, Map.of("core", 3_000_000L, "journal", 1_000_000L), 500_000, 0, 7_000_000);
        final CpuUse two = new CpuUse(1_000_000, Map.of("core", 5_000_000L, "ticker", 0L), 500_000, 1_000_000, 9_000_000);

        final JsonObject each = one.and(two).usEach(2_000);

        assertThat(each.getDouble("clientCpuUsEach")).isEqualTo(1);
        assertThat(each.getDouble("serverCpuUsEach")).isEqualTo(4.5);
        assertThat(each.getJsonObject("serverThreadsCpuUsEach")).isEqualTo(new JsonObject().put("core", 4.0).put("journal", 0.5));
        assertThat(each.getDouble("compilerCpuUsEach")).isEqualTo(0.5);
        assertThat(each.getDouble("collectorCpuUsEach")).isEqualTo(0.5);
        assertThat(each.getDouble("otherCpuUsEach")).isEqualTo(1.5);
    }
}
