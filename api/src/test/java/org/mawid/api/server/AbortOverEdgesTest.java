package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mawid.api.sandbox.terminal.SimulatorBehaviour;
import org.mawid.api.sandbox.terminal.SimulatorSettings;
import org.mawid.api.terminal.TerminalSetting;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.AbortPaymentRequest;
import org.mawid.grpc.PaymentServiceGrpc;

/** Payments at a terminal that an officer breaks off, over both edges. */
class AbortOverEdgesTest extends TillFixture {
    @Override
    SimulatorSettings simulated() {
        return super.simulated().withTimes(0, 600_000);
    }

    @Override
    Map<String, String> settings() {
        final Map<String, String> settings = new HashMap<>(super.settings());
        settings.put(TerminalSetting.CUSTOMER_MS.key(), "300000"); // nobody else breaks it off
        settings.put(TerminalSetting.WAIT_MS.key(), "300000");
        return settings;
    }

    @Test
    void givenACustomerAtTheTerminal_whenBrokenOff_thenTheTerminalSaysWhatBecameOfIt() throws Exception {
        final String application = validated(1);
        final String stamp = issued(application);
        final PaymentServiceGrpc.PaymentServiceBlockingStub payments = PaymentServiceGrpc.newBlockingStub(channel);

        simulator.next("Payment", SimulatorBehaviour.SLOW);
        final String first = begun(application, stamp);
        await().atMost(LONG).until(() -> doing().equals("PAYMENT"));
        assertThat(post("/v1/payments/" + first + "/abort", 200, null)).isEqualTo(new JsonObject().put("payment", first).put("terminalWasTold", true));
        awaitState(first, "CANCELLED");
        assertThat(post("/v1/payments/" + first + "/abort", 409, null).getString("result")).isEqualTo("PAYMENT_STATE");

        simulator.next("Payment", SimulatorBehaviour.SLOW);
        final String second = begun(application, stamp);
        await().atMost(LONG).until(() -> doing().equals("PAYMENT"));
        assertThat(payments.abortPayment(AbortPaymentRequest.newBuilder().setPayment(second).build()).getTerminalWasTold()).isTrue();
        awaitState(second, "CANCELLED");
        assertThat(refusal(() -> payments.abortPayment(AbortPaymentRequest.newBuilder().setPayment(second).build())).getReason()).isEqualTo("PAYMENT_STATE");
        assertThat(simulator.charges()).isEmpty();

        final String online = post("/v1/applications/" + application + "/payments", 201, new JsonObject().put("stamps", List.of(stamp)).put("postId", OnePost.POST)
                .put("means", "ONLINE").put("date", date)).getString("payment");
        assertThat(post("/v1/payments/" + online + "/abort", 409, null).getString("means")).isEqualTo("ONLINE");
        assertThat(refusal(() -> payments.abortPayment(AbortPaymentRequest.newBuilder().setPayment(online).build())).getReason()).isEqualTo("PAYMENT_STATE");
    }

    @Test
    void givenATerminalThatIsNotThere_whenBrokenOff_thenThePaymentIsCancelledOrItSaysWhatToDo() throws Exception {
        simulator.close();
        awaitReady("0.0");
        final String application = validated(1);
        final String stamp = issued(application);
        final String waiting = begun(application, stamp);
        await().atMost(LONG).until(() -> connection().getInteger("payments") == 1);
        assertThat(post("/v1/payments/" + waiting + "/abort", 200, null).getBoolean("terminalWasTold")).isFalse();
        awaitState(waiting, "CANCELLED");

        list("# none\n");
        await().atMost(LONG).until(() -> connection() == null);
        final String nobodys = begun(application, stamp);
        assertThat(post("/v1/payments/" + nobodys + "/abort", 503, null).getString("cause")).isEqualTo("NO_TERMINAL");
        assertThat(refusal(() -> PaymentServiceGrpc.newBlockingStub(channel).abortPayment(AbortPaymentRequest.newBuilder().setPayment(nobodys).build()))
                .getMetadataOrThrow("cause")).isEqualTo("NO_TERMINAL");
    }

    private String doing() throws Exception {
        return connection().getString("doing");
    }
}
