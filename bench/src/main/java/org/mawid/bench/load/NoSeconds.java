package org.mawid.bench.load;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** For benchmarks that have one piece of work to do, and nothing that could go on for longer: {@code --seconds} is refused with what makes the work larger. */
public final class NoSeconds {
    private final String larger;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec benchmark;

    /** @param larger an option of the benchmark that makes its work larger */
    public NoSeconds(final String larger) {
        this.larger = larger;
    }

    /** Whatever follows it, and also when nothing does. */
    @Option(names = "--seconds", hidden = true, arity = "0..1", description = "Refused.")
    private void seconds(final String given) {
        throw new ParameterException(benchmark.commandLine(), "--seconds means nothing to " + benchmark.name() + ", which ends with its work: for more of it say " + larger);
    }
}
