package org.mawid.api.terminal;

import io.vertx.core.Future;
import org.mawid.api.terminal.nexo.MalformedMessage;

/** One connection to a terminal. On the event loop that made it. */
interface Wire {
    void send(byte[] message);

    /** The listener is not told. */
    void close();

    /** Who hears what comes. */
    interface Listener {
        void message(byte[] message);

        /** The connection can be used no more and is not closed yet. */
        void garbled(MalformedMessage why);

        /** By the other side, or broken. */
        void closed();
    }

    /** Makes connections of one kind to one terminal. */
    interface Maker {
        Future<Wire> connect(Listener listener);

        void close();
    }
}
