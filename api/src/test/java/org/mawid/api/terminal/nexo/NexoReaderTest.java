package org.mawid.api.terminal.nexo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.mawid.api.terminal.nexo.Amount.Fault;

/** Messages as terminals write them, made by hand from the protocol's public descriptions. */
class NexoReaderTest {
    private static final String HEADER = """
            "MessageHeader":{"ProtocolVersion":"3.1","MessageClass":"Service","MessageCategory":"%s","MessageType":"Response",
             "ServiceID":"P1","SaleID":"TILL-1","POIID":"V400m-1"}""";
    private static final String PAYMENT = """
            {"SaleToPOIResponse":{%s,
             "PaymentResponse":{"Response":{"Result":"Success","AdditionalResponse":"tid=1&%%s"},
              "SaleData":{"SaleTransactionID":{"TransactionID":"MAWID-1","TimeStamp":"2026-03-02T09:00:00.123Z"},"OperatorID":"7"},
              "POIData":{"POITransactionID":{"TransactionID":"4r7i001556529591000.QX1","TimeStamp":"2026-03-02T10:00:07+01:00"},"POIReconciliationID":"1000"},
              "PaymentResult":{"PaymentType":"Normal","OnlineFlag":true,
               "PaymentInstrumentData":{"PaymentInstrumentType":"Card","CardData":{"PaymentBrand":"mc","MaskedPan":"541333 **** 9999","CardCountryCode":"056"}},
               "AmountsResp":{"Currency":"%%s","AuthorizedAmount":%%s},
               "PaymentAcquirerData":{"MerchantID":"M","ApprovalCode":"123456"}}}}}""".formatted(HEADER.formatted("Payment"));

    private final NexoReader reader = new NexoReader("EUR", 2);

    @Test
    void givenAPaymentsAnswer_thenWhatTheTillUsesIsReadAndTheRestPassedOver() throws MalformedMessage {
        final Incoming.PaymentAnswer answer = (Incoming.PaymentAnswer) reader.read(bytes(payment("EUR", "10.99")));
        assertThat(answer.envelope()).isEqualTo(new Envelope(Category.PAYMENT, "P1", "TILL-1", "V400m-1"));
        assertThat(answer.payment()).isEqualTo(new PaymentReply(new Reply(Reply.Result.SUCCESS, Condition.NONE), "MAWID-1", Instant.parse("2026-03-02T09:00:00.123Z"),
                "4r7i001556529591000.QX1", "2026-03-02T10:00:07+01:00", Amount.of(1_099, "EUR"), "mc", "9999", "123456"));
        assertThat(answer.droppedCardNumbers()).isZero();
    }

    @Test
    void givenAmounts_thenTheyAreExactOrRefusedByType() throws MalformedMessage {
        assertThat(amount("EUR", "10.5")).isEqualTo(Amount.of(1_050, "EUR"));
        assertThat(amount("EUR", "10")).isEqualTo(Amount.of(1_000, "EUR"));
        assertThat(amount("EUR", "0.29")).isEqualTo(Amount.of(29, "EUR")); // 28 by way of a double
        assertThat(amount("EUR", "9999999999999.99")).isEqualTo(Amount.of(999_999_999_999_999L, "EUR"));
        assertThat(amount("EUR", "10000000000000").fault()).isEqualTo(Fault.TOO_LARGE);
        assertThat(amount("EUR", "10.999").fault()).isEqualTo(Fault.WRONG_SCALE);
        assertThat(amount("EUR", "10.990").fault()).isEqualTo(Fault.WRONG_SCALE);
        assertThat(amount("EUR", "-10.99").fault()).isEqualTo(Fault.NEGATIVE);
        assertThat(amount("MAD", "10.99").fault()).isEqualTo(Fault.OTHER_CURRENCY);
        assertThat(amount("EUR", "null").fault()).isEqualTo(Fault.MISSING);
        assertThat(amount("", "10.99").fault()).isEqualTo(Fault.MISSING);
    }

    @Test
    void givenCurrenciesOfOtherScales_thenEachHasItsOwn() throws MalformedMessage {
        assertThat(((Incoming.PaymentAnswer) new NexoReader("JPY", 0).read(bytes(payment("JPY", "1500")))).payment().amount()).isEqualTo(Amount.of(1_500, "JPY"));
        assertThat(((Incoming.PaymentAnswer) new NexoReader("JPY", 0).read(bytes(payment("JPY", "1500.0")))).payment().amount().fault()).isEqualTo(Fault.WRONG_SCALE);
        assertThat(((Incoming.PaymentAnswer) new NexoReader("TND", 3).read(bytes(payment("TND", "1.234")))).payment().amount()).isEqualTo(Amount.of(1_234, "TND"));
    }

    @Test
    void givenAmountsThatAreNoPlainNumbers_thenTheMessageIsRefused() {
        for (final String value : new String[] {"\"10.99\"", "1e3", "1e999999999", "{}", "[1]", "true", "0.0000000001", "1234567890123456789"}) {
            assertThatThrownBy(() -> amount("EUR", value)).as(value).isInstanceOf(MalformedMessage.class).hasMessageContaining("AuthorizedAmount")
                    .hasMessageStartingWith("WRONG_VALUE");
        }
    }

    @Test
    void givenAStatus_thenTheAnswerThatIsGivenOnceMoreIsRead() throws MalformedMessage {
        final String body = """
                "TransactionStatusResponse":{"Response":{"Result":"Success"},
                 "MessageReference":{"MessageCategory":"Reversal","ServiceID":"R1","SaleID":"TILL-1"},
                 "RepeatedMessageResponse":{"MessageHeader":{"MessageCategory":"Reversal","ServiceID":"R1","SaleID":"TILL-1","POIID":"V400m-1"},
                  "RepeatedResponseMessageBody":{"ReversalResponse":{"Response":{"Result":"Failure","ErrorCondition":"NotAllowed"},"ReversedAmount":10.99}}}}""";
        final Incoming.StatusAnswer answer = (Incoming.StatusAnswer) read("TransactionStatus", body);
        assertThat(answer.about()).isEqualTo(new Envelope(Category.REVERSAL, "R1", "TILL-1", ""));
        assertThat(answer.repeated().poiId()).isEqualTo("V400m-1");
        assertThat(answer.payment()).isNull();
        assertThat(answer.reversal()).isEqualTo(new ReversalReply(new Reply(Reply.Result.FAILURE, Condition.NOT_ALLOWED), "", Amount.of(1_099, "EUR")));
    }

    @Test
    void givenTotals_thenEachCurrencyIsReadByItsOwnScale() throws MalformedMessage {
        final Incoming.ReconciliationAnswer answer = (Incoming.ReconciliationAnswer) read("Reconciliation", """
                "ReconciliationResponse":{"Response":{"Result":"Success"},"ReconciliationType":"SaleReconciliation","POIReconciliationID":"1007",
                 "TransactionTotals":[{"PaymentInstrumentType":"Card","CardBrand":"mc","PaymentCurrency":"EUR","PaymentTotals":[
                   {"TransactionType":"Debit","TransactionCount":3,"TransactionAmount":30.00},{"TransactionType":"ReverseDebit","TransactionCount":1,"TransactionAmount":10},
                   {"TransactionType":"Declined","TransactionCount":2}]},
                  {"PaymentCurrency":"KWD","PaymentTotals":[{"TransactionType":"Credit","TransactionCount":1,"TransactionAmount":1.234}]}]}""");
        assertThat(answer.reconciliationId()).isEqualTo("1007");
        assertThat(answer.totals()).containsExactly(new Totals(Totals.Kind.PAYMENT, 3, Amount.of(3_000, "EUR")), new Totals(Totals.Kind.REVERSAL, 1, Amount.of(1_000, "EUR")),
                new Totals(Totals.Kind.NOTHING, 2, new Amount(0, "EUR", Fault.MISSING)), new Totals(Totals.Kind.OTHER, 1, Amount.of(1_234, "KWD")));
    }

    @Test
    void givenAnEventOrAWishOfTheTerminal_thenItIsToldFromAnAnswer() throws MalformedMessage {
        final String header = HEADER.formatted("Event").replace("Response", "Notification");
        final String event = "{\"SaleToPOIRequest\":{" + header + ",\"EventNotification\":{\"TimeStamp\":\"2026-03-02T09:00:00Z\",\"EventToNotify\":\"%s\",\"EventDetails\":\"x\"}}}";
        assertThat(((Incoming.EventNotice) reader.read(bytes(event.formatted("Shutdown")))).event()).isEqualTo("Shutdown");
        assertThat(((Incoming.EventNotice) reader.read(bytes(event.formatted("Whatever")))).event()).isEqualTo("Other");
        assertThat(reader.read(bytes("{\"SaleToPOIRequest\":{" + HEADER.formatted("Display") + ",\"DisplayRequest\":{}}}"))).isInstanceOf(Incoming.OtherMessage.class);
    }

    @Test
    void givenWhatIsNoMessage_thenItsFaultIsToldAndNothingOfIt() {
        final String card = "4111111111111111";
        refused("", MalformedMessage.Fault.NOT_JSON);
        refused(card, MalformedMessage.Fault.NOT_JSON);
        refused("{\"SaleToPOIResponse\":" + card + "x}", MalformedMessage.Fault.NOT_JSON);
        refused("{\"a\":".repeat(40) + "1" + "}".repeat(40), MalformedMessage.Fault.NOT_JSON);
        refused("{\"a\":1,\"a\":2}", MalformedMessage.Fault.NOT_JSON);
        refused("{\"" + card + "\":1,\"" + card + "\":2}", MalformedMessage.Fault.NOT_JSON);
        refused("{} {}", MalformedMessage.Fault.NOT_JSON);
        refused("{\"x\":[" + "1,".repeat(9_000) + "1]}", MalformedMessage.Fault.NOT_JSON);
        refused("{}", MalformedMessage.Fault.MISSING);
        refused("{\"SaleToPOIResponse\":[]}", MalformedMessage.Fault.WRONG_VALUE);
        refused("{\"SaleToPOIResponse\":{}}", MalformedMessage.Fault.MISSING);
        refused("{\"SaleToPOIResponse\":{" + HEADER.formatted("Payment") + "}}", MalformedMessage.Fault.MISSING);
        refused("{\"SaleToPOIResponse\":{" + HEADER.formatted("Login").replace("P1", card) + ",\"LoginResponse\":{\"Response\":{\"Result\":\"" + card + "\"}}}}",
                MalformedMessage.Fault.WRONG_VALUE);
        refused("{\"SaleToPOIResponse\":{" + HEADER.formatted("Login").replace("\"TILL-1\"", card) + "}}", MalformedMessage.Fault.WRONG_VALUE);
        refused("{\"SaleToPOIResponse\":{" + HEADER.formatted("Login").replace("P1", "12345678901") + "}}", MalformedMessage.Fault.WRONG_VALUE);
        refused(" ".repeat(NexoReader.MAX_BYTES) + "{}", MalformedMessage.Fault.TOO_LARGE);
    }

    private void refused(final String message, final MalformedMessage.Fault fault) {
        assertThatThrownBy(() -> reader.read(bytes(message))).isInstanceOfSatisfying(MalformedMessage.class, refusal -> {
            assertThat(refusal.fault()).as(message.substring(0, Math.min(80, message.length()))).isEqualTo(fault);
            assertThat(refusal.getMessage()).doesNotContain("4111");
            assertThat(refusal.getCause()).isNull();
        });
    }

    @Test
    void givenACardNumberWhereTheTillReads_thenItIsDroppedAndCounted() throws MalformedMessage {
        final String planted = payment("EUR", "10.99").replace("4r7i001556529591000.QX1", "4111 1111 1111 1111").replace("\"mc\"", "\"visa 5555555555554444\"")
                .replace("123456", "378282246310005").replace("541333 **** 9999", "6011000990139424");
        final Incoming.PaymentAnswer answer = (Incoming.PaymentAnswer) reader.read(bytes(planted));
        assertThat(answer.droppedCardNumbers()).isEqualTo(3);
        assertThat(answer.payment().poiTransaction()).isEmpty();
        assertThat(answer.payment().scheme()).isEmpty();
        assertThat(answer.payment().approvalCode()).isEmpty();
        assertThat(answer.payment().lastFour()).isEqualTo("9424");
        assertThat(answer.toString()).doesNotContain("4111", "5555", "3782", "6011");
    }

    private Amount amount(final String currency, final String value) throws MalformedMessage {
        return ((Incoming.PaymentAnswer) reader.read(bytes(payment(currency, value)))).payment().amount();
    }

    private Incoming read(final String category, final String body) throws MalformedMessage {
        return reader.read(bytes("{\"SaleToPOIResponse\":{" + HEADER.formatted(category) + ',' + body + "}}"));
    }

    private static String payment(final String currency, final String amount) {
        return PAYMENT.formatted("x=y", currency, amount);
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
