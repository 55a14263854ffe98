package org.mawid.bench.wire.watch;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.parsetools.RecordParser;
import java.nio.charset.StandardCharsets;
import org.mawid.bench.wire.loop.Tally;

/** One stream of server-sent events over HTTP. Of an event it reads the id and whether there is anything in it. */
final class SseWatcher extends Watcher {
    private static final byte[] ID = "id: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "event: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SNAPSHOT = "snapshot\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] START_AGAIN = "START_AGAIN".getBytes(StandardCharsets.US_ASCII);

    private final HttpClient client;
    private final int port;
    private HttpClientResponse response;
    private long epoch;

    SseWatcher(final HttpClient client, final int port, final int postId, final boolean slow, final Tally tally) {
        super(postId, slow, tally);
        this.client = client;
        this.port = port;
    }

    SseWatcher open() {
        open(new RequestOptions());
        return this;
    }

    private void open(final RequestOptions options) {
        client.request(options.setMethod(HttpMethod.GET).setHost("127.0.0.1").setPort(port).setURI("/v1/posts/" + postId() + "/events"))
                .onSuccess(this::send).onFailure(this::ended);
    }

    /** Who follows is there before the request is on its way: what came before that would be thrown away, and it is where the stream begins. */
    private void send(final HttpClientRequest request) {
        request.response().onSuccess(this::follow).onFailure(this::ended);
        request.end();
    }

    private void follow(final HttpClientResponse answer) {
        if (answer.statusCode() != 200) {
            failed("was answered " + answer.statusCode(), null);
            return;
        }
        response = answer;
        answer.exceptionHandler(this::ended);
        answer.endHandler(end -> ended(new IllegalStateException("the server has nothing more")));
        answer.handler(RecordParser.newDelimited("\n\n", this::block));
    }

    @Override
    void openAt(final long position, final int ordinal) {
        open(new RequestOptions().putHeader("Last-Event-ID", epoch + "-" + position + "-" + ordinal));
    }

    @Override
    void resume() {
        response.resume();
    }

    /** One event, or an id alone, or nothing but a sign of life. */
    private void block(final Buffer text) {
        final long nowNs = System.nanoTime();
        if (!isAt(text, 0, ID)) {
            if (isAt(text, EVENT.length, START_AGAIN)) {
                failed("is to start again", null);
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
            received().begin(position);
            if (isHeldBack()) {
                response.pause();
            }
        } else {
            received().event(position, ordinal, nowNs);
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
}
