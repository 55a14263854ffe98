package org.mawid.api.treasury.callback;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import io.vertx.core.MultiMap;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import org.mawid.api.treasury.wire.GuessedInterface;

/** JWS with ES256 and detached content (RFC 7515, appendix F) over the body, with its time in the protected header. Several keys, by their id, so that one can follow another. */
public final class JwsCheck implements SignatureCheck {
    private static final int MOST_CHARACTERS = 1_024;

    private final Map<String, JWSVerifier> verifiers = new HashMap<>();
    private final long windowMs;

    /** @param keys of the treasury, on P-256, by key id @param windowMs how far its clock may be from ours */
    public JwsCheck(final Map<String, ECPublicKey> keys, final long windowMs) {
        this.windowMs = windowMs;
        keys.forEach((id, key) -> {
            try {
                final ECDSAVerifier verifier = new ECDSAVerifier(key);
                if (!verifier.supportedJWSAlgorithms().contains(JWSAlgorithm.ES256)) {
                    throw new IllegalArgumentException("key " + id + " is not on P-256");
                }
                verifiers.put(id, verifier);
            } catch (final JOSEException e) {
                throw new IllegalArgumentException("key " + id + " cannot be used for ES256", e);
            }
        });
    }

    @Override
    public Checked check(final MultiMap headers, final byte[] body, final long nowMs) {
        final String given = headers.get(GuessedInterface.SIGNATURE);
        if (given == null || given.length() > MOST_CHARACTERS) {
            return Checked.BAD;
        }
        try {
            final JWSObject jws = JWSObject.parse(given, new Payload(body));
            final JWSVerifier verifier = verifiers.get(jws.getHeader().getKeyID());
            if (verifier == null || !JWSAlgorithm.ES256.equals(jws.getHeader().getAlgorithm()) || !jws.verify(verifier)) {
                return Checked.BAD;
            }
            return jws.getHeader().getCustomParam(GuessedInterface.ISSUED_AT) instanceof Number seconds
                    && Math.abs(nowMs - seconds.longValue() * 1_000) <= windowMs ? Checked.GOOD : Checked.STALE;
        } catch (final ParseException | JOSEException | IllegalStateException | IllegalArgumentException broken) {
            return Checked.BAD;
        }
    }
}
