package org.mawid.api.sandbox.treasury;

import java.net.URI;
import java.nio.file.Path;
import java.security.interfaces.ECPrivateKey;

/**
 * What the sandbox is set up with.
 *
 * @param clientId        that may have a token
 * @param clientSecret    likewise
 * @param tokenSeconds    how long a token is good
 * @param callBackUrl     where it calls back; null for nowhere, until {@link SandboxTreasury#callBackTo}
 * @param hmacSecret      of the call-backs; null when they are signed by {@code jwsKey}
 * @param jwsKey          on P-256; null when they are signed by {@code hmacSecret}
 * @param jwsKeyId        names the key
 * @param slowMs          what a slow answer takes
 * @param callBackRetryMs between two attempts to call back
 * @param basisPoints     kept of every payment, rounded half up
 * @param fixedMinor      kept of every payment on top
 * @param delayDays       from payment to its line
 * @param certificate     PEM, with {@code key} it speaks TLS; null for none
 * @param clientTrust     PEM of the clients that may come; null for any
 */
public record SandboxSettings(String clientId, String clientSecret, int tokenSeconds, URI callBackUrl, byte[] hmacSecret, ECPrivateKey jwsKey, String jwsKeyId, int slowMs, int callBackRetryMs,
                              int basisPoints, long fixedMinor, int delayDays, Path certificate, Path key, Path clientTrust) {
    /** For a demo or a test: call-backs by HMAC, 1.20 % and a day's delay, no TLS. */
    public static SandboxSettings usual(final String clientId, final String clientSecret, final byte[] hmacSecret) {
        return new SandboxSettings(clientId, clientSecret, 300, null, hmacSecret, null, "", 2_000, 200, 120, 0, 1, null, null, null);
    }

    /** With call-backs signed by JWS. */
    public SandboxSettings withJws(final ECPrivateKey newKey, final String newKeyId) {
        return new SandboxSettings(clientId, clientSecret, tokenSeconds, callBackUrl, null, newKey, newKeyId, slowMs, callBackRetryMs, basisPoints, fixedMinor, delayDays, certificate, key, clientTrust);
    }

    /** With TLS, and only for clients that have a certificate of that trust. */
    public SandboxSettings withTls(final Path newCertificate, final Path newPrivateKey, final Path newClientTrust) {
        return new SandboxSettings(clientId, clientSecret, tokenSeconds, callBackUrl, hmacSecret, jwsKey, jwsKeyId, slowMs, callBackRetryMs, basisPoints, fixedMinor, delayDays, newCertificate,
                newPrivateKey, newClientTrust);
    }

    /** With other times. */
    public SandboxSettings withTimes(final int newTokenSeconds, final int newSlowMs, final int newCallBackRetryMs) {
        return new SandboxSettings(clientId, clientSecret, newTokenSeconds, callBackUrl, hmacSecret, jwsKey, jwsKeyId, newSlowMs, newCallBackRetryMs, basisPoints, fixedMinor, delayDays, certificate,
                key, clientTrust);
    }

    /** With other terms of settlement. */
    public SandboxSettings withTerms(final int newBasisPoints, final long newFixedMinor, final int newDelayDays) {
        return new SandboxSettings(clientId, clientSecret, tokenSeconds, callBackUrl, hmacSecret, jwsKey, jwsKeyId, slowMs, callBackRetryMs, newBasisPoints, newFixedMinor, newDelayDays, certificate,
                key, clientTrust);
    }

    @Override
    public String toString() {
        return "SandboxSettings[client " + clientId + ']';
    }
}
