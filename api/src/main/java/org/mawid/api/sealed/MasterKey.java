package org.mawid.api.sealed;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.util.SecretBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.mawid.api.gateway.SecretFile;
import org.mawid.api.sealed.pkcs11.Pkcs11Key;

/**
 * What the persons' keys are wrapped with. From a file, or in a token that speaks PKCS#11 (a hardware security module, or a key management service), which never gives it away. Any thread.
 *
 * @param id   written beside what it has wrapped, and no secret: 1 to 64 letters, digits and -._
 * @param aead wraps and unwraps; may wait for a network
 */
public record MasterKey(String id, Aead aead) {
    private static final int ID_BYTES = 8;

    public MasterKey {
        if (!id.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException("a master key's id is 1 to 64 letters, digits and -._");
        }
    }

    /**
     * The keys that somebody names, each a file or the address of a key in a token: {@link Pkcs11Key}.
     *
     * @param newest wraps
     * @param older  unwrap what they have wrapped
     * @throws IllegalArgumentException an address is none, in one line
     * @throws IOException              in one line: a key cannot be read or used, others can read it, it is none, or two have one id
     */
    public static List<MasterKey> all(final String newest, final List<String> older) throws IOException {
        final List<MasterKey> all = new ArrayList<>(List.of(find(newest)));
        for (final String one : older) {
            final MasterKey found = find(one);
            if (all.stream().anyMatch(known -> known.id().equals(found.id()))) {
                throw new IOException("two master keys are called " + found.id() + ": it is the same one twice, or give the newer one another label");
            }
            all.add(found);
        }
        return all;
    }

    private static MasterKey find(final String where) throws IOException {
        return Pkcs11Key.isMeant(where) ? of(Pkcs11Key.open(where)) : read(Path.of(where));
    }

    /** @throws IOException in one line: it cannot be read, others can read it, or it is none */
    public static MasterKey read(final Path file) throws IOException {
        return of(KeyFile.read(file));
    }

    /**
     * Makes a file with a random key, mode 0600, durable.
     *
     * @throws FileAlreadyExistsException there is one: it is never written over
     */
    public static MasterKey make(final Path file) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        final byte[] key = new byte[KeyFile.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        SecretFile.write(file, KeyFile.text(key));
        return of(key);
    }

    /**
     * As {@link #make(Path)}, or in a token when that is meant.
     *
     * @throws IllegalArgumentException it is no address of a key, in one line
     */
    public static MasterKey make(final String where) throws IOException {
        return Pkcs11Key.isMeant(where) ? of(Pkcs11Key.make(where)) : make(Path.of(where));
    }

    /** One that nobody keeps: what is sealed under it can be opened by nobody once it is gone. For tests and demonstrations. */
    public static MasterKey passing() {
        final byte[] key = new byte[KeyFile.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return of(key);
    }

    private static MasterKey of(final Pkcs11Key key) {
        return new MasterKey(key.label(), key);
    }

    private static MasterKey of(final byte[] key) {
        try {
            final AesGcmParameters parameters = AesGcmParameters.builder().setKeySizeBytes(KeyFile.KEY_BYTES).setIvSizeBytes(12).setTagSizeBytes(16)
                    .setVariant(AesGcmParameters.Variant.NO_PREFIX).build();
            final Aead aead = AesGcmJce.create(AesGcmKey.builder().setParameters(parameters).setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get())).build());
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("mawid master key\n".getBytes(StandardCharsets.US_ASCII));
            return new MasterKey(HexFormat.of().formatHex(digest.digest(key), 0, ID_BYTES), aead);
        } catch (final GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has AES-GCM and SHA-256", missing);
        }
    }
}
