package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.mawid.grpc.CatalogueServiceGrpc;
import org.mawid.grpc.GetTariffFeedRequest;
import org.mawid.grpc.TariffFeed;

/** What the treasury publishes is set where the settings say so, and never what is wrong in it. */
class TariffFeedOverEdgesTest extends TreasuryFixture {
    private final LocalDate yesterday = LocalDate.ofEpochDay(today - 1);
    private final LocalDate inAMonth = LocalDate.ofEpochDay(today + 30);

    @Override
    String roundMs() {
        return NEVER_MS;
    }

    @Override
    Map<String, String> also() {
        return Map.of(EdgeSetting.TREASURY_TARIFFS.key(), "apply", EdgeSetting.TREASURY_TARIFFS_MS.key(), "100");
    }

    private static JsonObject price(final String service, final LocalDate from, final String stamp, final String chancery) {
        return new JsonObject().put("service", service).put("from", from.toString()).put("components", new JsonArray().add(part("stamp", stamp)).add(part("chancery", chancery)));
    }

    private static JsonObject part(final String component, final String amount) {
        return new JsonObject().put("component", component).put("beneficiary", "TGR-1").put("amount", new JsonObject().put("value", amount).put("currency", "MAD"));
    }

    private JsonObject newest() throws Exception {
        final JsonArray all = tariffs();
        return all.getJsonObject(all.size() - 1);
    }

    private JsonArray tariffs() throws Exception {
        return get("/v1/tariffs?service=passport", 200).getJsonArray("tariffs");
    }

    private void awaitFeed(final Predicate<JsonObject> wanted) {
        await().atMost(60, TimeUnit.SECONDS).until(() -> wanted.test(get("/v1/tariff-feed", 200)));
    }

    @Test
    void givenNewPricesNowAndLater_whenPublished_thenBothAreSetFromTheirDaysOnAndNothingIsSetTwice() throws Exception {
        sandbox.publish(new JsonArray().add(price("passport", yesterday, "400.00", "150.00")).add(price("passport", inAMonth, "450.00", "150.00")));
        await().atMost(60, TimeUnit.SECONDS).until(() -> tariffs().size() == 2 && tariffs().getJsonObject(1).getLong("unitCentimes") == 60_000);
        final JsonObject now = tariffs().getJsonObject(0);
        assertThat(now.getBoolean("inForce")).isTrue();
        assertThat(now.getLong("unitCentimes")).isEqualTo(55_000);
        assertThat(now.getJsonObject("tariff").getJsonArray("components")).containsExactly(new JsonObject().put("beneficiary", "STAMP").put("amountCentimes", 40_000),
                new JsonObject().put("beneficiary", "CHANCERY").put("amountCentimes", 15_000));
        final JsonObject next = tariffs().getJsonObject(1);
        assertThat(next.getJsonObject("tariff").getLong("validFromMs")).isBetween((today + 29) * 86_400_000L, (today + 31) * 86_400_000L);
        awaitFeed(feed -> feed.getJsonArray("differences").isEmpty());
        final JsonArray before = tariffs();
        killAndStartAgain();
        awaitFeed(feed -> feed.getString("version").equals("v2") && feed.getJsonArray("differences").isEmpty());
        assertThat(tariffs()).isEqualTo(before);
    }

    @Test
    void givenAFeedWithAnythingWrong_whenPublished_thenNothingOfItIsSetAndBothEdgesSayWhy() throws Exception {
        awaitFeed(feed -> feed.getString("version").equals("v1"));
        final JsonArray before = tariffs();
        sandbox.publish(new JsonArray().add(price("passport", yesterday, "400.00", "150.00")).add(price("teleportation", yesterday, "1.00", "1.00")));
        awaitFeed(feed -> feed.getJsonArray("refused").encode().contains("teleportation from " + yesterday + ": no such service"));
        sandbox.publish(new JsonArray().add(price("passport", yesterday, "400.00", "0.00")));
        awaitFeed(feed -> feed.getJsonArray("refused").encode().contains("chancery is not above zero"));
        final TariffFeed told = CatalogueServiceGrpc.newBlockingStub(channel).getTariffFeed(GetTariffFeedRequest.getDefaultInstance());
        assertThat(told.getRefused(0)).contains("chancery is not above zero");
        assertThat(told.getApplies()).isTrue();
        await().atMost(60, TimeUnit.SECONDS).until(() -> metrics().contains("mawid_tariff_feed_refused 1.0"));
        assertThat(tariffs()).isEqualTo(before);

        final JsonArray good = new JsonArray().add(price("passport", yesterday, "400.00", "150.00"));
        sandbox.publish(good);
        await().atMost(60, TimeUnit.SECONDS).until(() -> newest().getLong("unitCentimes") == 55_000);
        sandbox.publishAs("v1", new JsonArray());
        awaitFeed(feed -> feed.getJsonArray("refused").encode().contains("goes back to version v1"));
        sandbox.publishAs("v4", new JsonArray().add(price("passport", yesterday, "1.00", "1.00")));
        awaitFeed(feed -> feed.getJsonArray("refused").encode().contains("something else before"));
        assertThat(newest().getLong("unitCentimes")).isEqualTo(55_000);
    }

    private String metrics() throws Exception {
        return http.send(HttpRequest.newBuilder(edge("/metrics")).build(), BodyHandlers.ofString()).body();
    }
}
