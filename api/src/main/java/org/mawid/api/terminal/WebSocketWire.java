package org.mawid.api.terminal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import org.mawid.api.terminal.nexo.NexoReader;

/** Over WebSocket, with or without TLS; messages as text, those of the terminal also as bytes. */
final class WebSocketWire implements Wire {
    /** What is a little too large is told as such; what is beyond this only ends the connection. */
    private static final int MOST_BUFFERED = 4 * NexoReader.MAX_BYTES;

    private final WebSocket socket;
    private boolean isClosed;

    private WebSocketWire(final WebSocket socket, final Listener listener) {
        this.socket = socket;
        socket.textMessageHandler(text -> received(Buffer.buffer(text), listener));
        socket.binaryMessageHandler(bytes -> received(bytes, listener));
        socket.exceptionHandler(broken -> { }); // it is closed next, which is told
        socket.closeHandler(nothing -> {
            if (!isClosed) {
                isClosed = true;
                listener.closed();
            }
        });
    }

    /** Whether it is too large is for the reader to say. */
    private void received(final Buffer message, final Listener listener) {
        if (!isClosed) {
            listener.message(message.getBytes());
        }
    }

    @Override
    public void send(final byte[] message) {
        socket.writeTextMessage(Buffer.buffer(message).toString());
    }

    @Override
    public void close() {
        isClosed = true;
        socket.close();
    }

    /** Connects to one terminal. */
    static final class Maker implements Wire.Maker {
        private final WebSocketClient client;
        private final TerminalRegistration terminal;
        private final long connectMs;

        Maker(final Vertx vertx, final TerminalRegistration terminal, final TerminalTimes times) {
            this.terminal = terminal;
            this.connectMs = times.connectMs();
            final WebSocketClientOptions options = new WebSocketClientOptions().setConnectTimeout((int) times.connectMs()).setTcpKeepAlive(true)
                    .setMaxFrameSize(MOST_BUFFERED).setMaxMessageSize(MOST_BUFFERED);
            TlsOptions.apply(terminal.tls(), options);
            client = vertx.createWebSocketClient(options);
        }

        @Override
        public Future<Wire> connect(final Listener listener) {
            return client.connect(new WebSocketConnectOptions().setHost(terminal.host()).setPort(terminal.port()).setURI("/")
                    .setSsl(terminal.tls() != null).setTimeout(connectMs)).map(socket -> new WebSocketWire(socket, listener));
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
