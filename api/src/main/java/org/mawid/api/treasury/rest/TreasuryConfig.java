package org.mawid.api.treasury.rest;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;

/**
 * How the treasury is reached. Immutable; its text holds no secret.
 *
 * @param base                http or https, host, port; a path before the interface's own paths is kept
 * @param clientId            OAuth2 client credentials
 * @param clientSecret        likewise
 * @param trust               PEM file of what is trusted instead of Java's own; null for Java's own
 * @param certificate         PEM file of our certificate for mTLS; null for none
 * @param key                 PEM file of its key; null for none
 * @param connectTimeoutMs    1 to 60 000
 * @param answerTimeoutMs     for one attempt, 1 to 120 000
 * @param deadlineMs          for all attempts with the waiting between them, 1 to 600 000
 * @param attempts            at most, 1 to 10
 * @param backoffMs           wait before the second attempt at most; doubled for each further one, a random part of it is waited; 1 to 60 000
 * @param restMs              how long the treasury is left alone when half of the last calls failed, 1 to 600 000
 * @param connections         at once, 1 to 256
 * @param tokenUrl            where tokens are given; null for the interface's own path behind the base
 */
public record TreasuryConfig(URI base, String clientId, String clientSecret, Path trust, Path certificate, Path key, int connectTimeoutMs, int answerTimeoutMs, int deadlineMs,
                             int attempts, int backoffMs, int restMs, int connections, URI tokenUrl) {
    /** @throws IllegalArgumentException names what is out of range */
    public TreasuryConfig {
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(clientSecret, "clientSecret");
        if (!isAddress(base) || tokenUrl != null && !isAddress(tokenUrl)) {
            throw new IllegalArgumentException("the treasury's address is http://HOST or https://HOST, not " + (isAddress(base) ? tokenUrl : base));
        }
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("certificate and key belong together: give both or neither");
        }
        within("connectTimeoutMs", connectTimeoutMs, 60_000);
        within("answerTimeoutMs", answerTimeoutMs, 120_000);
        within("deadlineMs", deadlineMs, 600_000);
        within("attempts", attempts, 10);
        within("backoffMs", backoffMs, 60_000);
        within("restMs", restMs, 600_000);
        within("connections", connections, 256);
    }

    /** Usual times: 3 s to connect, 10 s for an answer, 30 s in all, 4 attempts, 200 ms back-off, 30 s rest, 16 connections. Source: our estimate. */
    public static TreasuryConfig of(final URI base, final String clientId, final String clientSecret) {
        return new TreasuryConfig(base, clientId, clientSecret, null, null, null, 3_000, 10_000, 30_000, 4, 200, 30_000, 16, null);
    }

    /** With our certificate. */
    public TreasuryConfig withIdentity(final Path newTrust, final Path newCertificate, final Path newKey) {
        return new TreasuryConfig(base, clientId, clientSecret, newTrust, newCertificate, newKey, connectTimeoutMs, answerTimeoutMs, deadlineMs, attempts, backoffMs, restMs, connections, tokenUrl);
    }

    /** With other times. */
    public TreasuryConfig withTimes(final int newAnswerTimeoutMs, final int newDeadlineMs, final int newAttempts, final int newBackoffMs, final int newRestMs) {
        return new TreasuryConfig(base, clientId, clientSecret, trust, certificate, key, connectTimeoutMs, newAnswerTimeoutMs, newDeadlineMs, newAttempts, newBackoffMs, newRestMs, connections, tokenUrl);
    }

    /** With tokens from elsewhere. @param newTokenUrl whole, with its path */
    public TreasuryConfig withTokenUrl(final URI newTokenUrl) {
        return new TreasuryConfig(base, clientId, clientSecret, trust, certificate, key, connectTimeoutMs, answerTimeoutMs, deadlineMs, attempts, backoffMs, restMs, connections, newTokenUrl);
    }

    private static boolean isAddress(final URI url) {
        return url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
    }

    private static void within(final String name, final int value, final int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " is 1 to " + most + ", not " + value);
        }
    }

    boolean isTls() {
        return "https".equals(base.getScheme());
    }

    int port() {
        return base.getPort() >= 0 ? base.getPort() : isTls() ? 443 : 80;
    }

    /** Behind the base, with one slash between. */
    String path(final String path) {
        final String before = base.getRawPath() == null ? "" : base.getRawPath();
        return (before.endsWith("/") ? before.substring(0, before.length() - 1) : before) + path;
    }

    @Override
    public String toString() {
        return "TreasuryConfig[" + base.getScheme() + "://" + base.getHost() + ':' + port() + path("") + ", client " + clientId + (certificate == null ? "" : ", with certificate") + ']';
    }
}
