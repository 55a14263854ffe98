package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whole days at two posts, with terminals and a treasury that misbehave by a seed and a server that is killed: the books close, and the breaks are what went wrong, nothing else and nothing less. */
class DayIT {
    private static final Logger LOG = LoggerFactory.getLogger(DayIT.class);
    /** The same each time: whoever wants other days says so, and how many. */
    private static final long SEED = Long.getLong("seed", 500);
    /** One after the other, from that one on, to the last also when one has failed. */
    private static final int SEEDS = Integer.getInteger("seeds", 1);
    private static final int DAYS = Integer.getInteger("days", 1);

    @Test
    void givenDaysOfFaultsAndKills_thenTheBooksCloseAndTheBreaksAreTheFaults(@TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        final List<String> failed = new ArrayList<>();
        for (long seed = SEED; seed < SEED + SEEDS; seed++) {
            final long begunNanos = System.nanoTime();
            try {
                final DayPaid paid = new DayRun(seed, DAYS).in(Files.createDirectory(folder.resolve(Long.toString(seed))));
                LOG.info("seed {}: right, {} s, {}", seed, seconds(begunNanos), paid);
            } catch (final Exception | AssertionError e) {
                LOG.error("seed {}: wrong, {} s", seed, seconds(begunNanos), e);
                failed.add("again with -Dit.test=DayIT -Ddays=" + DAYS + " -Dseed=" + seed + ": " + e);
            }
        }
        assertThat(failed).isEmpty();
    }

    private static long seconds(final long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1_000_000_000L;
    }
}
