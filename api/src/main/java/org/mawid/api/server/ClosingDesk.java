package org.mawid.api.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.function.IntFunction;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.http.EdgeMetrics;
import org.mawid.api.stamp.document.SigningKeys;
import org.mawid.api.treasury.closing.ClosingWriter;
import org.mawid.api.treasury.closing.Closings;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.FileTrouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The daily closings of a server, as the settings want them. One thread. */
final class ClosingDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClosingDesk.class);
    private static final long MOST_AFTER_MS = 43_200_000;

    /** Up to when posts without money were looked at, in the edge's folder of the data directory. */
    private static final String QUIET = "closings.quiet";

    private final Path folder;
    private final Path quiet;
    private final long afterMs;
    private final Gateway gateway;
    private final SigningKeys keys;
    private volatile Closings closings;

    private ClosingDesk(final Path folder, final Path quiet, final long afterMs, final Gateway gateway, final SigningKeys keys) {
        this.folder = folder;
        this.quiet = quiet;
        this.afterMs = afterMs;
        this.gateway = gateway;
        this.keys = keys;
    }

    /** @throws IllegalArgumentException in one line: what is wrong, and what may be given */
    static void check(final Settings settings) {
        settings.number(EdgeSetting.CLOSINGS_AFTER_MS, 0, MOST_AFTER_MS);
    }

    static ClosingDesk of(final Settings settings, final Gateway gateway, final SigningKeys keys) {
        final String named = settings.text(EdgeSetting.CLOSINGS_FOLDER);
        final DataDirectory directory = new DataDirectory(settings.engine().data());
        return new ClosingDesk(named.isEmpty() ? directory.closings() : Path.of(named), directory.edge().resolve(QUIET), settings.number(EdgeSetting.CLOSINGS_AFTER_MS, 0, MOST_AFTER_MS), gateway, keys);
    }

    ClosingDesk countedBy(final EdgeMetrics metrics) {
        metrics.countClosings(() -> closings == null ? 0 : closings.overdue());
        return this;
    }

    /** Closes what is due, now and from now on. @param zones of posts by id */
    Closings begin(final IntFunction<ZoneId> zones) {
        closings = new Closings(gateway.engine(), gateway::nowMs, zones, afterMs, folder, quiet, bytes -> keys.sign(ClosingWriter.TYPE, bytes));
        try {
            closings.begin();
        } catch (final IOException trouble) {
            LOG.error("days are closed only when somebody asks: {}", FileTrouble.of(trouble));
        }
        return closings;
    }

    /** Null before {@link #begin}. */
    Closings all() {
        return closings;
    }

    @Override
    public void close() {
        if (closings != null) {
            closings.close();
        }
    }
}
