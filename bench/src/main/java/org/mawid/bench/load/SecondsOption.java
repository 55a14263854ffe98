package org.mawid.bench.load;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** For benchmarks with parts that run for as long as one likes: how long each of them does. */
public final class SecondsOption {
    private final int byDefault;
    private CommandSpec benchmark;
    private int seconds;

    /** Ten seconds each, unless it is said otherwise. */
    public SecondsOption() {
        this(10);
    }

    /** @param byDefault how long each measured part runs when nothing is said */
    public SecondsOption(final int byDefault) {
        this.byDefault = byDefault;
    }

    @Spec(Spec.Target.MIXEE)
    private void mixedInto(final CommandSpec spec) {
        benchmark = spec;
        // An annotation would have to say one number for all of them.
        spec.defaultValueProvider(option -> option instanceof OptionSpec named && named.longestName().equals("--seconds") ? Integer.toString(byDefault) : null);
    }

    @Option(names = "--seconds", paramLabel = "N", description = "How long each measured part runs, after its warm-up: ${DEFAULT-VALUE}.")
    private void seconds(final int given) {
        check(given, benchmark);
        seconds = given;
    }

    static void check(final int given, final CommandSpec benchmark) {
        if (given < 1) {
            throw new ParameterException(benchmark.commandLine(), "--seconds must be 1 or more, not " + given);
        }
    }

    /** Of each measured part. */
    public int seconds() {
        return seconds;
    }
}
