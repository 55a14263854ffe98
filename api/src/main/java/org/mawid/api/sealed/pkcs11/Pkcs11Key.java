package org.mawid.api.sealed.pkcs11;

import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An AES-256 key in a token, which does the work itself (CKM_AES_GCM): nonce of 96 random bits, sealed bytes, tag of 128 bits. What is sealed stays readable with any program that has the token and knows this order.
 *
 * <p>A token that was away is logged in to again at the next use. A PIN that it has refused is not tried again before a restart: three tries lock most tokens. Any thread that may wait for a network.
 */
public final class Pkcs11Key implements Aead {
    private static final Logger LOG = LoggerFactory.getLogger(Pkcs11Key.class);
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int KEY_BITS = 256;
    /** Of keys that are made: they stay in the token, and cannot be taken out of it. */
    private static final String MADE_AS = """
            attributes(generate,CKO_SECRET_KEY,*) = {
              CKA_TOKEN = true
              CKA_PRIVATE = true
              CKA_SENSITIVE = true
              CKA_EXTRACTABLE = false
              CKA_ENCRYPT = true
              CKA_DECRYPT = true
            }
            """;

    private final Pkcs11Uri uri;
    private final Provider provider;
    private final SecureRandom random = new SecureRandom();
    private KeyStore token;
    private SecretKey key;
    /** Why the PIN is not tried any more; null = it may be. */
    private TokenException refused;

    private Pkcs11Key(final Pkcs11Uri uri, final Provider provider) {
        this.uri = uri;
        this.provider = provider;
    }

    /** Whether somebody means a key in a token, and not a file. */
    public static boolean isMeant(final String text) {
        return text.startsWith(Pkcs11Uri.SCHEME);
    }

    /**
     * Logs in and finds the key.
     *
     * @param text an address as {@link Pkcs11Uri} has it
     * @throws IllegalArgumentException it is none, in one line
     * @throws IOException              in one line: library, token, PIN or key are not as they have to be
     */
    public static Pkcs11Key open(final String text) throws IOException {
        final Pkcs11Key opened = of(text);
        try {
            opened.key();
        } catch (final TokenException why) {
            throw new IOException(why.getMessage(), why);
        }
        return opened;
    }

    /**
     * Has the token make a key, which nobody can take out of it.
     *
     * @throws FileAlreadyExistsException there is one of this label: it is left alone
     * @throws IOException                as {@link #open}
     */
    public static Pkcs11Key make(final String text) throws IOException {
        final Pkcs11Key made = of(text);
        try {
            made.generate();
        } catch (final GeneralSecurityException | ProviderException why) {
            throw new IOException(made.named() + " makes no key: " + reason(why), why);
        }
        return made;
    }

    private static Pkcs11Key of(final String text) throws IOException {
        final Pkcs11Uri uri = Pkcs11Uri.of(text);
        final Provider java = Security.getProvider("SunPKCS11");
        if (java == null) {
            throw new IOException("this Java has no SunPKCS11: use a JDK with the module jdk.crypto.cryptoki");
        }
        try {
            return new Pkcs11Key(uri, java.configure("--name = mawid-" + uri.slot() + "\nlibrary = " + uri.module() + "\nslot = " + uri.slot() + '\n' + MADE_AS));
        } catch (final ProviderException | IllegalArgumentException why) { // InvalidParameterException is one
            throw new IOException("no token in slot " + uri.slot() + " of " + uri.module() + ": " + reason(why), why);
        }
    }

    /** CKA_LABEL of the key. */
    public String label() {
        return uri.label();
    }

    @Override
    public byte[] encrypt(final byte[] clear, final byte[] binding) throws GeneralSecurityException {
        final byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        final byte[] sealed = done(Cipher.ENCRYPT_MODE, nonce, clear, binding);
        return ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
    }

    @Override
    public byte[] decrypt(final byte[] sealed, final byte[] binding) throws GeneralSecurityException {
        if (sealed.length < NONCE_BYTES + TAG_BYTES) {
            throw new AEADBadTagException("too short");
        }
        return done(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES), Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length), binding);
    }

    /** Takes back the log-in of this process; the next use logs in again. */
    synchronized void logOut() {
        if (provider instanceof final java.security.AuthProvider session) {
            try {
                session.logout();
            } catch (final javax.security.auth.login.LoginException already) {
                LOG.debug("{} was away before", named(), already);
            }
        }
    }

    private byte[] done(final int mode, final byte[] nonce, final byte[] bytes, final byte[] binding) throws GeneralSecurityException {
        final SecretKey used = key();
        try {
            return done(used, mode, nonce, bytes, binding);
        } catch (final ProviderException | java.security.InvalidKeyException away) { // a session that ended, a module that was started anew
            forget(used);
            LOG.warn("{} has let go of us, logging in again: {}", named(), reason(away));
        }
        try {
            return done(key(), mode, nonce, bytes, binding);
        } catch (final ProviderException | java.security.InvalidKeyException still) {
            throw new TokenException(named() + " does not answer: " + reason(still), still);
        }
    }

    private byte[] done(final SecretKey with, final int mode, final byte[] nonce, final byte[] bytes, final byte[] binding) throws GeneralSecurityException {
        final Cipher cipher = Cipher.getInstance(ALGORITHM, provider);
        cipher.init(mode, with, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(binding);
        return cipher.doFinal(bytes);
    }

    private synchronized void forget(final SecretKey used) {
        if (key == used) {
            key = null;
            token = null;
        }
    }

    private synchronized SecretKey key() throws TokenException {
        if (key == null) {
            logIn();
            try {
                final SecretKey found = (SecretKey) token.getKey(uri.label(), null);
                if (found == null) {
                    throw new TokenException(named() + " has no secret key " + uri.label() + ": make it with mawid master-key --new", null);
                }
                requireKept(found);
                key = found;
            } catch (final GeneralSecurityException | ProviderException | ClassCastException why) {
                throw why instanceof final TokenException told ? told : new TokenException(named() + " does not give the key " + uri.label() + ": " + reason(why), why);
            }
        }
        return key;
    }

    /** What can be read out of the token is no better kept than in a file. */
    private void requireKept(final SecretKey found) throws TokenException {
        if (found.getEncoded() != null) {
            throw new TokenException("the key " + uri.label() + " of " + named() + " can be read out of it: make another one, sensitive and not extractable, as mawid master-key --new does", null);
        }
        if (!"AES".equals(found.getAlgorithm()) || provider.getService("Cipher", ALGORITHM) == null) {
            throw new TokenException(named() + " does not encrypt with " + uri.label() + ": an AES key and CKM_AES_GCM are needed", null);
        }
    }

    private void logIn() throws TokenException {
        if (refused != null) {
            throw refused;
        }
        try {
            final char[] pin = PinFile.read(uri.pinFile());
            try {
                token = KeyStore.getInstance("PKCS11", provider);
                token.load(null, pin);
            } finally {
                Arrays.fill(pin, '\0');
            }
        } catch (final IOException | GeneralSecurityException | ProviderException why) {
            final String reason = reason(why);
            final TokenException told = new TokenException(named() + " does not let us in: " + reason, why);
            if (reason.contains("CKR_PIN")) {
                refused = new TokenException(told.getMessage() + "; the PIN in " + uri.pinFile() + " is not tried again before a restart, for too many tries lock a token", why);
                throw refused;
            }
            throw told;
        }
    }

    private synchronized void generate() throws IOException, GeneralSecurityException {
        logIn();
        if (token.containsAlias(uri.label())) {
            throw new FileAlreadyExistsException(uri.label());
        }
        final KeyGenerator generator = KeyGenerator.getInstance("AES", provider);
        generator.init(KEY_BITS);
        token.setEntry(uri.label(), new KeyStore.SecretKeyEntry(generator.generateKey()), null);
        key();
    }

    private String named() {
        return "the token in slot " + uri.slot();
    }

    /** The innermost that says anything: what the token itself has answered. */
    private static String reason(final Throwable why) {
        String said = why.getClass().getSimpleName();
        for (Throwable each = why; each != null; each = each.getCause()) {
            if (each.getMessage() != null) {
                said = each.getMessage();
            }
        }
        return said;
    }
}
