package org.mawid.api.terminal;

import java.util.regex.Pattern;

/**
 * One terminal of a post.
 *
 * @param terminalId  what the core calls it
 * @param postId      where it stands
 * @param host        name or address
 * @param port        1 to 65 535
 * @param poiId       what it calls itself, 1 to 64 letters, digits and {@code -._}
 * @param currency    ISO 4217, the post's
 * @param minorDigits decimals of the currency: 0, 2 or 3
 * @param tls         null = none
 */
public record TerminalRegistration(int terminalId, int postId, String host, int port, Transport transport, String poiId,
        String currency, int minorDigits, TerminalTls tls) {
    private static final Pattern POI_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final int MOST_DIGITS = 3;
    private static final int MOST_PORT = 65_535;

    /** @throws IllegalArgumentException in one line that names what is wrong */
    public TerminalRegistration {
        require(port > 0 && port <= MOST_PORT, "port", "1 to 65535");
        require(!host.isBlank(), "host", "a name or an address");
        require(POI_ID.matcher(poiId).matches(), "poiId", "1 to 64 letters, digits and -._");
        require(CURRENCY.matcher(currency).matches(), "currency", "three capital letters");
        require(minorDigits >= 0 && minorDigits <= MOST_DIGITS, "minorDigits", "0 to 3");
    }

    private static void require(final boolean holds, final String what, final String range) {
        if (!holds) {
            throw new IllegalArgumentException("a terminal's " + what + " is " + range);
        }
    }
}
