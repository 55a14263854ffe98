package org.mawid.bench.load;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryManagerMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** What a figure was measured on, as the machine says it of itself. */
final class Machine {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Machine() {
    }

    static JsonObject figures() {
        final Runtime runtime = Runtime.getRuntime();
        final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new JsonObject()
                .put("processor", processor(PROCESSORS))
                .put("cpus", runtime.availableProcessors())
                .put("memoryMiB", system.getTotalMemorySize() >> 20)
                .put("maxHeapMiB", runtime.maxMemory() >> 20)
                .put("java", System.getProperty("java.vm.name") + ' ' + System.getProperty("java.runtime.version"))
                .put("os", System.getProperty("os.name") + ' ' + System.getProperty("os.version") + ' ' + System.getProperty("os.arch"))
                .put("collectors", new JsonArray(ManagementFactory.getGarbageCollectorMXBeans().stream().map(MemoryManagerMXBean::getName).toList()))
                .put("loadAverage", system.getSystemLoadAverage());
    }

    /** The first one's name, and its clock when that is known; where the system does not tell, the kind of machine. @param list as Linux has it */
    static String processor(final Path list) {
        try (Stream<String> lines = Files.lines(list, StandardCharsets.UTF_8)) {
            final String[] said = lines.takeWhile(line -> !line.isBlank()).toArray(String[]::new);
            final String name = value(said, "model name");
            final String mhz = value(said, "cpu MHz");
            if (name.isEmpty()) {
                return System.getProperty("os.arch");
            }
            return mhz.isEmpty() ? name : String.format(Locale.ROOT, "%s, %.2f GHz", name, Double.parseDouble(mhz) / 1_000);
        } catch (final IOException | NumberFormatException notTold) {
            return System.getProperty("os.arch");
        }
    }

    private static String value(final String[] lines, final String name) {
        for (final String line : lines) {
            final int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).strip().equals(name)) {
                return line.substring(colon + 1).strip();
            }
        }
        return "";
    }
}
