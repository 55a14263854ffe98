package org.mawid.api.stamp.document;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;

/** The keys by which whatever a server signs is verified without it: stamps, closings, day manifests. */
public final class PublicKeys {
    private PublicKeys() {
    }

    /**
     * Verifiers by the name of the key.
     *
     * @param jwkSet as {@link SigningKeys#publicKeys()} gives them; keys that are not of P-256 or have no name are passed over
     * @throws IllegalArgumentException it is no JWK Set, has no such key, or two with the same name
     */
    public static Map<String, JWSVerifier> verifiers(final String jwkSet) {
        final Map<String, JWSVerifier> verifiers = new HashMap<>();
        try {
            for (final JWK key : JWKSet.parse(jwkSet).getKeys()) {
                if (key instanceof ECKey signing && Curve.P_256.equals(signing.getCurve()) && key.getKeyID() != null
                        && verifiers.put(key.getKeyID(), StampVerifier.verifier(signing)) != null) {
                    throw new IllegalArgumentException("two keys have the same kid");
                }
            }
        } catch (final ParseException | JOSEException notOne) {
            throw new IllegalArgumentException("it is no JWK Set (RFC 7517)", notOne);
        }
        if (verifiers.isEmpty()) {
            throw new IllegalArgumentException("it has no key for ES256");
        }
        return verifiers;
    }
}
