package org.mawid.bench.release.ground;

/** Where a server listens. */
public record Address(String host, int port) {
    /** @param text HOST:PORT, also with {@code http://} before it @throws IllegalArgumentException it is something else */
    public static Address of(final String text) {
        final String plain = text.replaceFirst("^http://", "").replaceFirst("/$", "");
        final int colon = plain.lastIndexOf(':');
        try {
            final int port = Integer.parseInt(plain.substring(colon + 1));
            if (colon > 0 && port >= 1 && port <= 65_535) {
                return new Address(plain.substring(0, colon).replaceAll("^\\[|]$", ""), port);
            }
        } catch (final NumberFormatException notAPort) {
            // told below
        }
        throw new IllegalArgumentException("an address is HOST:PORT, as in 127.0.0.1:9090, not '" + text + "'");
    }
}
