package org.mawid.api.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.security.Key;
import java.text.ParseException;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Looks at one token: form, algorithm, key, signature, claims, in that order. May wait for the issuer; any thread. */
final class TokenVerifier {
    /** A token with hundreds of roles. gRPC takes 8 KiB of headers in all. */
    static final int MOST_CHARACTERS = 6 << 10;
    /** How far this clock and the issuer's may be apart, ms: with the time that a call takes, a token that expired two seconds ago is refused for sure. */
    static final long SKEW_MS = 1_000;

    private static final Set<JOSEObjectType> TYPES = Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"));
    /** How Keycloak tells access tokens from others, in a claim beside the header. */
    private static final String TYPE_CLAIM = "typ";
    private static final String ACCESS = "Bearer";

    private final OidcConfig config;
    private final IssuerKeys keys;
    private final Set<JWSAlgorithm> algorithms;
    private final JWSVerificationKeySelector<SecurityContext> selector;
    private final DefaultJWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();
    private final Claims claims;
    private final LongSupplier wallClock;

    /** @param wallClock ms since 1970-01-01 UTC */
    TokenVerifier(final OidcConfig config, final LongSupplier wallClock) {
        this.config = config;
        this.wallClock = wallClock;
        keys = IssuerKeys.of(config.issuer());
        algorithms = config.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet());
        final JWKSource<SecurityContext> source = keys.kept(config.refetchMs());
        selector = new JWSVerificationKeySelector<>(algorithms, source);
        claims = new Claims(config.issuer(), config.claims());
    }

    /**
     * Who it says is calling.
     *
     * @throws BadTokenException  it is refused
     * @throws KeySourceException it cannot be told now: the issuer's keys cannot be had
     */
    Authentication.Known verify(final String token) throws BadTokenException, KeySourceException {
        if (token.length() > MOST_CHARACTERS) {
            throw new BadTokenException(TokenTrouble.TOO_LONG);
        }
        final SignedJWT jwt = parsed(token);
        checkHeader(jwt.getHeader());
        checkSignature(jwt);
        return claims.known(checked(jwt));
    }

    private static SignedJWT parsed(final String token) throws BadTokenException {
        try {
            final JWT jwt = JWTParser.parse(token);
            if (jwt instanceof SignedJWT signed) {
                return signed;
            }
            throw new BadTokenException(jwt instanceof PlainJWT ? TokenTrouble.ALGORITHM : TokenTrouble.MALFORMED);
        } catch (final ParseException | IllegalArgumentException none) {
            throw new BadTokenException(TokenTrouble.MALFORMED);
        }
    }

    private void checkHeader(final JWSHeader header) throws BadTokenException {
        if (!algorithms.contains(header.getAlgorithm())) {
            throw new BadTokenException(TokenTrouble.ALGORITHM);
        }
        if (header.getType() != null && !TYPES.contains(header.getType())) {
            throw new BadTokenException(TokenTrouble.TYPE);
        }
        if (header.getJWKURL() != null || header.getX509CertURL() != null || header.getJWK() != null || header.getX509CertChain() != null) {
            throw new BadTokenException(TokenTrouble.HEADER);
        }
    }

    private void checkSignature(final SignedJWT jwt) throws BadTokenException, KeySourceException {
        final List<? extends Key> candidates = candidates(jwt.getHeader());
        if (candidates.isEmpty()) {
            throw new BadTokenException(TokenTrouble.KEY_UNKNOWN);
        }
        try {
            for (final Key key : candidates) {
                if (jwt.verify(verifiers.createJWSVerifier(jwt.getHeader(), key))) {
                    return;
                }
            }
        } catch (final JOSEException | IllegalStateException notOfThisKey) {
            // told below
        }
        throw new BadTokenException(TokenTrouble.SIGNATURE);
    }

    private List<? extends Key> candidates(final JWSHeader header) throws KeySourceException {
        try {
            return selector.selectJWSKeys(header, null);
        } catch (final RateLimitReachedException asked) {
            if (keys.had()) {
                return List.of(); // just now there was no such key
            }
            throw asked;
        }
    }

    private JWTClaimsSet checked(final SignedJWT jwt) throws BadTokenException {
        final JWTClaimsSet set;
        try {
            set = jwt.getJWTClaimsSet();
        } catch (final ParseException none) {
            throw new BadTokenException(TokenTrouble.MALFORMED);
        }
        final long nowMs = wallClock.getAsLong();
        if (!config.issuer().toString().equals(set.getIssuer())) {
            throw new BadTokenException(TokenTrouble.ISSUER);
        }
        if (!set.getAudience().contains(config.audience())) {
            throw new BadTokenException(TokenTrouble.AUDIENCE);
        }
        if (set.getClaim(TYPE_CLAIM) != null && !ACCESS.equals(set.getClaim(TYPE_CLAIM))) {
            throw new BadTokenException(TokenTrouble.TYPE);
        }
        if (set.getExpirationTime() == null) {
            throw new BadTokenException(TokenTrouble.CLAIMS);
        }
        if (leftMs(set.getExpirationTime().getTime(), nowMs) == 0) {
            throw new BadTokenException(TokenTrouble.EXPIRED);
        }
        if (isAhead(set.getNotBeforeTime(), nowMs)) {
            throw new BadTokenException(TokenTrouble.NOT_YET);
        }
        return set;
    }

    /** For how long it is still good, ms; 0 = it is no longer. */
    static long leftMs(final long expiresMs, final long nowMs) {
        return Math.max(0, expiresMs + SKEW_MS - nowMs);
    }

    private static boolean isAhead(final Date from, final long nowMs) {
        return from != null && from.getTime() > nowMs + SKEW_MS;
    }
}
