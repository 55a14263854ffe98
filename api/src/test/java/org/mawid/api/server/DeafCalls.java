package org.mawid.api.server;

import com.google.protobuf.MessageLite;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A client of gRPC over TLS that gives the server all the windows that there are and then reads nothing: what is answered stays where it is. */
final class DeafCalls implements Closeable {
    private static final int RECEIVED_BYTES = 4_096;
    private static final int MOST = Integer.MAX_VALUE;
    private static final int HTTP2_WINDOW = 65_535;

    private final SSLSocket socket;
    private final OutputStream out;
    private int stream = 1;

    DeafCalls(final SSLContext trusting, final int port) throws IOException {
        socket = connect(trusting, port, "h2");
        out = socket.getOutputStream();
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.write(frame(4, 0, 0, ByteBuffer.allocate(6).putShort((short) 4).putInt(MOST).array())); // SETTINGS: each stream's window
        out.write(frame(8, 0, 0, ByteBuffer.allocate(4).putInt(MOST - HTTP2_WINDOW).array())); // WINDOW_UPDATE: that of all
        out.flush();
    }

    /** With as little room as the system gives for what is not read. */
    static SSLSocket connect(final SSLContext trusting, final int port, final String protocol) throws IOException {
        final Socket plain = new Socket();
        plain.setReceiveBufferSize(RECEIVED_BYTES);
        plain.connect(new InetSocketAddress("localhost", port));
        final SSLSocket socket = (SSLSocket) trusting.getSocketFactory().createSocket(plain, "localhost", port, true);
        final SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** @throws IOException the connection has ended */
    void begin(final String method, final MessageLite message) throws IOException {
        final byte[] body = message.toByteArray();
        final ByteArrayOutputStream call = new ByteArrayOutputStream();
        call.write(frame(1, 4, stream, headers('/' + method)));
        call.write(frame(0, 1, stream, ByteBuffer.allocate(5 + body.length).put((byte) 0).putInt(body.length).put(body).array()));
        out.write(call.toByteArray());
        stream += 2;
    }

    private static byte[] frame(final int type, final int flags, final int stream, final byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length).putInt(payload.length << 8 | type).put((byte) flags).putInt(stream).put(payload).array();
    }

    /** As HPACK has them, none to be remembered. */
    private static byte[] headers(final String path) throws IOException {
        final ByteArrayOutputStream headers = new ByteArrayOutputStream();
        headers.write(new byte[] {(byte) 0x83, (byte) 0x87, 4}); // POST, https, path
        text(headers, path);
        headers.write(1); // authority
        text(headers, "localhost");
        headers.write(new byte[] {0x0F, 0x10}); // content type
        text(headers, "application/grpc");
        headers.write(0);
        text(headers, "te");
        text(headers, "trailers");
        return headers.toByteArray();
    }

    private static void text(final ByteArrayOutputStream to, final String text) throws IOException {
        to.write(text.length());
        to.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        reset(socket);
    }

    /** Goes without a word. */
    static void reset(final Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
