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

/** A month of a large post and a small one, day by day in simulated time: at its end it is known of every citizen what became of them. */
class MonthIT {
    private static final Logger LOG = LoggerFactory.getLogger(MonthIT.class);
    /** The same each time: whoever wants other months says so, and how many. */
    private static final long SEED = Long.getLong("seed", 700);
    private static final int SEEDS = Integer.getInteger("seeds", 1);

    @Test
    void givenAMonthOfTwoPosts_thenEveryCitizenIsAccountedFor(@TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        final List<String> failed = new ArrayList<>();
        for (long seed = SEED; seed < SEED + SEEDS; seed++) {
            try {
                LOG.info("seed {}: {}", seed, new MonthRun(seed).in(Files.createDirectory(folder.resolve(Long.toString(seed)))));
            } catch (final Exception | AssertionError e) {
                LOG.error("seed {}: wrong", seed, e);
                failed.add("again with -Dit.test=MonthIT -Dseed=" + seed + ": " + e);
            }
        }
        assertThat(failed).isEmpty();
    }
}
