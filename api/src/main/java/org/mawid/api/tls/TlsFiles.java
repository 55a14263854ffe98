package org.mawid.api.tls;

import java.nio.file.Path;

/**
 * Where all that TLS needs is. Each file is looked at every {@code reloadMs}, and used anew when it has changed.
 *
 * @param certificate PEM file with the certificate chain
 * @param key         PEM file with its private key (PKCS 8)
 * @param reloadMs    100 ms to 1 day
 * @param clients     whether clients show one
 * @param authorities PEM file with the certificates of those who issue theirs; null = {@link ClientCertificates#OFF}
 */
public record TlsFiles(Path certificate, Path key, long reloadMs, ClientCertificates clients, Path authorities) {
    private static final long DAY_MS = 86_400_000L;

    /** @throws IllegalArgumentException with what is wrong and what is allowed */
    public TlsFiles {
        check(certificate != null && key != null, "TLS needs both a certificate and its key");
        check(reloadMs >= 100 && reloadMs <= DAY_MS, "tlsReloadMs of 100 to " + DAY_MS + ": " + reloadMs);
        check((clients == ClientCertificates.OFF) == (authorities == null), "clients' certificates need the authorities that issue them, and the other way about");
    }

    /** Nobody is asked for a certificate. */
    public static TlsFiles of(final Path certificate, final Path key, final long reloadMs) {
        return new TlsFiles(certificate, key, reloadMs, ClientCertificates.OFF, null);
    }

    /** Clients show one of those authorities. */
    public TlsFiles asking(final ClientCertificates newClients, final Path newAuthorities) {
        return new TlsFiles(certificate, key, reloadMs, newClients, newAuthorities);
    }

    private static void check(final boolean holds, final String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
