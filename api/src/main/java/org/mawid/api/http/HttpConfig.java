package org.mawid.api.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.mawid.api.limit.Proxies;
import org.mawid.api.tls.TlsFiles;

/**
 * How the HTTP server listens and what it allows.
 *
 * @param address        where to listen; port 0 = any free one. Only a loopback address unless {@code insecure}
 * @param insecure       listen elsewhere although nobody is authenticated, or each call is over TLS
 * @param tls            certificate, key and what clients show; null = no TLS
 * @param proxies        who is believed about whom they speak for
 * @param addressPercent how many of the connections one address may have, but this machine and proxies, 1 to 100 percent
 * @param corsOrigins    origins of browsers that may call from other sites; empty = none
 * @param eventLoops     1 to 64; 0 = as many as processors, at most 8
 * @param maxConnections connections at once, 1 to 1 000 000: one more is closed
 * @param maxUnreadBytes answers that wait to be read, in all: when there are more, reads are told UNAVAILABLE; an eighth of it on one connection.
 *                       4 MiB to 1 TiB
 * @param maxBodyBytes   largest body, 1 KiB to 16 MiB: a larger one is answered 413
 * @param maxStreams     event streams at once, 1 to 100 000, of watches and as many of halls: one more is told UNAVAILABLE
 * @param idleTimeoutMs  a connection with nothing going either way is closed, 1 s to 1 h
 * @param requestTimeoutMs a request that has not arrived whole and been answered by then is told 408, 1 s to 10 min; one that is still
 *                         arriving loses its connection as well
 * @param stallTimeoutMs an event stream whose client does not read for so long is cut off, 100 ms to 1 h
 * @param readTimeoutMs  longest wait of a read for its {@code minPosition}, 1 to 30 000
 */
public record HttpConfig(InetSocketAddress address, boolean insecure, TlsFiles tls, Proxies proxies, int addressPercent, List<String> corsOrigins,
                         int eventLoops, int maxConnections, long maxUnreadBytes, int maxBodyBytes, int maxStreams, long idleTimeoutMs, long requestTimeoutMs,
                         long stallTimeoutMs, long readTimeoutMs) {
    private static final int LOOPS_DEFAULT_MAX = 8;
    private static final long HOUR_MS = 3_600_000L;

    /** @throws IllegalArgumentException with what is wrong and what is allowed */
    public HttpConfig {
        final InetAddress host = address.getAddress();
        check(host != null, "HTTP address cannot be resolved: " + address.getHostString());
        check(insecure || host.isLoopbackAddress(),
                "HTTP may listen on loopback only, as nobody is authenticated, or not over TLS (mawid.oidc.issuer, mawid.tls.certificate); --insecure lifts this: " + address.getHostString());
        corsOrigins = List.copyOf(corsOrigins);
        range("eventLoops", eventLoops, 0, 64);
        range("addressPercent", addressPercent, 1, 100);
        range("maxConnections", maxConnections, 1, 1_000_000);
        range("maxUnreadBytes", maxUnreadBytes, 4L << 20, 1L << 40);
        range("maxBodyBytes", maxBodyBytes, 1 << 10, 16 << 20);
        range("maxStreams", maxStreams, 1, 100_000);
        range("idleTimeoutMs", idleTimeoutMs, 1_000, HOUR_MS);
        range("requestTimeoutMs", requestTimeoutMs, 1_000, 600_000);
        range("stallTimeoutMs", stallTimeoutMs, 100, HOUR_MS);
        range("readTimeoutMs", readTimeoutMs, 1, 30_000);
    }

    /** Loopback, no TLS, no CORS. @param port 0 = any free one */
    public static HttpConfig loopback(final int port) {
        return new HttpConfig(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), false, null, Proxies.NONE, 50, List.of(),
                0, 10_000, Math.max(32L << 20, Runtime.getRuntime().maxMemory() / 8), 64 << 10, 1_024, 60_000, 30_000, 20_000, 1_000);
    }

    public HttpConfig withAddress(final InetSocketAddress newAddress, final boolean nowInsecure) {
        return new HttpConfig(newAddress, nowInsecure, tls, proxies, addressPercent, corsOrigins, eventLoops, maxConnections,
                maxUnreadBytes, maxBodyBytes, maxStreams, idleTimeoutMs, requestTimeoutMs, stallTimeoutMs, readTimeoutMs);
    }

    public HttpConfig withTls(final Path certificate, final Path key, final long reloadMs) {
        return withTls(TlsFiles.of(certificate, key, reloadMs));
    }

    /** @param newTls null = none */
    public HttpConfig withTls(final TlsFiles newTls) {
        return new HttpConfig(address, insecure, newTls, proxies, addressPercent, corsOrigins, eventLoops, maxConnections,
                maxUnreadBytes, maxBodyBytes, maxStreams, idleTimeoutMs, requestTimeoutMs, stallTimeoutMs, readTimeoutMs);
    }

    public HttpConfig withProxies(final Proxies newProxies) {
        return new HttpConfig(address, insecure, tls, newProxies, addressPercent, corsOrigins, eventLoops, maxConnections,
                maxUnreadBytes, maxBodyBytes, maxStreams, idleTimeoutMs, requestTimeoutMs, stallTimeoutMs, readTimeoutMs);
    }

    public HttpConfig withAddressPercent(final int percent) {
        return new HttpConfig(address, insecure, tls, proxies, percent, corsOrigins, eventLoops, maxConnections,
                maxUnreadBytes, maxBodyBytes, maxStreams, idleTimeoutMs, requestTimeoutMs, stallTimeoutMs, readTimeoutMs);
    }

    public HttpConfig withCorsOrigins(final List<String> origins) {
        return new HttpConfig(address, insecure, tls, proxies, addressPercent, origins, eventLoops, maxConnections,
                maxUnreadBytes, maxBodyBytes, maxStreams, idleTimeoutMs, requestTimeoutMs, stallTimeoutMs, readTimeoutMs);
    }

    public HttpConfig withLimits(final int connections, final int streams, final long idleMs, final long requestMs, final long stallMs) {
        return new HttpConfig(address, insecure, tls, proxies, addressPercent, corsOrigins, eventLoops, connections,
                maxUnreadBytes, maxBodyBytes, streams, idleMs, requestMs, stallMs, readTimeoutMs);
    }

    /** @param unreadBytes 0 = as it is */
    public HttpConfig withUnreadBytes(final long unreadBytes) {
        return new HttpConfig(address, insecure, tls, proxies, addressPercent, corsOrigins, eventLoops, maxConnections,
                unreadBytes > 0 ? unreadBytes : maxUnreadBytes, maxBodyBytes, maxStreams, idleTimeoutMs, requestTimeoutMs, stallTimeoutMs, readTimeoutMs);
    }

    public HttpConfig withRequestTimeoutMs(final long requestMs) {
        return withLimits(maxConnections, maxStreams, idleTimeoutMs, requestMs, stallTimeoutMs);
    }

    boolean isTls() {
        return tls != null;
    }

    int loops() {
        return eventLoops > 0 ? eventLoops : Math.min(LOOPS_DEFAULT_MAX, Runtime.getRuntime().availableProcessors());
    }

    private static void range(final String name, final long value, final long min, final long max) {
        check(value >= min && value <= max, name + " of " + min + " to " + max + ": " + value);
    }

    private static void check(final boolean holds, final String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
