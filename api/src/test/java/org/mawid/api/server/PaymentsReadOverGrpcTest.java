package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.AccountSums;
import org.mawid.grpc.AssignBreak;
import org.mawid.grpc.Book;
import org.mawid.grpc.Break;
import org.mawid.grpc.CheckStampReply;
import org.mawid.grpc.CheckStampRequest;
import org.mawid.grpc.DefineTerminal;
import org.mawid.grpc.GetBooksRequest;
import org.mawid.grpc.GetPaymentRequest;
import org.mawid.grpc.IssueStamps;
import org.mawid.grpc.LedgerServiceGrpc;
import org.mawid.grpc.ListBreaksRequest;
import org.mawid.grpc.ListPricesReply;
import org.mawid.grpc.ListPricesRequest;
import org.mawid.grpc.ListTerminalsRequest;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.Payment;
import org.mawid.grpc.PaymentMeans;
import org.mawid.grpc.PaymentReply;
import org.mawid.grpc.PaymentServiceGrpc;
import org.mawid.grpc.PaymentState;
import org.mawid.grpc.Price;
import org.mawid.grpc.RecordApproval;
import org.mawid.grpc.Standing;
import org.mawid.grpc.StartPayment;
import org.mawid.grpc.StartPaymentReply;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.Terminal;
import org.mawid.grpc.ValidateLines;

/** What can be read of money: both edges of a whole server tell the same, and refuse the same. */
class PaymentsReadOverGrpcTest extends LifeFixture {
    private static final int TERMINAL = 12;
    private static final long OWNER = 0xA1B2_0000_0000_0001L;
    private static final String MISTYPED = "7K3M9QF2T4VXH";
    /** As many as one may ask at once, and some that may come back meanwhile. */
    private static final int MANY_ASKS = 60;
    /** Far from as many as one may ask at once. */
    private static final int FEW_ASKS = 15;

    private PaymentServiceGrpc.PaymentServiceBlockingStub payments;
    private LedgerServiceGrpc.LedgerServiceBlockingStub ledger;
    private String application;

    @BeforeEach
    void connect() {
        payments = PaymentServiceGrpc.newBlockingStub(channel);
        ledger = LedgerServiceGrpc.newBlockingStub(channel);
        ledger.defineTerminal(DefineTerminal.newBuilder().setRequest(client.newRequest()).setTerminalId(TERMINAL).setPostId(OnePost.POST).setCode("EPT-1").setEnabled(true).build());
    }

    @Test
    void givenAPaymentUnderWayAndThenApproved_whenRead_thenBothEdgesTellTheSame() throws Exception {
        final StartPaymentReply started = start(issued());
        final Payment pending = payment(started.getPayment(), started.getPosition());
        assertSame(pending);
        assertThat(pending.hasLastFour()).isFalse();
        final Terminal terminal = ledger.listTerminals(ListTerminalsRequest.newBuilder().setPostId(OnePost.POST).setMinPosition(started.getPosition()).build()).getTerminals(0);
        final JsonObject told = get("/v1/terminals?post=paris&minPosition=" + started.getPosition(), 200).getJsonArray("terminals").getJsonObject(0);
        assertThat(terminal).isEqualTo(Terminal.newBuilder().setTerminalId(told.getInteger("terminalId")).setPostId(told.getInteger("postId")).setCode(told.getString("code"))
                .setEnabled(told.getBoolean("enabled")).setPayment(told.getString("payment")).build());
        assertThat(terminal.getPayment()).isEqualTo(started.getPayment());

        final PaymentReply approved = approve(started.getPayment(), "T-1");
        final Payment paid = payment(started.getPayment(), approved.getPosition());
        assertSame(paid);
        assertThat(paid.getLastFour()).isEqualTo(42);
        assertThat(paid.getScheme()).isEqualTo("VISA");
    }

    @Test
    void givenMoneyThatPaysForNothing_whenBooksAndBreaksAreRead_thenBothEdgesTellTheSame() throws Exception {
        final StartPaymentReply started = start(issued());
        approve(started.getPayment(), "T-1");
        final PaymentReply second = approve(started.getPayment(), "T-2");
        assertSame(payment(second.getPayment(), second.getPosition()));

        final JsonObject books = get("/v1/books?post=1&minPosition=" + second.getPosition(), 200);
        final List<Book> read = ledger.getBooks(GetBooksRequest.newBuilder().setPostId(OnePost.POST).setMinPosition(second.getPosition()).build()).getBooksList();
        assertThat(read).hasSize(1);
        assertThat(read.get(0).getCurrency()).isEqualTo("EUR");
        final JsonArray accounts = new JsonArray();
        for (final AccountSums sums : read.get(0).getAccountsList()) {
            accounts.add(new JsonObject().put("account", sums.getAccount().name().substring("ACCOUNT_".length())).put("debitMinor", sums.getDebitMinor()).put("creditMinor", sums.getCreditMinor()));
        }
        assertThat(accounts.encode()).isEqualTo(books.getJsonArray("books").getJsonObject(0).getJsonArray("accounts").encode()).contains("UNALLOCATED");
        assertThat(ledger.getBooks(GetBooksRequest.getDefaultInstance()).getBooksList()).as("of all posts").isEqualTo(read);

        final Break open = onlyBreak(second.getPosition());
        final long assigned = ledger.assignBreak(AssignBreak.newBuilder().setRequest(client.newRequest()).setBreakReference(open.getBreakReference()).setOwner(OWNER).build()).getPosition();
        final Break owned = onlyBreak(assigned);
        final JsonObject told = get("/v1/breaks?minPosition=" + assigned, 200).getJsonArray("breaks").getJsonObject(0);
        assertThat(owned).isEqualTo(open.toBuilder().setOwner(OWNER).build());
        assertThat(owned.getBreakReference()).isEqualTo(told.getString("break"));
        assertThat(owned.getBreakType().name()).isEqualTo("BREAK_TYPE_" + told.getString("breakType"));
        assertThat(String.format("%016x %016x", owned.getKey(), owned.getOwner())).isEqualTo(told.getString("key") + ' ' + told.getString("owner"));
        assertThat(owned.getPostId()).isEqualTo(told.getInteger("postId"));
        assertThat(owned.getCurrency()).isEqualTo(told.getString("currency"));
        assertThat(List.of(owned.getOurMinor(), owned.getTheirMinor(), owned.getOpenedMs()))
                .containsExactly(told.getLong("ourMinor"), told.getLong("theirMinor"), told.getLong("openedMs"));
        assertThat(owned.getPayment()).isEqualTo(told.getString("payment")).isEqualTo(second.getPayment());
        assertThat(owned.getBatch()).isEqualTo(told.getString("batch", ""));

        final StringBuilder table = new StringBuilder("post,currency,account,debitMinor,creditMinor,balanceMinor\r\n");
        read.get(0).getAccountsList().forEach(sums -> table.append("paris,EUR,").append(sums.getAccount().name().substring("ACCOUNT_".length())).append(',').append(sums.getDebitMinor())
                .append(',').append(sums.getCreditMinor()).append(',').append(sums.getDebitMinor() - sums.getCreditMinor()).append("\r\n"));
        assertThat(table("/v1/books?post=paris", "text/csv")).isEqualTo(table.toString());
        assertThat(table("/v1/breaks?minPosition=" + assigned, "application/json;q=0.5, text/csv").replaceAll(",[0-9]+,(a1b2)", ",AGE,$1"))
                .isEqualTo("break,breakType,post,currency,ourMinor,theirMinor,payment,batch,opened,ageMs,owner\r\n" + owned.getBreakReference() + ",UNALLOCATED_MONEY,paris,EUR,"
                        + owned.getOurMinor() + ',' + owned.getTheirMinor() + ',' + owned.getPayment() + ",," + told.getString("opened") + ",AGE,a1b2000000000001\r\n");
        assertThat(new JsonObject(send("/v1/books", "text/csv;q=0.5, application/json").body())).isEqualTo(get("/v1/books", 200));
        final HttpResponse<String> refused = send("/v1/books?post=99", "text/csv");
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(new JsonObject(refused.body()).getString("result")).isEqualTo("POST_UNKNOWN");
    }

    @Test
    void givenAPost_whenItsPricesAreRead_thenBothEdgesTellTheSame() throws Exception {
        final JsonObject told = get("/v1/posts/paris/prices", 200);
        final ListPricesReply prices = stampCalls.listPrices(ListPricesRequest.newBuilder().setPostId(OnePost.POST).build());
        final JsonObject one = told.getJsonArray("prices").getJsonObject(0);
        assertThat(prices.getPricesList()).containsExactly(Price.newBuilder().setServiceId(one.getInteger("serviceId")).setService(one.getString("service"))
                .setAmountCentimes(one.getLong("amountCentimes")).setLocalMinor(one.getLong("localMinor")).setTariffVersion(one.getInteger("tariffVersion")).build());
        assertThat(List.of(prices.getPost(), prices.getCurrency())).containsExactly(told.getString("post"), told.getString("currency"));
        assertThat(List.of((long) prices.getMinorDigits(), prices.getMicroMadPerUnit())).containsExactly(told.getLong("minorDigits"), told.getLong("microMadPerUnit"));
        assertThat(prices.getNowMs()).isGreaterThanOrEqualTo(startMs);
    }

    @Test
    void givenWhatIsNotThere_whenRead_thenBothEdgesRefuseInTheSameWord() throws Exception {
        final String never = service.gateway().references().text(ReferenceKind.PAYMENT, 9_999);
        assertRefused(Status.Code.NOT_FOUND, "PAYMENT_UNKNOWN", "/v1/payments/" + never, 404, () -> payment(never, 0));
        assertRefused(Status.Code.INVALID_ARGUMENT, "MALFORMED", "/v1/payments/" + MISTYPED, 400, () -> payment(MISTYPED, 0));
        assertRefused(Status.Code.NOT_FOUND, "POST_UNKNOWN", "/v1/books?post=99", 404, () -> ledger.getBooks(GetBooksRequest.newBuilder().setPostId(99).build()));
        assertRefused(Status.Code.NOT_FOUND, "POST_UNKNOWN", "/v1/breaks?post=99", 404, () -> ledger.listBreaks(ListBreaksRequest.newBuilder().setPostId(99).build()));
        assertRefused(Status.Code.NOT_FOUND, "POST_UNKNOWN", "/v1/terminals?post=99", 404, () -> ledger.listTerminals(ListTerminalsRequest.newBuilder().setPostId(99).build()));
        assertRefused(Status.Code.NOT_FOUND, "POST_UNKNOWN", "/v1/posts/99/prices", 404, () -> stampCalls.listPrices(ListPricesRequest.newBuilder().setPostId(99).build()));
    }

    @Test
    void givenStamps_whenAskedAboutByTheirSerial_thenBothEdgesTellTheSameAndOneLimitIsForBoth() throws Exception {
        final String stamp = issued();
        assertThat(check(stamp).getStanding()).isEqualTo(Standing.STANDING_UNKNOWN);
        final StartPaymentReply started = start(stamp);
        final long approved = approve(started.getPayment(), "T-1").getPosition();
        final CheckStampReply valid = stampCalls.checkStamp(CheckStampRequest.newBuilder().setStamp(stamp).setMinPosition(approved).build());
        assertThat(valid.getStanding()).isEqualTo(Standing.STANDING_VALID);
        assertThat(valid.getPosition()).isGreaterThanOrEqualTo(approved);
        assertThat(get("/v1/stamps/" + stamp + "/validity", 200).getString("standing")).isEqualTo("VALID");
        assertThat(check("no serial at all").getStanding()).isEqualTo(Standing.STANDING_UNKNOWN);

        StatusRuntimeException refused = null;
        for (int i = 0; i < MANY_ASKS && refused == null; i++) {
            refused = catchThrowableOfType(StatusRuntimeException.class, () -> check(stamp));
        }
        assertThat(refused).as("asked %d times", MANY_ASKS).isNotNull();
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(GrpcFixture.errorInfo(refused).getReason()).isEqualTo("UNAVAILABLE");
        assertThat(retryMs(refused)).isBetween(1L, 2_000L);
        int told = 0;
        for (int i = 0; i < FEW_ASKS && told == 0; i++) { // one may have come back meanwhile
            told += http.send(HttpRequest.newBuilder(edge("/v1/stamps/" + stamp + "/validity")).build(), BodyHandlers.ofString()).statusCode() == 429 ? 1 : 0;
        }
        assertThat(told).as("over HTTP, of what was spent over gRPC").isPositive();
    }

    private void assertRefused(final Status.Code code, final String reason, final String path, final int status, final ThrowableAssert.ThrowingCallable call)
            throws Exception {
        final StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(refused.getStatus().getCode()).as(path).isEqualTo(code);
        assertThat(GrpcFixture.errorInfo(refused).getReason()).as(path).isEqualTo(reason);
        assertThat(get(path, status).getString("result")).as(path).isEqualTo(reason);
    }

    /** Field by field as HTTP has it. */
    private void assertSame(final Payment read) throws Exception {
        final JsonObject told = get("/v1/payments/" + read.getPayment(), 200);
        final Payment.Builder same = Payment.newBuilder().setPayment(told.getString("payment")).setApplication(told.getString("application")).setPostId(told.getInteger("postId"))
                .setMeans(PaymentMeans.valueOf("PAYMENT_MEANS_" + told.getString("means"))).setTerminalId(told.getInteger("terminalId", 0))
                .setState(PaymentState.valueOf("PAYMENT_STATE_" + told.getString("state"))).setAmountMinor(told.getLong("amountMinor"))
                .setAmountCentimes(told.getLong("amountCentimes")).setCurrency(told.getString("currency")).setReceivedMinor(told.getLong("receivedMinor"))
                .setReceivedCurrency(told.getString("receivedCurrency")).setTransaction(told.getString("transaction", ""))
                .setAuthorisationCode(told.getString("authorisationCode", "")).setScheme(told.getString("scheme", "")).setReceipt(told.getInteger("receipt", 0))
                .setBatch(told.getString("batch", "")).setOrigin(told.getString("origin", "")).setSettled(told.getBoolean("settled"))
                .setWaitsForPerson(told.getBoolean("waitsForPerson")).setReasonCode(told.getInteger("reasonCode"))
                .setEpochDay((int) LocalDate.parse(told.getString("date")).toEpochDay()).addAllStamps(strings(told.getJsonArray("stamps")))
                .setStartedMs(told.getLong("startedMs")).setChangedMs(told.getLong("changedMs")).setPosition(told.getLong("position"));
        if (told.containsKey("lastFour")) {
            same.setLastFour(Integer.parseInt(told.getString("lastFour")));
        }
        assertThat(read).isEqualTo(same.build());
    }

    private String issued() {
        application = applications.submitApplication(SubmitApplication.newBuilder().setRequest(client.newRequest()).setPostId(OnePost.POST)
                .addLines(NewLine.newBuilder().setPersonKey(1).setServiceId(OnePost.SERVICE).setQuantity(1)).build()).getApplication();
        applications.validateLines(ValidateLines.newBuilder().setRequest(client.newRequest()).setApplication(application).setLines(1).build());
        return stampCalls.issueStamps(IssueStamps.newBuilder().setRequest(client.newRequest()).setApplication(application).setLines(1).setPostId(OnePost.POST).build()).getStamps(0);
    }

    private StartPaymentReply start(final String stamp) {
        return payments.startPayment(StartPayment.newBuilder().setRequest(client.newRequest()).setApplication(application).addStamps(stamp).setPostId(OnePost.POST)
                .setMeans(PaymentMeans.PAYMENT_MEANS_TERMINAL).setTerminalId(TERMINAL).setEpochDay(today).build());
    }

    private PaymentReply approve(final String payment, final String transaction) {
        return payments.recordApproval(RecordApproval.newBuilder().setRequest(client.newRequest()).setPayment(payment).setAmountMinor(4_650).setCurrency("EUR")
                .setTransaction(transaction).setScheme("VISA").setAuthorisationCode("A1").setLastFour(42).build());
    }

    private Payment payment(final String reference, final long position) {
        return payments.getPayment(GetPaymentRequest.newBuilder().setPayment(reference).setMinPosition(position).build());
    }

    private Break onlyBreak(final long position) {
        final List<Break> breaks = ledger.listBreaks(ListBreaksRequest.newBuilder().setMinPosition(position).build()).getBreaksList();
        assertThat(breaks).hasSize(1);
        return breaks.get(0);
    }

    private String table(final String path, final String accepted) throws Exception {
        final HttpResponse<String> answer = send(path, accepted);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8; header=present");
        return answer.body();
    }

    private HttpResponse<String> send(final String path, final String accepted) throws Exception {
        return http.send(HttpRequest.newBuilder(edge(path)).header("Accept", accepted).build(), BodyHandlers.ofString());
    }

    private CheckStampReply check(final String serial) {
        return stampCalls.checkStamp(CheckStampRequest.newBuilder().setStamp(serial).build());
    }

    private static long retryMs(final StatusRuntimeException refused) throws InvalidProtocolBufferException {
        for (final Any detail : StatusProto.fromThrowable(refused).getDetailsList()) {
            if (detail.is(RetryInfo.class)) {
                final Duration delay = detail.unpack(RetryInfo.class).getRetryDelay();
                return delay.getSeconds() * 1_000 + delay.getNanos() / 1_000_000;
            }
        }
        return 0;
    }
}
