package org.mawid.api.limit;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.mawid.api.access.Caller;
import org.mawid.api.access.Role;

/** Who pays for a call, and with how much unless settings say otherwise. */
public enum Payer {
    /** Who brings no token, or one that is not good: their address, of IPv6 the network of 64 bits. Source: our estimate, a carrier's address with a thousand telephones behind it. */
    ADDRESS("reads=12000,lookups=1200,tokens=600"),
    /** An applicant, and beside whoever acts for one the person whom the call is for. Source: our estimate, ten times what somebody with two browsers and no patience does. */
    PERSON("reads=1200,commands=600,lookups=600,links=5,watches=60,uploads=419430400,open=16"),
    /** All applicants at one address, beside each of them. Source: fifty of them who spend all that is theirs, or the thousands behind a carrier's address who do what people do. */
    APPLICANTS("reads=60000,commands=30000,lookups=30000,links=250,watches=3000,uploads=20971520000,open=800"),
    /** Who works for posts, the call centre, the treasury: each token, whatever its address. Source: our estimate; a post's folder tells a week without a link at once. */
    STAFF("reads=12000,commands=60000,lookups=12000,links=5000,watches=600,uploads=21474836480,open=128"),
    /** Programs that act for many: each portal, each operator. Source: our estimate, twice the design surge of the largest one. */
    PORTAL("reads=1200000,commands=1200000,lookups=600000,watches=600,open=512");

    private static final Set<Role> PROGRAMS = EnumSet.of(Role.PORTAL, Role.OPERATOR);
    private static final Set<Role> PERSONS = EnumSet.of(Role.APPLICANT);

    private final String usual;

    Payer(final String usual) {
        this.usual = usual;
    }

    /** As a setting says it. */
    public String usual() {
        return usual;
    }

    /** As it is told. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of a call: by the largest of the roles, and who has none that we know pays like an applicant. */
    static Payer of(final Caller caller) {
        if (caller.isNobody()) {
            return ADDRESS;
        }
        if (caller.roles().stream().anyMatch(PROGRAMS::contains)) {
            return PORTAL;
        }
        return PERSONS.containsAll(caller.roles()) ? PERSON : STAFF;
    }
}
