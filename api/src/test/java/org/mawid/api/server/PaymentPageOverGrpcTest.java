package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.OpenPaymentPageRequest;
import org.mawid.grpc.OrderState;
import org.mawid.grpc.PaymentPage;
import org.mawid.grpc.PaymentServiceGrpc;

/** The page of a payment is opened over gRPC as over HTTP: the same order, and the same reasons where there is none. */
class PaymentPageOverGrpcTest extends TreasuryFixture {
    @Override
    String roundMs() {
        return NEVER_MS;
    }

    private PaymentPage opened(final String payment) {
        return PaymentServiceGrpc.newBlockingStub(channel).openPaymentPage(OpenPaymentPageRequest.newBuilder().setPayment(payment).setLanguage("ar").setReturnTo("https://portal.example/back").build());
    }

    private ErrorInfo refused(final String payment, final String language, final String returnTo) {
        return refusal(() -> PaymentServiceGrpc.newBlockingStub(channel).openPaymentPage(OpenPaymentPageRequest.newBuilder().setPayment(payment).setLanguage(language).setReturnTo(returnTo).build()));
    }

    @Test
    void givenAPaymentOnline_whenItsPageIsOpenedOverBothEdges_thenItIsTheSame() throws Exception {
        final Begun begun = begun(1);
        final PaymentPage page = opened(begun.payment());
        assertThat(page.getState()).isEqualTo(OrderState.ORDER_STATE_OPEN);
        assertThat(page.getPayment()).isEqualTo(begun.payment());
        assertThat(page.getUrl()).isEqualTo(page(begun.payment(), 200).getString("url"));
        sandbox.pay(atTreasury(begun));
        final PaymentPage paid = opened(begun.payment());
        assertThat(paid.getState()).isEqualTo(OrderState.ORDER_STATE_PAID);
        awaitStates(begun, "APPROVED", "PAID"); // by what was just answered: nothing calls back
        final ErrorInfo refused = refused(begun.payment(), "", "");
        assertThat(refused.getReason()).isEqualTo("PAYMENT_STATE");
        assertThat(refused.getMetadataMap()).containsEntry("paymentState", "3");
    }

    @Test
    void givenWhatHasNoPage_whenItIsAskedFor_thenItIsRefusedByItsReason() throws Exception {
        final Begun begun = begun(1);
        assertThat(refused("nonsense", "", "").getReason()).isEqualTo("MALFORMED");
        assertThat(refused(begun.payment(), "la", "").getReason()).isEqualTo("MALFORMED");
        assertThat(refused(begun.payment(), "fr", "javascript:alert(1)").getReason()).isEqualTo("MALFORMED");
        final String unknown = service.gateway().references().text(ReferenceKind.PAYMENT, 999);
        assertThat(refused(unknown, "", "").getReason()).isEqualTo("PAYMENT_UNKNOWN");
        final String application = validated(2);
        final String receipt = post("/v1/applications/" + application + "/counter-receipts", 201, new JsonObject().put("stamps", List.of(issued(application))).put("postId", OnePost.POST).put("date", date)
                .put("amountMinor", 4_650).put("currency", "EUR")).getString("payment");
        assertThat(refused(receipt, "", "").getReason()).isEqualTo("PAYMENT_STATE");
        send(HttpRequest.newBuilder(edge("/v1/terminals/12")).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(
                new JsonObject().put("postId", OnePost.POST).put("code", "EPT-1").put("enabled", true).encode())), "terminal", 200);
        final String other = validated(3);
        final String atTerminal = post("/v1/applications/" + other + "/payments", 201, new JsonObject().put("stamps", List.of(issued(other))).put("postId", OnePost.POST).put("means", "TERMINAL")
                .put("terminalId", 12).put("date", date)).getString("payment");
        assertThat(refused(atTerminal, "", "").getReason()).as("it is pending, and not online").isEqualTo("PAYMENT_STATE");
        sandbox.down(true);
        final ErrorInfo down = refused(begun.payment(), "", "");
        assertThat(down.getReason()).isEqualTo("UNAVAILABLE");
        assertThat(down.getMetadataMap()).containsEntry("cause", "TREASURY_DOWN");
        assertStates(begun, "PENDING", "PAYMENT_PENDING");
    }
}
