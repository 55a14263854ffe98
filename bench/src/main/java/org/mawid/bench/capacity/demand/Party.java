package org.mawid.bench.capacity.demand;

import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Somebody, perhaps with others, who asks for one visit: what they want, and in which mood. What becomes of it is the post's to tell.
 *
 * @param number  unique at a post
 * @param askedMs log time
 * @param walkIn  whether they come without an appointment
 * @param stops   one after the other, most have one
 */
public record Party(long number, long askedMs, boolean walkIn, Temper temper, Lines lines, List<Stop> stops) {
    /** @param deskOf index of the desk that serves a service */
    public static Party of(final long number, final long askedMs, final boolean walkIn, final Temper temper, final Lines lines, final IntUnaryOperator deskOf) {
        return new Party(number, askedMs, walkIn, temper, lines, lines.stops(deskOf));
    }

    /** The same people as they ask at another post, with what is validated already. */
    public Party elsewhere(final int fromPostId, final IntUnaryOperator deskOf) {
        return of((long) fromPostId << 32 | number, askedMs, false, temper.elsewhere(), lines, deskOf);
    }
}
