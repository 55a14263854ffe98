package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.Decide;
import org.mawid.grpc.MarkInDoubt;
import org.mawid.grpc.PaymentServiceGrpc;
import org.mawid.grpc.Propose;
import org.mawid.grpc.Request;
import org.mawid.grpc.StampMatter;

/** Where each dirham is can be read at {@code /metrics}, and what the README wants an alarm for is there. */
class MoneyMetricsTest extends LifeFixture {
    private static final double PRICE = 4_650;

    private JsonObject asked(final String application, final String stamp) {
        return new JsonObject().put("stamps", List.of(stamp)).put("postId", OnePost.POST).put("date", date);
    }

    private String paid(final long person) throws Exception {
        final String application = validated(person);
        final String stamp = issued(application);
        post("/v1/applications/" + application + "/counter-receipts", 201, asked(application, stamp).put("amountMinor", 4_650).put("currency", "EUR"));
        return stamp;
    }

    private String online(final long person) throws Exception {
        final String application = validated(person);
        return post("/v1/applications/" + application + "/payments", 201, asked(application, issued(application)).put("means", "ONLINE")).getString("payment");
    }

    private Request by(final long actor) {
        return client.newRequest().toBuilder().setActor(actor).build();
    }

    private Map<String, Double> scraped() throws Exception {
        final Map<String, Double> figures = new LinkedHashMap<>();
        http.send(HttpRequest.newBuilder(edge("/metrics")).build(), BodyHandlers.ofString()).body().lines().filter(line -> !line.startsWith("#"))
                .forEach(line -> figures.put(line.substring(0, line.lastIndexOf(' ')), Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
        return figures;
    }

    @Test
    void givenMoneyInEveryState_whenScraped_thenItIsThereByCurrencyAndEveryAlarmOfTheReadmeHasItsMetric() throws Exception {
        paid(1);
        final String givenBack = paid(2);
        final String toGiveBack = paid(3);
        for (final String stamp : List.of(givenBack, toGiveBack)) {
            stampCalls.propose(Propose.newBuilder().setRequest(by(0xB2)).setStamp(stamp).setMatter(StampMatter.STAMP_MATTER_REFUND).setEpochDay(today).build());
            stampCalls.decide(Decide.newBuilder().setRequest(by(0xC3)).setStamp(stamp).setMatter(StampMatter.STAMP_MATTER_REFUND).setEpochDay(today).setApproved(true).build());
        }
        post("/v1/stamps/" + givenBack + "/refund", 200, new JsonObject().put("amountMinor", 4_650).put("currency", "EUR"));
        online(4);
        final String inDoubt = online(5);
        final String late = online(6);
        final PaymentServiceGrpc.PaymentServiceBlockingStub payments = PaymentServiceGrpc.newBlockingStub(channel);
        payments.markInDoubt(MarkInDoubt.newBuilder().setRequest(client.newRequest()).setPayment(inDoubt).build());
        post("/v1/payments/" + late + "/failure", 200, new JsonObject().put("outcome", "CANCELLED"));
        post("/v1/payments/" + late + "/approval", 200, new JsonObject().put("amountMinor", 4_650).put("currency", "EUR").put("transaction", "T-9"));

        await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
            final Map<String, Double> figures = scraped();
            assertThat(figures).containsEntry("mawid_money_paid_minor{currency=\"EUR\"}", 4 * PRICE).containsEntry("mawid_money_consumed_minor{currency=\"EUR\"}", 0.0)
                    .containsEntry("mawid_money_refunded_minor{currency=\"EUR\"}", PRICE).containsEntry("mawid_money_refunds_payable_minor{currency=\"EUR\"}", PRICE)
                    .containsEntry("mawid_refunds_payable{currency=\"EUR\"}", 1.0).containsEntry("mawid_money_unallocated_minor{currency=\"EUR\"}", PRICE)
                    .containsEntry("mawid_payments_pending{currency=\"EUR\"}", 1.0).containsEntry("mawid_payments_in_doubt", 1.0)
                    .containsEntry("mawid_payments_unallocated{currency=\"EUR\"}", 1.0).containsEntry("mawid_money_settlement_under_way_minor{currency=\"EUR\"}", 0.0)
                    .containsEntry("mawid_breaks_open{type=\"UNALLOCATED_MONEY\"}", 1.0).containsEntry("mawid_breaks_open{type=\"SETTLED_TWICE\"}", 0.0)
                    .containsEntry("mawid_breaks_open{type=\"USED_WITHOUT_VALUE\"}", 0.0);
            assertThat(figures.get("mawid_payments_pending_oldest_seconds{currency=\"EUR\"}")).isPositive();
            assertThat(figures.get("mawid_breaks_open_oldest_seconds{type=\"UNALLOCATED_MONEY\"}")).isPositive();
        });
        final TreeSet<String> there = new TreeSet<>();
        scraped().keySet().forEach(figure -> there.add(figure.replaceAll("\\{.*", "")));
        assertThat(named()).hasSizeGreaterThan(15).isSubsetOf(there);
    }

    private static TreeSet<String> named() throws Exception {
        final String readme = Files.readString(Path.of("..", "README.md"));
        final int begin = readme.indexOf("## Alarms");
        final Matcher name = Pattern.compile("mawid_[a-z_]+").matcher(readme.substring(begin, readme.indexOf("\n## ", begin + 1)));
        final TreeSet<String> names = new TreeSet<>();
        while (name.find()) {
            names.add(name.group());
        }
        return names;
    }
}
