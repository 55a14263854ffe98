package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.Result;

/** {@code java -jar mawid.jar serve} in a process of its own, from its ready line until the test ends it in one way or another. */
final class Server implements AutoCloseable {
    /** Must be right in any clean run; only a hang is told from slowness by it. */
    static final Duration PATIENCE = Duration.ofSeconds(120);
    static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    static final Path JAR = Path.of(System.getProperty("mawid.jar", "target/mawid.jar")).toAbsolutePath();
    private static final Path LAUNCHER = JAR.resolveSibling("mawid");

    private static final Pattern READY = Pattern.compile("ready http=127\\.0\\.0\\.1:(\\d+) grpc=127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern SNAPSHOT = Pattern.compile("snapshot of position (\\d+): .* state hash ([0-9a-f]+)");
    /** As the log begins its lines; what is said to the operator has no time before it. */
    private static final Pattern LOGGED = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\S+Z .*");

    final int httpPort;
    final int grpcPort;

    private final Process process;
    private final Path out;
    private final Path err;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private MawidClient client;
    private ManagedChannel channel;

    private Server(final Process process, final Path out, final Path err, final Matcher ready) {
        this.process = process;
        this.out = out;
        this.err = err;
        this.httpPort = Integer.parseInt(ready.group(1));
        this.grpcPort = Integer.parseInt(ready.group(2));
    }

    /** What newer Javas say of libraries, in a process that is started without the launcher. */
    private static final String OF_JAVA = "WARNING: ";

    /** How it ended. @param said on standard error, without the lines of the log @param logged the lines of the log */
    record End(int exitCode, List<String> said, List<String> logged) {
        /** What it said that nobody expects of a server on loopback without roles. */
        List<String> complaints() {
            return said.stream().filter(line -> !line.startsWith("warning: nobody is asked who they are")).toList();
        }

    }

    /** How it is to be started: small, with short segments, unless the test says otherwise. */
    static final class Launch {
        private static final String HEAP = "256m";

        private final Path data;
        private final List<String> under = new ArrayList<>();
        private final List<String> java = new ArrayList<>();
        private final List<String> flags = new ArrayList<>();
        private final Map<String, String> environment = new HashMap<>();
        private Path runtime;
        private boolean archived = true;

        private Launch(final Path data) {
            this.data = data;
            set("mawid.journal.segment.bytes", 1 << 20);
            set("mawid.records.entries", 100_000);
            set("mawid.reply.timeout.ms", 30_000); // a busy machine is not what is tested
        }

        /** The last one given for a key counts. */
        Launch set(final String key, final Object value) {
            flags.addAll(List.of("--set", key + '=' + value));
            return this;
        }

        /** Flags of serve. */
        Launch with(final String... more) {
            flags.addAll(List.of(more));
            return this;
        }

        /** A variable of the process. */
        Launch environment(final String name, final String value) {
            environment.put(name, value);
            return this;
        }

        /** Options for Java, such as a smaller heap; the last one counts. */
        Launch java(final String... options) {
            java.addAll(List.of(options));
            return this;
        }

        /** Each class as it is in the jar. */
        Launch withoutClassArchive() {
            archived = false;
            return this;
        }

        /** By the launcher, with that Java. */
        Launch launcher(final Path javaHome) {
            runtime = javaHome;
            return this;
        }

        /** A program that starts Java, such as strace. */
        Launch under(final String... command) {
            under.addAll(List.of(command));
            return this;
        }

        /** @throws AssertionError with all it said, when it ends before it is ready */
        Server start() throws Exception {
            final Path out = said(".out");
            final Path err = said(".err");
            final Process process = begin(out, err);
            final long dueNanos = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                final boolean alive = process.isAlive();
                final Matcher ready = READY.matcher(Files.readString(out));
                if (ready.find()) {
                    return new Server(process, out, err, ready);
                }
                if (!alive || System.nanoTime() - dueNanos > 0) {
                    killAll(process);
                    throw new AssertionError("not ready, " + (alive ? "still running" : "ended") + ": " + Files.readString(err));
                }
                Thread.sleep(20);
            }
        }

        /** For a start that must fail: waits until it has. */
        End startInVain() throws Exception {
            final Path out = said(".out");
            final Path err = said(".err");
            final Process process = begin(out, err);
            try {
                final End end = end(process, err);
                assertThat(Files.readString(out)).isEmpty();
                return end;
            } finally {
                killAll(process);
            }
        }

        /** Not beside the data: where that disk is full, nobody would hear that the server is ready. */
        private static Path said(final String suffix) throws IOException {
            final Path file = Files.createTempFile(Files.createDirectories(Path.of("target", "said").toAbsolutePath()), "serve", suffix);
            file.toFile().deleteOnExit();
            return file;
        }

        private Process begin(final Path out, final Path err) throws IOException {
            final List<String> command = new ArrayList<>(under);
            final ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            if (runtime == null) {
                command.addAll(List.of(JAVA.toString(), "-Xmx" + HEAP, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")); // it lives for seconds
                command.addAll(archived ? ClassArchive.options() : List.of());
                command.addAll(java);
                command.addAll(List.of("-jar", JAR.toString()));
            } else {
                command.add(LAUNCHER.toString());
                builder.environment().put("JAVA_HOME", runtime.toString());
                builder.environment().put("MAWID_HEAP", HEAP);
                builder.environment().put("MAWID_JAVA_OPTS", String.join(" ", java)); // the launcher chooses the collector
            }
            command.addAll(List.of("serve", "--data", data.toString(), "--http-port", "0", "--grpc-port", "0", "--set", "mawid.capability=off"));
            command.addAll(flags);
            return builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        }
    }

    static Launch on(final Path data) {
        return new Launch(data);
    }

    static Server start(final Path data) throws Exception {
        return on(data).start();
    }

    /** One for all of a test. */
    MawidClient client() {
        if (client == null) {
            client = client(options());
        }
        return client;
    }

    MawidClient client(final ClientOptions options) {
        try {
            return keep(MawidClient.connect(options));
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    ClientOptions options() {
        return ClientOptions.of("127.0.0.1", grpcPort).withTimeout(PATIENCE);
    }

    /** A connection of its own. */
    ManagedChannel channel() {
        final ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", grpcPort).usePlaintext().maxInboundMessageSize(16 << 20)
                .directExecutor().build();
        keep((AutoCloseable) channel::shutdownNow);
        return channel;
    }

    /** For one call, which is not repeated: to whoever looks at the server's end. */
    CommandServiceGrpc.CommandServiceBlockingStub commands() {
        if (channel == null) {
            channel = channel();
        }
        return CommandServiceGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    HttpResponse<String> get(final String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path)).timeout(PATIENCE).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** @param headers names and values in turn */
    HttpResponse<String> post(final String path, final String json, final String... headers) throws Exception {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path)).timeout(PATIENCE)
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json));
        return http.send((headers.length == 0 ? request : request.headers(headers)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A figure of {@code /metrics}, by its name with its labels as they stand there. */
    double metric(final String name) throws Exception {
        return get("/metrics").body().lines().filter(line -> line.startsWith(name + ' '))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length()))).findFirst().orElseThrow();
    }

    /** Serves at both ports: a new connection each. */
    void assertServes() throws Exception {
        assertThat(get("/health/ready").statusCode()).as("HTTP: %s", this).isEqualTo(200);
        try (MawidClient fresh = MawidClient.connect(options())) {
            assertThat(fresh.outcome(fresh.newRequest()).getResult()).as("gRPC: %s", this).isEqualTo(Result.REQUEST_UNKNOWN);
        }
    }

    /** SIGKILL, and waits for its end. */
    void kill() throws InterruptedException {
        killAll(process);
    }

    /** SIGTERM, and waits for its end. */
    End terminate() throws Exception {
        process.destroy();
        return awaitEnd();
    }

    /** SIGSTOP: it does nothing more, its connections stay. */
    void freeze() throws Exception {
        signal("STOP");
    }

    /** SIGCONT. */
    void thaw() throws Exception {
        signal("CONT");
    }

    /** @throws AssertionError when it goes on */
    End awaitEnd() throws Exception {
        return end(process, err);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Of Java itself, unless it runs under something that is no mere {@code exec}. */
    long pid() {
        return process.pid();
    }

    /** What the log published: state hash by position, in sixteen digits. */
    TreeMap<Long, String> publishedHashes() throws IOException {
        final TreeMap<Long, String> hashes = new TreeMap<>();
        final Matcher snapshots = SNAPSHOT.matcher(Files.readString(err));
        while (snapshots.find()) {
            hashes.put(Long.valueOf(snapshots.group(1)), String.format("%016x", Long.parseUnsignedLong(snapshots.group(2), 16)));
        }
        return hashes;
    }

    /** Of the log and of what was said. */
    List<String> errorLines() throws IOException {
        return Files.readAllLines(err);
    }

    @Override
    public void close() throws Exception {
        for (final AutoCloseable each : opened) {
            each.close();
        }
        killAll(process);
        Files.deleteIfExists(out);
    }

    /** For the words of a failed assertion. */
    @Override
    public String toString() {
        try {
            final List<String> lines = Files.readAllLines(err);
            return "server that said " + String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (final IOException e) {
            return "server whose words cannot be read: " + e;
        }
    }

    private <T extends AutoCloseable> T keep(final T closeable) {
        opened.add(closeable);
        return closeable;
    }

    private void signal(final String name) throws Exception {
        assertThat(new ProcessBuilder("sh", "-c", "kill -" + name + ' ' + process.pid()).inheritIO().start().waitFor()).isZero();
    }

    private static End end(final Process process, final Path err) throws Exception {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("ended; said %s", Files.readString(err)).isTrue();
        final List<String> lines = Files.readAllLines(err);
        return new End(process.exitValue(), lines.stream().filter(line -> !LOGGED.matcher(line).matches() && !line.startsWith(OF_JAVA)).toList(),
                lines.stream().filter(line -> LOGGED.matcher(line).matches()).toList());
    }

    /** Java before what watches it: a traced process outlives its tracer. */
    private static void killAll(final Process process) throws InterruptedException {
        for (final ProcessHandle started : process.descendants().toList()) {
            started.destroyForcibly();
            started.onExit().join();
        }
        process.destroyForcibly();
        process.waitFor();
    }
}
