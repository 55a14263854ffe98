package org.mawid.api.capability;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.SortedSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.mawid.api.gateway.ReferenceKeys;

/**
 * The token, both ways; what it says is of the token read last. One thread at a time. Needs no server around it, so that it can be measured by itself. In base64url (RFC 4648), without padding, big endian:
 * <pre>
 * version << 4 | version of the key    1 byte
 * application                          5
 * until when, s since 1970-01-01 UTC   4
 * (services - 1) << 4 | posts          1    posts 0 = any
 * each service, ascending              1
 * each post, ascending                 2
 * zeros up to a multiple of 3               so that no bit of the text is without a meaning
 * MAC                                 16    the first 128 bits of HMAC-SHA-256 over all before, and the 8 bytes of whom it was given to
 * </pre>
 * One service and one post make 40 characters, as many as 13 services at 4 posts 64; the most that an application can have, 16 at 9, make 84.
 */
public final class CapabilityCodec {
    static final int MOST_SERVICES = 16;
    /** The chosen one, and as many as can be accepted beside it. */
    static final int MOST_POSTS = 9;
    static final int MOST_CHARACTERS = 84;
    private static final int VERSION = 2;
    private static final int LEAST_BYTES = 30;
    private static final int HEAD_BYTES = 11;
    private static final int MAC_BYTES = 16;
    private static final int APPLICATION_BITS = 40;
    private static final String ALGORITHM = "HmacSHA256";
    private static final String LABEL = "mawid/capability";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final int newest;
    /** By version of the key; null where there is no such key. */
    private final Mac[] macs = new Mac[ReferenceKeys.MAX_VERSION + 1];
    private final byte[] computed = new byte[32];
    private final byte[] given = new byte[MAC_BYTES];
    private final byte[] expected = new byte[MAC_BYTES];
    private byte[] bytes;
    private long application;
    private int services;
    private int posts;

    /** @param keys of which the newest makes tokens and all read them */
    public CapabilityCodec(final ReferenceKeys keys) {
        newest = keys.newestVersion();
        for (int version = 1; version <= ReferenceKeys.MAX_VERSION; version++) {
            if (keys.has(version)) {
                macs[version] = mac(new SecretKeySpec(keys.derive(version, LABEL), ALGORITHM));
            }
        }
    }

    private static Mac mac(final SecretKeySpec key) {
        try {
            final Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (final GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has " + ALGORITHM, missing);
        }
    }

    /** @param holder see {@link Holder} @param forServices 1 to {@link #MOST_SERVICES}, each 1 to 128 @param atPosts 0 to {@link #MOST_POSTS}, none = any */
    public String write(final long holder, final long forApplication, final long untilMs, final SortedSet<Integer> forServices, final SortedSet<Integer> atPosts) {
        final int signed = signedBytes(forServices.size(), atPosts.size());
        final ByteBuffer token = ByteBuffer.allocate(signed + MAC_BYTES);
        token.put((byte) (VERSION << 4 | newest)).put((byte) (forApplication >>> 32)).putInt((int) forApplication).putInt((int) (untilMs / 1_000))
                .put((byte) (forServices.size() - 1 << 4 | atPosts.size()));
        forServices.forEach(service -> token.put(service.byteValue()));
        atPosts.forEach(post -> token.putShort(post.shortValue()));
        bytes = token.array();
        sign(newest, signed, holder);
        token.position(signed).put(computed, 0, MAC_BYTES);
        return new String(ENCODER.encode(bytes), StandardCharsets.US_ASCII);
    }

    /** Null when it is good now, for whoever brings it: then the questions below are answered. One that was given to somebody else is FORGED. */
    public CapabilityTrouble read(final String token, final long holder, final long nowMs) {
        if (token == null || token.isEmpty()) {
            return CapabilityTrouble.MISSING;
        }
        final int signed = decode(token);
        if (signed == 0) {
            return CapabilityTrouble.MALFORMED;
        }
        final int version = bytes[0] & 0xF;
        if (version > ReferenceKeys.MAX_VERSION || macs[version] == null) {
            return CapabilityTrouble.FORGED;
        }
        sign(version, signed, holder);
        System.arraycopy(computed, 0, expected, 0, MAC_BYTES);
        System.arraycopy(bytes, signed, given, 0, MAC_BYTES);
        if (!MessageDigest.isEqual(expected, given)) { // in constant time
            return CapabilityTrouble.FORGED;
        }
        return nowMs >= number(6, Integer.BYTES) * 1_000 ? CapabilityTrouble.EXPIRED : null;
    }

    /** Which application a token says that it is of, whether or not that is so; 0 when it is none. */
    long claimed(final String token) {
        return token == null || decode(token) == 0 ? 0 : application;
    }

    long application() {
        return application;
    }

    boolean hasService(final int serviceId) {
        for (int i = 0; i < services; i++) {
            if ((bytes[HEAD_BYTES + i] & 0xFF) == serviceId) {
                return true;
            }
        }
        return false;
    }

    boolean hasPost(final int postId) {
        for (int i = 0; i < posts; i++) {
            if (number(HEAD_BYTES + services + i * Short.BYTES, Short.BYTES) == postId) {
                return true;
            }
        }
        return posts == 0;
    }

    /** @return how many bytes are signed; 0 when it is no token, whatever its MAC */
    private int decode(final String token) {
        if (token.length() > MOST_CHARACTERS || token.length() % 4 != 0 || token.indexOf('=') >= 0) {
            return 0;
        }
        try {
            bytes = DECODER.decode(token);
        } catch (final IllegalArgumentException notBase64) {
            return 0;
        }
        if (bytes.length < LEAST_BYTES || bytes[0] >>> 4 != VERSION) {
            return 0;
        }
        services = (bytes[10] >>> 4 & 0xF) + 1;
        posts = bytes[10] & 0xF;
        application = number(1, APPLICATION_BITS / Byte.SIZE);
        final int signed = signedBytes(services, posts);
        return bytes.length == signed + MAC_BYTES ? signed : 0;
    }

    private static int signedBytes(final int services, final int posts) {
        final int all = HEAD_BYTES + services + posts * Short.BYTES + MAC_BYTES;
        return (all + 2) / 3 * 3 - MAC_BYTES;
    }

    private void sign(final int version, final int signed, final long holder) {
        try {
            macs[version].update(bytes, 0, signed);
            for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
                macs[version].update((byte) (holder >>> shift));
            }
            macs[version].doFinal(computed, 0);
        } catch (final GeneralSecurityException tooShort) {
            throw new IllegalStateException("32 bytes hold an " + ALGORITHM, tooShort);
        }
    }

    private long number(final int at, final int length) {
        long number = 0;
        for (int i = 0; i < length; i++) {
            number = number << 8 | bytes[at + i] & 0xFF;
        }
        return number;
    }
}
