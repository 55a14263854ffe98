package org.mawid.bench.kingdom;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.mawid.api.network.Network;
import org.mawid.bench.load.EngineOptions;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.NoSeconds;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import org.mawid.bench.process.Server;
import org.mawid.bench.process.ServerProgram;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.EmbeddedEngine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Replays the history of the network, whole or in part: every appointment through its whole life, durable, in process or over gRPC. At the end the
 * engine is stopped and inspected, and must have what the generator's own books have.
 */
@Command(name = "kingdom", mixinStandardHelpOptions = true,
        description = "Replays the network's history, every appointment through its whole life, in process or over gRPC; at the end the engine's inspection must agree with the generator's books to the last unit.",
        footer = {"", "Takes about 35 s; the whole history about 90 s in process, two minutes over gRPC.", "", "Examples:",
            "  bench kingdom --appointments 3200000      the whole history",
            "  bench kingdom --appointments 100000 --over grpc --seed 7"})
public final class KingdomBench implements Callable<Integer>, Planned {
    /** What the network has handled since its launch (demand.md). */
    static final long WHOLE = 3_200_000;
    private static final long ALONE = 100_000;
    /** As seen on two quiet cores: the generator alone, engine and network; appointments told, and inspected. */
    private static final double MAKING_SECONDS = 12;
    private static final double TOLD_PER_SECOND = 70_000;
    private static final double TOLD_OVER_GRPC_PER_SECOND = 40_000;
    private static final double INSPECTED_PER_SECOND = 110_000;

    /** How commands travel. */
    enum Over { process, grpc }

    @Mixin
    private Output output;

    @Mixin
    private final NoSeconds noSeconds = new NoSeconds("--appointments");

    @Mixin
    private EngineOptions options;

    @Option(names = "--appointments", paramLabel = "N", defaultValue = "1000000",
            description = "How many, 1 000 to 5 000 000; 3 200 000 is the whole history: ${DEFAULT-VALUE}.")
    private long appointments;

    @Option(names = "--over", paramLabel = "process|grpc", defaultValue = "process",
            description = "Straight into an engine in this process, or in packed batches to a server in its own: ${DEFAULT-VALUE}.")
    private Over over;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "42", description = "The same seed replays the same history: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--step", paramLabel = "MINUTES", defaultValue = "30", description = "Log time moves in steps of so many minutes, 5 to 120, dividing a day: ${DEFAULT-VALUE}.")
    private int stepMinutes;

    @Option(names = "--lanes", paramLabel = "N", defaultValue = "2", description = "Over gRPC: connections among which posts are dealt out, 1 to 4: ${DEFAULT-VALUE}.")
    private int lanes;

    @Option(names = "--in-flight", paramLabel = "N", defaultValue = "4096", description = "In process: most commands without an answer, 256 to 1 000 000: ${DEFAULT-VALUE}.")
    private int inFlight;

    @Option(names = "--records", paramLabel = "true|false", defaultValue = "false", arity = "1", description = "Read model of records on: ${DEFAULT-VALUE}.")
    private boolean records;

    @Mixin
    private ServerProgram program;

    @Override
    public Integer call() throws Exception {
        output.require(appointments >= 1_000 && appointments <= 5_000_000, "--appointments must be 1 000 to 5 000 000");
        output.require(stepMinutes >= 5 && stepMinutes <= 120 && 1_440 % stepMinutes == 0, "--step must be 5 to 120 minutes and divide a day");
        output.require(inFlight >= 256 && inFlight <= 1_000_000, "--in-flight must be 256 to 1 000 000");
        output.require(lanes >= 1 && lanes <= 4, "--lanes must be 1 to 4");
        final Network network = Network.bundled();
        final Realm realm = new Realm(network, History.appointmentsPerApplication());
        final double alone = alonePerSecond(realm);
        final Path data = Engines.temporaryData(options.data()).resolve("data");
        output.note("bringing the network to an empty directory");
        final Told told = over == Over.process ? inProcess(realm, data) : overGrpc(realm, data);
        final long checkedFromNs = System.nanoTime();
        final Audit audit = new Audit(data);
        final List<String> differences = audit.differences(told.history.books(), told.history.places(), (at, last) ->
                output.progressOf(checkedFromNs, at, last, "inspecting: position %,d of %,d", at, last));
        output.result(result(told, alone, audit, checkedFromNs, differences));
        return verdict(audit, differences, System.err);
    }

    /** Says what was compared, or what differs. @return the exit code */
    static int verdict(final Audit audit, final List<String> differences, final PrintStream to) {
        if (differences.isEmpty()) {
            to.printf(Locale.ROOT, "the engine has what the generator's books have: %,d days of a pool with %,d units compared one by one%n",
                    audit.daysCompared(), audit.unitsCompared());
            return 0;
        }
        to.println("the engine does not have what the generator's books have:");
        differences.forEach(difference -> to.println("  " + difference));
        return 1;
    }

    @Override
    public double plannedSeconds() {
        final double perSecond = over == Over.process ? TOLD_PER_SECOND : TOLD_OVER_GRPC_PER_SECOND;
        return MAKING_SECONDS + appointments * (1 / perSecond + 1 / INSPECTED_PER_SECOND);
    }

    /** A history that was told, and what it took. */
    private record Told(History history, Way way, long tookNs, long cpuNs, long batches, long serverCpuNs) {
    }

    private Told inProcess(final Realm realm, final Path data) throws Exception {
        try (EmbeddedEngine engine = EmbeddedEngine.start(options.on(Hosts.config(data, records)))) {
            Hosts.bring(engine, realm.network());
            final Cases cases = new Cases();
            final InProcess way = new InProcess(cases, engine, inFlight);
            return tell(new History(realm, cases, way, seed, appointments, stepMinutes), way, null);
        }
    }

    private Told overGrpc(final Realm realm, final Path data) throws Exception {
        try (Server server = Hosts.server(program.path(), data, realm.network(), records, options.settings())) {
            final Cases cases = new Cases();
            try (OverGrpc way = new OverGrpc(cases, realm, server.grpcPort(), lanes)) {
                return tell(new History(realm, cases, way, seed, appointments, stepMinutes), way, server);
            } catch (final IllegalStateException e) {
                final String said = server.said();
                throw new IllegalStateException(e.getMessage() + (said.isEmpty() ? "" : "; the server said: " + said.substring(Math.max(0, said.length() - 2_000))), e);
            }
        }
    }

    private Told tell(final History history, final Way way, final Server server) throws Exception {
        final long serverNs = server == null ? 0 : server.cpuNs();
        final long cpuNs = threadCpuNs();
        final long fromNs = System.nanoTime();
        while (history.goesOn()) {
            history.step();
            if (output.isDue()) {
                output.progressOf(fromNs, history.steps(), 2.0 * appointments, "%s: %,d of %,d appointments, %,.0f commands/s",
                        Instant.ofEpochMilli(history.nowMs()).toString().substring(0, 10), history.confirmed(), appointments,
                        history.commands() * 1e9 / (System.nanoTime() - fromNs));
            }
        }
        history.finish();
        final long tookNs = System.nanoTime() - fromNs;
        output.note("%,d commands in %.1f s; stopping the engine", history.commands(), tookNs / 1e9);
        return new Told(history, way, tookNs, threadCpuNs() - cpuNs, way instanceof OverGrpc grpc ? grpc.batches() : 0,
                server == null ? 0 : server.cpuNs() - serverNs);
    }

    /** What the generator makes when nobody takes it, commands a second of processor time; twice, the first time for the compiler. */
    private double alonePerSecond(final Realm realm) throws Exception {
        double perSecond = 0;
        for (int round = 0; round < 2; round++) {
            final Cases cases = new Cases();
            final History history = new History(realm, cases, new Nowhere(cases, false), seed, Math.min(appointments, ALONE), stepMinutes);
            final long fromNs = threadCpuNs();
            while (history.goesOn()) {
                history.step();
            }
            perSecond = Output.perSecond(history.commands(), threadCpuNs() - fromNs);
        }
        return perSecond;
    }

    private static long threadCpuNs() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private JsonObject result(final Told told, final double alone, final Audit audit, final long checkedFromNs, final List<String> differences) {
        final History history = told.history;
        final Books books = history.books();
        final double seconds = told.tookNs / 1e9;
        final JsonObject refusals = new JsonObject();
        told.way.refusals().forEach(refusals::put);
        final JsonObject counts = new JsonObject();
        books.byName().forEach((name, count) -> {
            if (count != 0) {
                counts.put(name, count);
            }
        });
        final JsonObject result = new JsonObject().put("benchmark", "kingdom").put("width", over.name())
                .put("load", new JsonObject().put("appointments", appointments).put("part", appointments >= WHOLE ? "the whole history" : "its beginning").mergeIn(way())
                        .put("durable", "every command, before it is answered")
                        .put("network", "bundled: " + history.books().applications() + " applications at " + Network.bundled().posts().size() + " posts")
                        .put("stepMinutes", stepMinutes).put("seed", seed).put("engineSettings", options.settings().toString())
                        .put("readModel", records ? "availability and records" : "availability"))
                .put("leftOut", (over == Over.process ? "wire" : "network (loopback)") + "; payment and consumption of stamps; rejected requests, walk-ins, closed days; snapshots and retirement are on")
                .put("elapsedSeconds", Output.rounded(seconds)).put("commands", history.commands())
                .put("commandsPerSecond", Output.perSecond(history.commands(), told.tookNs)).put("generatorAloneCommandsPerCpuSecond", alone)
                .put("appointmentsPerSecond", Output.perSecond(history.confirmed(), told.tookNs))
                .put("generatorCpuSeconds", Output.rounded(told.cpuNs / 1e9));
        if (over == Over.grpc) {
            result.put("serverCpuSeconds", Output.rounded(told.serverCpuNs / 1e9)).put("batches", told.batches)
                    .put("commandsOfABatch", Output.rounded(history.commands() / (double) told.batches));
        }
        return result.put("journalMiB", mebibytes("journal", audit)).put("archiveMiB", mebibytes("archive", audit))
                .put("logDays", history.days()).put("utilisationPercent", history.use().percent()).put("servedPercent", history.use().servedPercent())
                .put("refusals", refusals).put("dayOfTheirWishWasFull", history.displaced()).put("daysOfWaitingForAnyDay", history.waits()).put("gaveUp", history.gaveUp())
                .put("applications", books.applications()).put("servicesBooked", history.servicesBooked()).put("stampsIssued", history.stampsIssued())
                .put("books", counts).put("booksAgree", differences.isEmpty()).put("differences", new io.vertx.core.json.JsonArray(differences))
                .put("inspection", new JsonObject().put("position", audit.report().position()).put("stateHash", HexFormat.of().toHexDigits(audit.report().stateHash()))
                        .put("retiredApplications", audit.retired()).put("daysCompared", audit.daysCompared()).put("unitsCompared", audit.unitsCompared())
                        .put("tookSeconds", Output.rounded((System.nanoTime() - checkedFromNs) / 1e9)))
                .put("byMonth", history.use().byMonth());
    }

    /** How the commands travelled, and how many at once. */
    private JsonObject way() {
        return over == Over.process ? new JsonObject().put("over", "the ring of an engine in this process").put("inFlight", inFlight)
                : new JsonObject().put("over", "gRPC, packed batches, one on its way on each connection").put("connections", lanes);
    }

    private static long mebibytes(final String what, final Audit audit) {
        final DataDirectory directory = audit.directory();
        final Path folder = "journal".equals(what) ? directory.journal() : directory.archive();
        if (!Files.exists(folder)) {
            return 0; // nothing has left memory
        }
        try (Stream<Path> files = Files.walk(folder)) {
            long bytes = 0;
            for (final Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                bytes += Files.size(file);
            }
            return bytes >> 20;
        } catch (final IOException e) {
            throw new UncheckedIOException("the size of what was written cannot be told", e);
        }
    }
}
