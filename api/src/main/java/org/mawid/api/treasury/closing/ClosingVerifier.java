package org.mawid.api.treasury.closing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;

/** Verifies closings as the treasury would: with the public key and nothing else of ours. Any thread. */
public final class ClosingVerifier {
    private final ECDSAVerifier verifier;

    public ClosingVerifier(final ECPublicKey key) {
        try {
            verifier = new ECDSAVerifier(key);
        } catch (final JOSEException e) {
            throw new IllegalArgumentException("the key cannot be used for ES256", e);
        }
    }

    /**
     * @param document {@code NAME.json}, with {@code NAME.jws} beside it
     * @param previous the document that it has to follow; null when it has to be the first
     * @throws ClosingException says what is wrong with it
     */
    public DailyClosing verify(final Path document, final Path previous) throws IOException, ClosingException {
        final byte[] bytes = Files.readAllBytes(document);
        final String name = document.getFileName().toString();
        if (!name.endsWith(".json")) {
            throw new ClosingException(ClosingException.Reason.FORMAT, document + " is no closing: its name ends with .json");
        }
        final Path signature = document.resolveSibling(name.substring(0, name.length() - ".json".length()) + ".jws");
        if (!isSigned(bytes, Files.readString(signature, StandardCharsets.US_ASCII).strip())) {
            throw new ClosingException(ClosingException.Reason.SIGNATURE, document + " is not what was signed with this key: ask for it anew");
        }
        final DailyClosing closing = ClosingText.closing(bytes);
        if (!name.equals(closing.name() + ".json")) {
            throw new ClosingException(ClosingException.Reason.FORMAT, document + " holds " + closing.name());
        }
        if (!ClosingText.previous(bytes).equals(previous == null ? "" : ClosingText.hash(Files.readAllBytes(previous)))) {
            throw new ClosingException(ClosingException.Reason.CHAIN, document + " does not follow " + (previous == null ? "nothing" : previous.toString()) + ": one between them is missing or was changed");
        }
        return closing;
    }

    private boolean isSigned(final byte[] bytes, final String signature) {
        try {
            final JWSObject jws = JWSObject.parse(signature, new Payload(bytes));
            return JWSAlgorithm.ES256.equals(jws.getHeader().getAlgorithm()) && jws.verify(verifier);
        } catch (final ParseException | JOSEException | IllegalStateException | IllegalArgumentException broken) {
            return false;
        }
    }
}
