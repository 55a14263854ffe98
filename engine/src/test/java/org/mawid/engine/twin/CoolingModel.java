package org.mawid.engine.twin;

import java.util.TreeMap;
import org.mawid.engine.testkit.Command;

/** The part of the {@link Model} that came with core version 7: rules of waiting, and room that was given back and is kept for those who wait. */
final class CoolingModel {
    Command.WaitlistRules rules = Command.WaitlistRules.DEFAULT;
    boolean rulesSet;
    /** When all queues were looked at because a day began. */
    int span;
    /** The one before, and up to which post it was found out what was released since then. */
    int sinceSpan;
    int releasedPost;
    static final int ALL_POSTS = 4_095;
    static final long SPAN_MS = 600_000;
    int lookedPost;
    int searchedPost;
    final TreeMap<Long, Run> runs = new TreeMap<>();
    long lastRun;
    /** Where it was said: least and most, ms. */
    final TreeMap<Integer, Command.SetCooling> services = new TreeMap<>();
    /** Hashes of the secrets that are not revealed. */
    final TreeMap<Long, Command.Words> eras = new TreeMap<>();
    long era;

    /** Units of one day that are kept, all with so many places. */
    static final class Run {
        final long id;
        final long cooling;
        final Model.Post post;
        final Model.DayKey key;
        final int from;
        final int units;
        final int places;
        final long sinceMs;
        final long minMs;
        final long maxMs;
        final long era;
        long dueMs;
        boolean answered;
        long delayMs;
        /** Its own number, or that of the run of which it is what an offer left. */
        final long seenAs;

        Run(final long id, final long cooling, final Model.Post post, final NaiveEvents.Room room, final long sinceMs, final long minMs, final long maxMs,
            final long era, final long dueMs, final long seenAs) {
            this.seenAs = seenAs;
            this.id = id;
            this.cooling = cooling;
            this.post = post;
            this.key = new Model.DayKey(room.poolId(), room.epochDay());
            this.from = room.startUnit();
            this.units = room.units();
            this.places = -room.delta();
            this.sinceMs = sinceMs;
            this.minMs = minMs;
            this.maxMs = maxMs;
            this.era = era;
            this.dueMs = dueMs;
        }
    }
}
