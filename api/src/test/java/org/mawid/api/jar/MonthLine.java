package org.mawid.api.jar;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A line to a server that is cut after so many bytes, and stays so. */
final class MonthLine implements AutoCloseable {
    private final ServerSocket door;
    private final int serverPort;
    private final AtomicInteger left;

    MonthLine(final int serverPort, final int bytes) throws IOException {
        this.serverPort = serverPort;
        left = new AtomicInteger(bytes);
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                final Socket client = door.accept();
                final Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                start(() -> pass(client, server));
                start(() -> pass(server, client));
            }
        } catch (final IOException closed) {
            // the line is no longer needed
        }
    }

    private void pass(final Socket from, final Socket to) {
        try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            final byte[] bytes = new byte[512];
            for (int read = in.read(bytes); read > 0 && left.addAndGet(-read) > 0; read = in.read(bytes)) {
                out.write(bytes, 0, read);
                out.flush();
            }
        } catch (final IOException gone) {
            // one of them has ended, and so does the other
        }
    }

    private static void start(final Runnable task) {
        final Thread thread = new Thread(task, "bad-line");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
