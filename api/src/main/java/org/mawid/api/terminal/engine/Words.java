package org.mawid.api.terminal.engine;

import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.gateway.Sha256;

/** A terminal's words in the log's fields: visible ASCII of a bounded length. */
final class Words {
    private static final int DIGEST_BYTES = 8;

    private Words() {
    }

    /** What cannot be kept is left out, and what is too long is cut. May become empty. */
    static String cut(final String text, final int most) {
        final StringBuilder kept = new StringBuilder(most);
        text.chars().filter(Words::isVisible).limit(most).forEach(letter -> kept.append((char) letter));
        return kept.toString();
    }

    /** As it is where it fits; else its beginning and a fingerprint, so that two that differ still do. @param text not empty */
    static String fingerprinted(final String text, final int most) {
        if (text.length() <= most && text.chars().allMatch(Words::isVisible)) {
            return text;
        }
        final String print = HexFormat.of().formatHex(Sha256.of(text), 0, DIGEST_BYTES);
        return cut(text, most - print.length() - 1) + '-' + print;
    }

    /** 64 bits of SHA-256, never 0. */
    static long key(final String text) {
        final long key = new UnsafeBuffer(Sha256.of(text)).getLong(0);
        return key == 0 ? 1 : key;
    }

    private static boolean isVisible(final int letter) {
        return letter > ' ' && letter < 0x7F;
    }
}
