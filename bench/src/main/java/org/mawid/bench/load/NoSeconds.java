package org.mawid.bench.load;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * For benchmarks that have one piece of work to do, and nothing that could go on for longer: {@code --seconds} is taken as by every other, so that whoever runs them
 * all need not tell them apart, and one line on the error output says that it changes nothing and what makes the work larger.
 */
public final class NoSeconds {
    private final String larger;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec benchmark;

    /** @param larger an option of the benchmark that makes its work larger */
    public NoSeconds(final String larger) {
        this.larger = larger;
    }

    @Option(names = "--seconds", paramLabel = "N", description = "Taken as by every benchmark, and means nothing to this one, which ends with its work.")
    private void seconds(final int given) {
        SecondsOption.check(given, benchmark);
        final PrintWriter err = benchmark.commandLine().getErr();
        err.println("--seconds means nothing to " + benchmark.name() + ", which ends with its work: for more of it say " + larger);
        err.flush();
    }
}
