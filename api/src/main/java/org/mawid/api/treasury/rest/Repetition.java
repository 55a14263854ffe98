package org.mawid.api.treasury.rest;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.mawid.api.treasury.port.TreasuryException;
import org.mawid.api.treasury.port.TreasuryException.Trouble;

/**
 * Asks again what may be asked again: what failed in a way that may pass, and is the same however often it is asked (questions, and orders with their key; there is nothing else). Waits a random
 * part of a time that doubles, and longer when the treasury says so. When half of the last calls failed nobody is asked for a while.
 */
final class Repetition {
    private static final int WINDOW_CALLS = 10;
    private static final int LEAST_CALLS = 5;
    private static final int MOST_DOUBLINGS = 16;

    private final Vertx vertx;
    private final TreasuryConfig config;
    private final CircuitBreaker breaker;

    Repetition(final Vertx vertx, final TreasuryConfig config) {
        this.vertx = vertx;
        this.config = config;
        breaker = CircuitBreaker.of("treasury", CircuitBreakerConfig.custom().slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED).slidingWindowSize(WINDOW_CALLS)
                .minimumNumberOfCalls(LEAST_CALLS).failureRateThreshold(50).waitDurationInOpenState(Duration.ofMillis(config.restMs())).permittedNumberOfCallsInHalfOpenState(2)
                .writableStackTraceEnabled(false).build());
    }

    <T> Future<T> ask(final Supplier<Future<T>> call) {
        final Promise<T> answer = Promise.promise();
        attempt(call, 1, System.nanoTime() + config.deadlineMs() * 1_000_000L, answer);
        return answer.future();
    }

    private <T> void attempt(final Supplier<Future<T>> call, final int attempt, final long deadlineNs, final Promise<T> answer) {
        if (!breaker.tryAcquirePermission()) {
            answer.fail(new TreasuryException(Trouble.RESTING, "the treasury has failed too often and is left alone for " + config.restMs() + " ms: what is pending stays so and is asked for then"));
            return;
        }
        final long startedNs = System.nanoTime();
        call.get().onComplete(result -> {
            final long tookNs = System.nanoTime() - startedNs;
            if (result.succeeded()) {
                breaker.onSuccess(tookNs, TimeUnit.NANOSECONDS);
                answer.complete(result.result());
                return;
            }
            final TreasuryException trouble = Failures.of(result.cause(), "a call");
            if (!trouble.trouble().mayPass()) {
                breaker.onSuccess(tookNs, TimeUnit.NANOSECONDS); // it is there, and has answered
                answer.fail(trouble);
                return;
            }
            breaker.onError(tookNs, TimeUnit.NANOSECONDS, trouble);
            final long waitMs = Math.max(trouble.retryAfterMs(), backoffMs(attempt));
            if (attempt == config.attempts() || System.nanoTime() + waitMs * 1_000_000L - deadlineNs > 0) {
                answer.fail(trouble);
            } else {
                vertx.setTimer(waitMs, timer -> attempt(call, attempt + 1, deadlineNs, answer));
            }
        });
    }

    /** At least 1: a timer of Vert.x has no shorter one. */
    private long backoffMs(final int attempt) {
        final long most = (long) config.backoffMs() << Math.min(attempt - 1, MOST_DOUBLINGS);
        return 1 + ThreadLocalRandom.current().nextLong(most);
    }

    /** CLOSED: it is asked; OPEN: it is left alone; HALF_OPEN: it is tried. */
    CircuitBreaker.State state() {
        return breaker.getState();
    }
}
