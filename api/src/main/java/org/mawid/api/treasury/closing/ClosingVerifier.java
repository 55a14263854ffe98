package org.mawid.api.treasury.closing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mawid.api.stamp.document.PublicKeys;

/** Verifies closings as the treasury would: with the public keys and nothing else of ours. Any thread. */
public final class ClosingVerifier {
    private final Map<String, JWSVerifier> verifiers;

    private ClosingVerifier(final Map<String, JWSVerifier> verifiers) {
        this.verifiers = verifiers;
    }

    /**
     * A closing that was signed.
     *
     * @param followed it was checked against the one before it, or is the first there is; false: the one before was not given
     */
    public record Verified(Path document, DailyClosing closing, boolean followed) {
    }

    /**
     * @param jwkSet public keys by their names; keys that are not of P-256 or have no name are passed over
     * @throws IllegalArgumentException see {@link PublicKeys#verifiers}
     */
    public static ClosingVerifier of(final String jwkSet) {
        return new ClosingVerifier(PublicKeys.verifiers(jwkSet));
    }

    /**
     * @param document {@code NAME.json}, with {@code NAME.jws} beside it
     * @param previous the document that it has to follow; null when it has to be the first
     * @throws ClosingException says what is wrong with it
     */
    public DailyClosing verify(final Path document, final Path previous) throws IOException, ClosingException {
        final DailyClosing closing = signed(document);
        follows(document, closing, previous, previous == null ? null : ClosingText.closing(Files.readAllBytes(previous)));
        return closing;
    }

    /**
     * Each by itself, and those of a post and currency behind each other; in any order.
     *
     * @return by post, currency and day
     * @throws ClosingException for the first that is wrong, in that order
     */
    public List<Verified> verify(final List<Path> documents) throws IOException, ClosingException {
        final TreeMap<String, List<Verified>> chains = new TreeMap<>();
        for (final Path document : documents) {
            final DailyClosing closing = signed(document);
            chains.computeIfAbsent(closing.post() + ' ' + closing.currency(), first -> new ArrayList<>()).add(new Verified(document, closing, closing.from() == null));
        }
        final List<Verified> all = new ArrayList<>();
        for (final List<Verified> chain : chains.values()) {
            chain.sort(Comparator.comparing(one -> one.closing().day()));
            for (int i = 0; i < chain.size(); i++) {
                final Verified one = chain.get(i);
                if (i > 0) {
                    follows(one.document(), one.closing(), chain.get(i - 1).document(), chain.get(i - 1).closing());
                } else if (one.followed()) {
                    follows(one.document(), one.closing(), null, null);
                }
                all.add(new Verified(one.document(), one.closing(), i > 0 || one.followed()));
            }
        }
        return all;
    }

    private DailyClosing signed(final Path document) throws IOException, ClosingException {
        final String name = document.getFileName().toString();
        if (!name.endsWith(ClosingWriter.DOCUMENT)) {
            throw new ClosingException(ClosingException.Reason.FORMAT, document + " is no closing: its name ends with .json");
        }
        final byte[] bytes = Files.readAllBytes(document);
        final Path signature = document.resolveSibling(name.substring(0, name.length() - ClosingWriter.DOCUMENT.length()) + ClosingWriter.SIGNATURE);
        if (!isSigned(document, bytes, signature(signature))) {
            throw new ClosingException(ClosingException.Reason.SIGNATURE, document + " is not what was signed with this key: ask for it anew");
        }
        final DailyClosing closing;
        try {
            closing = ClosingText.closing(bytes);
        } catch (final ClosingException none) {
            throw new ClosingException(none.reason(), document + ": " + none.getMessage());
        }
        if (!name.equals(closing.name() + ClosingWriter.DOCUMENT)) {
            throw new ClosingException(ClosingException.Reason.FORMAT, document + " holds " + closing.name());
        }
        return closing;
    }

    private static String signature(final Path file) throws IOException, ClosingException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        } catch (final NoSuchFileException none) {
            throw new ClosingException(ClosingException.Reason.SIGNATURE, file + " is missing: a closing is worth nothing without its signature, put it beside the document");
        }
    }

    private static void follows(final Path document, final DailyClosing closing, final Path previous, final DailyClosing before) throws IOException, ClosingException {
        final String hash = previous == null ? "" : ClosingText.hash(Files.readAllBytes(previous));
        if (!ClosingText.previous(Files.readAllBytes(document)).equals(hash)) {
            throw new ClosingException(ClosingException.Reason.CHAIN, document + " does not follow " + (previous == null ? "nothing" : previous.toString()) + ": one between them is missing or was changed");
        }
        final String wrong = closing.whyNotAfter(before);
        if (wrong != null) {
            throw new ClosingException(ClosingException.Reason.CHAIN, document + ": " + wrong);
        }
    }

    private boolean isSigned(final Path document, final byte[] bytes, final String signature) throws ClosingException {
        final JWSObject jws;
        try {
            jws = JWSObject.parse(signature, new Payload(bytes));
        } catch (final ParseException | IllegalArgumentException broken) {
            return false;
        }
        final boolean isClosing = jws.getHeader().getType() != null && ClosingWriter.TYPE.equals(jws.getHeader().getType().getType());
        if (!isClosing || !JWSAlgorithm.ES256.equals(jws.getHeader().getAlgorithm())) {
            return false;
        }
        final JWSVerifier verifier = verifiers.get(String.valueOf(jws.getHeader().getKeyID()));
        if (verifier == null) {
            throw new ClosingException(ClosingException.Reason.SIGNATURE, document + " names the key " + jws.getHeader().getKeyID() + ", which is not among those given: get them anew from /v1/stamp-keys");
        }
        try {
            return jws.verify(verifier);
        } catch (final JOSEException | IllegalStateException broken) {
            return false;
        }
    }
}
