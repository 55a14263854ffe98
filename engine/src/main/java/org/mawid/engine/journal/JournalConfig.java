package org.mawid.engine.journal;

import java.nio.file.Path;
import java.util.function.IntFunction;

/**
 * How a journal is opened. Begin with {@link #in}, then change what differs.
 *
 * @param folder where it lives
 * @param disk how it is stored
 * @param owner one line of text for whoever finds the folder locked
 * @param newId identity for the journal if one is created; random, from the caller
 * @param simulation whether log time is supplied by a bench; must be what the folder was created with
 * @param schemaWord kept in each new segment, not interpreted here
 * @param wordFault what keeps the caller from reading a segment with such a word, said of the segment; null = nothing. Asked of every segment
 *     before anything is changed
 * @param segmentBytes size of new segments, 256 KiB to 1 GiB, a multiple of 4 096; default 64 MiB
 * @param groupBytes most bytes in one group, 8 KiB to 4 MiB, a multiple of 4 096; default 1 MiB
 * @param roomWaitMs longest wait for a segment that is being made, ms; default 5 000
 * @param retryMs pause after a segment could not be made, ms; default 500
 * @param background whether segments are made on a thread of their own (default) or by the writer when it asks for room, which makes
 *     a simulation repeatable
 */
public record JournalConfig(
        Path folder, Disk disk, String owner, JournalId newId, boolean simulation, int schemaWord, IntFunction<String> wordFault,
        long segmentBytes, int groupBytes, long roomWaitMs, long retryMs, boolean background) {
    public static final long MIN_SEGMENT_BYTES = 256 * 1024;
    public static final long MAX_SEGMENT_BYTES = 1L << 30;
    public static final int MIN_GROUP_BYTES = 2 * Format.BLOCK_BYTES;
    public static final int MAX_GROUP_BYTES = Format.MAX_GROUP_BYTES;

    public JournalConfig {
        check("segmentBytes", segmentBytes, MIN_SEGMENT_BYTES, MAX_SEGMENT_BYTES);
        check("groupBytes", groupBytes, MIN_GROUP_BYTES, MAX_GROUP_BYTES);
        if (roomWaitMs < 0 || retryMs < 1) {
            throw new IllegalArgumentException("roomWaitMs " + roomWaitMs + ", retryMs " + retryMs);
        }
    }

    /** @param newId random; used only if the folder holds no journal yet */
    public static JournalConfig in(final Path folder, final Disk disk, final JournalId newId) {
        return new JournalConfig(folder, disk, "mawid", newId, false, 0, word -> null, 64L << 20, 1 << 20, 5_000, 500, true);
    }

    public JournalConfig withOwner(final String text) {
        return new JournalConfig(
                folder, disk, text, newId, simulation, schemaWord, wordFault, segmentBytes, groupBytes, roomWaitMs, retryMs, background);
    }

    public JournalConfig withSimulation(final boolean on) {
        return new JournalConfig(
                folder, disk, owner, newId, on, schemaWord, wordFault, segmentBytes, groupBytes, roomWaitMs, retryMs, background);
    }

    public JournalConfig withSchemaWord(final int word) {
        return withSchemaWord(word, wordFault);
    }

    /** @param fault as {@code wordFault} */
    public JournalConfig withSchemaWord(final int word, final IntFunction<String> fault) {
        return new JournalConfig(
                folder, disk, owner, newId, simulation, word, fault, segmentBytes, groupBytes, roomWaitMs, retryMs, background);
    }

    /** @param segment bytes in a new segment; @param group most bytes in a group */
    public JournalConfig withSizes(final long segment, final int group) {
        return new JournalConfig(
                folder, disk, owner, newId, simulation, schemaWord, wordFault, segment, group, roomWaitMs, retryMs, background);
    }

    /** @param waitMs longest wait for a segment being made; @param pauseMs after one could not be made */
    public JournalConfig withPatience(final long waitMs, final long pauseMs) {
        return new JournalConfig(
                folder, disk, owner, newId, simulation, schemaWord, wordFault, segmentBytes, groupBytes, waitMs, pauseMs, background);
    }

    public JournalConfig withBackground(final boolean on) {
        return new JournalConfig(
                folder, disk, owner, newId, simulation, schemaWord, wordFault, segmentBytes, groupBytes, roomWaitMs, retryMs, on);
    }

    private static void check(final String name, final long bytes, final long min, final long max) {
        if (bytes < min || bytes > max || bytes % Format.BLOCK_BYTES != 0) {
            throw new IllegalArgumentException(name + " " + bytes + " is not a multiple of 4096 from " + min + " to " + max);
        }
    }
}
