package org.mawid.api.sealed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;

/**
 * Seals what is a person's, with the key of that person: AES-256-GCM with a random nonce of 96 bits (Tink). Person, kind and application are authenticated with it, so that nothing can be shown as somebody else's.
 *
 * <p>Not bound: a hash of the content. It would have to stand in clear beside it, and a short text is found by its hash, also after the person was erased; what was sealed is authenticated as it is, and its
 * store knows it by the hash of the sealed bytes, which tells nothing.
 */
public final class Seals {
    /** How many bytes more are sealed than were clear: Tink's prefix (5), nonce (12), tag (16). */
    public static final int ADDED_BYTES = 33;
    /** Where Tink puts the id of the key that has sealed, behind a byte of its own. */
    private static final int ID_AT = 1;

    private final PersonKeys keys;
    private final IdentityKey identityKey;

    private Seals(final PersonKeys keys, final IdentityKey identityKey) {
        this.keys = keys;
        this.identityKey = identityKey;
    }

    /**
     * @param folder  of the keys; made when it is not there, for its owner only
     * @param masters the first one wraps, all unwrap; one at least
     * @throws IOException the folder cannot be used, or the identity numbers' key is none or can be read by others
     */
    public static Seals open(final Path folder, final List<MasterKey> masters) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        }
        return new Seals(new PersonKeys(folder, masters), IdentityKey.open(folder));
    }

    /** What identity numbers are hashed with, see {@link Identity#personKey}. */
    public IdentityKey identityKey() {
        return identityKey;
    }

    /**
     * The person's key is made when there is none, and durable when this returns.
     *
     * @return {@link #ADDED_BYTES} more; of the same content never the same twice
     * @throws SealException the person was erased since the application was submitted, or the key cannot be used
     * @throws IOException   the key can be neither read nor made durable now
     */
    public byte[] seal(final Owner owner, final Kind kind, final byte[] clear) throws IOException, SealException {
        try {
            return keys.findOrMake(owner.personKey(), owner.submittedMs()).aead().encrypt(clear, binding(owner, kind));
        } catch (final GeneralSecurityException tooLong) {
            throw new IllegalArgumentException("too long to be sealed", tooLong);
        }
    }

    /** @throws SealException the person was erased, or it is not what was sealed for this owner as this kind @throws IOException the key cannot be read now */
    public byte[] open(final Owner owner, final Kind kind, final byte[] sealed) throws IOException, SealException {
        final PersonKeys.Key key = keys.find(owner.personKey());
        if (sealed.length >= ID_AT + Integer.BYTES && ByteBuffer.wrap(sealed).getInt(ID_AT) != key.id()) {
            throw new SealException(SealException.Reason.ERASED, "it was sealed before the person was erased");
        }
        try {
            return key.aead().decrypt(sealed, binding(owner, kind));
        } catch (final GeneralSecurityException notIt) {
            throw new SealException(SealException.Reason.DAMAGED, "the content is damaged, or was sealed as something else", notIt);
        }
    }

    /** @throws SealException what was sealed for this owner is shut for good, for the person was erased @throws IOException it cannot be known now */
    public void refuseErased(final Owner owner) throws IOException, SealException {
        if (keys.isErasedSince(owner.personKey(), owner.submittedMs())) {
            throw new SealException(SealException.Reason.ERASED, "the person was erased");
        }
    }

    /**
     * Destroys the person's key, durably; whatever was sealed with it stays shut. Again changes nothing.
     *
     * @param nowMs wall-clock time, ms since 1970-01-01 UTC: an application that is submitted later is of somebody new
     * @return false when there was none, which is noted all the same: nothing is sealed for applications of before
     */
    public boolean erase(final long personKey, final long nowMs) throws IOException {
        try {
            return keys.destroy(personKey, nowMs);
        } catch (final SealException damaged) {
            throw new IOException(damaged.getMessage(), damaged);
        }
    }

    /**
     * Wraps all persons' keys with the first master key, after which the others are needed no more. Beside a server that runs, if it was given the same ones; again after it was interrupted.
     *
     * @return how many were wrapped with another one
     * @throws SealException one of the keys cannot be unwrapped with those that were given
     */
    public int rewrap() throws IOException, SealException {
        return keys.rewrap();
    }

    private static byte[] binding(final Owner owner, final Kind kind) {
        final HexFormat hex = HexFormat.of();
        return ("mawid sealed\n" + kind.name() + '\n' + hex.toHexDigits(owner.personKey()) + '\n' + hex.toHexDigits(owner.application())).getBytes(StandardCharsets.US_ASCII);
    }
}
