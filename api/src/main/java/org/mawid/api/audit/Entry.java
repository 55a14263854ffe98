package org.mawid.api.audit;

import org.mawid.api.access.Grounds;
import org.mawid.api.access.Target;
import org.mawid.sbe.AccessVerdict;
import org.mawid.sbe.Channel;
import org.mawid.sbe.Result;

/**
 * One thing that somebody did, or wanted to.
 *
 * @param operation  as the edges call it
 * @param target     what it was about, null = nothing that has a number
 * @param detail     which part of it, 0 = none; of what was refused see {@link #grounds}
 * @param result     what the core answered, null = it does not remember, or that is no command
 * @param isRepeated the request had been answered before, and that is that answer
 * @param verdict    what the edge said, null = that is a command
 * @param reasonCode number of a reason or of a file, 0 = none was given
 * @param address    keyed hash of where it came from, 0 = not known
 * @param leftOut    how many more were refused and are not in the log
 */
public record Entry(long position, long nowMs, long actor, long onBehalfOf, Channel channel, String operation, Target target, long detail, Result result, boolean isRepeated,
                    AccessVerdict verdict, long reasonCode, long address, long leftOut) {
    /** For what what was brought was refused; null = it was not, or they may not. */
    public Grounds grounds() {
        return verdict == AccessVerdict.REFUSED ? Grounds.of(detail) : null;
    }

    /** With what the core answered. @param repeated the request had been answered before */
    public Entry answered(final Result newResult, final boolean repeated) {
        return new Entry(position, nowMs, actor, onBehalfOf, channel, operation, target, detail, newResult, repeated, verdict, reasonCode, address, leftOut);
    }
}
