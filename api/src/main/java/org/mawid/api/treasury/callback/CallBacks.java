package org.mawid.api.treasury.callback;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.mawid.api.treasury.order.Verdict;
import org.mawid.api.treasury.port.OnlinePayment;
import org.mawid.api.treasury.port.PaymentPort;
import org.mawid.api.treasury.port.TreasuryException;
import org.mawid.api.treasury.wire.CallBack;
import org.mawid.api.treasury.wire.GuessedInterface;

/**
 * Answers the treasury's call-backs. In this order: size, signature, age, and only then its content. The same event is taken once, whether it comes twice in a row or twice at once; beyond the last few
 * thousand, and over a restart, the ledger's own idempotency sees to that. Any thread.
 */
public final class CallBacks implements Handler<HttpServerRequest> {
    public static final int MOST_BYTES = 1 << 16;
    private static final int REMEMBERED = 4_096;

    private final SignatureCheck signature;
    private final PaymentPort port;
    private final Verdict verdict;
    private final LongSupplier wallMs;
    private final Map<String, Future<CallBackAnswer>> events = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<String, Future<CallBackAnswer>> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param wallMs the wall clock, which is what the treasury's signatures are about; ms since 1970-01-01 UTC */
    public CallBacks(final SignatureCheck signature, final PaymentPort port, final LongSupplier wallMs) {
        this.signature = signature;
        this.port = port;
        this.wallMs = wallMs;
        verdict = new Verdict(port);
    }

    /** Reads the body itself, which nobody may have read before, and answers. */
    @Override
    public void handle(final HttpServerRequest request) {
        final Context here = Vertx.currentContext();
        final Buffer body = Buffer.buffer();
        final boolean[] isRefused = new boolean[1];
        request.handler(part -> {
            if (isRefused[0]) {
                return;
            }
            if (body.length() + part.length() > MOST_BYTES) {
                isRefused[0] = true;
                request.response().putHeader("Connection", "close");
                answer(request, CallBackAnswer.TOO_LARGE);
            } else {
                body.appendBuffer(part);
            }
        });
        request.endHandler(end -> {
            if (!isRefused[0]) {
                take(request.headers(), body).onSuccess(answer -> here.runOnContext(back -> answer(request, answer)));
            }
        });
    }

    private static void answer(final HttpServerRequest request, final CallBackAnswer answer) {
        if (!request.response().ended()) {
            request.response().setStatusCode(answer.status()).putHeader("Content-Type", "application/json").end(new JsonObject().put("result", answer.name()).encode());
        }
    }

    /** Never fails. */
    public Future<CallBackAnswer> take(final MultiMap headers, final Buffer body) {
        if (body.length() > MOST_BYTES) {
            return Future.succeededFuture(CallBackAnswer.TOO_LARGE);
        }
        final SignatureCheck.Checked checked = signature.check(headers, body.getBytes(), wallMs.getAsLong());
        if (checked != SignatureCheck.Checked.GOOD) {
            return Future.succeededFuture(checked == SignatureCheck.Checked.BAD ? CallBackAnswer.BAD_SIGNATURE : CallBackAnswer.STALE);
        }
        final CallBack callBack;
        try {
            callBack = GuessedInterface.callBack(body);
        } catch (final TreasuryException unreadable) {
            return Future.succeededFuture(CallBackAnswer.MALFORMED);
        }
        return once(callBack);
    }

    private Future<CallBackAnswer> once(final CallBack callBack) {
        final Promise<CallBackAnswer> first = Promise.promise();
        final Future<CallBackAnswer> before;
        synchronized (events) {
            before = events.putIfAbsent(callBack.event(), first.future());
        }
        if (before != null) {
            return before.map(answer -> answer == CallBackAnswer.TAKEN ? CallBackAnswer.REPEATED : answer);
        }
        decide(callBack).onSuccess(answer -> {
            if (answer == CallBackAnswer.UNAVAILABLE || answer == CallBackAnswer.UNKNOWN_ORDER) { // it may be otherwise next time
                synchronized (events) {
                    events.remove(callBack.event());
                }
            }
            first.complete(answer);
        });
        return first.future();
    }

    private Future<CallBackAnswer> decide(final CallBack callBack) {
        return find(callBack.order().reference()).compose(payment -> {
            if (payment == null) {
                return verdict.ofUnknown(callBack.order()).map(outcome -> outcome == Verdict.Outcome.UNAVAILABLE ? CallBackAnswer.UNAVAILABLE : CallBackAnswer.UNKNOWN_ORDER);
            }
            return verdict.of(payment, callBack.order()).map(CallBackAnswer::of);
        }).otherwise(CallBackAnswer.UNAVAILABLE); // the records are behind, say
    }

    /** The ledger may have to wait for its records, or a disk: never on an event loop. */
    private Future<OnlinePayment> find(final String reference) {
        final Context here = Vertx.currentContext();
        if (here != null) {
            return here.executeBlocking(() -> port.find(reference), false);
        }
        try {
            return Future.succeededFuture(port.find(reference));
        } catch (final RuntimeException notNow) {
            return Future.failedFuture(notNow);
        }
    }
}
