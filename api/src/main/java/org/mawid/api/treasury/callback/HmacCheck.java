package org.mawid.api.treasury.callback;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.mawid.api.treasury.wire.GuessedInterface;

/** HMAC-SHA256 over {@code timestamp "." body}, compared in constant time. */
public final class HmacCheck implements SignatureCheck {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LEAST_SECRET_BYTES = 16;
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");

    private final SecretKeySpec key;
    private final long windowMs;

    /** @param secret 16 bytes or more @param windowMs how far its clock may be from ours */
    public HmacCheck(final byte[] secret, final long windowMs) {
        if (secret.length < LEAST_SECRET_BYTES) {
            throw new IllegalArgumentException("a secret for call-backs has at least " + LEAST_SECRET_BYTES + " bytes");
        }
        key = new SecretKeySpec(secret, ALGORITHM);
        this.windowMs = windowMs;
    }

    @Override
    public Checked check(final MultiMap headers, final byte[] body, final long nowMs) {
        final String given = headers.get(GuessedInterface.SIGNATURE);
        final String seconds = headers.get(GuessedInterface.TIMESTAMP);
        if (given == null || seconds == null || !HEX.matcher(given).matches() || !SECONDS.matcher(seconds).matches()) {
            return Checked.BAD;
        }
        if (!MessageDigest.isEqual(mac(seconds, body), HexFormat.of().parseHex(given))) {
            return Checked.BAD;
        }
        return Math.abs(nowMs - Long.parseLong(seconds) * 1_000) <= windowMs ? Checked.GOOD : Checked.STALE;
    }

    private byte[] mac(final String seconds, final byte[] body) {
        try {
            final Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(seconds.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) '.');
            return mac.doFinal(body);
        } catch (final GeneralSecurityException impossible) { // every Java has it
            throw new IllegalStateException(impossible);
        }
    }
}
