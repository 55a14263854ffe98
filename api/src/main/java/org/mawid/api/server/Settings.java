package org.mawid.api.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.mawid.api.terminal.TerminalSetting;
import org.mawid.api.terminal.TerminalTimes;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.FileTrouble;
import org.mawid.engine.Setting;

/**
 * What was asked for, from flags, environment and a file in that order; the rest is at its default. Immutable. A name that nobody knows
 * is refused, wherever it stands: a misspelt limit must not silently be the default.
 */
public final class Settings {
    /** Names that the launcher script takes from the environment, not we. */
    private static final Set<String> LAUNCHER = Set.of("MAWID_HEAP", "MAWID_STATE", "MAWID_YOUNG", "MAWID_CDS", "MAWID_JAVA_OPTS");
    private static final String PREFIX = "MAWID_";

    private final EngineConfig engine;
    private final Map<EdgeSetting, String> edge;
    private final TerminalTimes terminalTimes;

    private Settings(final EngineConfig engine, final Map<EdgeSetting, String> edge, final TerminalTimes terminalTimes) {
        this.engine = engine;
        this.edge = edge;
        this.terminalTimes = terminalTimes;
    }

    /**
     * @param flags       by key, as given on the command line
     * @param environment of the process
     * @param file        properties, or null
     * @throws IllegalArgumentException in one line, naming the setting and where it stands
     * @throws IOException              the file cannot be read
     */
    public static Settings of(final Map<String, String> flags, final Map<String, String> environment, final Path file) throws IOException {
        final Map<String, String> found = new TreeMap<>();
        if (file != null) {
            found.putAll(fromFile(file));
        }
        found.putAll(fromEnvironment(environment));
        for (final Map.Entry<String, String> flag : flags.entrySet()) {
            requireKnown(flag.getKey(), "on the command line");
            found.put(flag.getKey(), flag.getValue());
        }
        final Map<EdgeSetting, String> edge = new EnumMap<>(EdgeSetting.class);
        for (final EdgeSetting setting : EdgeSetting.values()) {
            final String text = found.remove(setting.key());
            edge.put(setting, text == null ? setting.defaultText() : text);
        }
        final Map<TerminalSetting, String> terminal = new EnumMap<>(TerminalSetting.class);
        for (final TerminalSetting setting : TerminalSetting.values()) {
            final String text = found.remove(setting.key());
            terminal.put(setting, text == null ? setting.defaultText() : text);
        }
        if (!found.containsKey(Setting.DATA.key())) {
            throw new IllegalArgumentException("the data directory is missing: give --data DIR, or " + Setting.DATA.key() + " by --set, in the file of --config or as "
                    + environmentName(Setting.DATA.key()) + " in the environment");
        }
        final Settings settings = new Settings(EngineConfig.of(found), edge, TerminalTimes.of(terminal::get));
        settings.check();
        return settings;
    }

    private void check() {
        port(EdgeSetting.HTTP_PORT);
        port(EdgeSetting.GRPC_PORT);
        isOn(EdgeSetting.INSECURE);
        isOn(EdgeSetting.REFLECTION);
        number(EdgeSetting.REPLY_TIMEOUT_MS, 100, 30_000);
        number(EdgeSetting.HTTP_REQUEST_TIMEOUT_MS, 1_000, 600_000);
        number(EdgeSetting.CALENDAR_DAYS, 0, 400);
        number(EdgeSetting.GRPC_CONNECTIONS, 1, 100_000);
        bytes(EdgeSetting.HTTP_UNREAD_BYTES);
        bytes(EdgeSetting.GRPC_UNREAD_BYTES);
        bytes(EdgeSetting.GRPC_UNREAD_CONNECTION_BYTES);
        Tls.check(this);
        isOn(EdgeSetting.COOLING);
        number(EdgeSetting.COOLING_ERA_MS, 1_000, 2_592_000_000L);
        SignIn.check(this);
        CapabilityChoice.check(this);
        TreasuryLink.check(this);
        Statements.check(this);
        ClosingDesk.check(this);
        TreasuryRounds.check(this);
        Persons.check(this);
        Notifying.check(this);
        Limiting.check(this);
    }

    private static Map<String, String> fromFile(final Path file) throws IOException {
        final Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (final IOException e) {
            throw FileTrouble.unreadable(file, e);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("cannot read " + file + ": it has a \\u without four hexadecimal digits after it (a backslash itself is written \\\\)", e);
        }
        final Map<String, String> found = new TreeMap<>();
        for (final String key : properties.stringPropertyNames()) {
            requireKnown(key, "in " + file);
            found.put(key, properties.getProperty(key).trim());
        }
        return found;
    }

    private static Map<String, String> fromEnvironment(final Map<String, String> environment) {
        final Map<String, String> keyOf = new TreeMap<>();
        keys().forEach(key -> keyOf.put(environmentName(key), key));
        final Map<String, String> found = new TreeMap<>();
        for (final Map.Entry<String, String> variable : environment.entrySet()) {
            final String name = variable.getKey();
            if (name.startsWith(PREFIX) && !LAUNCHER.contains(name)) {
                final String key = keyOf.get(name);
                if (key == null) {
                    throw unknown(name, "in the environment", keyOf.keySet());
                }
                found.put(key, variable.getValue());
            }
        }
        return found;
    }

    /** The variable that stands for a key: capitals, and underscores for dots. */
    public static String environmentName(final String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private static void requireKnown(final String key, final String where) {
        final List<String> keys = keys();
        if (!keys.contains(key)) {
            throw unknown(key, where, keys);
        }
    }

    private static IllegalArgumentException unknown(final String name, final String where, final Iterable<String> known) {
        String nearest = "";
        int least = Integer.MAX_VALUE;
        for (final String candidate : known) {
            final int distance = distance(name, candidate);
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        final String hint = least <= 4 ? "did you mean " + nearest + "? " : "";
        return new IllegalArgumentException("unknown setting " + name + ' ' + where + ": " + hint + "'mawid settings' lists them all");
    }

    /** Edits that turn one word into another. */
    private static int distance(final String from, final String to) {
        int[] before = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            final int[] now = new int[to.length() + 1];
            now[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                final int same = before[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(same, 1 + Math.min(before[j], now[j - 1]));
            }
            before = now;
        }
        return before[to.length()];
    }

    /** Every key there is, the engine's first. */
    public static List<String> keys() {
        final List<String> keys = new ArrayList<>();
        for (final Setting setting : Setting.values()) {
            keys.add(setting.key());
        }
        for (final EdgeSetting setting : EdgeSetting.values()) {
            keys.add(setting.key());
        }
        for (final TerminalSetting setting : TerminalSetting.values()) {
            keys.add(setting.key());
        }
        return keys;
    }

    public EngineConfig engine() {
        return engine;
    }

    /** How long payment terminals may take. */
    public TerminalTimes terminalTimes() {
        return terminalTimes;
    }

    public String text(final EdgeSetting setting) {
        return edge.get(setting);
    }

    /** Separated by commas. */
    List<String> list(final EdgeSetting setting) {
        return text(setting).isBlank() ? List.of() : Arrays.stream(text(setting).split(",")).map(String::strip).toList();
    }

    public boolean isOn(final EdgeSetting setting) {
        return switch (text(setting)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(setting);
        };
    }

    public int port(final EdgeSetting setting) {
        return (int) number(setting, 0, 65_535);
    }

    public long number(final EdgeSetting setting, final long min, final long max) {
        try {
            final long value = Long.parseLong(text(setting));
            if (value >= min && value <= max) {
                return value;
            }
        } catch (final NumberFormatException e) {
            throw wrong(setting);
        }
        throw wrong(setting);
    }

    /** 4 MiB to 1 TiB; 0 = the default. */
    long bytes(final EdgeSetting setting) {
        final long bytes = number(setting, 0, 1L << 40);
        if (bytes > 0 && bytes < 4L << 20) {
            throw wrong(setting);
        }
        return bytes;
    }

    IllegalArgumentException wrong(final EdgeSetting setting) {
        return new IllegalArgumentException(setting.key() + " = " + text(setting) + " is not " + setting.range());
    }
}
