package org.mawid.api.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A port that stays while one server follows another: whoever connects is passed on to the one that is there. Any thread. */
public final class SteadyPort implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private volatile int serverPort;

    /** @param serverPort of the first server */
    public SteadyPort(final int serverPort) throws IOException {
        this.serverPort = serverPort;
        start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    public void leadTo(final int port) {
        serverPort = port;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                final Socket client = door.accept();
                start(() -> connect(client));
            } catch (final IOException closed) {
                return; // the test is over
            }
        }
    }

    private void connect(final Socket client) {
        try {
            final Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            start(() -> pass(client, server));
            pass(server, client);
        } catch (final IOException none) {
            close(client); // as a server that is not there
        }
    }

    /** Until one of them has ended: so does the other. */
    private static void pass(final Socket from, final Socket to) {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (final IOException gone) {
            close(to);
        }
    }

    private static void close(final Socket socket) {
        try {
            socket.close();
        } catch (final IOException gone) {
            throw new AssertionError(gone);
        }
    }

    private static void start(final Runnable task) {
        final Thread thread = new Thread(task, "steady-port");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
