package org.mawid.api.server;

import java.io.EOFException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A line between a client and a server that is cut behind so many HTTP/2 frames of one direction, once. A frame of gRPC is a message or less. */
final class CuttingProxy implements AutoCloseable {
    private static final int PREFACE_BYTES = 24;
    private static final int FRAME_HEAD_BYTES = 9;

    private final ServerSocket door;
    private final int serverPort;
    private final boolean towardsServer;
    private final AtomicInteger left;
    private volatile boolean isCut;

    /** @param frames that pass before the cut, 0 = none */
    CuttingProxy(final int serverPort, final boolean towardsServer, final int frames) throws IOException {
        this.serverPort = serverPort;
        this.towardsServer = towardsServer;
        this.left = new AtomicInteger(frames);
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** False: it had fewer frames. */
    boolean isCut() {
        return isCut;
    }

    private void accept() {
        try {
            while (true) {
                final Socket client = door.accept();
                final Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                start(() -> pass(client, server, true));
                start(() -> pass(server, client, false));
            }
        } catch (final IOException closed) {
            // the test is over
        }
    }

    private void pass(final Socket from, final Socket to, final boolean isTowardsServer) {
        try (from; to) {
            final DataInputStream in = new DataInputStream(from.getInputStream());
            final OutputStream out = to.getOutputStream();
            if (isTowardsServer) {
                out.write(in.readNBytes(PREFACE_BYTES));
            }
            while (true) {
                final byte[] head = in.readNBytes(FRAME_HEAD_BYTES);
                if (head.length < FRAME_HEAD_BYTES) {
                    throw new EOFException();
                }
                final byte[] body = in.readNBytes((head[0] & 0xFF) << 16 | (head[1] & 0xFF) << 8 | head[2] & 0xFF);
                if (isTowardsServer == towardsServer && left.getAndDecrement() == 0) {
                    isCut = true;
                    return;
                }
                out.write(head);
                out.write(body);
                out.flush();
            }
        } catch (final IOException gone) {
            // one of them has ended, and so does the other
        }
    }

    private static void start(final Runnable task) {
        final Thread thread = new Thread(task, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
