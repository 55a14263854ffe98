package org.mawid.api.stamp.document;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.Map;

/**
 * Tells a genuine stamp from any other text, with the public keys alone: no server, no clock, no network. Immutable, any thread.
 * <p>Strict: ES256 by a key of the set and no other algorithm, the stamps' own type, and each part in the one way to write it: base64url has characters whose
 * last bits count for nothing, and a text that differs in them is not what was signed either.
 */
public final class StampVerifier {
    static final JWSAlgorithm ALGORITHM = JWSAlgorithm.ES256;
    /** Longer than any that is signed: what is longer is not looked at. */
    static final int MOST_CHARACTERS = 2_048;

    private final Map<String, JWSVerifier> verifiers;

    private StampVerifier(final Map<String, JWSVerifier> verifiers) {
        this.verifiers = verifiers;
    }

    /**
     * @param jwkSet public keys, as {@link SigningKeys#publicKeys()} gives them; keys that are not of P-256 or have no name are passed over
     * @throws IllegalArgumentException see {@link PublicKeys#verifiers}
     */
    public static StampVerifier of(final String jwkSet) {
        return new StampVerifier(PublicKeys.verifiers(jwkSet));
    }

    /** Any text at all, as a QR code or a person gives it; never throws. */
    public Verification verify(final String text) {
        if (text == null || text.isEmpty() || text.length() > MOST_CHARACTERS || !isInOneWay(text)) {
            return new Verification.Malformed("it is not three parts in base64url");
        }
        final JWSObject token;
        try {
            token = JWSObject.parse(text);
        } catch (final ParseException | RuntimeException notOne) {
            return new Verification.Malformed("it is no JWS (RFC 7515)");
        }
        final JWSHeader header = token.getHeader();
        if (!ALGORITHM.equals(header.getAlgorithm()) || header.getType() == null || !SigningKeys.TYPE.equals(header.getType().getType()) || header.getKeyID() == null) {
            return new Verification.Malformed("it is signed, but not as a stamp");
        }
        final String keyId = header.getKeyID();
        final JWSVerifier verifier = verifiers.get(keyId);
        if (verifier == null) {
            return new Verification.UnknownKey(keyId);
        }
        try {
            return token.verify(verifier) ? genuine(token, keyId) : new Verification.Forged(keyId);
        } catch (final JOSEException | RuntimeException noSignature) {
            return new Verification.Forged(keyId);
        }
    }

    static JWSVerifier verifier(final ECKey key) throws JOSEException {
        return new ECDSAVerifier(key.toPublicJWK());
    }

    /** What was signed by us and cannot be read is of a later version. */
    private static Verification genuine(final JWSObject token, final String keyId) {
        try {
            final Map<String, Object> claims = token.getPayload().toJSONObject();
            if (claims == null || JSONObjectUtils.getInt(claims, "v") != StampFacts.VERSION) {
                return new Verification.Malformed("its signature is good, but of a later version: verify it with a newer mawid");
            }
            return new Verification.Genuine(StampFacts.of(claims), StampFacts.text(claims, "iss"), keyId);
        } catch (final ParseException e) {
            return new Verification.Malformed("its signature is good, but its claims are not those of a stamp: " + e.getMessage());
        }
    }

    private static boolean isInOneWay(final String text) {
        final int first = text.indexOf('.');
        final int second = text.indexOf('.', first + 1);
        return first > 0 && second > first + 1 && isInOneWay(text, 0, first) && isInOneWay(text, first + 1, second) && isInOneWay(text, second + 1, text.length());
    }

    private static boolean isInOneWay(final String text, final int from, final int to) {
        final String part = text.substring(from, to);
        return Base64URL.encode(new Base64URL(part).decode()).toString().equals(part);
    }
}
