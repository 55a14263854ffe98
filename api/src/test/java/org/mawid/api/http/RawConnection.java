package org.mawid.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A connection on which bytes are said as they stand, and answers are read one by one. */
final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;

    /** @param headers by their names in small letters */
    record Answer(int status, Map<String, String> headers, String body) {
        /** Whether the server says that it ends the connection. */
        boolean parts() {
            return "close".equalsIgnoreCase(headers.get("connection"));
        }
    }

    private final Socket socket;
    private final DataInputStream in;

    RawConnection(final int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    static String get(final String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    /** @param headers more of them, each with the end of its line */
    static String post(final String path, final String json, final String headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers
                + "Content-Length: " + json.length() + "\r\n\r\n" + json;
    }

    RawConnection say(final String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    Answer answer() throws IOException {
        final String first = line();
        final Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            final int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(java.util.Locale.ROOT), line.substring(colon + 1).trim());
        }
        final int status = Integer.parseInt(first.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        final byte[] body = new byte[status == 304 ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"))];
        in.readFully(body);
        return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        final StringBuilder line = new StringBuilder();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    /** Says this again and again until the server has ended the connection, however it does. */
    void assertEndsAlthoughItIsSaid(final String drop) throws IOException, InterruptedException {
        socket.setSoTimeout(50);
        final long fromNanos = System.nanoTime();
        while (System.nanoTime() - fromNanos < PATIENCE_MS * 1_000_000L) {
            try {
                say(drop);
                in.readUnsignedByte();
            } catch (final java.net.SocketTimeoutException stillOpen) {
                continue;
            } catch (final EOFException | java.net.SocketException ended) {
                return;
            }
        }
        assertThat(false).as("the server ends the connection").isTrue();
    }

    /** Goes without a word: the server is told that the connection is reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
