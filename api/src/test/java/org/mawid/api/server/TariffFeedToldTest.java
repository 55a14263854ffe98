package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.Beneficiary;
import org.mawid.grpc.Command;
import org.mawid.grpc.SetTariff;
import org.mawid.grpc.TariffComponent;

/** As it is without a setting: no price is changed by a feed. */
class TariffFeedToldTest extends TreasuryFixture {
    @Override
    String roundMs() {
        return NEVER_MS;
    }

    @Override
    Map<String, String> also() {
        return Map.of(EdgeSetting.TREASURY_TARIFFS_MS.key(), "100");
    }

    private JsonObject feed() throws Exception {
        return get("/v1/tariff-feed", 200);
    }

    @Test
    void givenAnotherPrice_whenPublished_thenItIsToldUntilSomebodyHasSetIt() throws Exception {
        final String from = LocalDate.ofEpochDay(today - 1).toString();
        sandbox.publish(new JsonArray().add(new JsonObject().put("service", "passport").put("from", from).put("components", new JsonArray().add(new JsonObject().put("component", "stamp")
                .put("beneficiary", "TGR-1").put("amount", new JsonObject().put("value", "550.00").put("currency", "MAD"))))));
        await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> assertThat(feed().getJsonArray("differences")).containsExactly(new JsonObject().put("serviceId", OnePost.SERVICE)
                .put("service", "passport").put("date", from).put("feedCentimes", 55_000).put("catalogueCentimes", 50_000)));
        assertThat(feed().getBoolean("applies")).isFalse();
        assertThat(get("/v1/tariffs?service=passport", 200).getJsonArray("tariffs").size()).isEqualTo(1);
        OnePost.done(client, Command.newBuilder().setSetTariff(SetTariff.newBuilder().setServiceId(OnePost.SERVICE).setVersion(2)
                .addComponents(TariffComponent.newBuilder().setBeneficiary(Beneficiary.BENEFICIARY_STAMP).setAmountCentimes(55_000))));
        await().atMost(60, TimeUnit.SECONDS).until(() -> feed().getJsonArray("differences").isEmpty());
    }
}
