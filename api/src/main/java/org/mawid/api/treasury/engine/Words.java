package org.mawid.api.treasury.engine;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.mawid.api.gateway.Sha256;
import org.mawid.sbe.RecordApprovalEncoder;

/** The treasury's words as the log can hold them. */
final class Words {
    private static final int HASHED_BYTES = 16;

    private Words() {
    }

    /** Names a charge. What the log has no room for is named by its hash: money must not be refused for the length of its name. */
    static String transaction(final String order) {
        return fits(order, RecordApprovalEncoder.transactionLength()) ? order : '#' + HexFormat.of().formatHex(Sha256.of(order), 0, HASHED_BYTES);
    }

    /** Left out when it does not fit: a part of it would be another one. */
    static String authorisation(final String code) {
        return fits(code, RecordApprovalEncoder.authorisationCodeLength()) ? code : "";
    }

    /** 64 bits of what was said. */
    static long hash(final String details) {
        return ByteBuffer.wrap(Sha256.of(details)).getLong();
    }

    private static boolean fits(final String text, final int most) {
        return !text.isEmpty() && text.length() <= most && text.chars().allMatch(one -> one > ' ' && one < 0x7F);
    }
}
