package org.mawid.api.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of answers wait for clients that do not read them, over all connections: when there are too many, reads are told UNAVAILABLE
 * before they are begun, and on one connection when it has an eighth of that by itself. An answer is counted from when it is given until it
 * is written or its connection is gone; who reads nothing loses the connection by its idle time-out. Answers of writes are short, and a
 * connection has no more of them waiting than were read of it at once: they are counted and never refused.
 * <p>Any thread.
 */
final class Unread {
    private static final int CONNECTIONS_SHARE = 8;

    private final long most;
    private final AtomicLong bytes = new AtomicLong();

    /** @param most bytes in all */
    Unread(final long most) {
        this.most = most;
    }

    /** Of one connection. Only on its event loop. */
    final class Share {
        private long mine;
        private boolean closed;

        boolean isSpent() {
            return mine >= most / CONNECTIONS_SHARE || bytes.get() >= most;
        }

        void take(final int answer) {
            if (!closed) {
                mine += answer;
                bytes.addAndGet(answer);
            }
        }

        void giveBack(final int answer) {
            take(-answer);
        }

        /** The connection is gone, and what was not written with it. */
        void close() {
            bytes.addAndGet(-mine);
            mine = 0;
            closed = true;
        }
    }

    Share open() {
        return new Share();
    }

    long bytes() {
        return bytes.get();
    }
}
