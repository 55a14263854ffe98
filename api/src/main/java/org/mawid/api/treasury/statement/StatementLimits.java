package org.mawid.api.treasury.statement;

/**
 * What is read at most, so that a file decides neither memory nor time.
 *
 * @param bytes of a file, 1 to 16 GiB, usually 1 GiB: a day of a hundred million dirhams in payments of fifty takes 2 GiB, in batches a few KiB
 * @param lines of a file, 1 to 50 million, usually 5 million
 */
public record StatementLimits(long bytes, long lines) {
    /** Characters between two tags, in one tag, comment or instruction. */
    static final int TOKEN_CHARACTERS = 1 << 16;
    /** Characters of one value. */
    static final int VALUE_CHARACTERS = 4_096;
    /** The schemas nest to about 15. */
    static final int DEPTH = 64;
    /** The schemas have about 700 names. */
    static final int NAMES = 2_000;
    static final int ATTRIBUTES = 32;

    public static final StatementLimits USUAL = new StatementLimits(1L << 30, 5_000_000);

    /** @throws IllegalArgumentException beyond the ranges */
    public StatementLimits {
        if (bytes < 1 || bytes > 1L << 34 || lines < 1 || lines > 50_000_000) {
            throw new IllegalArgumentException("a statement may have 1 byte to 16 GiB and 1 to 50 000 000 lines");
        }
    }
}
