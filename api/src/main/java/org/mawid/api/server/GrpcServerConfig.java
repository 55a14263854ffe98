package org.mawid.api.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.mawid.api.limit.Proxies;
import org.mawid.api.tls.TlsFiles;

/**
 * How the gRPC server listens and what it allows.
 *
 * @param address              where to listen; port 0 = any free one. Only a loopback address unless {@code insecure}
 * @param insecure             listen elsewhere although nobody is authenticated, or each call is over TLS
 * @param tls            certificate, key and what clients show; null = no TLS
 * @param proxies        who is believed about whom they speak for
 * @param addressPercent how many of the connections one address may have, but this machine and proxies, 1 to 100 percent
 * @param reflection           whether the server describes itself to tools
 * @param threads              event loops, 1 to 64; 0 = as many as processors, at most 8
 * @param maxMessageBytes      largest message taken, 64 KiB to 64 MiB. A batch of 8 190 commands of ordinary size fits in 4 MiB
 * @param maxCallsPerConnection calls at once on one connection, 1 to 100 000: more wait at the client
 * @param maxConnections       connections at once, 1 to 100 000: one more is closed
 * @param maxUnreadBytes       answers that wait to be read, in all: when there are more, a call is told UNAVAILABLE. 4 MiB to 1 TiB
 * @param maxUnreadBytesPerConnection the same on one connection, 4 MiB to 1 TiB
 * @param maxStreams           command streams at once in all, 1 to 100 000: one more is told UNAVAILABLE
 * @param maxWatches           watches at once in all, 1 to 100 000: one more is told UNAVAILABLE
 * @param keepAliveMinMs       a client that pings more often is sent away, 1 000 ms to 1 day
 * @param readTimeoutMs        longest wait of a read for its {@code min_position}, 1 to 30 000
 */
public record GrpcServerConfig(InetSocketAddress address, boolean insecure, TlsFiles tls, Proxies proxies, int addressPercent, boolean reflection,
                               int threads, int maxMessageBytes, int maxCallsPerConnection, int maxConnections, long maxUnreadBytes,
                               long maxUnreadBytesPerConnection, int maxStreams, int maxWatches,
                               long keepAliveMinMs, long readTimeoutMs) {
    private static final int THREADS_DEFAULT_MAX = 8;
    private static final long UNREAD_LEAST = 4L << 20;
    private static final long UNREAD_MOST = 1L << 40;

    /** @throws IllegalArgumentException with what is wrong and what is allowed */
    public GrpcServerConfig {
        final InetAddress host = address.getAddress();
        check(host != null, "gRPC address cannot be resolved: " + address.getHostString());
        check(insecure || host.isLoopbackAddress(),
                "gRPC may listen on loopback only, as nobody is authenticated, or not over TLS (mawid.oidc.issuer, mawid.tls.certificate); --insecure lifts this: " + address.getHostString());
        range("threads", threads, 0, 64);
        range("maxMessageBytes", maxMessageBytes, 64 << 10, 64 << 20);
        range("maxCallsPerConnection", maxCallsPerConnection, 1, 100_000);
        range("addressPercent", addressPercent, 1, 100);
        range("maxConnections", maxConnections, 1, 100_000);
        range("maxUnreadBytes", maxUnreadBytes, UNREAD_LEAST, UNREAD_MOST);
        range("maxUnreadBytesPerConnection", maxUnreadBytesPerConnection, UNREAD_LEAST, UNREAD_MOST);
        range("maxStreams", maxStreams, 1, 100_000);
        range("maxWatches", maxWatches, 1, 100_000);
        range("keepAliveMinMs", keepAliveMinMs, 1_000, 86_400_000L);
        range("readTimeoutMs", readTimeoutMs, 1, 30_000);
    }

    /** Loopback, no TLS, reflection on. @param port 0 = any free one */
    public static GrpcServerConfig loopback(final int port) {
        return new GrpcServerConfig(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), false, null, Proxies.NONE, 50, true,
                0, 4 << 20, 4_096, 1_000, unreadBytes(), unreadBytes() / 8, 1_024, 1_024, 10_000, 1_000);
    }

    /** An eighth of the heap, although most of them lie outside of it: as much is there again as Netty's own. 32 MiB at least. */
    private static long unreadBytes() {
        return Math.max(32L << 20, Runtime.getRuntime().maxMemory() / 8);
    }

    /** @param connections see above @param unreadBytes 0 = as it is @param ofConnection 0 = an eighth of those, 4 MiB at least */
    public GrpcServerConfig withBounds(final int connections, final long unreadBytes, final long ofConnection) {
        final long all = unreadBytes > 0 ? unreadBytes : maxUnreadBytes;
        return new GrpcServerConfig(address, insecure, tls, proxies, addressPercent, reflection, threads, maxMessageBytes, maxCallsPerConnection,
                connections, all, ofConnection > 0 ? ofConnection : Math.max(UNREAD_LEAST, all / 8), maxStreams, maxWatches, keepAliveMinMs, readTimeoutMs);
    }

    public GrpcServerConfig withAddress(final InetSocketAddress newAddress, final boolean nowInsecure) {
        return new GrpcServerConfig(newAddress, nowInsecure, tls, proxies, addressPercent, reflection, threads, maxMessageBytes,
                maxCallsPerConnection, maxConnections, maxUnreadBytes, maxUnreadBytesPerConnection, maxStreams, maxWatches, keepAliveMinMs, readTimeoutMs);
    }

    public GrpcServerConfig withTls(final Path certificate, final Path key, final long reloadMs) {
        return withTls(TlsFiles.of(certificate, key, reloadMs));
    }

    /** @param newTls null = none */
    public GrpcServerConfig withTls(final TlsFiles newTls) {
        return new GrpcServerConfig(address, insecure, newTls, proxies, addressPercent, reflection, threads, maxMessageBytes,
                maxCallsPerConnection, maxConnections, maxUnreadBytes, maxUnreadBytesPerConnection, maxStreams, maxWatches, keepAliveMinMs, readTimeoutMs);
    }

    public GrpcServerConfig withProxies(final Proxies newProxies) {
        return new GrpcServerConfig(address, insecure, tls, newProxies, addressPercent, reflection, threads, maxMessageBytes,
                maxCallsPerConnection, maxConnections, maxUnreadBytes, maxUnreadBytesPerConnection, maxStreams, maxWatches, keepAliveMinMs, readTimeoutMs);
    }

    public GrpcServerConfig withAddressPercent(final int percent) {
        return new GrpcServerConfig(address, insecure, tls, proxies, percent, reflection, threads, maxMessageBytes,
                maxCallsPerConnection, maxConnections, maxUnreadBytes, maxUnreadBytesPerConnection, maxStreams, maxWatches, keepAliveMinMs, readTimeoutMs);
    }

    public GrpcServerConfig withReflection(final boolean nowReflection) {
        return new GrpcServerConfig(address, insecure, tls, proxies, addressPercent, nowReflection, threads, maxMessageBytes,
                maxCallsPerConnection, maxConnections, maxUnreadBytes, maxUnreadBytesPerConnection, maxStreams, maxWatches, keepAliveMinMs, readTimeoutMs);
    }

    public GrpcServerConfig withThreads(final int newThreads) {
        return new GrpcServerConfig(address, insecure, tls, proxies, addressPercent, reflection, newThreads, maxMessageBytes,
                maxCallsPerConnection, maxConnections, maxUnreadBytes, maxUnreadBytesPerConnection, maxStreams, maxWatches, keepAliveMinMs, readTimeoutMs);
    }

    boolean isTls() {
        return tls != null;
    }

    int eventLoops() {
        return threads > 0 ? threads : Math.min(THREADS_DEFAULT_MAX, Runtime.getRuntime().availableProcessors());
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
