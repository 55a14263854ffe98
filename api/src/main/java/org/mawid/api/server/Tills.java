package org.mawid.api.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.http.EdgeMetrics;
import org.mawid.api.http.TerminalFigures;
import org.mawid.api.terminal.Incident;
import org.mawid.api.terminal.TerminalTimes;
import org.mawid.api.terminal.engine.EngineTill;
import org.mawid.api.terminal.engine.PlacesFile;
import org.mawid.engine.DataDirectory;

/** The payment terminals of a server, if it has any. */
final class Tills implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** Null = it has none. */
    private final PlacesFile places;
    private final long reloadMs;
    private final TerminalTimes times;
    private final String id;
    private final Path folder;
    private volatile EngineTill till;
    private ScheduledExecutorService looking;

    private Tills(final PlacesFile places, final long reloadMs, final TerminalTimes times, final String id, final Path folder) {
        this.places = places;
        this.reloadMs = reloadMs;
        this.times = times;
        this.id = id;
        this.folder = folder;
    }

    /**
     * @throws IllegalArgumentException in one line that says where and what to do
     * @throws IOException              the list of terminals cannot be read
     */
    static Tills of(final Settings settings) throws IOException {
        final String file = settings.text(EdgeSetting.TERMINALS_FILE);
        final String id = settings.text(EdgeSetting.TILL_ID);
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(EdgeSetting.TILL_ID.key() + " = " + id + " is not " + EdgeSetting.TILL_ID.range());
        }
        return new Tills(file.isEmpty() ? null : PlacesFile.open(Path.of(file)), settings.number(EdgeSetting.TERMINALS_RELOAD_MS, 100, 86_400_000), settings.terminalTimes(), id,
                new DataDirectory(settings.engine().data()).edge());
    }

    Tills countedBy(final EdgeMetrics metrics) {
        metrics.countTerminals(new TerminalFigures() {
            @Override
            public int configured() {
                return places == null ? 0 : places.inForce().count();
            }

            @Override
            public int ready() {
                return till == null ? 0 : till.ready();
            }

            @Override
            public Map<Incident.Kind, Long> incidents() {
                return till == null ? Map.of() : till.incidents();
            }
        });
        return this;
    }

    void start(final Gateway gateway) {
        if (places == null) {
            return;
        }
        try {
            till = EngineTill.start(gateway, places.inForce(), times, id, folder);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the terminals were being connected", e);
        }
        looking = Executors.newSingleThreadScheduledExecutor(task -> {
            final Thread made = new Thread(task, "mawid-terminals-list");
            made.setDaemon(true);
            return made;
        });
        looking.scheduleWithFixedDelay(this::look, reloadMs, reloadMs, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (places.look()) {
            till.use(places.inForce());
        }
    }

    /** Null when this server speaks to no terminals. From {@link #start} on. */
    EngineTill till() {
        return till;
    }

    @Override
    public void close() {
        if (looking != null) {
            looking.shutdownNow();
        }
        if (till != null) {
            till.close();
        }
    }
}
