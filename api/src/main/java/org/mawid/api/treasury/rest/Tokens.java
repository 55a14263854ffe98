package org.mawid.api.treasury.rest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2FlowType;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import io.vertx.ext.auth.oauth2.Oauth2Credentials;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mawid.api.treasury.port.TreasuryException;
import org.mawid.api.treasury.port.TreasuryException.Trouble;
import org.mawid.api.treasury.wire.GuessedInterface;

/** The token of the client credentials: asked for once for all who wait, and anew before it ends. Never in a message, never in a log. Any thread. */
final class Tokens {
    /** A token that is good for less than this is not used any more, seconds; one that never was good for as long is used once. */
    private static final int SPARE_SECONDS = 30;

    /** How the library begins what it says of a status. */
    private static final String[] BUSY = {"Service Unavailable", "Too Many Requests", "Internal Server Error", "Bad Gateway", "Gateway Timeout"};

    private final OAuth2Auth provider;
    private final int timeoutMs;
    private User current;
    private Future<User> asked;

    Tokens(final Vertx vertx, final TreasuryConfig config, final HttpClientOptions client) {
        timeoutMs = config.answerTimeoutMs();
        provider = OAuth2Auth.create(vertx, new OAuth2Options().setClientId(config.clientId()).setClientSecret(config.clientSecret())
                .setSite(config.base().getScheme() + "://" + config.base().getHost() + ':' + config.port())
                .setTokenPath(config.tokenUrl() == null ? config.path(GuessedInterface.TOKEN_PATH) : config.tokenUrl().toString()).setHttpClientOptions(client));
    }

    synchronized Future<String> token() {
        if (current != null && isGood(current)) {
            return Future.succeededFuture(text(current));
        }
        if (asked == null) {
            final Future<User> question = provider.authenticate(new Oauth2Credentials().setFlow(OAuth2FlowType.CLIENT)).timeout(timeoutMs, TimeUnit.MILLISECONDS);
            asked = question;
            question.onComplete(answer -> answered(question, answer.succeeded() ? answer.result() : null));
        }
        return asked.compose(user -> Future.succeededFuture(text(user)), failure -> Future.failedFuture(trouble(failure)));
    }

    private synchronized void answered(final Future<User> question, final User user) {
        current = user;
        if (asked == question) {
            asked = null;
        }
    }

    /** It was not accepted. */
    synchronized void forget(final String token) {
        if (current != null && text(current).equals(token)) {
            current = null;
        }
    }

    /** The library counts down from when the answer came; a token without an end is used until it is refused. */
    private static boolean isGood(final User user) {
        final Object expires = user.attributes().getValue("exp");
        return !(expires instanceof Number at) || at.longValue() - System.currentTimeMillis() / 1_000 > SPARE_SECONDS;
    }

    private static String text(final User user) {
        final String token = user.principal().getString("access_token");
        return token == null ? "" : token;
    }

    /** What the library says may quote the answer, and so the secret. */
    private static TreasuryException trouble(final Throwable failure) {
        if (failure instanceof TimeoutException) {
            return new TreasuryException(Trouble.TIMED_OUT, "the treasury gave no token in time: it is asked again");
        }
        final String message = String.valueOf(failure.getMessage());
        if (message.startsWith("Unauthorized") || message.startsWith("Bad Request") || message.startsWith("Forbidden") || message.contains("invalid_client")) {
            return new TreasuryException(Trouble.UNAUTHORIZED, "the treasury gives no token to this client: check its id and secret, and that it is registered there");
        }
        for (final String busy : BUSY) {
            if (message.startsWith(busy)) {
                return new TreasuryException(Trouble.OVERLOADED, "the treasury gives no token now (" + busy + "): it is asked again");
            }
        }
        return Failures.unreachable(failure, "a token");
    }
}
