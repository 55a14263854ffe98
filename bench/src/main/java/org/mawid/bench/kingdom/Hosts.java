package org.mawid.bench.kingdom;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mawid.api.network.Network;
import org.mawid.api.network.NetworkImport;
import org.mawid.api.network.NetworkImport.Existing;
import org.mawid.api.network.NetworkImport.Publication;
import org.mawid.api.network.Schedule;
import org.mawid.api.server.EdgeSetting;
import org.mawid.bench.process.Server;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.EngineStartException;
import org.mawid.engine.Setting;

/** Engines for a history: simulations, in which the generator says what time it is, with the real network in them. */
final class Hosts {
    /** A year of the log passes in some fifteen seconds: what has ended is looked for that much more often than in life. */
    private static final String RETIRE_EVERY_MS = "500";
    private static final String REPLY_TIMEOUT_MS = "30000";

    private Hosts() {
    }

    /** What differs from how an engine runs by itself, but for the simulation. */
    private static Map<Setting, String> settings(final boolean records) {
        final Map<Setting, String> settings = new LinkedHashMap<>();
        settings.put(Setting.RECORDS, Boolean.toString(records));
        settings.put(Setting.RETIRE_EVERY_MS, RETIRE_EVERY_MS);
        return settings;
    }

    static EngineConfig config(final Path data, final boolean records) {
        EngineConfig config = EngineConfig.at(data).with(Setting.SIMULATION, true);
        for (final Map.Entry<Setting, String> setting : settings(records).entrySet()) {
            config = config.with(setting.getKey(), setting.getValue());
        }
        return config;
    }

    /** The catalogue and the first days, by the import that operators use, at the first instant of the history. */
    static void bring(final EmbeddedEngine engine, final Network network) {
        final LocalDate first = History.FIRST_DATE;
        final long startMs = first.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        engine.advanceTo(startMs);
        new NetworkImport(engine, 1, () -> startMs, (phase, done, total) -> { })
                .run(new Schedule(network), new Publication(first, History.lastDatePublishedBefore(), first, Existing.KEEP, NetworkImport.Others.REFUSE, true));
    }

    /** {@code mawid serve --simulation}, with the network in its directory already. @param more further engine settings by key */
    static Server server(final Path program, final Path data, final Network network, final boolean records, final Map<String, String> more)
            throws IOException, EngineStartException {
        try (EmbeddedEngine engine = EmbeddedEngine.start(config(data, false))) {
            bring(engine, network);
        }
        final List<String> flags = new ArrayList<>(List.of("--simulation", "--set", EdgeSetting.REPLY_TIMEOUT_MS.key() + '=' + REPLY_TIMEOUT_MS));
        settings(records).forEach((setting, value) -> flags.addAll(List.of("--set", setting.key() + '=' + value)));
        more.forEach((key, value) -> flags.addAll(List.of("--set", key + '=' + value)));
        return Server.start(program, data, flags);
    }
}
