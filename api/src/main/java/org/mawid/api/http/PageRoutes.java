package org.mawid.api.http;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.treasury.port.OnlinePayment;
import org.mawid.api.treasury.port.OrderState;
import org.mawid.api.treasury.port.TreasuryException;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where payments online are paid, and what the treasury calls back about them. */
final class PageRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(PageRoutes.class);
    private static final String CALL_BACK = "treasuryCallBack";

    private PageRoutes() {
    }

    static void open(final Call call) {
        final URI returnTo = returnTo(call.body().getString("returnTo"));
        Reads.fromRecords(call, asked -> asked.loop().readModel().records().payment(asked.number(ReferenceKind.PAYMENT, "payment")), found -> {
            final OnlinePayments online = call.loop().payments();
            final OnlinePayment payment = payable(found, online);
            final Context here = call.routing().vertx().getOrCreateContext();
            online.treasury().open(payment, returnTo, call.body().getString("language", "fr"))
                    .onComplete(told -> here.runOnContext(back -> Reads.guarded(call, () -> answer(call, payment, told))));
        });
    }

    private static URI returnTo(final String text) {
        try {
            final URI url = text == null ? null : URI.create(text);
            if (url == null || url.getHost() != null) {
                return url;
            }
        } catch (final IllegalArgumentException noUrl) {
            // told below
        }
        throw new Fault(Problem.of(Result.MALFORMED).at("/returnTo", "is no address"));
    }

    private static OnlinePayment payable(final Records.Payment found, final OnlinePayments online) {
        if (found == null) {
            throw new Fault(Result.PAYMENT_UNKNOWN);
        }
        if (found.means() != PaymentMeans.ONLINE) {
            throw new Fault(Problem.of(Result.PAYMENT_STATE, 0, "The payment is not one online: it is collected by its own means.").with("paymentState", found.state().value())
                    .with("means", found.means().name()));
        }
        if (found.state() != PaymentState.PENDING && found.state() != PaymentState.IN_DOUBT) {
            throw new Fault(Problem.refused(Result.PAYMENT_STATE, found.state().value(), 0, Times.utc()));
        }
        if (online == null) {
            throw new Fault(Problem.of(Cause.NO_TREASURY));
        }
        try {
            return online.payments().online(found);
        } catch (final IllegalArgumentException uncountable) {
            throw new Fault(Problem.of(Result.CURRENCY_MISMATCH, 0, uncountable.getMessage()));
        }
    }

    private static void answer(final Call call, final OnlinePayment payment, final AsyncResult<OrderState> told) {
        if (told.succeeded()) {
            final JsonObject json = new JsonObject().put("payment", call.loop().references().text(ReferenceKind.PAYMENT, payment.number())).put("state", told.result().status().name());
            if (told.result().page() != null) {
                json.put("url", told.result().page().toString());
            }
            call.answer(200, json);
        } else if (told.cause() instanceof TreasuryException trouble) {
            if (!trouble.trouble().mayPass()) {
                LOG.warn("no page for a payment: {}", trouble.getMessage());
            }
            throw new Fault(Problem.of(Cause.TREASURY_DOWN).after(Math.max(Cause.TREASURY_DOWN.retryMs(), trouble.retryAfterMs())));
        } else {
            call.routing().fail(told.cause());
        }
    }

    /** Gives call-backs to the adapter, which reads their bodies itself: a signature is over bytes. */
    static Handler<RoutingContext> callBacks(final Loop loop) {
        return routing -> {
            final HttpServerResponse response = Answers.head(routing.response(), 200, Answers.JSON, loop.config().isTls());
            response.endHandler(ended -> loop.metrics().onHttp(CALL_BACK, response.getStatusCode()));
            loop.payments().treasury().callBacks().handle(routing.request());
        };
    }
}
