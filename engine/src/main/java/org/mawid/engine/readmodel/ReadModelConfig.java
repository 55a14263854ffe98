package org.mawid.engine.readmodel;

import java.nio.file.Path;

/**
 * Where the read side keeps its files and how much. Nothing here changes an answer, only how far back or how soon it is there.
 *
 * @param folder            the data directory; events go to {@code events/}, records to {@code records/}
 * @param journal           name of the journal whose events these are; files of another one are thrown away
 * @param eventTailBytes    newest events kept in memory for live followers, a power of two, 1 MiB to 1 GiB
 * @param eventSegmentBytes bytes of one file of events, 1 MiB to 1 GiB
 * @param eventKeepMs       how long events are kept at least, in log time, unless {@code eventMaxBytes} is reached
 * @param eventMaxBytes     most bytes of events on disk: the oldest go even before their time. 0 = none on disk, only in memory
 * @param recordsOn         false: records are not kept and {@link Records} answers READ_MODEL_BEHIND
 * @param recordsEntries    most applications, holds, appointments, stamps and payments together, 10 000 to 400 000 000
 * @param recordsLagMax     positions that the records may be behind before admission closes
 */
public record ReadModelConfig(Path folder, String journal, int eventTailBytes, int eventSegmentBytes, long eventKeepMs, long eventMaxBytes,
                              boolean recordsOn, long recordsEntries, long recordsLagMax) {
    private static final long DAY_MS = 86_400_000L;

    /** The defaults: 16 MiB of tail, segments of 32 MiB, 7 days or 16 GiB of events, 40 million records. */
    public static ReadModelConfig in(final Path folder, final String journal) {
        return new ReadModelConfig(folder, journal, 16 << 20, 32 << 20, 7 * DAY_MS, 16L << 30, true, 40_000_000L, 2_000_000L);
    }
}
