package org.mawid.api.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Crockford's base 32 with his check symbol: twelve symbols of five bits, then one for the value modulo 37. 32 and 31 have no
 * common divisor with 37, a prime, so that one wrong symbol and two swapped neighbours always give another remainder.
 */
public final class Crockford {
    /** Symbols without the check symbol. */
    static final int SYMBOLS = 12;
    /** Characters in groups, with the check symbol. */
    static final int LENGTH = SYMBOLS + 3;
    public static final long INVALID = -1;
    private static final int CHECKS = 37;
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";
    private static final byte[] ENCODE = ALPHABET.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DECODE = decodeTable();

    private Crockford() {
    }

    /** In groups: {@code 7K3M-9QF2-T4VXH}. @param value 0 to 2^60 - 1 @param salt 0 to 36, added to what the check symbol shows */
    @SuppressWarnings("deprecation") // the only constructor that copies ASCII without decoding it
    public static String format(final long value, final int salt) {
        final byte[] text = new byte[LENGTH];
        format(value, salt, text, 0);
        return new String(text, 0);
    }

    /** As above, into {@link #LENGTH} bytes. */
    static void format(final long value, final int salt, final byte[] text, final int offset) {
        int shift = 5 * SYMBOLS;
        for (int i = 0, at = offset; i < SYMBOLS; i++) {
            if (i == 4 || i == 8) {
                text[at++] = '-';
            }
            shift -= 5;
            text[at++] = ENCODE[(int) (value >>> shift) & 31];
        }
        text[offset + LENGTH - 1] = ENCODE[check(value, salt)];
    }

    /** Small letters, and I, L, O for 1, 1, 0, are what they look like; hyphens and spaces count for nothing. @return {@link #INVALID} if not valid */
    public static long parse(final CharSequence text, final int salt) {
        long value = 0;
        int symbols = 0;
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '-' || c == ' ') {
                continue;
            }
            final int digit = c < DECODE.length ? DECODE[c] : -1;
            if (symbols == SYMBOLS) {
                // the check symbol: nothing but hyphens and spaces may follow
                if (digit < 0 || digit != check(value, salt)) {
                    return INVALID;
                }
            } else if (digit < 0 || digit > 31) {
                return INVALID;
            } else {
                value = value << 5 | digit;
            }
            if (++symbols > SYMBOLS + 1) {
                return INVALID;
            }
        }
        return symbols == SYMBOLS + 1 ? value : INVALID;
    }

    private static int check(final long value, final int salt) {
        return (int) ((value + salt) % CHECKS);
    }

    private static byte[] decodeTable() {
        final byte[] table = new byte[128];
        Arrays.fill(table, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            table[ALPHABET.charAt(i)] = (byte) i;
            table[Character.toLowerCase(ALPHABET.charAt(i))] = (byte) i;
        }
        table['I'] = table['i'] = table['L'] = table['l'] = 1;
        table['O'] = table['o'] = 0;
        return table;
    }
}
