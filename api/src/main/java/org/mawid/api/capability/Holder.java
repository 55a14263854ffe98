package org.mawid.api.capability;

import org.mawid.api.access.Caller;
import org.mawid.api.access.Role;

/** To whom a capability is given, and who alone it is good for: an applicant by their key, a portal by its name, whatever its tokens; where nobody is asked who they are, anybody. */
final class Holder {
    private static final long ANYBODY = 0;
    /** Apart from keys of persons, which nobody chooses. */
    private static final long PORTAL = 0x504F_5254_0000_0000L;

    private Holder() {
    }

    /** @param caller null = nobody is asked who they are */
    static long of(final Caller caller) {
        if (caller == null) {
            return ANYBODY;
        }
        return caller.roles().contains(Role.PORTAL) && !caller.portal().isEmpty() ? PORTAL | caller.portal().hashCode() & 0xFFFF_FFFFL : caller.key();
    }
}
