package org.mawid.bench.peer.foreign;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mawid.bench.load.Engines;
import org.mawid.bench.process.TreeTimes;

/**
 * A server that is not ours, in a process and a folder of its own. Both are gone when this is closed, and when this process ends in any
 * way that it can notice: Ctrl-C as well.
 */
public final class PeerProcess implements Closeable {
    private static final long STOP_SECONDS = 20;
    private static final int PASSWORD_BYTES = 16;
    private static final int MOST_SAID = 2_000;

    private final String name;
    private final Path folder;
    private final List<String> as;
    private final Thread hook = new Thread(this::end, "end of a peer");
    private Process process;
    private List<String> stop = List.of();
    private boolean ended;

    private PeerProcess(final String name, final Path folder, final List<String> as) {
        this.name = name;
        this.folder = folder;
        this.as = as;
    }

    /**
     * Makes the folder.
     *
     * @param near where, null = the temporary folder
     * @param user whose folder it is and who runs what is in it, null = who runs us
     */
    public static PeerProcess in(final Path near, final String name, final String user) throws IOException, InterruptedException {
        final String prefix = "mawid-bench-" + name;
        final Path folder = near == null ? Files.createTempDirectory(prefix) : Files.createTempDirectory(near, prefix);
        final PeerProcess made = new PeerProcess(name, folder, user == null ? List.of() : as(user));
        Runtime.getRuntime().addShutdownHook(made.hook);
        if (user != null) {
            Files.setOwner(folder, folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
        }
        return made;
    }

    /** How root runs something as another user: without a process between, where that can be had. */
    private static List<String> as(final String user) throws IOException, InterruptedException {
        if (Installed.has("setpriv")) {
            final Process id = new ProcessBuilder("id", "-g", user).start();
            final String group = new String(id.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            if (id.waitFor() == 0) {
                return List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups", "--");
            }
        }
        return List.of("runuser", "-u", user, "--");
    }

    public Path folder() {
        return folder;
    }

    /** A port that nobody listens on now. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public static String newPassword() {
        final byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Runs something to its end. @throws IOException it failed; with what it said */
    public void run(final List<String> command) throws IOException, InterruptedException {
        begin(command);
        if (process.waitFor() != 0) {
            throw new IOException(command.get(0) + " failed: " + said());
        }
    }

    /** Starts the server. @param howToStop a command that stops it at once, empty = by a signal */
    public void start(final List<String> command, final List<String> howToStop) throws IOException {
        begin(command);
        stop = howToStop;
    }

    private synchronized void begin(final List<String> command) throws IOException {
        if (ended) {
            throw new IOException(name + " is being ended");
        }
        process = new ProcessBuilder(all(command)).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())).start();
    }

    private List<String> all(final List<String> command) {
        final List<String> all = new ArrayList<>(as);
        all.addAll(command);
        return all;
    }

    private Path log() {
        return folder.resolve("said.log");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has said last. */
    String said() throws IOException {
        final String all = Files.exists(log()) ? Files.readString(log()).strip() : "";
        return all.substring(Math.max(0, all.length() - MOST_SAID));
    }

    /** Of the server and all that it has started. */
    long cpuNs() throws IOException {
        return TreeTimes.ns(process.toHandle());
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException ending) {
            // it runs already, and finds everything ended
        }
    }

    /** Once; whoever comes second waits. */
    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            if (process != null && process.isAlive()) {
                stop();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final IOException e) {
            System.err.println(name + " could not be stopped: " + e.getMessage());
        } finally {
            if (process != null) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
        Engines.delete(folder);
    }

    private void stop() throws IOException, InterruptedException {
        if (stop.isEmpty()) {
            process.destroy();
        } else {
            // Where Ctrl-C has reached it too, there is nothing left to stop and this says so.
            new ProcessBuilder(all(stop)).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                    .waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        }
        process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
