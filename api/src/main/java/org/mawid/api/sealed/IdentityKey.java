package org.mawid.api.sealed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.mawid.api.gateway.SecretFile;

/**
 * What identity numbers, and addresses by which somebody is found, are hashed with (HMAC-SHA-256). It is never replaced: another one would make every person a stranger. Who loses its file cannot tell any more who somebody is in the log; who reads it can try
 * out numbers. Immutable, any thread.
 */
public final class IdentityKey {
    static final String FILE = "identity.key";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int NAME_BYTES = 16;

    private final SecretKeySpec key;

    private IdentityKey(final byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * Reads the file in this folder, or makes both.
     *
     * @throws IOException it can be neither read nor made, can be read by others, or is no such key
     */
    static IdentityKey open(final Path folder) throws IOException {
        final Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            final byte[] fresh = new byte[KeyFile.KEY_BYTES];
            new SecureRandom().nextBytes(fresh);
            SecretFile.write(file, KeyFile.text(fresh));
        }
        return new IdentityKey(KeyFile.read(file));
    }

    /**
     * Under which name something is found that stands nowhere in clear: nobody without the key finds it by trying all there are.
     *
     * @param kind what it is: the same text as something else has another name
     * @return 32 hexadecimal digits
     */
    public String nameOf(final String kind, final String text) {
        return HexFormat.of().formatHex(mac(("found by\n" + kind + '\n' + text).getBytes(StandardCharsets.UTF_8)), 0, NAME_BYTES);
    }

    byte[] mac(final byte[] text) {
        try {
            final Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text);
        } catch (final GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has " + ALGORITHM, missing);
        }
    }
}
