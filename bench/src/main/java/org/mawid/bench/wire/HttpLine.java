package org.mawid.bench.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import org.agrona.collections.LongArrayQueue;

/**
 * One keep-alive connection, answers in the order of the requests. It reads status and length and nothing else: a whole HTTP client
 * would cost more than the server that it is to measure. Only on its event loop.
 */
final class HttpLine {
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private final NetSocket socket;
    private final HttpTalk talk;
    private final Tally tally;
    private final LongArrayQueue dueNs = new LongArrayQueue(Long.MIN_VALUE);
    private Buffer kept;

    HttpLine(final NetSocket socket, final HttpTalk talk, final Tally tally) {
        this.socket = socket;
        this.talk = talk;
        this.tally = tally;
        socket.handler(this::read);
        socket.exceptionHandler(this::broken);
        socket.closeHandler(closed -> broken(new IllegalStateException("the server closed a connection")));
    }

    /** @param due from when its latency counts, {@link System#nanoTime()} */
    void send(final long due) {
        dueNs.addLong(due);
        socket.write(talk.next());
    }

    /** Requests without an answer. */
    int open() {
        return dueNs.size();
    }

    void close() {
        socket.closeHandler(null);
        socket.close();
    }

    private void broken(final Throwable cause) {
        if (!tally.isStopping()) {
            tally.fail(cause);
        }
    }

    private void read(final Buffer data) {
        final Buffer all = kept == null ? data : kept.appendBuffer(data);
        int at = 0;
        while (at < all.length()) {
            final int body = bodyAt(all, at);
            final int bytes = body < 0 ? 0 : length(all, at, body);
            if (body < 0 || body + bytes > all.length()) {
                break;
            }
            answered(all, at, body, bytes);
            at = body + bytes;
        }
        kept = at == all.length() ? null : Buffer.buffer().appendBuffer(all, at, all.length() - at);
    }

    private void answered(final Buffer all, final int at, final int body, final int bytes) {
        final long sinceNs = dueNs.pollLong();
        final int status = (all.getByte(at + STATUS_AT) - '0') * 100 + (all.getByte(at + STATUS_AT + 1) - '0') * 10 + all.getByte(at + STATUS_AT + 2) - '0';
        if (status == 503) {
            tally.notAdmitted(1);
            talk.notAdmitted();
        } else if (status / 100 == 2) {
            tally.answered(1, sinceNs);
            talk.done(all, body, bytes);
        } else if (!tally.isStopping()) {
            tally.fail(new IllegalStateException("answered " + status + ": " + all.getString(body, body + bytes)));
        }
    }

    /** Where the empty line ends, −1 when it is not there yet. */
    private static int bodyAt(final Buffer all, final int from) {
        for (int at = from + STATUS_AT; at + 3 < all.length(); at++) {
            if (all.getByte(at) == '\r' && all.getByte(at + 2) == '\r') {
                return at + 4;
            }
        }
        return -1;
    }

    private static int length(final Buffer all, final int from, final int to) {
        for (int at = from; at < to; at++) {
            if (all.getByte(at) == '\n' && (all.getByte(at + 1) | 0x20) == 'c' && isLength(all, at + 1)) {
                int bytes = 0;
                for (int digit = at + 1 + LENGTH.length; all.getByte(digit) != '\r'; digit++) {
                    bytes = all.getByte(digit) == ' ' ? bytes : bytes * 10 + all.getByte(digit) - '0';
                }
                return bytes;
            }
        }
        return 0;
    }

    private static boolean isLength(final Buffer all, final int from) {
        for (int i = 0; i < LENGTH.length; i++) {
            if (Character.toLowerCase(all.getByte(from + i)) != LENGTH[i]) {
                return false;
            }
        }
        return true;
    }
}
