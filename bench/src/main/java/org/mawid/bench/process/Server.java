package org.mawid.bench.process;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mawid.api.server.EdgeSetting;

/** A server as its users start it: in a process of its own, with its launcher's flags, until it says that it is ready. */
public final class Server implements Closeable {
    private static final Pattern READY = Pattern.compile("^ready http=(\\S+) grpc=(\\S+).*");
    /** In a line of a log of which nobody learns why anything ended. */
    private static final String USUAL = " INFO ";
    private final Process process;
    private final Thread hook;
    private final Path errors;
    private final long readyNs;
    private final String http;
    private final String grpc;

    private Server(final Process process, final Thread hook, final Path errors, final long readyNs, final String http, final String grpc) {
        this.process = process;
        this.hook = hook;
        this.errors = errors;
        this.readyNs = readyNs;
        this.http = http;
        this.grpc = grpc;
    }

    /**
     * {@code mawid serve} on a data directory.
     *
     * @param program the launcher, or a jar
     * @param more    flags of {@code serve} beside the data directory and free ports
     * @throws IOException it ended without having been ready; with what it said
     */
    public static Server start(final Path program, final Path data, final List<String> more) throws IOException {
        final List<String> arguments = new ArrayList<>(List.of("serve", "--data", data.toString(), "--http-port", "0", "--grpc-port", "0",
                "--set", EdgeSetting.CAPABILITY.key() + "=off")); // what it costs is measured by itself
        arguments.addAll(more);
        return start(program, arguments);
    }

    /**
     * Anything that says {@code ready http=… grpc=…}. It is ended with this process, should nobody close it.
     *
     * @throws IOException it ended without having been ready; with what it said
     */
    public static Server start(final Path program, final List<String> arguments) throws IOException {
        final Path errors = Files.createTempFile("mawid-bench", ".err");
        final long fromNs = System.nanoTime();
        final Process process = new ProcessBuilder(Programs.command(program, arguments)).redirectError(errors.toFile()).start();
        final Thread hook = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(hook);
        final BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            final Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                final long readyNs = System.nanoTime() - fromNs;
                return new Server(process, hook, errors, readyNs, ready.group(1), ready.group(2));
            }
        }
        final String said = Files.readString(errors);
        Files.delete(errors);
        throw new IOException("the server did not become ready: " + said.strip());
    }

    /** From the start of the process to its ready line. */
    public long readyNs() {
        return readyNs;
    }

    /** As printed: host:port or a URL. */
    public String http() {
        return http;
    }

    public String grpc() {
        return grpc;
    }

    public int httpPort() {
        return port(http);
    }

    public int grpcPort() {
        return port(grpc);
    }

    private static int port(final String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** Processor time that it has used, ns; both user and system. @throws IllegalStateException it has ended */
    public long cpuNs() {
        return process.info().totalCpuDuration().orElseThrow(() -> new IllegalStateException(ending())).toNanos();
    }

    /** Whether it has ended without having been asked to. */
    public boolean hasEnded() {
        return !process.isAlive();
    }

    /** How it ended, in one line: its exit code, and the last that it said, unless that was as usual. */
    public String ending() {
        try {
            final String exit = process.waitFor(1, TimeUnit.SECONDS) ? "exit code " + process.exitValue() : "nothing is known of its process";
            return "the server has ended by itself: " + exit + said().lines().reduce((first, last) -> last).filter(last -> !last.contains(USUAL)).map(last -> ": " + last).orElse("");
        } catch (final IOException e) {
            return "the server has ended by itself";
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the server has ended by itself";
        }
    }

    /** Processor time that its just-in-time compiler has used, ns; Linux only, else 0. Until it is through, a figure is about the compiler. */
    public long compilerNs() throws IOException {
        return ThreadTimes.of(process.pid(), ThreadTimes.COMPILERS);
    }

    /** Processor time of the thread that applies commands, ns; 0 where there is none, and elsewhere than on Linux. */
    public long writerNs() throws IOException {
        return ThreadTimes.exactly(process.pid(), ThreadTimes.WRITER);
    }

    /** Resident memory, bytes; Linux only, else 0. */
    public long residentBytes() throws IOException {
        return Memory.bytes(Long.toString(process.pid()), "VmRSS:");
    }

    /** What it has said on its error output so far. */
    public String said() throws IOException {
        return Files.exists(errors) ? Files.readString(errors).strip() : "";
    }

    public void kill() throws IOException, InterruptedException {
        process.destroyForcibly();
        process.waitFor();
        forget();
    }

    private void forget() throws IOException {
        Files.deleteIfExists(errors);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException ending) {
            // it runs already, and finds the process gone
        }
    }

    /** Asks it to stop, as an operator would, and waits. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException("the server did not stop within two minutes");
            }
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        forget();
    }
}
