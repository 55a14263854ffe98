package org.mawid.bench.load;

import java.util.SplittableRandom;
import picocli.CommandLine.Option;

/** Whose lives are lived, and where: others each time, unless a seed is said. */
public final class PersonsOption {
    @Option(names = "--seed", paramLabel = "N", description = "Of whatever is drawn by chance, persons and where they go; default: another one each time.")
    private Long seed;

    /** What was said, or chosen when nothing was: always the same of one run. @param output what says it to whoever repeats the run */
    public long seed(final Output output) {
        if (seed == null) {
            seed = System.nanoTime();
            output.chose("--seed", seed);
        }
        return seed;
    }

    /** One for each part of the run, in order. */
    public SplittableRandom seeds(final Output output) {
        return new SplittableRandom(seed(output));
    }
}
