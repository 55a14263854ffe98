package org.mawid.bench.peer.foreign;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mawid.bench.peer.work.BlockingDrive;
import org.mawid.bench.peer.work.Calendar;
import org.mawid.bench.peer.work.Drive;
import org.mawid.bench.peer.work.Line;
import org.mawid.bench.peer.work.Peer;
import org.mawid.bench.peer.work.PeerName;

/**
 * What servers that are not ours have in common: a process, a connection and a thread for each client, somebody who ends holds whose time
 * is over, and that they are asked whether they wait for the disk.
 *
 * @param <C> a connection, as every client has one
 */
public abstract class ForeignPeer<C extends AutoCloseable> implements Peer {
    private static final long START_MS = 60_000;
    private static final long LOOK_MS = 20;

    private final PeerName name;
    private final PeerProcess process;
    private final Calendar calendar;
    private C sweeping;
    private Sweeper sweeper;
    private volatile int holdTtlMs = HOLD_TTL_MS;

    protected ForeignPeer(final PeerName name, final PeerProcess process, final Calendar calendar) {
        this.name = name;
        this.process = process;
        this.calendar = calendar;
    }

    /** As every client connects. */
    protected abstract C connect() throws Exception;

    /** Asks something that is always answered. */
    protected abstract void ping(C connection) throws Exception;

    /** Brings the calendar. */
    protected abstract void load(C connection) throws Exception;

    protected abstract Sweeper.Sweep sweep(C connection) throws Exception;

    protected abstract Line line(C connection) throws Exception;

    /** What must be set so, or it does not wait for the disk. */
    protected abstract Map<String, String> durableSettings();

    /** How a setting is set, according to the server. */
    protected abstract String shown(C connection, String setting) throws Exception;

    protected abstract String version(C connection) throws Exception;

    /** In a few words. */
    protected abstract String client();

    /** That are not at their default. */
    protected abstract Object settings(C connection) throws Exception;

    /** Waits until the process answers, and brings what the work begins with. When that fails, the process is ended. */
    protected final void begin() throws Exception {
        try {
            awaitStarted();
            try (C connection = connect()) {
                load(connection);
            }
            sweeping = connect();
            sweeper = new Sweeper(name.name(), sweep(sweeping));
        } catch (final Exception e) {
            close();
            throw e;
        }
    }

    private void awaitStarted() throws IOException, InterruptedException {
        final long dueNs = System.nanoTime() + START_MS * 1_000_000L;
        while (true) {
            try (C connection = connect()) {
                ping(connection);
                return;
            } catch (final Exception notYet) {
                if (!process.isAlive() || System.nanoTime() - dueNs > 0) {
                    throw new IOException(name + " did not start: " + process.said(), notYet);
                }
            }
            Thread.sleep(LOOK_MS);
        }
    }

    /** Of holds to come. */
    public final void holdTtlMs(final int ms) {
        holdTtlMs = ms;
    }

    protected final int holdTtlMs() {
        return holdTtlMs;
    }

    @Override
    public final PeerName name() {
        return name;
    }

    @Override
    public final Calendar calendar() {
        return calendar;
    }

    @Override
    public final String durability() throws Exception {
        try (C connection = connect()) {
            final List<String> said = new ArrayList<>();
            boolean waits = true;
            for (final Map.Entry<String, String> setting : new TreeMap<>(durableSettings()).entrySet()) {
                final String shown = shown(connection, setting.getKey());
                waits &= setting.getValue().equals(shown);
                said.add(setting.getKey() + '=' + shown);
            }
            if (!waits) {
                throw new IllegalStateException(name + " does not wait for the disk (" + String.join(", ", said) + "): it is not compared");
            }
            return String.join(", ", said);
        }
    }

    @Override
    public final JsonObject about() throws Exception {
        try (C connection = connect()) {
            return new JsonObject().put("version", version(connection)).put("client", client()).put("settings", settings(connection));
        }
    }

    @Override
    public final Drive drive(final int clients) throws Exception {
        final List<Line> lines = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            lines.add(line(connect()));
        }
        return new BlockingDrive(name.name(), lines);
    }

    @Override
    public final long cpuNs() throws IOException {
        return process.cpuNs();
    }

    @Override
    public final long compilerNs() {
        return 0;
    }

    @Override
    public final void close() throws IOException {
        try {
            if (sweeper != null) {
                sweeper.close();
            }
            if (sweeping != null) {
                sweeping.close();
            }
        } catch (final Exception e) {
            throw new IOException(name + " could not be left in order: " + e.getMessage(), e);
        } finally {
            process.close();
        }
    }
}
