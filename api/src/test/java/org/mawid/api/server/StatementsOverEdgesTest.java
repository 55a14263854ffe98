package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import io.grpc.stub.StreamObserver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mawid.api.sandbox.treasury.SandboxFault;
import org.mawid.api.testkit.OnePost;
import org.mawid.api.treasury.port.References;
import org.mawid.engine.Setting;
import org.mawid.grpc.Finding;
import org.mawid.grpc.FindingType;
import org.mawid.grpc.ListStatementsRequest;
import org.mawid.grpc.Statement;
import org.mawid.grpc.StatementPart;
import org.mawid.grpc.StatementServiceGrpc;
import org.mawid.grpc.TakeStatementsReply;

/** Paid online, and the treasury's statements of it over HTTP, gRPC and a folder. The time is what the test says. */
class StatementsOverEdgesTest extends TreasuryFixture {
    private static final long PRICE = 4_650;
    private static final String HOSTILE = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><Document>&b;</Document>";

    private long nowMs = System.currentTimeMillis();
    private final LocalDate today = LocalDate.ofEpochDay(nowMs / 86_400_000);

    @Override
    String roundMs() {
        return "100";
    }

    @Override
    Map<String, String> also() throws IOException {
        Files.createDirectories(files.resolve("dropped"));
        Files.writeString(files.resolve("contracts"), "# of the test\nparis, 120, 0, 3\n*,0,0,0\n");
        return Map.of(Setting.SIMULATION.key(), "true", EdgeSetting.STATEMENTS_CONTRACTS.key(), files.resolve("contracts").toString(),
                EdgeSetting.STATEMENTS_FOLDER.key(), files.resolve("dropped").toString(), EdgeSetting.STATEMENTS_GRACE_DAYS.key(), "0", EdgeSetting.STATEMENTS_MOST_BYTES.key(), "1000000");
    }

    @Override
    void open() {
        service.engine().advanceTo(nowMs);
    }

    private void passDays(final int days) {
        nowMs += days * 86_400_000L;
        service.engine().advanceTo(nowMs);
    }

    /** So many citizens pay. */
    private List<Begun> paid(final int first, final int count) throws Exception {
        final List<Begun> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final Begun begun = begun(first + i);
            page(begun.payment(), 200);
            assertThat(sandbox.pay(atTreasury(begun))).isTrue();
            all.add(begun);
        }
        for (final Begun begun : all) {
            awaitStates(begun, "APPROVED", "PAID");
        }
        return all;
    }

    /** The sandbox's file of the day that many after today. */
    private byte[] file(final int days, final boolean isNotification) {
        return sandbox.statement("EUR", today.plusDays(days), isNotification, isNotification ? "02" : "08");
    }

    private JsonObject offer(final byte[] file, final String query, final int status) throws Exception {
        return send(HttpRequest.newBuilder(edge("/v1/statements" + query)).header("Content-Type", "application/xml").POST(BodyPublishers.ofByteArray(file)), "/v1/statements", status);
    }

    private static void assertTaken(final JsonObject answer, final long settled, final long repeated) {
        assertThat(List.of(answer.getBoolean("taken"), answer.getLong("settled"), answer.getLong("repeated"), answer.getLong("breaks"), answer.getLong("refused"))).as(answer.encode())
                .containsExactly(true, settled, repeated, 0L, 0L);
    }

    private static List<String> findings(final JsonObject answer) {
        return answer.getJsonArray("findings").stream().map(one -> ((JsonObject) one).getString("type")).toList();
    }

    private List<JsonObject> breaks() throws Exception {
        return get("/v1/breaks", 200).getJsonArray("breaks").stream().map(JsonObject.class::cast).toList();
    }

    @Test
    void givenPaymentsOnline_whenTheirStatementsCome_thenEachIsSettledOnce_whateverComesAgain_acrossAKill() throws Exception {
        callBacksArrive();
        paid(1, 3);
        assertThat(receivable()).isEqualTo(3 * PRICE);
        assertTaken(offer(file(1, true), "", 200), 3, 0);
        assertBooksOf(3, 3 * 56);
        final JsonObject statement = offer(file(1, false), "", 200);
        assertTaken(statement, 0, 3);
        assertThat(statement.getJsonArray("statements").getJsonObject(0).getString("currency")).isEqualTo("EUR");
        final JsonObject again = offer(file(1, false), "", 200);
        assertThat(again.getBoolean("taken")).isFalse();
        assertThat(findings(again)).containsExactly("DUPLICATE");
        assertOverGrpc(file(1, false));
        killAndStartAgain();
        open();
        assertThat(findings(offer(file(1, false), "", 200))).containsExactly("DUPLICATE");
        assertBooksOf(3, 3 * 56);
        assertThat(breaks()).isEmpty();
        final JsonArray taken = get("/v1/statements", 200).getJsonArray("statements");
        assertThat(taken.stream().map(one -> ((JsonObject) one).getString("kind")).toList()).containsExactly("STATEMENT", "NOTIFICATION");
    }

    private void assertOverGrpc(final byte[] file) throws Exception {
        final TakeStatementsReply again = offerOverGrpc(file).get(60, TimeUnit.SECONDS);
        assertThat(again.getTaken()).isFalse();
        assertThat(again.getFindingsList()).extracting(Finding::getType).containsExactly(FindingType.FINDING_TYPE_DUPLICATE);
        assertThat(again.getStatements(0).getLines()).isEqualTo(3);
        final var list = StatementServiceGrpc.newBlockingStub(channel).listStatements(ListStatementsRequest.getDefaultInstance()).getStatementsList();
        assertThat(list).extracting(Statement::getId).isEqualTo(get("/v1/statements", 200).getJsonArray("statements").stream().map(one -> ((JsonObject) one).getString("id")).toList());
        final ErrorInfo refused = refusal(() -> {
            try {
                offerOverGrpc(HOSTILE.getBytes(StandardCharsets.UTF_8)).get(60, TimeUnit.SECONDS);
            } catch (final ExecutionException e) {
                throw e.getCause();
            }
        });
        assertThat(refused.getReason()).isEqualTo("MALFORMED");
        assertThat(refused.getMetadataMap()).containsEntry("reason", "DOCTYPE").containsKeys("line", "column");
    }

    /** In parts of 500 bytes. */
    private CompletableFuture<TakeStatementsReply> offerOverGrpc(final byte[] file) {
        final CompletableFuture<TakeStatementsReply> answer = new CompletableFuture<>();
        final StreamObserver<StatementPart> parts = StatementServiceGrpc.newStub(channel).takeStatements(new StreamObserver<>() {
            @Override
            public void onNext(final TakeStatementsReply reply) {
                answer.complete(reply);
            }

            @Override
            public void onError(final Throwable refused) {
                answer.completeExceptionally(refused);
            }

            @Override
            public void onCompleted() {
                // the answer was the reply
            }
        });
        for (int at = 0; at < file.length; at += 500) {
            parts.onNext(StatementPart.newBuilder().setData(ByteString.copyFrom(file, at, Math.min(500, file.length - at))).build());
        }
        parts.onCompleted();
        return answer;
    }

    private void assertBooksOf(final int payments, final long commission) throws Exception {
        assertThat(List.of(receivable(), balance("ACQUIRER_COMMISSION"), balance("TREASURY"))).containsExactly(0L, commission, payments * PRICE - commission);
    }

    @Test
    void givenADaysPaymentsAsOneLine_whenItsStatementIsDropped_thenEachIsSettled_andTheCommissionIsSharedToTheCent() throws Exception {
        callBacksArrive();
        sandbox.netAlways(true);
        paid(1, 3);
        sandbox.terminalBatch(closedTerminal(), OnePost.POST, 2 * PRICE, "EUR", 2);
        final Path dropped = files.resolve("dropped");
        Files.writeString(dropped.resolve("1-hostile.xml"), HOSTILE);
        Files.write(dropped.resolve("3-coming.xml.part"), file(1, false));
        Files.write(dropped.resolve("2-statement.xml"), file(1, false));
        await().atMost(60, TimeUnit.SECONDS).until(() -> Files.exists(dropped.resolve("taken/2-statement.xml")));
        assertThat(balance("SETTLEMENT_UNDER_WAY")).isZero();
        assertBooksOf(5, 167 + 112); // 1.20 % of 139.50, not three times 1.20 % of 46.50; and 1.20 % of the terminal's 93.00
        assertThat(Files.readString(dropped.resolve("refused/1-hostile.xml.txt"))).contains("DOCTYPE", "ask the treasury for it anew");
        Files.write(dropped.resolve("4-again.xml"), file(1, false));
        await().atMost(60, TimeUnit.SECONDS).until(() -> Files.exists(dropped.resolve("refused/4-again.xml.txt")));
        assertThat(Files.readString(dropped.resolve("refused/4-again.xml.txt"))).contains("DUPLICATE", "nothing to do");
        assertThat(dropped.resolve("3-coming.xml.part")).exists();
        assertBooksOf(5, 167 + 112);
        assertThat(breaks()).isEmpty();
    }

    /** A terminal on which two have paid, and its closing. @return what its acquirer calls it */
    private String closedTerminal() throws Exception {
        send(HttpRequest.newBuilder(edge("/v1/terminals/77")).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(
                new JsonObject().put("postId", OnePost.POST).put("code", "EPT-77").put("enabled", true).encode())), "terminal", 200);
        for (int i = 0; i < 2; i++) {
            final String application = validated(70 + i);
            final JsonObject started = post("/v1/applications/" + application + "/payments", 201, new JsonObject().put("stamps", List.of(issued(application))).put("postId", OnePost.POST)
                    .put("means", "TERMINAL").put("terminalId", 77).put("date", date));
            post("/v1/payments/" + started.getString("payment") + "/approval", 200, new JsonObject().put("amountMinor", PRICE).put("currency", "EUR").put("transaction", "T-" + i));
        }
        assertThat(balance("CARD_RECEIVABLE")).isEqualTo(2 * PRICE);
        assertThat(post("/v1/posts/paris/closings", 201, new JsonObject().put("means", "TERMINAL").put("terminalId", 77).put("currency", "EUR").put("date", today.toString())
                .put("paidMinor", 2 * PRICE).put("paidCount", 2).put("undoneMinor", 0).put("undoneCount", 0)).getBoolean("agrees")).isTrue();
        return References.terminalBatch(77, "EUR", today, 1);
    }

    /** Every fault of a line, one each: its break, with what it is about, and none beside it. */
    @Test
    void givenALineWithEachFault_whenTheStatementComes_thenTheBreaksAreThoseAndNoOther_alsoDaysAfter() throws Exception {
        callBacksArrive();
        final Map<SandboxFault, String> expected = new TreeMap<>(Map.of(SandboxFault.LINE_MISSING, "MISSING_AT_TREASURY 4650 0", SandboxFault.LINE_TWICE, "SETTLED_TWICE 4650 9300",
                SandboxFault.LINE_WRONG_AMOUNT, "AMOUNT_DIFFERS 4650 9300", SandboxFault.LINE_OFF_BY_ONE, "AMOUNT_DIFFERS 4650 4649", SandboxFault.LINE_OTHER_CURRENCY, "CURRENCY_DIFFERS 4650 0",
                SandboxFault.LINE_LATE, "LATE_VALUE_DATE 4650 4650", SandboxFault.LINE_WRONG_COMMISSION, "COMMISSION_DIFFERS 56 57", SandboxFault.LINE_REVERSED, "REVERSED_AT_TREASURY 4650 56",
                SandboxFault.LINE_UNKNOWN, "UNKNOWN_AT_LEDGER 0 4200"));
        paid(1, expected.size() + 1);
        expected.keySet().forEach(sandbox::next);
        breaksAtMost(2);
        assertThat(offer(file(1, false), "", 503).getString("cause")).as("there is no room for its breaks").isEqualTo("NOT_TAKEN");
        assertThat(breaks()).hasSize(2);
        breaksAtMost(100);
        final JsonObject answer = offer(file(1, false), "", 200);
        assertThat(answer.getBoolean("taken")).as(answer.encode()).isTrue();
        assertThat(findings(answer)).containsExactly("OTHER_CURRENCY");
        assertThat(sandbox.injected()).hasSize(expected.size());
        passDays(4);
        await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> assertThat(breaks()).hasSize(expected.size()));
        final Map<String, String> payments = new HashMap<>();
        sandbox.injected().forEach(injected -> payments.put(expected.get(injected.fault()), injected.reference()));
        assertThat(breaks().stream().map(StatementsOverEdgesTest::told).sorted().toList()).isEqualTo(expected.values().stream().sorted().toList());
        assertThat(breaks()).allSatisfy(found -> {
            final boolean isOurs = !found.getString("breakType").equals("UNKNOWN_AT_LEDGER");
            assertThat(found.getString("currency")).isEqualTo("EUR");
            assertThat(found.getInteger("postId")).isEqualTo(isOurs ? 1 : 0);
            if (isOurs) {
                assertThat(atTreasury(new Begun(found.getString("payment"), ""))).isEqualTo(payments.get(told(found)));
            }
        });
        assertThat(findings(offer(file(1, false), "", 200))).contains("DUPLICATE");
        passDays(1);
        offer(file(1, true), "", 200);
        assertThat(breaks()).as("the same movements in a notification, days after").hasSize(expected.size());
        assertThat(receivable()).as("of four nothing came that fits").isEqualTo(4 * PRICE);
    }

    private void breaksAtMost(final int most) throws Exception {
        send(HttpRequest.newBuilder(edge("/v1/stamp-rules")).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(new JsonObject().put("pendingMs", 600_000)
                .put("lapseMs", 180 * 86_400_000L).put("validityMs", 730 * 86_400_000L).put("maxPayments", 1_000_000).put("maxBreaks", most).encode())), "rules", 200);
    }

    private static String told(final JsonObject found) {
        return found.getString("breakType") + ' ' + found.getLong("ourMinor") + ' ' + found.getLong("theirMinor");
    }

    @Test
    void givenAStatementThatDoesNotAddUp_andOneOfYesterday_whenTheyCome_thenNothingIsSettled_untilAPersonAccepts() throws Exception {
        callBacksArrive();
        paid(1, 2);
        sandbox.next(SandboxFault.WRONG_BALANCE);
        final JsonObject wrong = offer(file(1, false), "", 200);
        assertThat(wrong.getBoolean("taken")).isFalse();
        assertThat(findings(wrong)).containsExactly("SUM_DIFFERS");
        assertThat(breaks().stream().map(StatementsOverEdgesTest::told).toList()).containsExactly("STATEMENT_REFUSED 0 0");
        assertThat(receivable()).isEqualTo(2 * PRICE);
        assertTaken(offer(file(1, false), "?accept=SUM_DIFFERS", 200), 2, 0);
        sandbox.next(SandboxFault.YESTERDAYS_FILE);
        assertThat(findings(offer(file(2, false), "", 200))).contains("DUPLICATE");
        assertThat(breaks()).hasSize(1);
    }

    @Test
    void givenHostileFilesAndHeads_whenOffered_thenEachIsATypedRefusalThatSaysWhatToDo_andNothingIsDone() throws Exception {
        final long before = service.engine().status().durablePosition();
        assertUnreadable(HOSTILE, "DOCTYPE");
        assertUnreadable("<?xml version=\"1.0\"?><Document>&xxe;</Document>", "ENTITY");
        assertUnreadable("<Document><BkToCstmrStmt><GrpHdr>", "NOT_XML");
        assertUnreadable("<html/>", "NOT_A_STATEMENT");
        assertUnreadable("", "NOT_XML");
        final JsonObject large = offer(new byte[1_000_001], "", 413);
        assertThat(large.getString("detail")).contains("1000000 bytes", "mawid.statements.bytes");
        final HttpResponse<String> streamed = http.send(HttpRequest.newBuilder(edge("/v1/statements")).header("Content-Type", "application/xml")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(new byte[1_000_001]))).build(), BodyHandlers.ofString());
        assertThat(streamed.statusCode()).as("of a length that was not said").isEqualTo(413);
        assertThat(post("/v1/statements", 415, new JsonObject()).getString("detail")).contains("camt.053");
        assertThat(offer(new byte[0], "?accept=EVERYTHING", 400).getString("result")).isEqualTo("MALFORMED");
        assertThat(service.engine().status().durablePosition()).isEqualTo(before);
        assertThat(get("/v1/statements", 200).getJsonArray("statements")).isEmpty();
        try (var left = Files.list(served().resolve("incoming"))) {
            assertThat(left.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".upload") || name.endsWith(".spool")).toList()).isEmpty();
        }
        service.engine().close();
        final byte[] good = sandbox.statement("EUR", today, false, "08");
        Files.write(files.resolve("dropped/1.xml"), good);
        final JsonObject later = offer(good, "", 503);
        assertThat(later.getString("cause")).isEqualTo("NOT_TAKEN");
        assertThat(later.getString("detail")).contains("Offer the same file again");
        assertThat(files.resolve("dropped/1.xml")).as("left where it is").exists();
    }

    private void assertUnreadable(final String text, final String reason) throws Exception {
        final JsonObject refused = offer(text.getBytes(StandardCharsets.UTF_8), "", 400);
        assertThat(refused.getString("result")).isEqualTo("MALFORMED");
        assertThat(refused.getString("reason")).as(refused.encode()).isEqualTo(reason);
        assertThat(refused.getString("detail")).contains("nothing of the file was taken; ask the treasury for it anew");
    }
}
