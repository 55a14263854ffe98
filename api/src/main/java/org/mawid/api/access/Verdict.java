package org.mawid.api.access;

import org.mawid.sbe.Result;

/**
 * Whether a call may go on.
 *
 * @param result  OK; UNAUTHENTICATED, FORBIDDEN; READ_MODEL_BEHIND: it is not known yet whose what it names is
 * @param role    in which it may, null when it may not
 * @param strange bit i: it may go on, but the i-th thing that it names must be taken for one that nobody has, so that it is answered as that is
 */
public record Verdict(Result result, Role role, long strange) {
    static final Verdict UNAUTHENTICATED = new Verdict(Result.UNAUTHENTICATED, null, 0);
    static final Verdict FORBIDDEN = new Verdict(Result.FORBIDDEN, null, 0);
    static final Verdict BEHIND = new Verdict(Result.READ_MODEL_BEHIND, null, 0);

    static Verdict as(final Role role) {
        return new Verdict(Result.OK, role, 0);
    }

    public boolean isStrange(final int target) {
        return (strange >>> target & 1) != 0;
    }
}
