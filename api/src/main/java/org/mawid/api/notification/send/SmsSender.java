package org.mawid.api.notification.send;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import org.mawid.api.notification.notice.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Short messages through a gateway that speaks HTTP: a POST of {@code {"id", "to", "text"}} for each, with a bearer token, and the id as {@code Idempotency-Key} too. 2xx says that it is accepted, 409 that it was
 * before, 400, 404, 410 and 422 that this number will never be; whatever else is tried again. What the gateway says beyond that is not read: it may name the number.
 */
public final class SmsSender implements Sender {
    private static final Logger LOG = LoggerFactory.getLogger(SmsSender.class);
    private static final int CONNECT_MS = 10_000;

    private final URI url;
    private final String token;
    private final int answerMs;
    private final WebClient client;

    /** @param answerMs how long a message may take */
    public SmsSender(final Vertx vertx, final URI url, final String token, final int answerMs) {
        this.url = url;
        this.token = token;
        this.answerMs = answerMs;
        client = WebClient.create(vertx, new WebClientOptions().setConnectTimeout(CONNECT_MS).setFollowRedirects(false).setUserAgent("mawid"));
    }

    @Override
    public Channel channel() {
        return Channel.SMS;
    }

    @Override
    public Future<Outcome> send(final Letter letter) {
        return client.postAbs(url.toString()).timeout(answerMs).bearerTokenAuthentication(token).putHeader("Idempotency-Key", letter.id())
                .sendJsonObject(new JsonObject().put("id", letter.id()).put("to", letter.to()).put("text", letter.text()))
                .transform(sent -> Future.succeededFuture(sent.succeeded() ? answered(sent.result().statusCode()) : unreached(sent.cause())));
    }

    private Outcome answered(final int status) {
        if (status >= 200 && status < 300 || status == 409) {
            return Outcome.ACCEPTED;
        }
        LOG.warn("{} did not take a message: {}", url.getHost(), status);
        return status == 400 || status == 404 || status == 410 || status == 422 ? Outcome.REFUSED : Outcome.LATER;
    }

    private Outcome unreached(final Throwable why) {
        LOG.warn("{} cannot be reached, or did not answer in time: {}", url.getHost(), why.getClass().getSimpleName());
        return Outcome.LATER;
    }

    @Override
    public void close() {
        client.close();
    }
}
