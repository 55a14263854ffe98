package org.mawid.api.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A line to a server that is cut behind so many bytes of what comes back, on each connection anew. */
public final class CutLine implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int serverPort;
    private volatile long bytes;

    public CutLine(final int serverPort) throws IOException {
        this.serverPort = serverPort;
        start(this::accept);
    }

    /** Of connections that begin from now on. */
    public void cutBehind(final long bytesOfAnswer) {
        bytes = bytesOfAnswer;
    }

    public int port() {
        return door.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                final Socket client = door.accept();
                final Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                start(() -> pass(client, server, Long.MAX_VALUE));
                start(() -> pass(server, client, bytes));
            }
        } catch (final IOException closed) {
            // the test is over
        }
    }

    private static void pass(final Socket from, final Socket to, final long most) {
        try (from; to) {
            final InputStream in = from.getInputStream();
            final OutputStream out = to.getOutputStream();
            final byte[] part = new byte[256];
            long left = most;
            for (int length = 0; length >= 0 && left > 0; length = left > 0 ? in.read(part) : -1) { // it does not wait for what it would not pass on
                out.write(part, 0, (int) Math.min(length, left));
                left -= length;
            }
        } catch (final IOException gone) {
            // one of them has ended, and so does the other
        }
    }

    private static void start(final Runnable task) {
        final Thread thread = new Thread(task, "cut-line");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
