package org.mawid.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.mawid.grpc.Channel;

/**
 * How a client connects and who it speaks for. Immutable.
 *
 * @param trust       PEM file with the certificates to trust, null = no TLS
 * @param connections TCP connections, used in turn, 1 to 256
 * @param timeout     how long one call may take, repeats included, 1 ms to 1 h
 * @param actor       key of who acts, 0 = none
 * @param onBehalfOf  key of whom it is done for, 0 = for oneself
 * @param channel     how requests reach the portal
 * @param token       gives the bearer token of each call, on the thread that makes it; null = none. It is neither logged nor told
 */
public record ClientOptions(String host, int port, Path trust, int connections, Duration timeout, long actor, long onBehalfOf, Channel channel,
                            Supplier<String> token) {
    private static final int CONNECTIONS_MAX = 256;
    private static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(10);
    private static final Duration TIMEOUT_MIN = Duration.ofMillis(1);
    private static final Duration TIMEOUT_MAX = Duration.ofHours(1);

    public ClientOptions {
        if (connections < 1 || connections > CONNECTIONS_MAX) {
            throw new IllegalArgumentException("connections of 1 to " + CONNECTIONS_MAX + ": " + connections);
        }
        if (timeout.compareTo(TIMEOUT_MIN) < 0 || timeout.compareTo(TIMEOUT_MAX) > 0) {
            throw new IllegalArgumentException("time-out of 1 ms to 1 h: " + timeout);
        }
    }

    /** One connection without TLS, 10 s for a call, nobody in particular. */
    public static ClientOptions of(final String host, final int port) {
        return new ClientOptions(host, port, null, 1, TIMEOUT_DEFAULT, 0, 0, Channel.CHANNEL_ONLINE, null);
    }

    public ClientOptions withTrust(final Path certificates) {
        return new ClientOptions(host, port, certificates, connections, timeout, actor, onBehalfOf, channel, token);
    }

    public ClientOptions withConnections(final int count) {
        return new ClientOptions(host, port, trust, count, timeout, actor, onBehalfOf, channel, token);
    }

    public ClientOptions withTimeout(final Duration longest) {
        return new ClientOptions(host, port, trust, connections, longest, actor, onBehalfOf, channel, token);
    }

    public ClientOptions withActor(final long who, final long forWhom, final Channel how) {
        return new ClientOptions(host, port, trust, connections, timeout, who, forWhom, how, token);
    }

    public ClientOptions withToken(final Supplier<String> newToken) {
        return new ClientOptions(host, port, trust, connections, timeout, actor, onBehalfOf, channel, newToken);
    }
}
