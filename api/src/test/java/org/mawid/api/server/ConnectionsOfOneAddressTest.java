package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.http.EdgeMetrics;
import org.mawid.api.http.HttpConfig;
import org.mawid.api.http.HttpEdge;

/** One address opens connections until there are no more for it: half of them, for the others are for others. From an address of this machine that is not loopback, where it has one. */
@Timeout(60)
class ConnectionsOfOneAddressTest {
    private static final int CONNECTIONS = 8;

    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (final Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void givenGrpc_whenOneAddressConnects_thenItHasHalfOfTheConnections_andThisMachineTheRest() throws Exception {
        final InetAddress address = address();
        final GrpcServerConfig config = GrpcServerConfig.loopback(0).withAddress(new InetSocketAddress("0.0.0.0", 0), true).withBounds(CONNECTIONS, 0, 0);
        try (GrpcServer server = GrpcServer.listen(config)) {
            connect(address, server.port());
            connect(InetAddress.getLoopbackAddress(), server.port());
            assertOpen();
        }
    }

    @Test
    void givenHttp_whenOneAddressConnects_thenItHasHalfOfTheConnections_andThisMachineTheRest() throws Exception {
        final InetAddress address = address();
        final HttpConfig config = HttpConfig.loopback(0).withAddress(new InetSocketAddress("0.0.0.0", 0), true).withLimits(CONNECTIONS, 10, 60_000, 30_000, 20_000);
        try (HttpEdge edge = HttpEdge.listen(config, HttpEdge.prepare(config), new EdgeMetrics())) {
            connect(address, edge.port());
            connect(InetAddress.getLoopbackAddress(), edge.port());
            assertOpen();
        }
    }

    /** As many as there are in all. */
    private void connect(final InetAddress to, final int port) throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            final Socket socket = new Socket(to, port); // from the same address
            socket.setSoTimeout(50);
            sockets.add(socket);
        }
    }

    private void assertOpen() {
        await().atMost(20, TimeUnit.SECONDS).untilAsserted(() -> {
            assertThat(open(sockets.subList(0, CONNECTIONS))).as("of one address").isEqualTo(CONNECTIONS / 2);
            assertThat(open(sockets.subList(CONNECTIONS, 2 * CONNECTIONS))).as("of this machine").isEqualTo(CONNECTIONS / 2);
        });
    }

    private static long open(final List<Socket> some) {
        return some.stream().filter(ConnectionsOfOneAddressTest::isOpen).count();
    }

    private static boolean isOpen(final Socket socket) {
        try {
            while (socket.getInputStream().read() >= 0) {
                // what a server says first
            }
            return false;
        } catch (final java.net.SocketTimeoutException open) {
            return true;
        } catch (final IOException reset) {
            return false;
        }
    }

    private static InetAddress address() throws IOException {
        final InetAddress found = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress() && !address.isLinkLocalAddress()).findFirst().orElse(null);
        Assumptions.assumeTrue(found != null, "this machine has no address but loopback");
        return found;
    }
}
