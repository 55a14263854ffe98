package org.mawid.api.manifest;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.text.ParseException;
import java.util.Map;
import org.mawid.api.stamp.document.PublicKeys;

/** Tells a genuine day manifest from any other text, with the public keys alone: no server and no network. Immutable, any thread. */
public final class ManifestVerifier {
    private static final long MS = 1_000;

    private final Map<String, JWSVerifier> verifiers;

    private ManifestVerifier(final Map<String, JWSVerifier> verifiers) {
        this.verifiers = verifiers;
    }

    /** It is not to be worked from; the message says why, and what to do. */
    public static final class UntrustedException extends Exception {
        private static final long serialVersionUID = 1L;

        UntrustedException(final String message) {
            super(message);
        }
    }

    /**
     * @param jwkSet public keys by their names; keys that are not of P-256 or have no name are passed over
     * @throws IllegalArgumentException see {@link PublicKeys#verifiers}
     */
    public static ManifestVerifier of(final String jwkSet) {
        return new ManifestVerifier(PublicKeys.verifiers(jwkSet));
    }

    /**
     * @param postId that it has to be about
     * @param date   likewise, ISO 8601
     * @param nowMs  what time it is, ms since 1970-01-01 UTC
     * @return what is in it
     * @throws UntrustedException for any other text, and for one whose time is over
     */
    public JsonObject verify(final String text, final int postId, final String date, final long nowMs) throws UntrustedException {
        final JsonObject manifest = signed(text);
        if (!Integer.valueOf(Manifests.VERSION).equals(manifest.getValue("v"))) {
            throw new UntrustedException("it is of another version: install a newer mawid");
        }
        if (!Integer.valueOf(postId).equals(manifest.getValue("postId")) || !date.equals(manifest.getValue("date"))) {
            throw new UntrustedException("it is of another post or date, " + manifest.getValue("post") + ' ' + manifest.getValue("date") + ": ask for the right one");
        }
        if (!(manifest.getValue("exp") instanceof Number end) || nowMs >= (end.longValue() + 1) * MS) {
            throw new UntrustedException("its time is over: ask for a new one, or set this machine's clock");
        }
        return manifest;
    }

    private JsonObject signed(final String text) throws UntrustedException {
        try {
            final JWSObject token = JWSObject.parse(text);
            final JWSHeader header = token.getHeader();
            if (!JWSAlgorithm.ES256.equals(header.getAlgorithm()) || header.getType() == null || !Manifests.TYPE.equals(header.getType().getType())) {
                throw new UntrustedException("it is signed, but not as a day manifest");
            }
            final JWSVerifier verifier = header.getKeyID() == null ? null : verifiers.get(header.getKeyID());
            if (verifier == null) {
                throw new UntrustedException("it names the key " + header.getKeyID() + ", which is not known here: get the public keys anew, from whom you trust");
            }
            if (!token.verify(verifier)) {
                throw new UntrustedException("it is not what was signed with this key: somebody has changed it");
            }
            return new JsonObject(token.getPayload().toString());
        } catch (final ParseException | DecodeException | IllegalArgumentException notOne) {
            throw new UntrustedException("it is no JWS (RFC 7515) of a JSON object");
        } catch (final JOSEException noSignature) {
            throw new UntrustedException("its signature cannot be one of this key: somebody has changed it");
        }
    }
}
