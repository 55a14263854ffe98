package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.testkit.OnePost;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.Setting;
import org.mawid.grpc.CloseBatch;
import org.mawid.grpc.CloseBatchReply;
import org.mawid.grpc.ConsumeStamp;
import org.mawid.grpc.Decide;
import org.mawid.grpc.LedgerServiceGrpc;
import org.mawid.grpc.ListReturnsRequest;
import org.mawid.grpc.OpenPaymentPageRequest;
import org.mawid.grpc.PaymentMeans;
import org.mawid.grpc.PaymentReply;
import org.mawid.grpc.PaymentServiceGrpc;
import org.mawid.grpc.PaymentState;
import org.mawid.grpc.Propose;
import org.mawid.grpc.RecordApproval;
import org.mawid.grpc.RecordReturnSettlement;
import org.mawid.grpc.RecordSettlement;
import org.mawid.grpc.Request;
import org.mawid.grpc.Return;
import org.mawid.grpc.StampMatter;
import org.mawid.grpc.StampState;

/** A stamp is bought, used, asked back: some steps over HTTP, some over gRPC, and both edges say the same of it. */
class PaymentsOverEdgesTest extends LifeFixture {
    private static final int TERMINAL = 12;
    private static final long CASHIER = 0xA1;
    private static final long HEAD = 0xB2;

    @TempDir
    private Path data;

    @Override
    Map<String, String> settings() {
        return Map.of(Setting.DATA.key(), data.resolve("served").toString());
    }

    @Test
    void givenAStampPaidAtTheCounter_whenUsed_thenOnceAndByWhoKnowsItsSecretAndTheBooksSayWhere() throws Exception {
        final String application = validated(1);
        final String stamp = issued(application);
        assertThat(standing(stamp)).isEqualTo("UNKNOWN");
        final JsonObject body = new JsonObject().put("stamps", List.of(stamp)).put("postId", OnePost.POST).put("date", date).put("amountMinor", 4_600)
                .put("currency", "EUR");
        assertThat(post("/v1/applications/" + application + "/counter-receipts", 409, body).getLong("dueMinor")).isEqualTo(4_650);
        final JsonObject receipt = post("/v1/applications/" + application + "/counter-receipts", 201, body.put("amountMinor", 4_650));
        assertThat(receipt.getInteger("receipt")).isEqualTo(1);
        assertStamp(stamp, receipt.getLong("position"), StampState.STAMP_STATE_PAID);
        final JsonObject payment = get("/v1/payments/" + receipt.getString("payment") + at(receipt), 200);
        assertThat(payment.getString("state")).isEqualTo("APPROVED");
        assertThat(payment.getJsonArray("stamps")).containsExactly(stamp);
        assertThat(standing(stamp)).isEqualTo("VALID");

        final JsonObject use = new JsonObject().put("application", application).put("line", 0).put("postId", OnePost.POST).put("date", date).put("secret", "1K3M-9QF2-T4VXH");
        assertThat(post("/v1/stamps/" + stamp + "/consumption", 403, use).getString("result")).isEqualTo("SECRET_WRONG");
        final JsonObject used = post("/v1/stamps/" + stamp + "/consumption", 200, use.put("secret", secret(stamp)));
        assertThat(used.getLong("amountCentimes")).isEqualTo(50_000);
        assertStamp(stamp, used.getLong("position"), StampState.STAMP_STATE_CONSUMED);
        assertThat(standing(stamp)).isEqualTo("CONSUMED");

        final JsonObject again = post("/v1/stamps/" + stamp + "/consumption", 409, use);
        assertThat(again.getString("result")).isEqualTo("STAMP_ALREADY_CONSUMED");
        assertThat(again.getLong("consumedMs")).isEqualTo(used.getLong("nowMs"));
        assertThat(again.getInteger("consumedPostId")).isEqualTo(OnePost.POST);
        final ErrorInfo told = refusal(() -> stampCalls.consumeStamp(ConsumeStamp.newBuilder().setRequest(client.newRequest()).setStamp(stamp)
                .setApplication(application).setPostId(OnePost.POST).setEpochDay(today).setSecret(secret(stamp)).build()));
        assertThat(told.getReason()).isEqualTo("STAMP_ALREADY_CONSUMED");
        assertThat(told.getMetadataMap()).containsEntry("consumedPostId", "1").containsEntry("consumedMs", Long.toString(used.getLong("nowMs")));

        assertThat(sums(get("/v1/books?post=1&minPosition=" + again.getLong("position"), 200)))
                .containsExactlyInAnyOrderEntriesOf(Map.of("COUNTER_CASH", 4_650L, "HELD_STAMP", 0L, "EARNED_STAMP", -4_650L));
    }

    @Test
    void givenATerminal_whenItTellsTwoCharges_thenOneIsABreakAndTheDayIsClosedAndSettled() throws Exception {
        final PaymentServiceGrpc.PaymentServiceBlockingStub payments = PaymentServiceGrpc.newBlockingStub(channel);
        final LedgerServiceGrpc.LedgerServiceBlockingStub ledger = LedgerServiceGrpc.newBlockingStub(channel);
        send(HttpRequest.newBuilder(edge("/v1/terminals/" + TERMINAL)).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(
                new JsonObject().put("postId", OnePost.POST).put("code", "EPT-1").put("enabled", true).encode())), "terminal", 200);
        final String application = validated(1);
        final String stamp = issued(application);
        final JsonObject asked = new JsonObject().put("stamps", List.of(stamp)).put("postId", OnePost.POST).put("means", "TERMINAL").put("terminalId", TERMINAL).put("date", date);
        final JsonObject started = post("/v1/applications/" + application + "/payments", 201, asked);
        assertThat(started.getLong("amountMinor")).isEqualTo(4_650);
        assertThat(get("/v1/terminals" + at(started), 200).getJsonArray("terminals").getJsonObject(0).getString("payment")).isEqualTo(started.getString("payment"));

        final PaymentReply approved = payments.recordApproval(approval(started.getString("payment"), "T-1").setScheme("VISA").setLastFour(42).build());
        assertThat(approved.getState()).isEqualTo(PaymentState.PAYMENT_STATE_APPROVED);
        assertThat(payments.recordApproval(approval(started.getString("payment"), "T-1").build()).getPayment()).isEqualTo(started.getString("payment"));
        final PaymentReply second = payments.recordApproval(approval(started.getString("payment"), "T-2").build());
        assertThat(second.getState()).isEqualTo(PaymentState.PAYMENT_STATE_UNALLOCATED);
        assertThat(second.getPayment()).isNotEqualTo(started.getString("payment"));
        assertThat(get("/v1/payments/" + started.getString("payment") + "?minPosition=" + second.getPosition(), 200).getString("lastFour")).isEqualTo("0042");
        final JsonObject open = get("/v1/breaks?minPosition=" + second.getPosition(), 200).getJsonArray("breaks").getJsonObject(0);
        assertThat(open.getString("breakType")).isEqualTo("UNALLOCATED_MONEY");
        assertThat(open.getString("payment")).isEqualTo(second.getPayment());

        final CloseBatchReply closed = ledger.closeBatch(CloseBatch.newBuilder().setRequest(client.newRequest()).setPostId(OnePost.POST)
                .setMeans(PaymentMeans.PAYMENT_MEANS_TERMINAL).setTerminalId(TERMINAL).setCurrency("EUR").setEpochDay(today).setPaidMinor(9_300).setPaidCount(2).build());
        assertThat(closed.getAgrees()).isTrue();
        assertThat(closed.getSumMinor()).isEqualTo(9_300);
        final RecordSettlement.Builder settlement = RecordSettlement.newBuilder().setBatch(closed.getBatch()).setGrossMinor(9_200).setCommissionMinor(93)
                .setCurrency("EUR").setValueDay(today);
        assertThat(refusal(() -> ledger.recordSettlement(settlement.setRequest(client.newRequest()).build())).getReason()).isEqualTo("AMOUNT_DIFFERS");
        final long settled = ledger.recordSettlement(settlement.setRequest(client.newRequest()).setGrossMinor(9_300).build()).getPosition();
        assertThat(sums(get("/v1/books?minPosition=" + settled, 200))).containsExactlyInAnyOrderEntriesOf(Map.of("CARD_RECEIVABLE", 0L, "SETTLEMENT_UNDER_WAY", 0L,
                "TREASURY", 9_207L, "ACQUIRER_COMMISSION", 93L, "HELD_STAMP", -4_650L, "UNALLOCATED", -4_650L));
        assertThat(post("/v1/breaks/" + open.getString("break") + "/resolution", 403, new JsonObject().put("reasonHash", "9f3ac01d52e84b70")).getString("result"))
                .as("nobody in particular").isEqualTo("FORBIDDEN");
    }

    @Test
    void givenAPaidStampOfALineThatIsRejected_whenARefundIsAsked_thenItTakesAnotherThanWhoCollected() throws Exception {
        final String application = validated(1);
        final String stamp = issued(application);
        final JsonObject paid = send(HttpRequest.newBuilder(edge("/v1/applications/" + application + "/counter-receipts")).header("Content-Type", "application/json")
                .header("Mawid-Actor", key(CASHIER)).POST(BodyPublishers.ofString(new JsonObject().put("stamps", List.of(stamp)).put("postId", OnePost.POST).put("date", date)
                        .put("amountMinor", 4_650).put("currency", "EUR").encode())), "receipt", 201);
        assertThat(paid.getInteger("receipt")).isEqualTo(1);
        stampCalls.propose(Propose.newBuilder().setRequest(by(HEAD)).setStamp(stamp).setMatter(StampMatter.STAMP_MATTER_REFUND).setEpochDay(today).build());
        final Decide.Builder decision = Decide.newBuilder().setStamp(stamp).setMatter(StampMatter.STAMP_MATTER_REFUND).setEpochDay(today).setApproved(true);
        assertThat(refusal(() -> stampCalls.decide(decision.setRequest(by(HEAD)).build())).getReason()).isEqualTo("SECOND_PERSON_NEEDED");
        assertThat(refusal(() -> stampCalls.decide(decision.setRequest(by(CASHIER)).build())).getReason()).isEqualTo("SECOND_PERSON_NEEDED");
        final long decided = stampCalls.decide(decision.setRequest(by(0xC3)).build()).getPosition();
        assertStamp(stamp, decided, StampState.STAMP_STATE_REFUND_REQUESTED);
        final JsonObject back = post("/v1/stamps/" + stamp + "/refund", 200, new JsonObject().put("amountMinor", 4_650).put("currency", "EUR"));
        assertStamp(stamp, back.getLong("position"), StampState.STAMP_STATE_REFUNDED);
        assertThat(sums(get("/v1/books" + at(back), 200))).containsExactlyInAnyOrderEntriesOf(Map.of("COUNTER_CASH", 0L, "HELD_STAMP", 0L, "REFUNDS_PAYABLE", 0L));
    }

    @Test
    void givenAPaymentOnlineThatWasSettled_whenItIsChargedBack_thenTheReturnIsDueOverBothEdgesUntilTheAccountantSettlesIt() throws Exception {
        final LedgerServiceGrpc.LedgerServiceBlockingStub ledger = LedgerServiceGrpc.newBlockingStub(channel);
        final String application = validated(1);
        final String payment = post("/v1/applications/" + application + "/payments", 201, new JsonObject().put("stamps", List.of(issued(application))).put("postId", OnePost.POST)
                .put("means", "ONLINE").put("date", date)).getString("payment");
        PaymentServiceGrpc.newBlockingStub(channel).recordApproval(approval(payment, "T-1").build());
        ledger.recordSettlement(RecordSettlement.newBuilder().setRequest(client.newRequest()).setPayment(payment).setGrossMinor(4_650).setCommissionMinor(50).setCurrency("EUR")
                .setValueDay(today).build());
        final JsonObject gone = post("/v1/payments/" + payment + "/charge-back", 200, new JsonObject().put("amountMinor", 4_650).put("currency", "EUR"));
        final JsonObject due = get("/v1/returns?post=paris&minPosition=" + gone.getLong("position"), 200).getJsonArray("returns").getJsonObject(0);
        assertThat(due.getString("payment")).isEqualTo(payment);
        assertThat(due.getString("application")).isEqualTo(application);
        assertThat(due.getLong("amountMinor")).isEqualTo(4_650);
        assertThat(due.containsKey("stamp")).as("the whole payment").isFalse();
        final Return told = ledger.listReturns(ListReturnsRequest.newBuilder().setPostId(OnePost.POST).build()).getReturns(0);
        assertThat(told).isEqualTo(Return.newBuilder().setReturnId(due.getLong("returnId")).setPayment(payment).setApplication(application).setBatch(due.getString("batch"))
                .setPostId(OnePost.POST).setCurrency("EUR").setAmountMinor(4_650).setOpenedMs(due.getLong("openedMs")).build());

        final String path = "/v1/returns/" + due.getLong("returnId") + "/settlement";
        final JsonObject settlement = new JsonObject().put("grossMinor", 4_640).put("commissionMinor", 20).put("currency", "EUR").put("valueDate", date);
        assertThat(post(path, 409, settlement).getLong("dueMinor")).isEqualTo(4_650);
        final JsonObject settled = post(path, 200, settlement.put("grossMinor", 4_650));
        assertThat(post(path, 409, settlement).getString("result")).isEqualTo("ALREADY_SETTLED");
        assertThat(refusal(() -> ledger.recordReturnSettlement(RecordReturnSettlement.newBuilder().setRequest(client.newRequest()).setReturnId(99).setGrossMinor(4_650).setCurrency("EUR")
                .setValueDay(today).build())).getReason()).isEqualTo("RETURN_UNKNOWN");
        assertThat(get("/v1/returns" + at(settled), 200).getJsonArray("returns")).isEmpty();
        assertThat(sums(get("/v1/books" + at(settled), 200))).containsExactlyInAnyOrderEntriesOf(Map.of("ONLINE_RECEIVABLE", 0L, "HELD_STAMP", 0L, "TREASURY", -70L, "ACQUIRER_COMMISSION", 70L));
    }

    @Test
    void givenAPost_whenItsPricesAreAsked_thenInDirhamsAndInItsCurrency() throws Exception {
        final JsonObject prices = get("/v1/posts/paris/prices", 200);
        assertThat(prices.getString("currency")).isEqualTo("EUR");
        assertThat(prices.getLong("microMadPerUnit")).isEqualTo(10_800_000);
        final JsonObject price = prices.getJsonArray("prices").getJsonObject(0);
        assertThat(price.getString("service")).isEqualTo("passport");
        assertThat(price.getLong("amountCentimes")).isEqualTo(50_000);
        assertThat(price.getLong("localMinor")).isEqualTo(4_650);
    }

    @Test
    void givenSomebodyWhoAsksOnAndOn_whenAboutStamps_thenTheyAreToldToComeBack() throws Exception {
        for (int i = 0; i < 30; i++) {
            standing("1000000000000000");
        }
        int told = 0;
        for (int i = 0; i < 30 && told == 0; i++) { // one may have come back meanwhile
            final var answer = http.send(HttpRequest.newBuilder(edge("/v1/stamps/1000000000000000/validity")).build(), BodyHandlers.ofString());
            told += answer.statusCode() == 429 && answer.headers().firstValue("Retry-After").isPresent() ? 1 : 0;
        }
        assertThat(told).isPositive();
    }

    @Test
    void givenAServerWithoutATreasury_whenAPageIsAskedForOverEitherEdge_thenItSaysSo() throws Exception {
        final String application = validated(1);
        final String payment = post("/v1/applications/" + application + "/payments", 201, new JsonObject().put("stamps", List.of(issued(application))).put("postId", OnePost.POST)
                .put("means", "ONLINE").put("date", date)).getString("payment");
        assertThat(post("/v1/payments/" + payment + "/page", 503, new JsonObject()).getString("cause")).isEqualTo("NO_TREASURY");
        assertThat(refusal(() -> PaymentServiceGrpc.newBlockingStub(channel).openPaymentPage(OpenPaymentPageRequest.newBuilder().setPayment(payment).build())).getMetadataMap())
                .containsEntry("cause", "NO_TREASURY");
    }

    private RecordApproval.Builder approval(final String payment, final String transaction) {
        return RecordApproval.newBuilder().setRequest(client.newRequest()).setPayment(payment).setAmountMinor(4_650).setCurrency("EUR").setTransaction(transaction);
    }

    private Request by(final long actor) {
        return client.newRequest().toBuilder().setActor(actor).build();
    }

    private static String key(final long key) {
        return String.format("%016x", key);
    }

    private String standing(final String stamp) throws Exception {
        return get("/v1/stamps/" + stamp + "/validity", 200).getString("standing");
    }

    private String secret(final String stamp) throws Exception {
        final References references = References.open(new DataDirectory(data.resolve("served")).edge().resolve("reference.key"));
        return references.secret().of(references.number(ReferenceKind.STAMP, stamp));
    }

    /** Debits less credits, by account; of all books together. */
    private static Map<String, Long> sums(final JsonObject books) {
        final Map<String, Long> sums = new HashMap<>();
        for (int i = 0; i < books.getJsonArray("books").size(); i++) {
            final JsonArray accounts = books.getJsonArray("books").getJsonObject(i).getJsonArray("accounts");
            for (int j = 0; j < accounts.size(); j++) {
                final JsonObject sum = accounts.getJsonObject(j);
                sums.merge(sum.getString("account"), sum.getLong("debitMinor") - sum.getLong("creditMinor"), Long::sum);
            }
        }
        return sums;
    }
}
