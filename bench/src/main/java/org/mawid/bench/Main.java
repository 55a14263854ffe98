package org.mawid.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mawid.api.Version;
import org.mawid.bench.capacity.PlanBench;
import org.mawid.bench.core.ClosureBench;
import org.mawid.bench.core.CoreBench;
import org.mawid.bench.core.ScaleBench;
import org.mawid.bench.core.WaitlistBench;
import org.mawid.bench.hall.HallBench;
import org.mawid.bench.journal.DurableBench;
import org.mawid.bench.journal.RecoveryBench;
import org.mawid.bench.journal.SnapshotBench;
import org.mawid.bench.kingdom.KingdomBench;
import org.mawid.bench.kingdom.ReconnectBench;
import org.mawid.bench.load.NotMeasured;
import org.mawid.bench.load.NotUnderstood;
import org.mawid.bench.machine.MachineBench;
import org.mawid.bench.memory.MemoryBench;
import org.mawid.bench.peer.PeersBench;
import org.mawid.bench.process.IdleBench;
import org.mawid.bench.process.StartupBench;
import org.mawid.bench.read.AvailabilityBench;
import org.mawid.bench.read.RecordsBench;
import org.mawid.bench.read.TrailBench;
import org.mawid.bench.release.ReleaseBench;
import org.mawid.bench.schedule.ScheduleBench;
import org.mawid.bench.stamp.StampsBench;
import org.mawid.bench.stamp.VerifyBench;
import org.mawid.bench.statement.StatementBench;
import org.mawid.bench.wire.GrpcBench;
import org.mawid.bench.wire.HttpBench;
import org.mawid.bench.wire.MixedBench;
import org.mawid.bench.wire.server.EmptyServer;
import org.mawid.bench.wire.watch.WatchBench;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The benches' command line: each benchmark is a subcommand, {@code list} names them all. Exit codes: 0 measured, 1 failed,
 * 2 not understood.
 */
@Command(
        name = "bench",
        description = "Measures Mawid: each benchmark by its name.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {Main.ListAll.class, FloorsBench.class, MachineBench.class, CoreBench.class, MemoryBench.class, DurableBench.class, RecoveryBench.class, SnapshotBench.class, AvailabilityBench.class, RecordsBench.class, TrailBench.class, VerifyBench.class, StampsBench.class, GrpcBench.class, HttpBench.class, MixedBench.class, WatchBench.class, EmptyServer.class, StartupBench.class, IdleBench.class, ReportCommand.class, Jmh.class, PeersBench.class, PlanBench.class, KingdomBench.class, ReconnectBench.class, ScaleBench.class, ClosureBench.class, WaitlistBench.class, HallBench.class, ReleaseBench.class, StatementBench.class, ScheduleBench.class})
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Runs one benchmark and leaves with its exit code. */
    public static void main(final String[] args) {
        System.exit(execute(commandLine(), args));
    }

    /** As {@link CommandLine#execute}, but that JMH's own words need no {@code jmh} in front. */
    static int execute(final CommandLine bench, final String... args) {
        final String[] words;
        try {
            words = JmhWords.of(bench, args);
        } catch (final CommandLine.ParameterException e) {
            bench.getErr().println(e.getMessage());
            bench.getErr().flush();
            return CommandLine.ExitCode.USAGE;
        }
        return bench.execute(words);
    }

    static CommandLine commandLine() {
        final CommandLine bench = new CommandLine(new Main());
        bench.setParameterExceptionHandler(NotUnderstood::tell);
        bench.setExecutionExceptionHandler(NotMeasured::tell);
        bench.getSubcommands().get(Jmh.NAME).setUnmatchedOptionsArePositionalParams(true); // JMH knows them
        return bench;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "list", description = "Names every benchmark, one a line.", mixinStandardHelpOptions = true)
    static final class ListAll implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            final PrintWriter out = spec.commandLine().getOut();
            for (final Map.Entry<String, CommandLine> command : spec.parent().subcommands().entrySet()) {
                final CommandSpec named = command.getValue().getCommandSpec();
                if (named != spec && !(named.userObject() instanceof Jmh) && !(named.userObject() instanceof ReportCommand) && !named.usageMessage().hidden()) {
                    final String suite = named.userObject() instanceof FloorsBench ? " " + FloorsBench.suite() : "";
                    out.printf("%-16s %s%s%n", command.getKey(), String.join(" ", named.usageMessage().description()), suite);
                }
            }
            for (final BenchmarkListEntry benchmark : JmhWords.benchmarks()) {
                out.printf("jmh %s%n", benchmark.getUsername());
            }
            out.flush();
            return 0;
        }
    }
}
