package org.mawid.api.sandbox.terminal;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.net.NetSocket;

/** One till's connection to the simulator. On its event loop. */
interface SimulatorSession {
    void send(Buffer message);

    /** Half of it, and the end. */
    void sendHalf(Buffer message);

    void cut();

    /** Over TCP: four bytes with the length, then the message. */
    static SimulatorSession of(final NetSocket socket) {
        return new SimulatorSession() {
            @Override
            public void send(final Buffer message) {
                socket.write(Buffer.buffer().appendInt(message.length()).appendBuffer(message));
            }

            @Override
            public void sendHalf(final Buffer message) {
                socket.write(Buffer.buffer().appendInt(message.length()).appendBuffer(message.getBuffer(0, message.length() / 2)));
                socket.close();
            }

            @Override
            public void cut() {
                socket.close();
            }
        };
    }

    static SimulatorSession of(final ServerWebSocket socket) {
        return new SimulatorSession() {
            @Override
            public void send(final Buffer message) {
                if (!socket.isClosed()) {
                    socket.writeTextMessage(message.toString());
                }
            }

            @Override
            public void sendHalf(final Buffer message) {
                if (!socket.isClosed()) {
                    socket.writeFrame(WebSocketFrame.textFrame(message.getString(0, message.length() / 2), false));
                    socket.close();
                }
            }

            @Override
            public void cut() {
                socket.close();
            }
        };
    }
}
