package org.mawid.bench.wire.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import org.agrona.collections.LongArrayQueue;

/**
 * One keep-alive connection, answers in the order of the requests. It reads status and length and nothing else: a whole HTTP client
 * would cost more than the server that it is to measure. Whoever makes it holds its {@code NetClient} as long: one that is collected takes
 * its connections with it. Only on its event loop.
 */
public final class HttpLine {
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    /** Who is told. Only on the event loop. */
    public interface Answers {
        /**
         * The oldest request without an answer has one.
         *
         * @param dueNs  as it was sent with
         * @param head   where the status line begins in {@code data}
         * @param body   where the body begins
         * @param bytes  of the body; nothing of {@code data} may be kept
         */
        void answered(long dueNs, int status, Buffer data, int head, int body, int bytes);

        /** There will be no more answers. May be told more than once. */
        void broken(Throwable cause);
    }

    private final NetSocket socket;
    private final Answers answers;
    private final LongArrayQueue dueNs = new LongArrayQueue(Long.MIN_VALUE);
    private Buffer kept;

    public HttpLine(final NetSocket socket, final Answers answers) {
        this.socket = socket;
        this.answers = answers;
        socket.handler(this::read);
        socket.exceptionHandler(answers::broken);
        socket.shutdownHandler(ours -> answers.broken(new IllegalStateException("the client gives its connections up: nobody holds it any more")));
        socket.closeHandler(closed -> answers.broken(new IllegalStateException("the server closed a connection")));
    }

    /** @param due from when its latency counts, {@link System#nanoTime()} @param request whole, not kept and not changed */
    public void send(final long due, final Buffer request) {
        dueNs.addLong(due);
        socket.write(request);
    }

    /** Requests without an answer. */
    public int open() {
        return dueNs.size();
    }

    public void close() {
        socket.closeHandler(null);
        socket.close();
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
            answers.answered(dueNs.pollLong(), status(all, at), all, at, body, bytes);
            at = body + bytes;
        }
        kept = at == all.length() ? null : Buffer.buffer().appendBuffer(all, at, all.length() - at);
    }

    private static int status(final Buffer all, final int at) {
        return (all.getByte(at + STATUS_AT) - '0') * 100 + (all.getByte(at + STATUS_AT + 1) - '0') * 10 + all.getByte(at + STATUS_AT + 2) - '0';
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
        final int status = status(all, from);
        final int at = status == NO_CONTENT || status == NOT_MODIFIED ? -1 : header(all, from, to, LENGTH);
        int bytes = 0;
        for (int digit = at; digit >= 0 && all.getByte(digit) != '\r'; digit++) {
            bytes = all.getByte(digit) == ' ' ? bytes : bytes * 10 + all.getByte(digit) - '0';
        }
        return bytes;
    }

    /**
     * Finds a header.
     *
     * @param name in small letters, with its colon
     * @return where what follows the name begins, −1 = it is not there
     */
    public static int header(final Buffer all, final int from, final int to, final byte[] name) {
        for (int at = from; at < to - name.length; at++) {
            if (all.getByte(at) == '\n' && (all.getByte(at + 1) | 0x20) == name[0] && isNamed(all, at + 1, name)) {
                return at + 1 + name.length;
            }
        }
        return -1;
    }

    /** What a header says. @param from what {@link #header} gave */
    public static String value(final Buffer all, final int from) {
        int to = from;
        while (all.getByte(to) != '\r') {
            to++;
        }
        return all.getString(from, to).strip();
    }

    private static boolean isNamed(final Buffer all, final int from, final byte[] name) {
        for (int i = 0; i < name.length; i++) {
            if (Character.toLowerCase(all.getByte(from + i)) != name[i]) {
                return false;
            }
        }
        return true;
    }
}
