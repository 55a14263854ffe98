package org.mawid.api.treasury;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mawid.api.sandbox.treasury.SandboxFault;
import org.mawid.api.sandbox.treasury.SandboxInjection;
import org.mawid.api.sandbox.treasury.SandboxSettings;
import org.mawid.api.treasury.callback.JwsCheck;
import org.mawid.api.treasury.callback.SignatureCheck;
import org.mawid.api.treasury.port.BreakType;
import org.mawid.api.treasury.port.OnlinePayment;
import org.mawid.api.treasury.port.OrderState;
import org.mawid.api.treasury.port.OrderStatus;
import org.mawid.api.treasury.port.PaymentState;
import org.mawid.api.treasury.port.TreasuryCommand;
import org.mawid.api.treasury.port.TreasuryCommand.Doubt;
import org.mawid.api.treasury.port.TreasuryException;

/** Online payments over real sockets with a treasury that misbehaves: each is approved once, or fails, or is a break and a person's work. */
@Timeout(120)
class AdapterOverSandboxTest {
    private SandboxFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new SandboxFixture();
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    private OnlinePayment begin(final String reference) {
        return fixture.ledger.start(reference, 50_000, "MAD", fixture.nowMs.get());
    }

    private OrderState open(final OnlinePayment payment) throws Exception {
        return fixture.adapter.open(payment, null, "fr").await(30, TimeUnit.SECONDS);
    }

    private void awaitState(final String reference, final PaymentState state) {
        await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> assertThat(fixture.ledger.state(reference)).isEqualTo(state));
    }

    @Test
    void givenAnOrder_whenPaidOnItsPage_thenApprovedByTheCallBack_once() throws Exception {
        final OrderState order = open(begin("1000000000000001"));
        assertThat(order.status()).isEqualTo(OrderStatus.OPEN);
        final HttpClient browser = HttpClient.newHttpClient();
        assertThat(browser.send(HttpRequest.newBuilder(order.page()).build(), HttpResponse.BodyHandlers.ofString()).body()).contains("500.00 MAD", "Pay", "Refuse", "No money moves");
        browser.send(HttpRequest.newBuilder(URI.create(order.page() + "/pay")).POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
        awaitState("1000000000000001", PaymentState.APPROVED);
        fixture.round();
        assertThat(fixture.ledger.kept(TreasuryCommand.RecordApproval.class)).singleElement().satisfies(approval -> {
            assertThat(approval.order()).isEqualTo(order.order());
            assertThat(approval.authorisation()).startsWith("A");
        });
        assertThat(fixture.ledger.breaks()).isEmpty();
    }

    @Test
    void givenOrders_whenRefusedCancelledOrExpired_thenEachFailsAsItDid() throws Exception {
        for (final String reference : List.of("R1", "R2", "R3")) {
            open(begin(reference));
        }
        fixture.sandbox.refuse("R1");
        fixture.sandbox.cancel("R2");
        fixture.sandbox.expire("R3");
        awaitState("R1", PaymentState.DECLINED);
        awaitState("R2", PaymentState.CANCELLED);
        awaitState("R3", PaymentState.CANCELLED);
        assertThat(fixture.ledger.kept(TreasuryCommand.RecordFailure.class)).extracting(TreasuryCommand.RecordFailure::failure)
                .containsExactlyInAnyOrder(TreasuryCommand.Failure.DECLINED, TreasuryCommand.Failure.CANCELLED, TreasuryCommand.Failure.EXPIRED);
    }

    /** Of every kind that there is, when an order is made, and again when it is asked for. */
    @ParameterizedTest
    @EnumSource(value = SandboxFault.class, names = {"SLOW", "DOWN", "CUT_BEFORE", "CUT_AFTER", "CUT_HALFWAY", "GIBBERISH", "TOKEN_REVOKED"})
    void givenAnExchangeThatGoesWrong_whenAnOrderIsMadePaidAndAskedFor_thenThereIsOneOrderAndOneApproval(final SandboxFault fault) throws Exception {
        final OnlinePayment payment = begin("1000000000000002");
        open(begin("FIRST-FOR-A-TOKEN"));
        fixture.sandbox.cancel("FIRST-FOR-A-TOKEN");
        awaitState("FIRST-FOR-A-TOKEN", PaymentState.CANCELLED);
        fixture.sandbox.next(fault);
        String order = "";
        try {
            order = open(payment).order();
        } catch (final TreasuryException trouble) {
            assertThat(fault).as(trouble.getMessage()).isEqualTo(SandboxFault.GIBBERISH);
            assertThat(trouble.trouble()).isEqualTo(TreasuryException.Trouble.UNREADABLE);
        }
        fixture.sandbox.callBackTo(URI.create("http://127.0.0.1:1/"));
        assertThat(fixture.sandbox.pay("1000000000000002")).as("there is an order whatever was answered").isTrue();
        fixture.sandbox.next(fault);
        fixture.round();
        fixture.round();
        assertThat(fixture.ledger.state("1000000000000002")).isEqualTo(PaymentState.APPROVED);
        assertThat(fixture.ledger.kept(TreasuryCommand.RecordApproval.class)).hasSize(1).allSatisfy(approval -> assertThat(approval.order()).isNotEmpty());
        if (!order.isEmpty()) {
            assertThat(fixture.ledger.kept(TreasuryCommand.RecordApproval.class).get(0).order()).isEqualTo(order);
        }
        assertThat(fixture.sandbox.injected()).extracting(SandboxInjection::fault).containsExactly(fault, fault);
    }

    @ParameterizedTest
    @EnumSource(value = SandboxFault.class, names = {"SILENT_AFTER_CHARGING", "DUPLICATE_CALL_BACK", "REORDERED_CALL_BACK", "BAD_SIGNATURE", "STALE_CALL_BACK", "CUT_CALL_BACK"})
    void givenACallBackThatGoesWrong_whenPaid_thenApprovedOnce_byARightOneOrByTheRound(final SandboxFault fault) throws Exception {
        open(begin("1000000000000003"));
        fixture.sandbox.next(fault);
        fixture.sandbox.pay("1000000000000003");
        if (fault == SandboxFault.SILENT_AFTER_CHARGING || fault == SandboxFault.STALE_CALL_BACK) {
            fixture.round();
        }
        awaitState("1000000000000003", PaymentState.APPROVED);
        fixture.round();
        assertThat(fixture.ledger.kept(TreasuryCommand.RecordApproval.class)).hasSize(1);
        assertThat(fixture.ledger.breaks()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = SandboxFault.class, names = {"WRONG_AMOUNT", "OFF_BY_ONE", "OTHER_CURRENCY"})
    void givenChargedOtherwiseThanAsked_whenCalledBackAndAskedFor_thenTheLedgerIsToldOnceWhatCame(final SandboxFault fault) throws Exception {
        open(begin("1000000000000004"));
        fixture.sandbox.next(fault);
        fixture.sandbox.pay("1000000000000004");
        awaitState("1000000000000004", PaymentState.UNALLOCATED);
        fixture.round();
        fixture.round();
        assertThat(fixture.ledger.kept(TreasuryCommand.RecordApproval.class)).singleElement().satisfies(told -> assertThat(told.amount().toString())
                .isEqualTo(fault == SandboxFault.OTHER_CURRENCY ? "500.00 EUR" : fault == SandboxFault.OFF_BY_ONE ? "499.99 MAD" : "1000.00 MAD"));
        assertThat(fixture.ledger.breaks()).as("opened by the ledger itself").isEmpty();
    }

    @Test
    void givenPaidAndLaterRefused_whenCalledBack_thenItStaysPaid_andIsABreak() throws Exception {
        open(begin("1000000000000005"));
        fixture.sandbox.next(SandboxFault.CONTRADICTING_CALL_BACK);
        fixture.sandbox.pay("1000000000000005");
        await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> assertThat(fixture.ledger.breaks()).extracting(TreasuryCommand.OpenBreak::type).containsExactly(BreakType.CONTRADICTED));
        assertThat(fixture.ledger.state("1000000000000005")).isEqualTo(PaymentState.APPROVED);
    }

    @Test
    void givenMoneyForAnOrderOfNobody_whenCalledBack_thenItIsABreak_andOursIsApproved() throws Exception {
        open(begin("1000000000000006"));
        fixture.sandbox.next(SandboxFault.UNKNOWN_CALL_BACK);
        fixture.sandbox.pay("1000000000000006");
        awaitState("1000000000000006", PaymentState.APPROVED);
        await().untilAsserted(() -> assertThat(fixture.ledger.breaks()).extracting(TreasuryCommand.OpenBreak::type).containsExactly(BreakType.UNKNOWN_AT_LEDGER));
    }

    @Test
    void givenATreasuryThatIsDownForADay_whenItIsBack_thenNothingIsLostOrDoubled() throws Exception {
        open(begin("BEFORE"));
        fixture.sandbox.down(true);
        fixture.sandbox.callBackTo(URI.create("http://127.0.0.1:1/"));
        fixture.sandbox.pay("BEFORE");
        final List<OnlinePayment> during = new ArrayList<>();
        for (int hour = 0; hour < 24; hour++) {
            during.add(begin("DURING-" + hour));
            fixture.round();
            fixture.nowMs.addAndGet(3_600_000);
        }
        fixture.round();
        assertThat(fixture.ledger.payments()).extracting(OnlinePayment::state).as("old ones are in doubt").containsOnly(PaymentState.IN_DOUBT);
        assertThat(fixture.ledger.kept(TreasuryCommand.AskPerson.class)).extracting(TreasuryCommand.AskPerson::doubt).containsOnly(Doubt.NO_ANSWER);
        begin("JUST-NOW");

        fixture.sandbox.down(false);
        await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> {
            fixture.round();
            assertThat(fixture.ledger.state("BEFORE")).isEqualTo(PaymentState.APPROVED);
            assertThat(fixture.ledger.state("DURING-0")).as("no order was ever made").isEqualTo(PaymentState.CANCELLED);
            assertThat(fixture.sandbox.pay("JUST-NOW")).as("the round has made its order").isTrue();
            assertThat(fixture.sandbox.pay("DURING-23")).as("and that of another that is not too old").isTrue();
        });
        fixture.round();
        assertThat(fixture.ledger.state("JUST-NOW")).isEqualTo(PaymentState.APPROVED);
        assertThat(fixture.ledger.kept(TreasuryCommand.RecordApproval.class)).hasSize(3);
        assertThat(fixture.ledger.payments()).extracting(OnlinePayment::state).filteredOn(PaymentState.CANCELLED::equals).hasSize(23);
        assertThat(fixture.ledger.pending(0, 100)).isEmpty();
    }

    @Test
    void givenALedgerThatCannotBeTold_whenCalledBack_thenTheTreasuryTellsItAgain() throws Exception {
        open(begin("1000000000000007"));
        fixture.ledger.unavailable(true);
        fixture.sandbox.pay("1000000000000007");
        fixture.ledger.unavailable(false);
        awaitState("1000000000000007", PaymentState.APPROVED);
        assertThat(fixture.ledger.kept(TreasuryCommand.RecordApproval.class)).hasSize(1);
    }

    @Test
    void givenMoneyForWhatWasGivenUp_whenItComes_thenItIsUnallocated() throws Exception {
        open(begin("1000000000000008"));
        fixture.ledger.state("1000000000000008", PaymentState.CANCELLED);
        fixture.sandbox.pay("1000000000000008");
        awaitState("1000000000000008", PaymentState.UNALLOCATED);
    }

    /** Everything at once, by seed: what was charged is approved once or is a break, what was not is not. */
    @Test
    void givenSeeds_whenEverythingGoesWrongAtRandom_thenChargedAndApprovedAreTheSame() throws Exception {
        for (long seed = 1; seed <= 3; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final List<String> references = new ArrayList<>();
            fixture.sandbox.draw(seed, 0.2, List.of(SandboxFault.SLOW, SandboxFault.DOWN, SandboxFault.CUT_BEFORE, SandboxFault.CUT_AFTER, SandboxFault.CUT_HALFWAY, SandboxFault.TOKEN_REVOKED,
                    SandboxFault.SILENT_AFTER_CHARGING, SandboxFault.DUPLICATE_CALL_BACK, SandboxFault.REORDERED_CALL_BACK, SandboxFault.BAD_SIGNATURE, SandboxFault.CUT_CALL_BACK,
                    SandboxFault.OFF_BY_ONE, SandboxFault.OTHER_CURRENCY));
            for (int i = 0; i < 12; i++) {
                final String reference = "S" + seed + "-" + i;
                references.add(reference);
                try {
                    open(begin(reference));
                } catch (final TreasuryException later) {
                    assertThat(later.trouble().mayPass()).isTrue();
                }
                if (random.nextInt(4) > 0) {
                    fixture.sandbox.pay(reference);
                } else {
                    fixture.sandbox.refuse(reference);
                }
            }
            fixture.sandbox.calm();
            final long thisSeed = seed;
            await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> {
                fixture.round();
                final List<String> wrong = fixture.sandbox.injected().stream().filter(each -> each.fault() == SandboxFault.OFF_BY_ONE || each.fault() == SandboxFault.OTHER_CURRENCY)
                        .map(SandboxInjection::reference).toList();
                for (final String reference : references) {
                    final PaymentState state = fixture.ledger.state(reference);
                    assertThat(state).as("seed %d, %s", thisSeed, reference).isIn(wrong.contains(reference) ? List.of(PaymentState.UNALLOCATED)
                            : fixture.sandbox.hasCharged(reference) ? List.of(PaymentState.APPROVED) : List.of(PaymentState.DECLINED, PaymentState.PENDING));
                }
                assertThat(fixture.ledger.breaks()).isEmpty();
            });
        }
        final List<TreasuryCommand.RecordApproval> approvals = fixture.ledger.kept(TreasuryCommand.RecordApproval.class);
        assertThat(approvals.stream().map(TreasuryCommand.RecordApproval::payment).distinct().count()).isEqualTo(approvals.size());
    }

    @Test
    void givenCallBacksSignedByJws_whenPaid_thenApproved() throws Exception {
        fixture.close();
        final KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        final KeyPair keys = generator.generateKeyPair();
        fixture = new SandboxFixture(SandboxSettings.usual("mawid", "swordfish", SandboxFixture.SECRET).withTimes(300, 1_000, 20).withJws((ECPrivateKey) keys.getPrivate(), "tgr-1"),
                new JwsCheck(Map.of("tgr-1", (ECPublicKey) keys.getPublic()), SignatureCheck.USUAL_WINDOW_MS), 700);
        open(begin("1000000000000009"));
        fixture.sandbox.next(SandboxFault.BAD_SIGNATURE);
        fixture.sandbox.pay("1000000000000009");
        awaitState("1000000000000009", PaymentState.APPROVED);
    }

    @Test
    void givenTheControlRoute_whenFaultsAreAskedFor_thenTheyHappenAndAreListed() throws Exception {
        final HttpClient client = HttpClient.newHttpClient();
        final URI route = URI.create(fixture.sandbox.base() + "/sandbox/faults");
        assertThat(client.send(HttpRequest.newBuilder(route).POST(HttpRequest.BodyPublishers.ofString(new JsonObject().put("next", new JsonArray().add("WRONG_AMOUNT")).encode())).build(),
                HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(204);
        assertThat(client.send(HttpRequest.newBuilder(route).POST(HttpRequest.BodyPublishers.ofString("{\"next\":[\"NONSENSE\"]}")).build(), HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(400);
        open(begin("1000000000000010"));
        fixture.sandbox.pay("1000000000000010");
        assertThat(client.send(HttpRequest.newBuilder(route).build(), HttpResponse.BodyHandlers.ofString()).body()).isEqualTo("[{\"fault\":\"WRONG_AMOUNT\",\"reference\":\"1000000000000010\"}]");
    }
}
