package org.mawid.api.access;

import java.util.Set;

/**
 * Who calls, as a token and the call itself say it. Immutable.
 *
 * @param subject    as the issuer names them; empty = nobody has said
 * @param roles      as what, {@link Role#NOBODY} not among them
 * @param posts      codes of the posts that they work for
 * @param portal     name of the portal; empty = none
 * @param key        by which the log knows who acts; 0 = nobody
 * @param person     key of the applicant that they are; 0 = none
 * @param expiresMs  when that is no longer so, ms since 1970-01-01 UTC by the wall clock
 * @param onBehalfOf key of the user whom the call names as the one it is for; 0 = none
 * @param reason     why it is made, as the call says; empty = it does not
 */
public record Caller(String subject, Set<Role> roles, Set<String> posts, String portal, long key, long person, long expiresMs, long onBehalfOf, String reason) {
    /** Who brings no token. */
    public static final Caller NOBODY = new Caller("", Set.of(), Set.of(), "", 0, 0, Long.MAX_VALUE, 0, "");

    public Caller {
        roles = Set.copyOf(roles);
        posts = Set.copyOf(posts);
    }

    public boolean isNobody() {
        return subject.isEmpty();
    }

    /** The same, of a call that says so. */
    public Caller saying(final long newOnBehalfOf, final String newReason) {
        return newOnBehalfOf == onBehalfOf && newReason.equals(reason) ? this
                : new Caller(subject, roles, posts, portal, key, person, expiresMs, newOnBehalfOf, newReason);
    }
}
