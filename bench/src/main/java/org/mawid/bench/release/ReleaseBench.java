package org.mawid.bench.release;

import io.grpc.StatusRuntimeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mawid.api.control.Control;
import org.mawid.api.network.Network;
import org.mawid.api.network.NetworkFiles;
import org.mawid.api.network.NetworkImportException;
import org.mawid.api.server.EdgeSetting;
import org.mawid.api.server.OfflineImport;
import org.mawid.api.server.Settings;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import org.mawid.bench.load.SecondsOption;
import org.mawid.bench.process.EndAsked;
import org.mawid.bench.process.OwnJvm;
import org.mawid.bench.process.Server;
import org.mawid.bench.process.ServerProgram;
import org.mawid.bench.release.crowd.Demand;
import org.mawid.bench.release.crowd.Sizes;
import org.mawid.bench.release.ground.Address;
import org.mawid.bench.release.ground.Ground;
import org.mawid.bench.release.history.History;
import org.mawid.bench.release.history.HistoryCheck;
import org.mawid.bench.release.loop.Meter;
import org.mawid.client.MawidException;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.EngineStartException;
import org.mawid.engine.Setting;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.upkeep.Inspection;
import org.mawid.engine.upkeep.UpkeepException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What happens when a month is opened: the design surge against the real server in a process of its own, or against one that is running.
 * Open loop: who comes when is fixed beforehand, and every latency counts from when a request was due.
 */
@Command(name = "release", mixinStandardHelpOptions = true,
        description = "The opening of a month: users, bots and a thousand takers for one slot, over gRPC and HTTP; its own books against the server's.",
        footer = {"", "Takes about 106 s, of which the minute, what is left of it and the thousand takers 73; --history some seconds more.", "",
                "Of scale 1: 26 000 users in the first minute, a fifth of them in its first 5 s, 1 000 of them at the largest post for its first two days;",
                "10 000 reads a second, 2 600 of them bots'; 650 hold attempts a second, 2 000 for 5 s; a thousand takers in one nanosecond.",
                "A visit is of one person or a family, with services at one desk or several: as many legs as it takes, all or none.",
                "A server that is running must be there to be tested with: its days of that month are published anew, and nobody else may use them. In the end",
                "appointments are cancelled, applications withdrawn with their stamps, and the days published as they were, with what was withheld on them from the",
                "public; also when the run fails or is interrupted (Ctrl-C, SIGTERM), and what could not be given back is told. kill -9 gives nothing back: holds expire, what",
                "else is left stays.",
                "--history FILE: JSON lines, two for each operation with the same id and fields: op (search, hold, confirm, release), client, id, slot|appointment|ref,",
                "units, person, ttl_ns, invoke_ns, complete_ns, result. The first is in the file before anything is sent: complete_ns null, result unknown. The second",
                "has the answer: ok or fail, with a reason. An operation without a second line was never answered: it may have been done or not. A visit of several",
                "legs has them all in legs; a search has post, services, from, days, and when it is ok seen, first and position. One monotonic clock. It is read back",
                "and balanced at the end; a minute of scale 1 is some 300 MB. Of a run that was killed the last line may be torn: --read-history passes it over.",
                "Exit code 1 when anything is oversold or the books differ, when a contest has no answer in time, or when the server is gone for 5 s. A client that was late itself (p99 above 100 ms) says so on its last line.", "", "Examples:",
                "  bench release --scale 0.2 --seconds 20      a fifth of it, and the first 20 s",
                "  bench release --grpc 127.0.0.1:9090 --http 127.0.0.1:8080 --scale 0.1",
                "  bench release --warm-up 30 --history release.jsonl --report out"})
public final class ReleaseBench implements Callable<Integer>, Planned {
    private static final int MINUTE = 60;
    private static final int CONTEST_DATES = 15;
    private static final int EARLIER_FROM = 3;
    private static final int EARLIER_DAYS = 7;
    private static final int MOST_DAYS_AHEAD = 400;
    /** As seen on two quiet cores, of our own server: this process and the one that measures, the network, a start; its end and the replay of its journal. */
    private static final double OWN_SERVER_SECONDS = 9;
    /** How long the process may stay after its end was asked for, to leave a server that is not ours as it was found. */
    private static final long LEAVING_MS = 120_000;
    /**
     * Of the client. A minute is too short for its optimising compiler to pay, which took two and a half times the processor time of all its requests; and with
     * the young generation of a server, that allocates nothing, requests without an answer filled the old one and stopped the client for seconds.
     */
    private static final List<String> CLIENT = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseParallelGC", "-Xmn512m", "-XX:MaxRAMPercentage=25", "-XX:+ExitOnOutOfMemoryError");

    @Mixin
    private Output output;

    @Mixin
    private final SecondsOption part = new SecondsOption(MINUTE);

    @Option(names = "--grpc", paramLabel = "HOST:PORT", description = "gRPC of a running server; with --http. Default: the real server is started, with the real network.")
    private String grpc;

    @Option(names = "--http", paramLabel = "HOST:PORT", description = "HTTP of a running server; with --grpc.")
    private String http;

    @Option(names = "--users", paramLabel = "N", description = "Users in the first minute; default: 26 000 times the scale. Without --scale, everything else goes with them.")
    private Integer users;

    @Option(names = "--scale", paramLabel = "F", description = "Shrinks or grows the whole surge: 0.01 to 100. Default 1.")
    private Double scale;

    @Option(names = "--minutes", paramLabel = "N", description = "How long users keep coming, 1 to 60: 1; after the first minute at a third. --seconds for less.")
    private Integer minutes;

    @Option(names = "--http-share", paramLabel = "PERCENT", defaultValue = "40", description = "How many of the users, bots and takers speak HTTP: ${DEFAULT-VALUE}; the others gRPC.")
    private int httpShare;

    @Option(names = "--stamps-with-hold", paramLabel = "PERCENT", defaultValue = "50",
            description = "How many have their stamps issued with the hold: ${DEFAULT-VALUE}; the others with the confirmation.")
    private int stampsWithHold;

    @Option(names = "--tries", paramLabel = "N", defaultValue = "5", description = "Looks without success after which a user gives up: ${DEFAULT-VALUE}.")
    private int tries;

    @Option(names = "--takers", paramLabel = "N", defaultValue = "1000", description = "Who want one slot at once, 0 to 20 000: ${DEFAULT-VALUE}.")
    private int takers;

    @Option(names = "--winners", paramLabel = "K", split = ",", defaultValue = "1,2,5,10,20", description = "Places of those slots, one contest each: ${DEFAULT-VALUE}.")
    private List<Integer> winners;

    @Option(names = "--warm-up", paramLabel = "SECONDS", defaultValue = "12",
            description = "Ordinary traffic before the release, 1 to 600: ${DEFAULT-VALUE}. A server that has not had its fill of holds compiles in the burst; its result tells, and 30 are better.")
    private int warmUp;

    @Option(names = "--from", paramLabel = "DATE", description = "First date of the month that is released; default: 31 days from today.")
    private LocalDate from;

    @Option(names = "--days", paramLabel = "N", defaultValue = "30", description = "Dates that are released at once, 2 to 62: ${DEFAULT-VALUE}.")
    private int days;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of who comes when and wants what: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--history", paramLabel = "FILE", description = "Write what each client sent and got there, as JSON lines, and check it.")
    private Path history;

    @Option(names = "--read-history", paramLabel = "FILE",
            description = "Do nothing but read a history that is there, as of a run that was killed, and check what can be checked without its server.")
    private Path readHistory;

    @Option(names = "--records", paramLabel = "true|false", arity = "1", defaultValue = "true", description = "Read model of records on, of the server that is started: ${DEFAULT-VALUE}.")
    private boolean records;

    @Mixin
    private ServerProgram program;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (readHistory != null) {
            return read();
        }
        final Demand demand = demand();
        final LocalDate today = LocalDate.now(ZoneOffset.UTC);
        final LocalDate first = from == null ? today.plusDays(EARLIER_FROM + EARLIER_DAYS + 21) : from;
        final int ahead = (int) (first.toEpochDay() - today.toEpochDay()) + days + CONTEST_DATES;
        output.require(days >= 2 && days <= 62, "--days must be 2 to 62");
        output.require(!first.isBefore(today.plusDays(EARLIER_FROM + EARLIER_DAYS)) && ahead <= MOST_DAYS_AHEAD,
                "--from must be " + today.plusDays(EARLIER_FROM + EARLIER_DAYS) + " to " + today.plusDays(MOST_DAYS_AHEAD - days - CONTEST_DATES));
        output.require((grpc == null) == (http == null), "--grpc and --http go together: give both, or none to have a server started");
        output.require(history == null || isWritable(history), "--history " + history + " cannot be written: name a file in a folder that is there and may be written to");
        if (from == null) {
            output.chose("--from", first);
        }
        if (OwnJvm.isUseful()) {
            return OwnJvm.run(CLIENT, spec.root().commandLine().getParseResult().originalArgs());
        }
        final Surge.Where fixed = grpc == null ? null : where(address("--grpc", grpc), address("--http", http), first);
        try (EndAsked end = fixed == null ? null : new EndAsked(LEAVING_MS)) { // our own server ends with us
            return measured(demand, fixed, first, ahead, end);
        }
    }

    /** What a history or leaving another's server takes comes on top. */
    @Override
    public double plannedSeconds() {
        return (grpc == null ? OWN_SERVER_SECONDS : 0) + Surge.plannedSeconds(demand());
    }

    private static boolean isWritable(final Path file) {
        final Path folder = file.toAbsolutePath().getParent();
        return folder != null && Files.isWritable(folder) && !Files.isDirectory(file) && (!Files.exists(file) || Files.isWritable(file));
    }

    private int read() throws IOException {
        output.require(Files.isReadable(readHistory) && !Files.isDirectory(readHistory), "--read-history " + readHistory + " cannot be read: name the file that --history wrote");
        output.progress("reading %s", readHistory);
        final HistoryCheck.Findings found = HistoryCheck.of(readHistory, HistoryCheck.Places.NOT_KNOWN);
        output.result(new JsonObject().put("benchmark", "release").put("history", inNumbers(readHistory, found).put("lastLineTorn", found.isTorn()))
                .put("balances", found.wrong().isEmpty()));
        if (!found.wrong().isEmpty()) {
            spec.commandLine().getErr().println("release: the history does not balance: " + String.join("; ", found.wrong()));
        }
        return found.wrong().isEmpty() ? 0 : 1;
    }

    private static JsonObject inNumbers(final Path file, final HistoryCheck.Findings found) throws IOException {
        return new JsonObject().put("file", file.toString()).put("sizeMiB", Output.rounded(Files.size(file) / (double) (1 << 20))).put("operations", found.operations())
                .put("searches", found.searches()).put("unknown", found.unknown());
    }

    private int measured(final Demand demand, final Surge.Where fixed, final LocalDate first, final int ahead, final EndAsked end) throws Exception {
        final Network network = Network.bundled();
        try (History written = history == null ? null : new History(history)) {
            final Surge surge = fixed == null ? atOurOwn(demand, first, ahead, written, network) : atAnothers(demand, fixed, written, network, end);
            return told(surge, demand, first, written);
        } catch (final EngineStartException | IOException | UncheckedIOException | IllegalStateException | MawidException | NetworkImportException | StatusRuntimeException
                       | UpkeepException e) {
            spec.commandLine().getErr().println("release: " + e.getMessage());
            spec.commandLine().getErr().flush();
            return 1;
        }
    }

    private Demand demand() {
        output.require(scale == null || scale >= 0.01 && scale <= 100, "--scale must be 0.01 to 100");
        output.require(users == null || users >= 10 && users <= 2_000_000, "--users must be 10 to 2 000 000");
        output.require(minutes == null || minutes >= 1 && minutes <= MINUTE, "--minutes must be 1 to 60");
        output.require(httpShare >= 0 && httpShare <= 100, "--http-share must be 0 to 100 percent");
        output.require(stampsWithHold >= 0 && stampsWithHold <= 100, "--stamps-with-hold must be 0 to 100 percent");
        output.require(tries >= 1 && tries <= 1_000, "--tries must be 1 to 1 000");
        output.require(takers >= 0 && takers <= 20_000, "--takers must be 0 to 20 000");
        output.require(winners.size() <= 10 && winners.stream().allMatch(each -> each >= 1 && each <= 255), "--winners must be up to ten numbers of 1 to 255");
        output.require(warmUp >= 1 && warmUp <= 600, "--warm-up must be 1 to 600");
        final double times = scale != null ? scale : users == null ? 1 : (double) users / Demand.USERS;
        final boolean isInSeconds = minutes == null && spec.commandLine().getParseResult().hasMatchedOption("--seconds");
        return new Demand(users == null ? (int) Math.max(10, Math.round(Demand.USERS * times)) : users, times,
                isInSeconds ? Math.min(part.seconds(), MINUTE * MINUTE) : MINUTE * (minutes == null ? 1 : minutes), httpShare, stampsWithHold, tries, takers, winners, warmUp, seed, 1);
    }

    private Address address(final String option, final String text) {
        try {
            return Address.of(text);
        } catch (final IllegalArgumentException e) {
            output.require(false, option + ": " + e.getMessage());
            throw e;
        }
    }

    private Surge.Where where(final Address ofGrpc, final Address ofHttp, final LocalDate first) {
        final int today = (int) LocalDate.now(ZoneOffset.UTC).toEpochDay();
        return new Surge.Where(ofGrpc, ofHttp, (int) first.toEpochDay(), days, today + EARLIER_FROM, EARLIER_DAYS, grpc == null);
    }

    private void progress(final long leftNs, final String what) {
        output.progressLeft(leftNs, "%s", what);
    }

    /** At a server that is somebody else's: whatever happens, also when an end is asked for, it is left as it was found, or what is left there is told. */
    private Surge atAnothers(final Demand demand, final Surge.Where fixed, final History written, final Network network, final EndAsked end) throws Exception {
        final Surge surge = new Surge(demand, fixed, written, Meter.NONE, this::progress);
        try {
            surge.run(Ground.mixOf(network), Sizes.of(network));
        } catch (final Exception e) {
            final String why = end.isAsked() ? "interrupted" : e.getMessage() == null ? e.toString() : e.getMessage();
            throw new IllegalStateException(why + "; " + (surge.notGivenBack().isEmpty() ? "the server was left as it was found"
                    : "NOT GIVEN BACK to the server: " + String.join("; ", surge.notGivenBack())), e);
        }
        return surge;
    }

    /** The real server with the real network, which is asked when it has stopped, too. */
    private Surge atOurOwn(final Demand demand, final LocalDate first, final int ahead, final History written, final Network network) throws Exception {
        final Path data = Engines.temporaryData(null).resolve("data");
        output.progress("bringing the real network into a directory, as far as %s", LocalDate.now(ZoneOffset.UTC).plusDays(ahead));
        OfflineImport.run(NetworkFiles.bundled(), new Control.Import(null, null, null, false, false),
                Settings.of(Map.of(Setting.DATA.key(), data.toString(), EdgeSetting.CALENDAR_DAYS.key(), Integer.toString(ahead)), Map.of(), null), (phase, done, total) -> { });
        final Surge surge;
        try (Server server = Server.start(program.path(), data, List.of("--set", EdgeSetting.CALENDAR_DAYS.key() + "=0", "--set",
                Setting.RECORDS.key() + "=" + records))) {
            surge = new Surge(demand, where(new Address("127.0.0.1", server.grpcPort()), new Address("127.0.0.1", server.httpPort()), first), written, of(server), this::progress);
            try {
                surge.run(Ground.mixOf(network), Sizes.of(network));
            } catch (final RuntimeException e) {
                throw server.hasEnded() ? new IllegalStateException(server.ending(), e) : e;
            }
            output.progress("stopping the server");
        }
        output.progress("replaying its journal");
        surge.inspected(Inspection.of(FileDisk.plain(), new DataDirectory(data)));
        return surge;
    }

    private static Meter of(final Server server) {
        return new Meter() {
            @Override
            public long cpuNs() {
                return server.cpuNs();
            }

            @Override
            public long compilerNs() throws IOException {
                return server.compilerNs();
            }
        };
    }

    private int told(final Surge surge, final Demand demand, final LocalDate first, final History written) throws IOException {
        final JsonObject result = new JsonObject().put("benchmark", "release").put("load", new JsonObject().put("loop", "open, latency from when a request was due")
                        .put("users", demand.users()).put("scale", demand.scale()).put("seconds", demand.seconds()).put("warmUpSeconds", demand.warmUpSeconds())
                        .put("httpSharePercent", demand.httpPercent()).put("stampsWithHoldPercent", demand.holdPercent()).put("tries", demand.tries())
                        .put("released", first + " and " + (days - 1) + " dates after it, at one instant").put("seed", demand.seed())
                        .put("server", grpc == null ? "a process of its own, started by the launcher; the client in another, on the same processors" : grpc + " and " + http)
                        .put("readModel", grpc != null ? "as the server has it" : records ? "availability and records" : "availability"))
                .put("leftOut", "network (loopback); payment of stamps; those who come in the days after");
        final Results measured = surge.results();
        measured.into(result);
        if (written != null) {
            written.close();
            output.progress("reading the history back");
            final HistoryCheck.Findings found = surge.check(history);
            result.put("history", inNumbers(history, found).put("lines", written.lines()).put("unitsPossiblyOversold", found.possiblyOver()));
        }
        result.put("balances", surge.wrong().isEmpty()).put("isAllAnswered", surge.notAnswered().isEmpty());
        output.result(result);
        final Verdict verdict = new Verdict(surge.wrong(), surge.notAnswered(), measured.isClientLate() ? measured.clientInWords() : "");
        if (!verdict.inWords().isEmpty()) {
            spec.commandLine().getErr().println("release: " + verdict.inWords());
        }
        return verdict.exitCode();
    }
}
