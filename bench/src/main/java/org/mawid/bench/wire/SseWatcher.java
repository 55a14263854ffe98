package org.mawid.bench.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.parsetools.RecordParser;
import java.nio.charset.StandardCharsets;

/**
 * One stream of server-sent events over HTTP. Of an event it reads the id and whether there is anything in it. A slow one reads up to
 * where it begins, and then nothing until it is told to; a stream that was ended meanwhile is taken up again behind the last event that came.
 */
final class SseWatcher implements Watcher {
    private static final byte[] ID = "id: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "event: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SNAPSHOT = "snapshot\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] START_AGAIN = "START_AGAIN".getBytes(StandardCharsets.US_ASCII);

    /** Ordinal of a cursor that has passed all of its position. */
    private static final int ALL = 0xFFFF;

    private final HttpClient client;
    private final int port;
    private final int postId;
    private final boolean slow;
    private final Tally tally;
    private final Received received = new Received();
    private HttpClientResponse response;
    private long epoch;
    private volatile boolean reading;
    private boolean again;
    private volatile boolean cutOff;

    SseWatcher(final HttpClient client, final int port, final int postId, final boolean slow, final Tally tally) {
        this.client = client;
        this.port = port;
        this.postId = postId;
        this.slow = slow;
        this.tally = tally;
    }

    SseWatcher open() {
        open(new RequestOptions());
        return this;
    }

    private void open(final RequestOptions options) {
        client.request(options.setMethod(HttpMethod.GET).setHost("127.0.0.1").setPort(port).setURI("/v1/posts/" + postId + "/events"))
                .compose(request -> request.send()).onSuccess(this::follow).onFailure(this::ended);
    }

    private void follow(final HttpClientResponse answer) {
        if (answer.statusCode() != 200) {
            tally.fail(new IllegalStateException("a stream of post " + postId + " was answered " + answer.statusCode()));
            return;
        }
        response = answer;
        answer.exceptionHandler(this::ended);
        answer.endHandler(end -> ended(new IllegalStateException("the server has nothing more")));
        answer.handler(RecordParser.newDelimited("\n\n", this::block));
    }

    private synchronized void ended(final Throwable cause) {
        if (tally.isStopping()) {
            return;
        }
        if (!slow || again) {
            tally.fail(new IllegalStateException("a stream of post " + postId + " was ended: " + cause.getMessage(), cause));
            return;
        }
        cutOff = true;
        if (reading) {
            openAgain();
        }
    }

    private void openAgain() {
        again = true;
        final int ordinal = received.count() == 0 ? ALL : received.lastOrdinal();
        open(new RequestOptions().putHeader("Last-Event-ID", epoch + "-" + received.lastPosition() + "-" + ordinal));
    }

    /** One event, or an id alone, or nothing but a sign of life. */
    private void block(final Buffer text) {
        final long nowNs = System.nanoTime();
        if (!isAt(text, 0, ID)) {
            if (isAt(text, EVENT.length, START_AGAIN)) {
                tally.fail(new IllegalStateException("a stream of post " + postId + " is to start again"));
            }
            return;
        }
        final int[] at = {ID.length};
        epoch = number(text, at);
        final long position = number(text, at);
        final int ordinal = (int) number(text, at);
        if (!isAt(text, at[0], EVENT)) {
            return;
        }
        if (isAt(text, at[0] + EVENT.length, SNAPSHOT)) {
            received.begin(position);
            if (slow && !reading) {
                response.pause();
            }
        } else {
            received.event(position, ordinal, nowNs);
        }
    }

    /** @param at where it begins; afterwards behind the sign that ends it */
    private static long number(final Buffer text, final int[] at) {
        long number = 0;
        while (at[0] < text.length() && text.getByte(at[0]) >= '0' && text.getByte(at[0]) <= '9') {
            number = number * 10 + text.getByte(at[0]) - '0';
            at[0]++;
        }
        at[0]++;
        return number;
    }

    private static boolean isAt(final Buffer text, final int from, final byte[] wanted) {
        if (from + wanted.length > text.length()) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (text.getByte(from + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public synchronized void read() {
        reading = true;
        if (cutOff) {
            openAgain();
        } else if (slow) {
            response.resume();
        }
    }

    @Override
    public boolean wasCutOff() {
        return cutOff;
    }

    @Override
    public int postId() {
        return postId;
    }

    @Override
    public Received received() {
        return received;
    }
}
