package org.mawid.bench.load;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import org.mawid.api.Version;
import picocli.CommandLine.Option;

/** The options that every benchmark has, the line that shows how far it is, and its result: one JSON object with the machine beside the figures. */
public final class Output {
    @Option(names = "--json", paramLabel = "FILE", description = "Write the result there as JSON too.")
    private Path json;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "10", description = "How long each measured part runs, after its warm-up: ${DEFAULT-VALUE}.")
    private int seconds;

    private final PrintStream progress = System.err;
    private final boolean terminal = System.console() != null;
    private long lastShownNs;

    public int seconds() {
        return seconds;
    }

    /** Shows where the run stands: at most once a second, in place on a terminal. */
    public void progress(final String format, final Object... arguments) {
        final long nowNs = System.nanoTime();
        if (nowNs - lastShownNs > 1_000_000_000L) {
            lastShownNs = nowNs;
            final String line = String.format(Locale.ROOT, format, arguments);
            progress.print(terminal ? "\r\u001b[K" + line : line + "\n");
            progress.flush();
        }
    }

    /** Ends the progress line, prints the result on standard output and writes it to the file when one was asked for. */
    public void result(final JsonObject result) throws IOException {
        if (terminal) {
            progress.print("\r\u001b[K");
        }
        final JsonObject all = new JsonObject().put("when", Instant.now().toString()).put("version", Version.number()).put("machine", machine())
                .mergeIn(result);
        final String text = all.encodePrettily();
        System.out.println(text);
        if (json != null) {
            Files.writeString(json, text + "\n", StandardCharsets.UTF_8);
        }
    }

    private static JsonObject machine() {
        final Runtime runtime = Runtime.getRuntime();
        return new JsonObject()
                .put("cpus", runtime.availableProcessors())
                .put("maxHeapMiB", runtime.maxMemory() >> 20)
                .put("java", System.getProperty("java.vm.name") + ' ' + System.getProperty("java.runtime.version"))
                .put("os", System.getProperty("os.name") + ' ' + System.getProperty("os.version") + ' ' + System.getProperty("os.arch"))
                .put("collectors", new JsonArray(java.lang.management.ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(java.lang.management.MemoryManagerMXBean::getName).toList()))
                .put("loadAverage", java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** A rate, to three digits that mean something. */
    public static double perSecond(final long count, final long nanos) {
        return rounded(count * 1e9 / nanos);
    }

    public static double rounded(final double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value;
        }
        final double scale = Math.pow(10, 3 - (int) Math.ceil(Math.log10(Math.abs(value))));
        return Math.round(value * scale) / scale;
    }
}
