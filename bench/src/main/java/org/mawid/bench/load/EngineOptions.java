package org.mawid.bench.load;

import java.nio.file.Path;
import java.util.Map;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Setting;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of benchmarks that start an engine in their own process. */
public final class EngineOptions {
    @Option(names = "--data", paramLabel = "DIR", description = "Folder on the disk to measure; default: the temporary folder.")
    private Path data;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "An engine setting, may be repeated, as in mawid.ring.entries=4096.")
    private Map<String, String> settings = Map.of();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec benchmark;

    /** Null: the temporary folder. */
    public Path data() {
        return data;
    }

    /** The benchmark's own settings, and those that were given on its command line. */
    public EngineConfig on(final EngineConfig own) {
        EngineConfig config = own;
        try {
            for (final Map.Entry<String, String> setting : settings.entrySet()) {
                config = config.with(Setting.byKey(setting.getKey()), setting.getValue());
            }
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(benchmark.commandLine(), e.getMessage(), e);
        }
        return config;
    }

    /** For a result: empty when there are none. */
    public Map<String, String> settings() {
        return settings;
    }
}
