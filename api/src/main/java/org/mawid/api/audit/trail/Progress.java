package org.mawid.api.audit.trail;

/**
 * How far the log was read.
 *
 * @param journal      of which log, see {@link org.mawid.engine.readmodel.EventLog#journal}
 * @param position     all up to it is in
 * @param nowMs        log time of it, ms since 1970-01-01 UTC
 * @param crc          of the command at it: with the log time, whether the log is still the same up to there
 * @param exactAfterMs of applications that were submitted later nothing is missing; -1 = of none. Log time, ms since 1970-01-01 UTC
 * @param opening      number of an application: those before it were submitted before that position
 */
record Progress(String journal, long position, long nowMs, long crc, long exactAfterMs, long opening) {
    /** With which rows are written; of another one the index is made anew. */
    private static final long FORMAT = 1;
    private static final int LONGS = 6;

    static Progress none(final String journal) {
        return new Progress(journal, 0, 0, 0, -1, 1);
    }

    long[] longs() {
        return new long[] {FORMAT, position, nowMs, crc, exactAfterMs, opening};
    }

    /** Null = of another format. */
    static Progress of(final String journal, final long[] kept) {
        return journal == null || kept.length != LONGS || kept[0] != FORMAT ? null : new Progress(journal, kept[1], kept[2], kept[3], kept[4], kept[5]);
    }
}
