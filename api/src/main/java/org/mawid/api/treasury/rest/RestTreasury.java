package org.mawid.api.treasury.rest;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.codec.BodyCodec;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.mawid.api.treasury.port.OrderState;
import org.mawid.api.treasury.port.PaymentOrder;
import org.mawid.api.treasury.port.References;
import org.mawid.api.treasury.port.RefundOrder;
import org.mawid.api.treasury.port.RefundState;
import org.mawid.api.treasury.port.TariffFeed;
import org.mawid.api.treasury.port.Treasury;
import org.mawid.api.treasury.port.TreasuryException;
import org.mawid.api.treasury.port.TreasuryException.Trouble;
import org.mawid.api.treasury.wire.GuessedInterface;

/** The treasury over HTTP. Close it when nobody asks any more. Any thread. */
public final class RestTreasury implements Treasury, AutoCloseable {
    private static final int MOST_ANSWER_BYTES = 1 << 16;
    private static final int MOST_FEED_BYTES = 1 << 22;
    private static final int NOT_FOUND = 404;
    private static final int NOT_MODIFIED = 304;
    private static final int UNAUTHORIZED = 401;

    private final TreasuryConfig config;
    private final WebClient client;
    private final Tokens tokens;
    private final Repetition repetition;

    /** What came, before it is understood. */
    private record Answer(int status, String version, String retryAfter, Buffer body) {
    }

    public RestTreasury(final Vertx vertx, final TreasuryConfig config) {
        this.config = config;
        client = WebClient.create(vertx, (WebClientOptions) options(config, new WebClientOptions().setFollowRedirects(false).setUserAgent("mawid")),
                new PoolOptions().setHttp1MaxSize(config.connections()));
        tokens = new Tokens(vertx, config, options(config, new HttpClientOptions()));
        repetition = new Repetition(vertx, config);
    }

    private static HttpClientOptions options(final TreasuryConfig config, final HttpClientOptions options) {
        options.setConnectTimeout(config.connectTimeoutMs()).setIdleTimeoutUnit(TimeUnit.MILLISECONDS).setIdleTimeout(config.answerTimeoutMs()).setSsl(config.isTls())
                .setVerifyHost(true);
        if (config.trust() != null) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(config.trust().toString()));
        }
        if (config.certificate() != null) {
            options.setKeyCertOptions(new PemKeyCertOptions().addCertPath(config.certificate().toString()).addKeyPath(config.key().toString()));
        }
        return options;
    }

    @Override
    public Future<OrderState> order(final PaymentOrder order) {
        return send(HttpMethod.POST, GuessedInterface.ORDERS_PATH, GuessedInterface.orderKey(order.reference()), GuessedInterface.order(order), "", MOST_ANSWER_BYTES, "an order",
                answer -> isOf(order.reference(), GuessedInterface.orderState(answer.body())));
    }

    @Override
    public Future<Optional<OrderState>> orderOf(final String reference) {
        return send(HttpMethod.GET, GuessedInterface.ORDERS_PATH + '/' + References.check(reference), "", null, "", MOST_ANSWER_BYTES, "the state of an order",
                answer -> answer.status() == NOT_FOUND ? Optional.empty() : Optional.of(isOf(reference, GuessedInterface.orderState(answer.body()))));
    }

    @Override
    public Future<RefundState> refund(final RefundOrder order) {
        return send(HttpMethod.POST, GuessedInterface.REFUNDS_PATH, GuessedInterface.refundKey(order.reference()), GuessedInterface.refund(order), "", MOST_ANSWER_BYTES, "a refund",
                answer -> isOf(order.reference(), GuessedInterface.refundState(answer.body())));
    }

    @Override
    public Future<Optional<RefundState>> refundOf(final String reference) {
        return send(HttpMethod.GET, GuessedInterface.REFUNDS_PATH + '/' + References.check(reference), "", null, "", MOST_ANSWER_BYTES, "the state of a refund",
                answer -> answer.status() == NOT_FOUND ? Optional.empty() : Optional.of(isOf(reference, GuessedInterface.refundState(answer.body()))));
    }

    @Override
    public Future<Optional<TariffFeed>> tariffs(final String knownVersion) {
        return send(HttpMethod.GET, GuessedInterface.TARIFFS_PATH, "", null, knownVersion, MOST_FEED_BYTES, "the tariffs",
                answer -> answer.status() == NOT_MODIFIED ? Optional.empty() : Optional.of(GuessedInterface.tariffs(answer.version(), answer.body())));
    }

    private static OrderState isOf(final String reference, final OrderState state) {
        same(reference, state.reference());
        return state;
    }

    private static RefundState isOf(final String reference, final RefundState state) {
        same(reference, state.reference());
        return state;
    }

    private static void same(final String asked, final String answered) {
        if (!asked.equals(answered)) {
            throw new TreasuryException(Trouble.UNREADABLE, "the treasury answered about another reference than it was asked for: nothing was changed");
        }
    }

    private <T> Future<T> send(final HttpMethod method, final String path, final String key, final JsonObject body, final String knownVersion, final int mostBytes, final String what,
                               final Function<Answer, T> understood) {
        return repetition.ask(() -> withToken(token -> once(method, path, token, key, body, knownVersion, mostBytes, what)).map(answer -> {
            final boolean isMeant = answer.status() >= 200 && answer.status() < 300 || method == HttpMethod.GET && answer.status() == NOT_FOUND
                    || answer.status() == NOT_MODIFIED && !knownVersion.isEmpty();
            if (!isMeant) {
                throw Failures.of(answer.status(), answer.retryAfter(), what);
            }
            return understood.apply(answer);
        }).recover(failure -> Future.failedFuture(Failures.of(failure, what))));
    }

    /** A token may have been taken back before its end: another one, once. */
    private Future<Answer> withToken(final Function<String, Future<Answer>> call) {
        return tokens.token().compose(token -> call.apply(token).compose(answer -> {
            if (answer.status() != UNAUTHORIZED) {
                return Future.succeededFuture(answer);
            }
            tokens.forget(token);
            return tokens.token().compose(call);
        }));
    }

    private Future<Answer> once(final HttpMethod method, final String path, final String token, final String key, final JsonObject body, final String knownVersion, final int mostBytes,
                                final String what) {
        final BoundedBody kept = new BoundedBody(mostBytes);
        final HttpRequest<Void> request = client.request(method, config.port(), config.base().getHost(), config.path(path)).ssl(config.isTls()).bearerTokenAuthentication(token)
                .timeout(config.answerTimeoutMs()).putHeader("Accept", "application/json").as(BodyCodec.pipe(kept));
        if (!key.isEmpty()) {
            request.putHeader(GuessedInterface.IDEMPOTENCY_KEY, key);
        }
        if (!knownVersion.isEmpty()) {
            request.putHeader(GuessedInterface.KNOWN_VERSION, knownVersion);
        }
        final Future<HttpResponse<Void>> sent = body == null ? request.send() : request.putHeader("Content-Type", "application/json").sendBuffer(body.toBuffer());
        return sent.timeout(config.answerTimeoutMs(), TimeUnit.MILLISECONDS)
                .map(response -> new Answer(response.statusCode(), response.getHeader(GuessedInterface.VERSION), response.getHeader("Retry-After"), kept.kept()))
                .recover(failure -> Future.failedFuture(Failures.of(failure, what)));
    }

    /** Whether it is left alone just now, because too much has failed. */
    public boolean isResting() {
        return repetition.state() == CircuitBreaker.State.OPEN;
    }

    @Override
    public void close() {
        client.close();
    }
}
