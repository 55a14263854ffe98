package org.mawid.bench.load;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** For benchmarks that do the same so many times: goes on with it for as long as is asked for. */
public final class LongerOption {
    private static final double SECOND_NS = 1e9;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec benchmark;

    /** 0 = not asked for. */
    private int seconds;

    @Option(names = "--seconds", paramLabel = "N", description = "Measure each part again until so many seconds are over, and no fewer times than without it.")
    private void seconds(final int given) {
        SecondsOption.check(given, benchmark);
        seconds = given;
    }

    /**
     * Whether to measure once more.
     *
     * @param done   times so far
     * @param least  times in any case
     * @param fromNs when the first began, {@link System#nanoTime()}
     */
    public boolean goesOn(final int done, final int least, final long fromNs) {
        return done < least || System.nanoTime() - fromNs < seconds * SECOND_NS;
    }

    /** How long that is thought to take, seconds. @param least times in any case @param eachSeconds how long one is thought to take, more than 0 */
    public double plannedSeconds(final int least, final double eachSeconds) {
        return Math.max(least, Math.ceil(seconds / eachSeconds)) * eachSeconds;
    }
}
