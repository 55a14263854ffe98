package org.mawid.api.oidc;

import com.google.common.hash.Hashing;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.mawid.api.access.Caller;
import org.mawid.api.access.Role;

/** From what a good token says to who calls. Immutable; any thread. */
final class Claims {
    private static final Pattern KEY = Pattern.compile("[0-9A-Fa-f]{16}");
    /** Of RFC 7800, with a member of RFC 8705. */
    private static final String CONFIRMATION = "cnf";
    private static final String THUMBPRINT = "x5t#S256";
    private static final Pattern DOT = Pattern.compile("\\.");

    private final URI issuer;
    private final ClaimNames names;

    Claims(final URI issuer, final ClaimNames names) {
        this.issuer = issuer;
        this.names = names;
    }

    /** @throws BadTokenException something is missing, or is no such thing */
    Authentication.Known known(final JWTClaimsSet claims) throws BadTokenException {
        return new Authentication.Known(caller(claims), certificate(claims));
    }

    /** Empty = the token is not bound to one. */
    private static String certificate(final JWTClaimsSet claims) throws BadTokenException {
        final Object confirmation = claims.getClaim(CONFIRMATION);
        final Object thumbprint = confirmation instanceof Map<?, ?> members ? members.get(THUMBPRINT) : null;
        if (confirmation != null && !(confirmation instanceof Map) || thumbprint != null && !(thumbprint instanceof String text && !text.isEmpty())) {
            throw new BadTokenException(TokenTrouble.CLAIMS);
        }
        return thumbprint == null ? "" : (String) thumbprint;
    }

    private Caller caller(final JWTClaimsSet claims) throws BadTokenException {
        final String subject = claims.getSubject();
        if (subject == null || subject.isBlank()) {
            throw new BadTokenException(TokenTrouble.CLAIMS);
        }
        final Set<Role> roles = EnumSet.noneOf(Role.class);
        for (final String word : words(at(claims, names.roles()))) {
            final Role role = Role.of(word);
            if (role != null) {
                roles.add(role);
            }
        }
        final long person = person(at(claims, names.person()));
        if (roles.contains(Role.APPLICANT) && person == 0) {
            throw new BadTokenException(TokenTrouble.CLAIMS);
        }
        final String portal = at(claims, names.portal()) instanceof String name ? name : "";
        return new Caller(subject, roles, Set.copyOf(words(at(claims, names.posts()))), portal, person == 0 ? key(subject) : person, person,
                claims.getExpirationTime().getTime(), 0, 0, "");
    }

    /** By which the log knows somebody who is no applicant: the same at every server that has this issuer, and never 0. */
    private long key(final String subject) {
        final long key = Hashing.sha256().hashString(issuer + "\n" + subject, StandardCharsets.UTF_8).asLong();
        return key == 0 ? 1 : key;
    }

    private static long person(final Object claim) throws BadTokenException {
        if (claim == null) {
            return 0;
        }
        if (!(claim instanceof String digits) || !KEY.matcher(digits).matches()) {
            throw new BadTokenException(TokenTrouble.CLAIMS);
        }
        return Long.parseUnsignedLong(digits, 16);
    }

    private static Object at(final JWTClaimsSet claims, final String path) {
        Object found = claims.toJSONObject();
        for (final String step : DOT.split(path)) {
            found = found instanceof Map<?, ?> object ? object.get(step) : null;
        }
        return found;
    }

    private static Collection<String> words(final Object claim) {
        if (claim instanceof String text) {
            return text.isBlank() ? List.of() : Arrays.asList(text.strip().split("\\s+"));
        }
        final Set<String> words = new LinkedHashSet<>();
        if (claim instanceof List<?> list) {
            list.forEach(each -> words.add(String.valueOf(each)));
        }
        return words;
    }
}
