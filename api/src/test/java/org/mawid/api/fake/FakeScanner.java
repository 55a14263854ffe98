package org.mawid.api.fake;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** What clamd is to whoever asks it, one document a connection, on a thread of its own: says of each what a test wants. */
public final class FakeScanner implements AutoCloseable {
    public static final String CLEAN = "stream: OK\0";
    public static final String FOUND = "stream: Eicar-Test-Signature FOUND\0";
    /** Nothing, and the line stays open for as long as whoever asks is patient. */
    public static final String SILENT = "";

    private final ServerSocket server;
    private volatile Function<byte[], String> says = content -> CLEAN;

    public FakeScanner() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        final Thread answering = new Thread(this::answer, "fake-scanner");
        answering.setDaemon(true);
        answering.start();
    }

    /** As a setting names it. */
    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** From now on. Any thread. */
    public void says(final Function<byte[], String> of) {
        says = of;
    }

    private void answer() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                final DataInputStream in = new DataInputStream(client.getInputStream());
                in.readNBytes("zINSTREAM\0".length());
                final ByteArrayOutputStream content = new ByteArrayOutputStream();
                for (int length = in.readInt(); length != 0; length = in.readInt()) {
                    content.writeBytes(in.readNBytes(length));
                }
                final String word = says.apply(content.toByteArray());
                client.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
                if (word.isEmpty()) {
                    in.read();
                }
            } catch (final IOException overOrGone) {
                continue;
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
