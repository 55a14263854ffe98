package org.mawid.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.FakeDisk;

/** How long work beside the pipeline rests, by a clock and a processor's meter that the test owns. */
class PaceTest {
    private static final int SHARE = 20;
    private static final long SLICE = Pace.SLICE_NANOS;
    private static final long REST = SLICE * (100 - SHARE) / SHARE;

    private final Hour hour = new Hour();
    private final Pace pace = begun(SHARE);

    /** An hour of a machine. */
    private static final class Hour implements Pace.Meter {
        private long nanos = Long.MAX_VALUE - 3; // such a clock may pass its end
        private long processorNanos = 77;
        private long lateNanos;
        private int looks;
        private final List<Long> rests = new ArrayList<>();

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public long processorNanos() {
            looks++;
            return processorNanos;
        }

        @Override
        public void sleep(final long forNanos) {
            rests.add(forNanos);
            nanos += forNanos + lateNanos;
        }

        void work(final long forNanos) {
            nanos += forNanos;
            processorNanos += forNanos;
        }

        /** Others have the processor, or the disk works. */
        void away(final long forNanos) {
            nanos += forNanos;
        }
    }

    private Pace begun(final int share) {
        final Pace made = new Pace(share, hour);
        hour.away(10 * SLICE); // whoever made it is another thread
        made.rest();
        return made;
    }

    @Test
    void givenWorkAlone_whenASliceIsUsedUp_thenItRestsInProportion() {
        hour.work(SLICE - 1);
        pace.rest();
        assertThat(hour.rests).isEmpty();
        hour.work(1);
        pace.rest();
        assertThat(hour.rests).containsExactly(REST);
        pace.rest();
        hour.work(2 * SLICE);
        pace.rest();
        assertThat(hour.rests).containsExactly(REST, 2 * REST);
    }

    @Test
    void givenAHostThatTakesTheProcessorAway_thenOnlyWhatWasWorkedIsRestedFor() {
        for (int i = 0; i < 10; i++) {
            hour.work(SLICE / 10);
            hour.away(50 * SLICE);
            pace.rest();
        }
        assertThat(hour.rests).containsExactly(REST);
    }

    @Test
    void givenLittleWork_whenItIsAskedOften_thenTheProcessorsMeterIsNot() {
        final int before = hour.looks;
        for (int i = 0; i < 99; i++) {
            hour.work(SLICE / 100);
            pace.rest();
        }
        assertThat(hour.looks).isEqualTo(before);
        hour.away(SLICE);
        pace.rest();
        pace.rest();
        assertThat(hour.looks).as("and then not before there can be enough").isEqualTo(before + 1);
        hour.work(SLICE / 100);
        pace.rest();
        assertThat(hour.rests).containsExactly(REST);
    }

    @Test
    void givenAStepOnTheDisk_thenAllOfItsTimeCounts_butTheRestHasABound() {
        hour.away(SLICE - 1);
        pace.restAfterDisk();
        assertThat(hour.rests).as("a quick one").isEmpty();
        hour.away(1);
        pace.restAfterDisk();
        hour.away(200 * SLICE);
        pace.restAfterDisk();
        hour.work(4 * SLICE);
        hour.away(200 * SLICE);
        pace.restAfterDisk();
        assertThat(hour.rests).as("what was worked counts all the same").containsExactly(REST, Pace.MOST_DISK_NANOS * REST / SLICE, 4 * REST);
    }

    @Test
    void givenAStepOnTheDiskThatWasRestedFor_thenItIsNotRestedForAgain() {
        hour.away(SLICE);
        pace.restAfterDisk();
        hour.work(SLICE - 1);
        pace.restAfterDisk();
        pace.rest();
        assertThat(hour.rests).containsExactly(REST);
    }

    @Test
    void givenAMeterThatLeaps_thenTheRestHasABound() {
        hour.work(60_000_000_000L);
        pace.rest();
        assertThat(hour.rests).containsExactly(Pace.MOST_WORK_NANOS * REST / SLICE);
    }

    @Test
    void givenARestThatWasLonger_thenTheNextIsShorter_byNoMoreThanHalf() {
        hour.lateNanos = REST / 10;
        restOnce();
        hour.lateNanos = 100 * REST;
        restOnce();
        hour.lateNanos = 0;
        restOnce();
        restOnce();
        assertThat(hour.rests).containsExactly(REST, REST - REST / 10, REST / 2, REST);
    }

    @Test
    void givenARestThatWasCutShort_thenTheNextIsAsEver() {
        hour.lateNanos = -REST / 2;
        restOnce();
        restOnce();
        assertThat(hour.rests).containsExactly(REST, REST);
    }

    @Test
    void givenTheWholeOfACore_thenItNeverRestsAndLooksAtNothing() {
        final Pace whole = begun(100);
        final int before = hour.looks;
        hour.work(100 * SLICE);
        whole.rest();
        whole.restAfterDisk();
        assertThat(hour.rests).isEmpty();
        assertThat(hour.looks).isEqualTo(before);
    }

    @Test
    void givenADiskAtThisPace_whenItIsWritten_thenEachStepIsOneOfTheDisk() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        final Path folder = Path.of("files");
        disk.createFolders(folder);
        try (var file = pace.on(disk).open(folder.resolve("some"), Disk.Access.CREATE)) {
            hour.away(SLICE); // of no processor
            file.writeFully(ByteBuffer.allocate(1_000), 0);
        }
        assertThat(hour.rests).containsExactly(REST);
        hour.away(SLICE);
        pace.afterEachStep().run();
        assertThat(hour.rests).containsExactly(REST, REST);
    }

    @Test
    void givenThisMachine_whenAThreadSleeps_thenItsOwnTimeStandsStill() {
        final Pace.Meter machine = new Pace.Machine();
        final long nanos = machine.nanos();
        final long processorNanos = machine.processorNanos();
        while (machine.nanos() - nanos < 100 * SLICE) {
            machine.sleep(SLICE);
        }
        assertThat(machine.processorNanos() - processorNanos).isPositive().isLessThan(machine.nanos() - nanos);
    }

    @Test
    void givenThisMachine_whenItIsAskedOften_thenNothingIsAllocated() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final Pace real = new Pace(99);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10 && least > 0; round++) { // the compiler's first rounds may
            final long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < 10_000; i++) {
                real.rest();
                real.restAfterDisk();
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        assertThat(least).isZero();
    }

    private void restOnce() {
        hour.work(SLICE);
        pace.rest();
    }
}
