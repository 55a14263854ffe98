package org.mawid.bench.load;

import picocli.CommandLine.Option;

/** How long servers that are measured in turn are warmed up. */
public final class WarmUpOption {
    @Option(names = "--warm-up", paramLabel = "SECONDS", defaultValue = "10",
            description = "Longest warm-up of each server and loop; it ends before when the compiler is through; 0 = none: ${DEFAULT-VALUE}.")
    private int seconds;

    public void check(final Output output) {
        output.require(seconds >= 0, "--warm-up must be 0 or more seconds, not " + seconds);
    }

    /** At most, of each. */
    public int seconds() {
        return seconds;
    }
}
