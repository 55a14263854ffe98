package org.mawid.api.terminal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import org.mawid.api.terminal.nexo.MalformedMessage;

/** Over TCP, with or without TLS. */
final class TcpWire implements Wire {
    private final NetSocket socket;
    private final LengthPrefix unread = new LengthPrefix();
    private boolean isClosed;

    private TcpWire(final NetSocket socket, final Listener listener) {
        this.socket = socket;
        socket.handler(bytes -> {
            try {
                unread.accept(bytes, message -> {
                    if (!isClosed) {
                        listener.message(message);
                    }
                });
            } catch (final MalformedMessage e) {
                socket.pause();
                listener.garbled(e);
            }
        });
        socket.exceptionHandler(broken -> { }); // it is closed next, which is told
        socket.closeHandler(nothing -> {
            if (!isClosed) {
                isClosed = true;
                listener.closed();
            }
        });
    }

    @Override
    public void send(final byte[] message) {
        socket.write(LengthPrefix.frame(message));
    }

    @Override
    public void close() {
        isClosed = true;
        socket.close();
    }

    /** Connects to one terminal. */
    static final class Maker implements Wire.Maker {
        private final NetClient client;
        private final TerminalRegistration terminal;

        Maker(final Vertx vertx, final TerminalRegistration terminal, final TerminalTimes times) {
            this.terminal = terminal;
            final NetClientOptions options = new NetClientOptions().setConnectTimeout((int) times.connectMs()).setTcpKeepAlive(true);
            options.setHostnameVerificationAlgorithm("HTTPS");
            TlsOptions.apply(terminal.tls(), options);
            client = vertx.createNetClient(options);
        }

        @Override
        public Future<Wire> connect(final Listener listener) {
            return client.connect(terminal.port(), terminal.host()).map(socket -> new TcpWire(socket, listener));
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
