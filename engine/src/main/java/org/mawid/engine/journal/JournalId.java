package org.mawid.engine.journal;

/** Names one journal: 128 random bits, drawn by whoever creates it. */
public record JournalId(long high, long low) {
    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return hex(high) + hex(low);
    }

    /** @throws IllegalArgumentException unless 32 hexadecimal digits */
    public static JournalId parse(final String text) {
        if (text.length() != 32) {
            throw new IllegalArgumentException("not 32 hexadecimal digits: " + text);
        }
        return new JournalId(Long.parseUnsignedLong(text, 0, 16, 16), Long.parseUnsignedLong(text, 16, 32, 16));
    }

    private static String hex(final long value) {
        final String digits = Long.toHexString(value);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
