package org.mawid.api.sealed.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The name of sealed bytes: their SHA-256 (FIPS 180-4) as 64 hexadecimal digits. */
public final class ContentName {
    static final int DIGITS = 64;
    private static final int HASH_DIGITS = 16;

    private ContentName() {
    }

    public static String of(final byte[] sealed) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(sealed));
        } catch (final NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }

    /** The first 64 bits: what the log has of it. */
    public static long hash(final String name) {
        return HexFormat.fromHexDigitsToLong(name, 0, HASH_DIGITS);
    }

    /** @throws IllegalArgumentException it is no such name: nobody else's text becomes a path */
    static String require(final String name) {
        if (!isOne(name)) {
            throw new IllegalArgumentException("no name of content");
        }
        return name;
    }

    static boolean isOne(final String text) {
        return text.length() == DIGITS && text.chars().allMatch(digit -> digit >= '0' && digit <= '9' || digit >= 'a' && digit <= 'f');
    }

    /** @throws DamagedContentException they are others */
    static byte[] checked(final String name, final byte[] sealed) throws DamagedContentException {
        if (!of(sealed).equals(name)) {
            throw new DamagedContentException(name);
        }
        return sealed;
    }
}
