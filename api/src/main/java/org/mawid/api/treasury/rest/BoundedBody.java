package org.mawid.api.treasury.rest;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import org.mawid.api.treasury.port.TreasuryException;
import org.mawid.api.treasury.port.TreasuryException.Trouble;

/** Keeps an answer up to a limit, so that an answer without an end takes no memory without an end. One answer each. */
final class BoundedBody implements WriteStream<Buffer> {
    private final int most;
    private final Buffer kept = Buffer.buffer();

    /** @param most bytes */
    BoundedBody(final int most) {
        this.most = most;
    }

    Buffer kept() {
        return kept;
    }

    @Override
    public Future<Void> write(final Buffer data) {
        if (kept.length() + data.length() > most) {
            return Future.failedFuture(new TreasuryException(Trouble.UNREADABLE, "the treasury's answer has more than " + most + " bytes: check its address"));
        }
        kept.appendBuffer(data);
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> end() {
        return Future.succeededFuture();
    }

    @Override
    public WriteStream<Buffer> exceptionHandler(final Handler<Throwable> handler) {
        return this;
    }

    @Override
    public WriteStream<Buffer> setWriteQueueMaxSize(final int maxSize) {
        return this;
    }

    @Override
    public boolean writeQueueFull() {
        return false;
    }

    @Override
    public WriteStream<Buffer> drainHandler(final Handler<Void> handler) {
        return this;
    }
}
