package org.mawid.api.payment;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.util.Set;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.http.OnlinePayments;
import org.mawid.api.rpc.CallBytes;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.Refusals;
import org.mawid.api.rpc.Worker;
import org.mawid.api.treasury.port.OnlinePayment;
import org.mawid.api.treasury.port.OrderState;
import org.mawid.api.treasury.port.TreasuryException;
import org.mawid.engine.readmodel.Records;
import org.mawid.grpc.OpenPaymentPageRequest;
import org.mawid.grpc.PaymentPage;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where payments online are paid, over gRPC. On the server's event loops; the treasury answers on others, which hand over. */
final class PageCalls {
    private static final Logger LOG = LoggerFactory.getLogger(PageCalls.class);
    private static final Set<String> LANGUAGES = Set.of("fr", "ar", "en", "es");
    private static final int MOST_CHARACTERS = 512;

    private final Calls calls;
    /** Null = nothing is paid online. */
    private final OnlinePayments online;

    PageCalls(final Calls calls, final OnlinePayments online) {
        this.calls = calls;
        this.online = online;
    }

    void open(final OpenPaymentPageRequest message, final StreamObserver<PaymentPage> observer) {
        final String language = message.getLanguage().isEmpty() ? "fr" : message.getLanguage();
        if (!LANGUAGES.contains(language) || !isAddress(message.getReturnTo())) {
            observer.onError(Refusals.of(Result.MALFORMED));
            return;
        }
        final long number = calls.numberToRead(ReferenceKind.PAYMENT, message.getPayment(), observer);
        if (number != 0) {
            final URI returnTo = message.getReturnTo().isEmpty() ? null : URI.create(message.getReturnTo());
            final CallBytes bytes = CallBytes.ofCall();
            final Worker worker = calls.worker();
            calls.findRecord(0, observer, Result.PAYMENT_UNKNOWN, () -> calls.readModel().records().payment(number), found -> open(found, returnTo, language, bytes, worker, observer));
        }
    }

    private static boolean isAddress(final String text) {
        try {
            return text.isEmpty() || text.length() <= MOST_CHARACTERS && text.matches("https?://.*") && URI.create(text).getHost() != null;
        } catch (final IllegalArgumentException none) {
            return false;
        }
    }

    private void open(final Records.Payment found, final URI returnTo, final String language, final CallBytes bytes, final Worker worker, final StreamObserver<PaymentPage> observer) {
        if (found.means() != PaymentMeans.ONLINE || found.state() != PaymentState.PENDING && found.state() != PaymentState.IN_DOUBT) {
            observer.onError(Refusals.of(Result.PAYMENT_STATE, found.state().value(), 0));
            return;
        }
        if (online == null) {
            observer.onError(Refusals.of(Cause.NO_TREASURY));
            return;
        }
        final OnlinePayment payment;
        try {
            payment = online.payments().online(found);
        } catch (final IllegalArgumentException uncountable) {
            LOG.warn("no page for a payment: {}", uncountable.getMessage());
            observer.onError(Refusals.of(Result.CURRENCY_MISMATCH));
            return;
        }
        online.treasury().open(payment, returnTo, language).onComplete(told -> worker.eventLoop().execute(() -> {
            if (told.succeeded()) {
                Calls.give(bytes, observer, page(payment, told.result()));
            } else {
                observer.onError(refusal(told.cause()));
            }
        }));
    }

    private PaymentPage page(final OnlinePayment payment, final OrderState state) {
        final PaymentPage.Builder page = PaymentPage.newBuilder().setPayment(calls.references().text(ReferenceKind.PAYMENT, payment.number()))
                .setState(org.mawid.grpc.OrderState.valueOf("ORDER_STATE_" + state.status().name()));
        return state.page() == null ? page.build() : page.setUrl(state.page().toString()).build();
    }

    private static RuntimeException refusal(final Throwable cause) {
        if (cause instanceof TreasuryException trouble) {
            if (!trouble.trouble().mayPass()) {
                LOG.warn("no page for a payment: {}", trouble.getMessage());
            }
            return Refusals.of(Cause.TREASURY_DOWN);
        }
        LOG.error("a payment's page cannot be had", cause);
        return Status.INTERNAL.withDescription("the page cannot be had; the server's log says why").asRuntimeException();
    }
}
