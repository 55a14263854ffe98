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
 * @param reasonCode why it is made, as the call says, 1 to 4 294 967 295; 0 = it does not
 * @param address    where the call comes from, as text, without port; empty = not known. For no log
 */
public record Caller(String subject, Set<Role> roles, Set<String> posts, String portal, long key, long person, long expiresMs, long onBehalfOf, long reasonCode, String address) {
    /** Who brings no token. */
    public static final Caller NOBODY = new Caller("", Set.of(), Set.of(), "", 0, 0, Long.MAX_VALUE, 0, 0, "");

    public Caller {
        roles = Set.copyOf(roles);
        posts = Set.copyOf(posts);
    }

    public boolean isNobody() {
        return subject.isEmpty();
    }

    /** Whether a call may say that who acts is this one; 0 = it does not say. Whoever is not asked who they are may say anybody. */
    public boolean mayActAs(final long actor) {
        return isNobody() || actor == 0 || actor == key;
    }

    /** Key of who acts, as the token says, else the call. */
    public long acting(final long said) {
        return isNobody() ? said : key;
    }

    /** The same, of a call that says so. */
    public Caller saying(final long newOnBehalfOf, final long newReasonCode) {
        return newOnBehalfOf == onBehalfOf && newReasonCode == reasonCode ? this
                : new Caller(subject, roles, posts, portal, key, person, expiresMs, newOnBehalfOf, newReasonCode, address);
    }

    /** The same, of a call from there. */
    public Caller from(final String newAddress) {
        return newAddress.equals(address) ? this : new Caller(subject, roles, posts, portal, key, person, expiresMs, onBehalfOf, reasonCode, newAddress);
    }

    @Override
    public String toString() {
        return subject + roles; // and never the address
    }
}
