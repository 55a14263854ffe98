package org.mawid.engine;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** Paths, threads, sizes: how the engine runs on this machine, never what it answers. Immutable. */
public final class EngineConfig {
    private final Map<Setting, Object> values;

    private EngineConfig(final Map<Setting, Object> values) {
        this.values = values;
    }

    /** Every setting at its default, in that data directory. */
    public static EngineConfig at(final Path data) {
        return new EngineConfig(new EnumMap<>(Setting.class)).with(Setting.DATA, data.toString());
    }

    /**
     * @param textByKey by {@link Setting#key()}
     * @throws IllegalArgumentException naming the setting that is unknown, out of range or missing
     */
    public static EngineConfig of(final Map<String, String> textByKey) {
        EngineConfig config = new EngineConfig(new EnumMap<>(Setting.class));
        for (final Map.Entry<String, String> entry : textByKey.entrySet()) {
            config = config.with(Setting.byKey(entry.getKey()), entry.getValue());
        }
        if (!config.values.containsKey(Setting.DATA)) {
            throw new IllegalArgumentException(Setting.DATA.key() + " is missing: give the data directory");
        }
        return config;
    }

    /** @throws IllegalArgumentException naming the setting and its range, when {@code text} is not a value of it */
    public EngineConfig with(final Setting setting, final String text) {
        final Map<Setting, Object> next = new EnumMap<>(Setting.class);
        next.putAll(values);
        next.put(setting, setting.parse(text));
        return new EngineConfig(next);
    }

    /** @throws IllegalArgumentException naming the setting and its range, when {@code value} is not a value of it */
    public EngineConfig with(final Setting setting, final Object value) {
        return with(setting, String.valueOf(value));
    }

    public Path data() {
        return Path.of((String) values.get(Setting.DATA));
    }

    public long number(final Setting setting) {
        return (Long) value(setting);
    }

    public int integer(final Setting setting) {
        return Math.toIntExact(number(setting));
    }

    public boolean isOn(final Setting setting) {
        return (Boolean) value(setting);
    }

    public WaitKind waiting() {
        return (WaitKind) value(Setting.WAIT);
    }

    private Object value(final Setting setting) {
        return values.getOrDefault(setting, setting.defaultValue());
    }
}
