package org.mawid.api.terminal.nexo;

/**
 * Finds card numbers in text: 13 to 19 digits that begin and end where digits do and pass the check of ISO/IEC 7812, whatever stands between
 * groups of them. Any 13 digits inside a longer number are not looked at: every third reference of a terminal would be taken for a card.
 */
public final class CardNumbers {
    private static final int FEWEST = 13;
    private static final int MOST = 19;
    private static final int LAST = 4;
    private static final int TEN = 10;
    private static final int GAP = 2;

    private CardNumbers() {
    }

    /** Whether there is one anywhere in it; at most two characters that are neither digits nor letters may stand between two groups. */
    public static boolean in(final CharSequence text) {
        final int length = text.length();
        for (int from = 0; from < length; from++) {
            if (isDigit(text, from) && !isDigit(text, from - 1) && begins(text, from)) {
                return true;
            }
        }
        return false;
    }

    /** How many digits there are in it, wherever they stand. */
    static int digits(final CharSequence text) {
        return (int) text.chars().filter(c -> c >= '0' && c <= '9').count();
    }

    private static boolean begins(final CharSequence text, final int from) {
        final int[] digits = new int[MOST];
        int count = 0;
        int between = 0;
        for (int i = from; i < text.length(); i++) {
            if (isDigit(text, i)) {
                if (count == MOST) {
                    return false;
                }
                digits[count++] = text.charAt(i) - '0';
                between = 0;
                if (!isDigit(text, i + 1) && count >= FEWEST && passes(digits, count)) {
                    return true;
                }
            } else if (Character.isLetter(text.charAt(i)) || ++between > GAP) {
                return false;
            }
        }
        return false;
    }

    private static boolean isDigit(final CharSequence text, final int at) {
        return at >= 0 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    /** No card begins with 0, 1, 7, 8 or 9 that a terminal of ours takes: travel, fuel and shop cards do. */
    private static boolean passes(final int[] digits, final int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            final int digit = digits[count - 1 - i];
            final int doubled = digit * 2;
            sum += i % 2 == 0 ? digit : doubled >= TEN ? doubled - 9 : doubled;
        }
        return digits[0] >= 2 && digits[0] <= 6 && sum % TEN == 0;
    }

    /** The last four digits of a card's number, whole or masked; empty when it does not end in four digits. */
    static String lastFour(final String number) {
        final String trimmed = number.strip();
        if (trimmed.length() < LAST) {
            return "";
        }
        final String last = trimmed.substring(trimmed.length() - LAST);
        return digits(last) == LAST ? last : "";
    }
}
