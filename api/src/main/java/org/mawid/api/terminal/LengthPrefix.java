package org.mawid.api.terminal;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import org.mawid.api.terminal.nexo.MalformedMessage;
import org.mawid.api.terminal.nexo.NexoReader;

/** Cuts a stream of bytes into messages: four bytes with the length, the highest first, then the message. One for each connection. */
final class LengthPrefix {
    private static final int PREFIX = 4;

    private Buffer unread = Buffer.buffer();

    static Buffer frame(final byte[] message) {
        return Buffer.buffer(PREFIX + message.length).appendInt(message.length).appendBytes(message);
    }

    /**
     * Hands over each message that is whole now. Holds no more than one that is not.
     *
     * @throws MalformedMessage the next one is too large; nothing more can be read from this connection
     */
    void accept(final Buffer bytes, final Consumer<byte[]> message) throws MalformedMessage {
        unread.appendBuffer(bytes);
        int from = 0;
        while (unread.length() - from >= PREFIX) {
            final long length = unread.getUnsignedInt(from);
            if (length > NexoReader.MAX_BYTES) {
                throw MalformedMessage.tooLarge(length);
            }
            final int end = from + PREFIX + (int) length;
            if (unread.length() < end) {
                break;
            }
            message.accept(unread.getBytes(from + PREFIX, end));
            from = end;
        }
        if (from > 0) {
            unread = Buffer.buffer().appendBytes(unread.getBytes(from, unread.length()));
        }
    }
}
