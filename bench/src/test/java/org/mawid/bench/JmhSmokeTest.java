package org.mawid.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark of JMH, whichever there are: its state made small, with each of its parameters, and each of its methods called once. */
class JmhSmokeTest {
    private static final Path MEMORY = Path.of("/dev/shm");

    @BeforeAll
    static void besideOthers() {
        System.setProperty("jmh.ignoreLock", "true"); // nothing is measured here: another JMH on the machine does not matter
    }

    static Set<String> benchmarks() {
        final Set<String> names = new TreeSet<>();
        for (final BenchmarkListEntry benchmark : JmhWords.benchmarks()) {
            names.add(benchmark.getUserClassQName());
        }
        return names;
    }

    @ParameterizedTest
    @MethodSource("benchmarks")
    void givenABenchmarkOfJmh_whenEachMethodIsCalledOnceInASmallState_thenNoneFails(final String benchmark) throws RunnerException {
        final ChainedOptionsBuilder once = new OptionsBuilder().include(Pattern.quote(benchmark) + "\\..*").forks(0).mode(Mode.SingleShotTime)
                .warmupIterations(0).measurementIterations(1).shouldFailOnError(true).verbosity(VerboseMode.SILENT)
                .param("appointments", "2000").param("requests", "32768").param("posts", "5").param("maxBytes", "0", "67108864");
        if (!Files.isWritable(MEMORY)) {
            once.param("in", "disk");
        }

        final Collection<RunResult> results = new Runner(once.build()).run();

        assertThat(results).isNotEmpty().allSatisfy(result -> assertThat(result.getPrimaryResult().getScore()).as(result.getParams().id()).isPositive());
        assertThat(results.stream().map(result -> result.getParams().getBenchmark()).collect(Collectors.toSet())).isEqualTo(methods(benchmark));
    }

    private static Set<String> methods(final String benchmark) {
        final Set<String> methods = new TreeSet<>();
        for (final BenchmarkListEntry entry : JmhWords.benchmarks()) {
            if (entry.getUserClassQName().equals(benchmark)) {
                methods.add(entry.getUsername());
            }
        }
        return methods;
    }
}
