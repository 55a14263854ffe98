package org.mawid.api.terminal;

import java.nio.file.Path;

/**
 * TLS to a terminal. The terminal's name is checked against its certificate.
 *
 * @param trusted     PEM file of whoever signed the terminal's certificate; null = those that the JDK trusts
 * @param certificate PEM file of the till's own certificate, for terminals that ask for one; null = none
 * @param key         PEM file of its private key; null exactly when {@code certificate} is
 */
public record TerminalTls(Path trusted, Path certificate, Path key) {
    public TerminalTls {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("a certificate and its key go together: give both or none");
        }
    }
}
