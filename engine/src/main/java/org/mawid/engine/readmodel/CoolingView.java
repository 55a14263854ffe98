package org.mawid.engine.readmodel;

import java.util.List;
import java.util.function.Predicate;

/**
 * Room that was given back and is kept for those who wait, as whoever says when that ends has to know it: not for the public, who would see when it comes. Immutable
 * answers, any thread. From core version 7 on; empty before.
 */
public interface CoolingView {
    /**
     * What was given back together and still cools, in part at least.
     *
     * @param sinceMs log time at which it was given back, ms since 1970-01-01 UTC
     * @param era     whose secret decides, 0 = none does
     * @param minMs   least delay
     * @param maxMs   most; what nobody says ends then
     * @param told    whether somebody has said when it ends
     */
    record Cooling(long coolingId, long sinceMs, long era, long minMs, long maxMs, boolean told) {
    }

    /** A secret that was committed to and is not revealed, by its SHA-256 as four big-endian numbers. */
    record Era(long era, long word1, long word2, long word3, long word4) {
    }

    /** Of how many visits and holds room cools. */
    int count();

    /** Those of which nobody has said when they end and that are wanted, the oldest first. */
    List<Cooling> untold(int max, Predicate<Cooling> wanted);

    /** How many these are, whatever their era. */
    int untoldCount();

    /** Whether room of an era cools: then its secret cannot be revealed. */
    boolean cools(long era);

    /** The newest era, 0 = there was none. Its secret decides what is given back next. */
    long eraInForce();

    /** In ascending order; the one in force is the last. */
    List<Era> unrevealed();

    /**
     * Places of a day that cool, by unit: the core counts none of them as taken when a day is set anew. Empty, or longer than the day. It may be some events ahead of
     * {@link Availability#day}, or behind: whoever compares both is told by the core what holds.
     */
    int[] on(int poolId, int epochDay);
}
