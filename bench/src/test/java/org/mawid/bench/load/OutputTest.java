package org.mawid.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTest {
    @Test
    void givenATime_whenSaid_thenToTheSecond() {
        assertThat(Output.inWords(-5)).isEqualTo("0 s");
        assertThat(Output.inWords(59_400_000_000L)).isEqualTo("59 s");
        assertThat(Output.inWords(59_600_000_000L)).isEqualTo("1 min 0 s");
        assertThat(Output.inWords(605_000_000_000L)).isEqualTo("10 min 5 s");
    }

    @Test
    void givenAPartDone_whenTheRestIsReckoned_thenAsItWentSoFar_andNotBeforeAnythingIsDone() {
        final long tenSecondsAgo = System.nanoTime() - 10_000_000_000L;

        assertThat(Output.leftNs(tenSecondsAgo, 0, 100)).isEqualTo(-1);
        assertThat(Output.leftNs(tenSecondsAgo, 25, 100)).isGreaterThanOrEqualTo(30_000_000_000L);
        assertThat(Output.leftNs(tenSecondsAgo, 100, 100)).isZero();
    }

    @Test
    void givenThisMachine_whenTold_thenWithItsProcessorsNameAndItsMemory() {
        final JsonObject machine = Machine.figures();

        assertThat(machine.getString("processor")).isNotBlank();
        assertThat(machine.getLong("memoryMiB")).isGreaterThan(machine.getLong("maxHeapMiB") / 2).isGreaterThan(256);
        assertThat(machine.getInteger("cpus")).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void givenAListOfProcessors_whenRead_thenTheFirstOnesNameAndClock_andWhereThereIsNoneTheKindOfMachine(@TempDir final Path folder) throws Exception {
        final Path list = folder.resolve("cpuinfo");

        assertThat(Machine.processor(list)).isEqualTo(System.getProperty("os.arch"));
        Files.writeString(list, "processor\t: 0\nmodel\t\t: 17\nmodel name\t: Some Make 7\ncpu MHz\t\t: 2450.123\n\nprocessor\t: 1\nmodel name\t: Other\n");
        assertThat(Machine.processor(list)).isEqualTo("Some Make 7, 2.45 GHz");
        Files.writeString(list, "model name\t: Some Make 7\n");
        assertThat(Machine.processor(list)).isEqualTo("Some Make 7");
        Files.writeString(list, "processor\t: 0\nBogoMIPS\t: 50.00\n");
        assertThat(Machine.processor(list)).isEqualTo(System.getProperty("os.arch"));
    }
}
