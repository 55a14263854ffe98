package org.mawid.api.stamp.document;

import java.time.ZoneId;

/**
 * A stamp on paper: what is signed, its QR code, and the page to print. Any thread; a page takes tens of milliseconds, so not on an event loop.
 */
public final class StampDocument {
    private final SigningKeys keys;
    private final String issuer;

    /** @param issuer who signs, as verifiers see it ({@code iss}): short, for it is on every page */
    public StampDocument(final SigningKeys keys, final String issuer) {
        this.keys = keys;
        this.issuer = issuer;
    }

    /** What a post verifies offline: a JWS in compact form, see {@link StampVerifier}. Each call signs anew; all are good. */
    public String token(final StampFacts facts) {
        return keys.sign(facts.claims(issuer));
    }

    /** The QR code of a token as a PNG: the same bytes for the same token. The secret code is not in it. */
    public static byte[] qr(final String token) {
        return StampQr.png(token);
    }

    /**
     * One page of A4: the same bytes for the same arguments.
     *
     * @param token  of these facts
     * @param secret code that is needed to use it, see {@link org.mawid.api.gateway.StampSecret}: whoever gets the page can use the stamp
     * @param zone   of the post, for its dates
     */
    public static byte[] pdf(final StampFacts facts, final String token, final String secret, final ZoneId zone) {
        return pdf(facts, token, secret, zone, PageLanguage.FRENCH);
    }

    /** As {@link #pdf(StampFacts, String, String, ZoneId)}. @param language that stands first; the other three are on the page too */
    public static byte[] pdf(final StampFacts facts, final String token, final String secret, final ZoneId zone, final PageLanguage language) {
        return new StampPage(facts, token, secret, zone, language).draw();
    }
}
