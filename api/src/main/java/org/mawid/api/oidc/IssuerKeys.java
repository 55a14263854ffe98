package org.mawid.api.oidc;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.Map;

/**
 * The public keys of an issuer, from where its discovery document says, and from nowhere else: what a token says of that is not looked at.
 * Waits for the issuer: not on an event loop.
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final int WAIT_MS = 3_000;
    private static final int MOST_BYTES = 512 << 10;
    /** Keys are asked for anew after it, ms; those that we have are good for longer where the issuer does not answer. Source: our estimate. */
    private static final long KEPT_MS = 900_000;
    private static final long KEPT_IN_AN_OUTAGE_MS = 14_400_000;

    private final URI issuer;
    private final DefaultResourceRetriever retriever = new DefaultResourceRetriever(WAIT_MS, WAIT_MS, MOST_BYTES);
    private volatile URL keys;
    private volatile boolean had;

    private IssuerKeys(final URI issuer) {
        this.issuer = issuer;
    }

    static IssuerKeys of(final URI issuer) {
        return new IssuerKeys(issuer);
    }

    /** They, kept; asked for again when one is wanted that is not among them, but not more often than that. */
    JWKSource<SecurityContext> kept(final long refetchMs) {
        return JWKSourceBuilder.create(this).cache(KEPT_MS, 2 * WAIT_MS).refreshAheadCache(false).rateLimited(refetchMs).outageTolerant(KEPT_IN_AN_OUTAGE_MS).build();
    }

    /** Whether there ever were any. */
    boolean had() {
        return had;
    }

    @Override
    public JWKSet getJWKSet(final JWKSetCacheRefreshEvaluator evaluator, final long nowMs, final SecurityContext context) throws KeySourceException {
        try {
            if (keys == null) {
                keys = discovered();
            }
            final JWKSet set = new URLBasedJWKSetSource<>(keys, retriever).getJWKSet(evaluator, nowMs, context);
            had = true;
            return set;
        } catch (final KeySourceException e) {
            keys = null; // they may have moved
            throw e;
        }
    }

    private URL discovered() throws KeySourceException {
        final String text = issuer.toString();
        try {
            final URL place = URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + DISCOVERY).toURL();
            final Map<String, Object> document = JSONObjectUtils.parse(retriever.retrieveResource(place).getContent());
            final URI found = JSONObjectUtils.getURI(document, "jwks_uri");
            if (!text.equals(JSONObjectUtils.getString(document, "issuer")) || found == null || !OidcConfig.isSafe(found)) {
                throw new JWKSetUnavailableException("the discovery document is of another issuer, or names no safe place of keys");
            }
            return found.toURL();
        } catch (final IOException | ParseException | IllegalArgumentException e) {
            throw new JWKSetUnavailableException("the discovery document cannot be had", e);
        }
    }

    @Override
    public void close() {
        // keeps nothing open
    }
}
