package org.mawid.bench.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** A disk on a clock of its own. */
class DiskLoopTest {
    private static final long PER_SECOND = 100_000;
    private static final long MS = 1_000_000L;
    private static final long APPEND_NS = 200_000L;

    private final List<Integer> appends = new ArrayList<>();
    private long nowNs;
    private long slowFromNs = Long.MAX_VALUE;

    private long clock() {
        nowNs += 1_000;
        return nowNs;
    }

    /** 0.2 ms, and once, from then on, 50. */
    private void append(final int bytes) {
        final boolean isSlow = nowNs >= slowFromNs;
        slowFromNs = isSlow ? Long.MAX_VALUE : slowFromNs;
        nowNs += isSlow ? 50 * MS : APPEND_NS;
        appends.add(bytes);
    }

    private Histogram second() throws IOException {
        return new DiskLoop(this::append, this::clock).latency(PER_SECOND, 1, leftNs -> { });
    }

    private static long later(final Histogram ns, final long thanMs) {
        return ns.getCountBetweenValues(thanMs * MS, ns.getHighestTrackableValue());
    }

    @Test
    void givenADiskThatKeepsUp_whenFed_thenEachAppendTakesWhatCameDueSinceTheOneBefore_inWholeBlocks() throws IOException {
        final Histogram ns = second();

        assertThat(ns.getTotalCount()).isEqualTo(PER_SECOND);
        assertThat(ns.getMaxValue()).as("waited for the one before, then its own").isLessThan(2 * APPEND_NS + MS / 10);
        assertThat(appends).hasSizeBetween(4_900, 5_001).allMatch(bytes -> bytes == 4_096);
    }

    @Test
    void givenAnAppendOfFiftyMilliseconds_whenFed_thenEveryRecordThatWasDueMeanwhileIsChargedForItsWait() throws IOException {
        slowFromNs = 300 * MS;

        final Histogram ns = second();

        assertThat(ns.getTotalCount()).isEqualTo(PER_SECOND);
        assertThat(later(ns, 10)).as("due in its first forty").isBetween(3_950L, 4_100L);
        assertThat(appends.stream().mapToInt(Integer::intValue).max().orElseThrow()).as("all of them at once: 5 000 of 168 bytes").isBetween(840_000, 880_000);
    }

    @Test
    void givenASlowAppendThatOutlastsTheTime_whenFed_thenWhatItHeldUpIsCounted() throws IOException {
        slowFromNs = 990 * MS;

        final Histogram ns = second();

        assertThat(ns.getTotalCount()).isEqualTo(PER_SECOND);
        assertThat(later(ns, 40)).as("due in the last ten").isBetween(950L, 1_050L);
    }
}
