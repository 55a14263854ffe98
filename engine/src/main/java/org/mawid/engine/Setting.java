package org.mawid.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Every property of the engine, with its default, its range and what it is for. Nothing here can change an answer of the core:
 * what could (limits, hold time, tariffs) enters by the log. All are read once, at start.
 */
public enum Setting {
    /** The data directory: journal, snapshots, archive, read models. One process at a time. No default. */
    DATA("mawid.data", "The data directory: journal, snapshots, archive, records. One process at a time. It has no default."),

    /** Whether log time is supplied by the submitter. Only on an empty directory, which is marked and can never be served live. */
    SIMULATION("mawid.simulation", false, "Log time is supplied by the submitter; only on an empty directory, which can never be served live."),

    /**
     * Entries of the ring, a power of two: how many commands can be on their way at once. 256 to 1 048 576, default 16 384.
     * Each takes 1 KiB; one in 64 is kept for what the engine does by itself. More entries make larger groups on disk and a longer wait when it is slow.
     */
    RING_ENTRIES("mawid.ring.entries", 16_384L, 256L, 1L << 20,
            "Commands that can be on their way at once, 192 bytes of memory each, 1 KiB more where a long one was. More make larger groups on disk, and a longer wait when it is slow."),

    /** How the stages wait, see {@link WaitKind}. Default PHASED: the lowest tail on a machine with fewer cores than stages, and idle at rest. */
    WAIT("mawid.ring.wait", WaitKind.PHASED,
            "How the stages of the ring wait for work. PHASED has the lowest tail where cores are fewer than stages, and is idle at rest."),

    /** Bytes for events between core and projection, a power of two. 256 KiB to 1 GiB, default 8 MiB. */
    EVENT_BUFFER_BYTES("mawid.ring.event.buffer.bytes", 8L << 20, 256L << 10, 1L << 30,
            "Room for events between the core and what is read, in bytes."),

    /** Commands whose operands are fetched into the cache together before they are applied. 0 (off) to 256, default 64. Source: measured. */
    PREFETCH("mawid.core.prefetch", 64L, 0L, 256L,
            "Commands whose operands are fetched into the processor's cache together before they are applied; 0 = off."),

    /** Most bytes of one group of the journal, that is of one write and sync. A multiple of 4 096, 8 KiB to 4 MiB, default 1 MiB. */
    GROUP_BYTES("mawid.journal.group.bytes", 1L << 20, 8L << 10, 4L << 20,
            "Most of one group of the journal, that is of one write and sync, in bytes."),

    /** Bytes of one journal segment, filled with zeros before use. A multiple of 4 096, 256 KiB to 1 GiB, default 64 MiB. */
    SEGMENT_BYTES("mawid.journal.segment.bytes", 64L << 20, 256L << 10, 1L << 30, "One file of the journal, filled with zeros before use, in bytes."),

    /** Whether the journal goes around the page cache where the file system allows. Default true. */
    DIRECT_IO("mawid.journal.direct", true, "The journal goes around the page cache, where the file system allows."),

    /** How long the journal is idle before an empty group seals the last acknowledgement. Milliseconds, 10 to 60 000, default 200. */
    IDLE_SEAL_MS("mawid.journal.seal.ms", 200L, 10L, 60_000L,
            "How long the journal is idle before an empty group seals the last acknowledgement, in ms."),

    /** How fast the host's time may be drawn towards wall time. Parts in a million, 10 to 100 000, default 500: above the drift of a bad quartz. */
    CLOCK_SLEW_PPM("mawid.clock.slew.ppm", 500L, 10L, 100_000L,
            "How fast the engine's time may be drawn towards the wall clock, in parts in a million; the default is above the drift of a bad quartz."),

    /** Log positions after which the next snapshot is begun. 1 000 to 10^12, default 5 000 000: about two seconds of replay. */
    SNAPSHOT_RECORDS("mawid.snapshot.records", 5_000_000L, 1_000L, 1_000_000_000_000L,
            "Commands in the log after which the next snapshot is begun; the default is about two seconds of replay."),

    /** Time after which the next snapshot is begun if anything changed. Milliseconds, 1 000 to 30 days, default 15 minutes. */
    SNAPSHOT_EVERY_MS("mawid.snapshot.every.ms", 900_000L, 1_000L, 30L * 86_400_000L,
            "Time after which the next snapshot is begun if anything changed, in ms."),

    /** Share of one core that a snapshot being made may take, and lost events being brought back, percent, 5 to 100, default 30. Less is gentler on the tail and takes longer. */
    SNAPSHOT_SHARE("mawid.snapshot.share.percent", 30L, 5L, 100L,
            "Most of one core that a snapshot takes while it is made, and lost events while they are brought back, in percent; less takes longer."),

    /** Whether a clean stop writes a snapshot; without one it logs the state hash all the same, which reads all the state. Default true. */
    SNAPSHOT_AT_STOP("mawid.snapshot.at.stop", true, "A clean stop writes a snapshot; without one it logs the state hash all the same."),

    /** How often the engine looks for applications that ended long enough ago, and whose persons have their budget of holds back, to archive and retire. Milliseconds, 0 (never) to 1 day, default 60 000. */
    RETIRE_EVERY_MS("mawid.retire.every.ms", 60_000L, 0L, 86_400_000L,
            "How often applications that ended long enough ago are looked for, to be archived and to leave memory, in ms; 0 = never."),

    /** How long events can be followed from an old cursor. Milliseconds of log time, 1 minute to 1 year, default 7 days. */
    EVENTS_KEEP_MS("mawid.events.keep.ms", 7L * 86_400_000L, 60_000L, 365L * 86_400_000L,
            "How long events can be followed from an old cursor, in ms of log time."),

    /** Most bytes of events on disk: the oldest go even before their time. 0 (only in memory) to 2^50, default 16 GiB. */
    EVENTS_MAX_BYTES("mawid.events.max.bytes", 16L << 30, 0L, 1L << 50,
            "Most of events on disk, in bytes: the oldest go even before their time; 0 = only in memory."),

    /** Most applications, holds, appointments and stamps together that can be read by number. 10 000 to 400 000 000, default 40 000 000. */
    RECORDS_ENTRIES("mawid.records.entries", 40_000_000L, 10_000L, 400_000_000L,
            "Most applications, holds, appointments and stamps together that can be read by reference."),

    /** Whether applications, appointments and stamps can be read by number (Chronicle Map). Default true. */
    RECORDS("mawid.records", true, "Applications, holds, appointments and stamps can be read by reference."),

    /** How far the records may be behind before new commands are answered UNAVAILABLE; sooner when their queue, 1 to 16 MiB by this figure, is half full. Positions, 10 000 to 10^9, default 2 000 000. */
    RECORDS_LAG_MAX("mawid.records.lag.max", 2_000_000L, 10_000L, 1_000_000_000L,
            "How many commands the records may be behind before new ones are answered UNAVAILABLE; sooner when their queue, 1 to 16 MiB by this figure, is half full.");

    private final String key;
    private final Object defaultValue;
    private final long min;
    private final long max;
    private final String purpose;

    Setting(final String key, final String purpose) {
        this(key, "", 0, 0, purpose);
    }

    Setting(final String key, final boolean defaultValue, final String purpose) {
        this(key, defaultValue, 0, 0, purpose);
    }

    Setting(final String key, final WaitKind defaultValue, final String purpose) {
        this(key, defaultValue, 0, 0, purpose);
    }

    Setting(final String key, final Object defaultValue, final long min, final long max, final String purpose) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.min = min;
        this.max = max;
        this.purpose = purpose;
    }

    /** Name in files and, with underscores and capitals, in the environment. */
    public String key() {
        return key;
    }

    /** As text; empty when there is none and one must be given. */
    public String defaultText() {
        return String.valueOf(defaultValue);
    }

    /** What may be given, for help and errors. */
    public String range() {
        if (defaultValue instanceof Long) {
            return min + " to " + max + (isPowerOfTwo() ? ", a power of two" : multiple() > 1 ? ", a multiple of " + multiple() : "");
        }
        if (defaultValue instanceof Boolean) {
            return "true or false";
        }
        return defaultValue instanceof WaitKind ? Arrays.stream(WaitKind.values()).map(Enum::name).collect(Collectors.joining(", ")) : "a path";
    }

    /** One line for help, with the unit. */
    public String purpose() {
        return purpose;
    }

    /** @throws IllegalArgumentException with the name, when there is no such setting */
    public static Setting byKey(final String key) {
        for (final Setting setting : values()) {
            if (setting.key.equals(key)) {
                return setting;
            }
        }
        throw new IllegalArgumentException("unknown setting: " + key);
    }

    Object defaultValue() {
        return defaultValue;
    }

    /** @throws IllegalArgumentException with name, value and range, when {@code text} is not one */
    Object parse(final String text) {
        try {
            if (defaultValue instanceof Long) {
                final long value = Long.parseLong(text.replace("_", ""));
                if (value >= min && value <= max && value % multiple() == 0 && (!isPowerOfTwo() || Long.bitCount(value) == 1)) {
                    return value;
                }
            } else if (defaultValue instanceof Boolean) {
                if ("true".equals(text) || "false".equals(text)) {
                    return Boolean.valueOf(text);
                }
            } else if (defaultValue instanceof WaitKind) {
                return WaitKind.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
            } else if (!text.isBlank()) {
                return text;
            }
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(wrong(text), e);
        }
        throw new IllegalArgumentException(wrong(text));
    }

    private boolean isPowerOfTwo() {
        return this == RING_ENTRIES || this == EVENT_BUFFER_BYTES;
    }

    private long multiple() {
        return this == GROUP_BYTES || this == SEGMENT_BYTES ? 4_096 : 1;
    }

    private String wrong(final String text) {
        return key + " cannot be '" + text + "': give " + range();
    }
}
