package org.mawid.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.PatternSyntaxException;
import org.mawid.bench.load.Meant;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Finds out whether a command line is JMH's own, as in {@code bench CoreBenchmark -f 1 -prof gc}: then it needs no word in front. */
final class JmhWords {
    private static final int NEAREST = 3;
    private static final double START_SECONDS = 1.5;
    private static final double APPOINTMENTS_PER_SECOND = 250_000;

    private JmhWords() {
    }

    /**
     * The words that our own command line understands.
     *
     * @param bench our own: its names and options come first
     * @throws ParameterException when the first word is neither ours nor matches a benchmark; it tells the nearest names
     */
    static String[] of(final CommandLine bench, final String... words) {
        if (words.length == 0 || isOurs(bench, words[0])) {
            return words;
        }
        final CommandLineOptions options;
        try {
            options = new CommandLineOptions(words);
        } catch (final CommandLineOptionException notJmhs) {
            return words; // ours to refuse
        }
        if (!words[0].startsWith("-") && !isMatched(options)) {
            throw new ParameterException(bench, "no benchmark is called '" + words[0] + "', and none of JMH's matches it; the nearest: "
                    + String.join(", ", nearest(bench, words[0])) + "; 'bench list' names all");
        }
        final List<String> all = new ArrayList<>(List.of(words));
        all.add(0, Jmh.NAME);
        return all.toArray(new String[0]);
    }

    private static boolean isOurs(final CommandLine bench, final String word) {
        return bench.getSubcommands().containsKey(word) || bench.getCommandSpec().findOption(word) != null;
    }

    private static boolean isMatched(final CommandLineOptions options) {
        try {
            return !BenchmarkList.defaultList().find(silent(), options.getIncludes(), options.getExcludes()).isEmpty();
        } catch (final PatternSyntaxException e) {
            return false;
        }
    }

    /** Every benchmark of JMH. */
    static Iterable<BenchmarkListEntry> benchmarks() {
        return BenchmarkList.defaultList().getAll(silent(), List.of());
    }

    /**
     * How long it takes as it is annotated, with all of its parameters. Seconds, on two quiet cores: iterations, a fork's start, and what is made
     * before, as seen there.
     */
    static double seconds(final BenchmarkListEntry benchmark) {
        double forks = benchmark.getForks().orElse(1);
        double appointments = 0;
        for (final Map.Entry<String, String[]> parameter : benchmark.getParams().orElse(Map.of()).entrySet()) {
            forks *= parameter.getValue().length;
            if (parameter.getKey().equals("appointments")) {
                appointments = Arrays.stream(parameter.getValue()).mapToDouble(Double::parseDouble).sum();
            }
        }
        return forks * (START_SECONDS + benchmark.getWarmupIterations().orElse(0) * seconds(benchmark.getWarmupTime())
                + benchmark.getMeasurementIterations().orElse(0) * seconds(benchmark.getMeasurementTime())) + appointments / APPOINTMENTS_PER_SECOND;
    }

    private static double seconds(final Optional<TimeValue> time) {
        return time.orElse(TimeValue.seconds(10)).convertTo(TimeUnit.MILLISECONDS) / 1e3;
    }

    private static OutputFormat silent() {
        return OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
    }

    private static List<String> nearest(final CommandLine bench, final String word) {
        final Set<String> names = new LinkedHashSet<>(bench.getSubcommands().keySet());
        for (final BenchmarkListEntry benchmark : benchmarks()) {
            final String[] path = benchmark.getUsername().split("\\.");
            names.add(path[path.length - 2]);
            names.add(path[path.length - 1]);
        }
        bench.getSubcommands().forEach((name, command) -> {
            if (command.getCommandSpec().usageMessage().hidden()) {
                names.remove(name);
            }
        });
        return Meant.nearest(names, word, NEAREST);
    }
}
