package org.mawid.api.stamp.document;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mawid.api.gateway.SecretFile;
import org.mawid.engine.FileTrouble;

/**
 * The keys that stamps' documents and daily closings are signed with: a file with a private JWK Set (RFC 7517) of P-256 keys, mode 0600, beside that of the references.
 * The highest version signs; the public halves of all are for whoever verifies. A key is named {@code VERSION-THUMBPRINT}, with the first eight
 * characters of its RFC 7638 thumbprint, so that a document of another deployment is told from a forged one.
 * <p>Who loses the file can make new keys; documents on paper stay good for everybody who has the public half. Immutable, any thread.
 */
public final class SigningKeys {
    /** Its name in the data directory's folder of the edges. */
    public static final String FILE = "stamp-signing.jwks";
    /** Highest version of a key. */
    static final int MAX_VERSION = 999;
    /** Explicit typing (RFC 8725, 3.11): nothing else that these keys may sign one day can be shown as a stamp. */
    static final String TYPE = "stamp";

    private static final String NO_P256 = "this Java has no P-256: a runtime image for Mawid needs the module jdk.crypto.ec";
    private static final int THUMBPRINT_CHARACTERS = 8;

    private final JWKSet keys;
    private final JWSHeader header;
    private final JWSSigner signer;

    private SigningKeys(final TreeMap<Integer, ECKey> byVersion) throws JOSEException {
        keys = new JWKSet(new ArrayList<>(byVersion.values()));
        final ECKey newest = byVersion.lastEntry().getValue();
        header = new JWSHeader.Builder(StampVerifier.ALGORITHM).type(new JOSEObjectType(TYPE)).keyID(newest.getKeyID()).build();
        signer = new ECDSASigner(newest);
    }

    /**
     * Reads the file, or makes it with a random key of version 1.
     *
     * @throws IOException when it can be neither read nor made, or is not such a file; the message says what to do and no secret
     */
    public static SigningKeys open(final Path file) throws IOException {
        try {
            return read(file);
        } catch (final NoSuchFileException notYet) {
            return addTo(file, new TreeMap<>());
        }
    }

    /** One key that nobody keeps: what it signs, nobody can verify once it is gone. For tests and measurements. */
    public static SigningKeys passing() {
        try {
            return new SigningKeys(new TreeMap<>(Map.of(1, newKey(1))));
        } catch (final JOSEException missing) {
            throw new IllegalStateException(NO_P256, missing);
        }
    }

    /** Only reads. @throws NoSuchFileException when there is none @throws IOException as {@link #open} */
    public static SigningKeys read(final Path file) throws IOException {
        return of(file, byVersion(file));
    }

    /** Adds a key to the file, or makes the file, and gives all. Who has it open signs on with what was the newest then. @throws IOException as {@link #open} */
    public static SigningKeys addNewer(final Path file) throws IOException {
        TreeMap<Integer, ECKey> keys;
        try {
            keys = byVersion(file);
        } catch (final NoSuchFileException notYet) {
            keys = new TreeMap<>();
        }
        return addTo(file, keys);
    }

    /** The public halves, as JSON in one line: what a post verifies with. */
    public String publicKeys() {
        return keys.toPublicJWKSet().toString();
    }

    /** @return the name of the key that signs */
    public String newest() {
        return header.getKeyID();
    }

    /** A JWS in its compact form (RFC 7515), ES256: about 450 characters. No two are equal, for the signature has a random part. */
    String sign(final Map<String, Object> claims) {
        final JWSObject token = new JWSObject(header, new Payload(claims));
        try {
            token.sign(signer);
        } catch (final JOSEException e) {
            throw new IllegalStateException("a key that was tried when it was read does not sign", e);
        }
        return token.serialize();
    }

    /**
     * A JWS with ES256 and detached content (RFC 7515, appendix F), in ASCII: for what is no stamp.
     *
     * @param type of the header, which every verifier asks for; not that of stamps
     */
    public String sign(final String type, final byte[] content) {
        return signed(type, content).serialize(true);
    }

    private JWSObject signed(final String type, final byte[] content) {
        if (TYPE.equals(type)) {
            throw new IllegalArgumentException("a stamp is signed by its claims");
        }
        final JWSObject token = new JWSObject(new JWSHeader.Builder(header).type(new JOSEObjectType(type)).build(), new Payload(content));
        try {
            token.sign(signer);
        } catch (final JOSEException e) {
            throw new IllegalStateException("a key that was tried when it was read does not sign", e);
        }
        return token;
    }

    /**
     * A JWS with ES256 in its compact form, the content in it: for what is no stamp.
     *
     * @param type as in {@link #sign(String, byte[])}
     */
    public String seal(final String type, final byte[] content) {
        return signed(type, content).serialize();
    }

    private static SigningKeys addTo(final Path file, final TreeMap<Integer, ECKey> byVersion) throws IOException {
        final int version = byVersion.isEmpty() ? 1 : byVersion.lastKey() + 1;
        if (version > MAX_VERSION) {
            throw new IOException(file + " has a key of version " + MAX_VERSION + ", the last there can be: move it away, and new keys begin again at 1");
        }
        try {
            byVersion.put(version, newKey(version));
        } catch (final JOSEException missing) {
            throw new IOException(NO_P256, missing);
        }
        SecretFile.write(file, new JWKSet(new ArrayList<>(byVersion.values())).toString(false) + '\n');
        return read(file);
    }

    private static ECKey newKey(final int version) throws JOSEException {
        final ECKey unnamed = new ECKeyGenerator(Curve.P_256).generate();
        return new ECKey.Builder(unnamed).keyUse(KeyUse.SIGNATURE).algorithm(StampVerifier.ALGORITHM).keyID(name(version, unnamed)).build();
    }

    private static TreeMap<Integer, ECKey> byVersion(final Path file) throws IOException {
        final String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (final NoSuchFileException notYet) {
            throw notYet;
        } catch (final IOException e) {
            throw FileTrouble.unreadable(file, e);
        }
        final TreeMap<Integer, ECKey> byVersion = new TreeMap<>();
        for (final JWK key : keys(file, text)) {
            if (!(key instanceof ECKey signing) || !Curve.P_256.equals(signing.getCurve()) || !signing.isPrivate()) {
                throw refused(file, "a key that is not a private one of P-256");
            }
            final int version = version(file, signing);
            if (byVersion.put(version, signing) != null) {
                throw refused(file, "two keys of version " + version);
            }
        }
        if (byVersion.isEmpty()) {
            throw refused(file, "no key");
        }
        SecretFile.warnIfOthersCanRead(file, "forge stamps");
        return byVersion;
    }

    /** Without what the parser says: it may quote the key. */
    private static List<JWK> keys(final Path file, final String text) throws IOException {
        try {
            return JWKSet.parse(text).getKeys();
        } catch (final ParseException | IllegalArgumentException notOne) {
            throw refused(file, "something that is no JWK Set");
        }
    }

    private static int version(final Path file, final ECKey key) throws IOException {
        final String name = String.valueOf(key.getKeyID());
        if (name.matches("[1-9][0-9]{0,2}-.*")) {
            final int version = Integer.parseInt(name.substring(0, name.indexOf('-')));
            try {
                if (name.equals(name(version, key))) {
                    return version;
                }
            } catch (final JOSEException noThumbprint) {
                // told below
            }
        }
        throw refused(file, "a key whose kid is not version and thumbprint");
    }

    /** Each has to sign what its public half verifies: a key that does not would be found out by the first post. */
    private static SigningKeys of(final Path file, final TreeMap<Integer, ECKey> byVersion) throws IOException {
        try {
            SigningKeys keys = null;
            for (final int version : byVersion.keySet()) {
                keys = new SigningKeys(new TreeMap<>(byVersion.headMap(version, true)));
                final JWSObject probe = new JWSObject(keys.header, new Payload("probe"));
                probe.sign(keys.signer);
                if (!probe.verify(StampVerifier.verifier(byVersion.get(version)))) {
                    throw refused(file, "a key whose private and public half are not a pair");
                }
            }
            return keys;
        } catch (final JOSEException | IllegalStateException notAKey) {
            throw refused(file, "a key that does not sign");
        }
    }

    private static String name(final int version, final ECKey key) throws JOSEException {
        return version + "-" + key.computeThumbprint().toString().substring(0, THUMBPRINT_CHARACTERS);
    }

    private static IOException refused(final Path file, final String what) {
        return new IOException(file + " has " + what + ": restore it from a back-up, or move it away and new keys are made, whose public half every post needs"
                + " (mawid stamp-keys)");
    }
}
