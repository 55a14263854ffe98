package org.mawid.api.oidc;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Whose tokens are good, and for what.
 *
 * @param issuer     exactly as its tokens name it; its keys are found through {@code /.well-known/openid-configuration} behind it
 * @param audience   that a token must name
 * @param algorithms of signatures, from {@link #ALGORITHMS_TEXT}
 * @param claims     where a token says what
 * @param refetchMs  how often keys may be asked for because a token names one that is not known, 1 000 to 3 600 000; twice in a row is once
 */
public record OidcConfig(URI issuer, String audience, Set<String> algorithms, ClaimNames claims, long refetchMs) {
    /** Those that may be allowed: whoever can check a signature cannot make one. */
    public static final String ALGORITHMS_TEXT = "RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512";
    private static final List<String> ALGORITHMS = List.of(ALGORITHMS_TEXT.split(", "));
    public static final String USUAL_ALGORITHMS = "RS256,PS256,ES256";

    /** @throws IllegalArgumentException with what is wrong */
    public OidcConfig {
        if (!isSafe(issuer)) {
            throw new IllegalArgumentException("an issuer is at https://, or at http:// of this machine: " + issuer);
        }
        if (audience.isBlank()) {
            throw new IllegalArgumentException("tokens must be for somebody: the audience is missing");
        }
        algorithms = Set.copyOf(algorithms);
        if (algorithms.isEmpty() || !ALGORITHMS.containsAll(algorithms)) {
            throw new IllegalArgumentException("algorithms of signatures are some of " + ALGORITHMS_TEXT + ": " + String.join(",", algorithms));
        }
    }

    /** With the usual names of claims. @param algorithms separated by commas */
    public static OidcConfig of(final URI issuer, final String audience, final String algorithms, final ClaimNames claims) {
        return new OidcConfig(issuer, audience, Set.copyOf(Arrays.stream(algorithms.split(",")).map(String::strip).distinct().toList()), claims, 30_000);
    }

    /** Whoever can change what keys come over the wire can make tokens. */
    static boolean isSafe(final URI url) {
        try {
            return url.getHost() != null && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()) && InetAddress.getByName(url.getHost()).isLoopbackAddress());
        } catch (final UnknownHostException e) {
            return false;
        }
    }
}
