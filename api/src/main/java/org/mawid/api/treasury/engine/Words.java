package org.mawid.api.treasury.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.mawid.sbe.RecordApprovalEncoder;

/** The treasury's words as the log can hold them. */
final class Words {
    private static final int HASHED_BYTES = 16;

    private Words() {
    }

    /** Names a charge. What the log has no room for is named by its hash: money must not be refused for the length of its name. */
    static String transaction(final String order) {
        return fits(order, RecordApprovalEncoder.transactionLength()) ? order : '#' + HexFormat.of().formatHex(sha256(order), 0, HASHED_BYTES);
    }

    /** Left out when it does not fit: a part of it would be another one. */
    static String authorisation(final String code) {
        return fits(code, RecordApprovalEncoder.authorisationCodeLength()) ? code : "";
    }

    /** 64 bits of what was said. */
    static long hash(final String details) {
        return ByteBuffer.wrap(sha256(details)).getLong();
    }

    private static boolean fits(final String text, final int most) {
        return !text.isEmpty() && text.length() <= most && text.chars().allMatch(one -> one > ' ' && one < 0x7F);
    }

    private static byte[] sha256(final String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (final NoSuchAlgorithmException impossible) { // every Java has it
            throw new IllegalStateException(impossible);
        }
    }
}
