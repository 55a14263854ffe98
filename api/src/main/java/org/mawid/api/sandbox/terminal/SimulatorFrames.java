package org.mawid.api.sandbox.terminal;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** Four bytes with the length, the highest first, then the message. */
final class SimulatorFrames implements Handler<Buffer> {
    private static final int PREFIX = 4;

    private final int most;
    private final Consumer<Buffer> message;
    private final Runnable tooLarge;
    private Buffer unread = Buffer.buffer();

    SimulatorFrames(final int most, final Consumer<Buffer> message, final Runnable tooLarge) {
        this.most = most;
        this.message = message;
        this.tooLarge = tooLarge;
    }

    @Override
    public void handle(final Buffer bytes) {
        unread.appendBuffer(bytes);
        while (unread.length() >= PREFIX) {
            final long length = unread.getUnsignedInt(0);
            if (length > most) {
                tooLarge.run();
                return;
            }
            final int end = PREFIX + (int) length;
            if (unread.length() < end) {
                return;
            }
            final Buffer whole = unread.getBuffer(PREFIX, end);
            unread = unread.getBuffer(end, unread.length());
            message.accept(whole);
        }
    }
}
