package org.mawid.api.sandbox.terminal;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;

/** The bodies of the simulator's answers. */
final class SimulatorAnswers {
    /** Printed on a receipt as a real terminal would: the middle of it hidden. */
    private static final String MASKED = "541333******9999";

    private SimulatorAnswers() {
    }

    static JsonObject success() {
        return new JsonObject().put("Response", new JsonObject().put("Result", "Success"));
    }

    static JsonObject failure(final String condition) {
        return new JsonObject().put("Response", new JsonObject().put("Result", "Failure").put("ErrorCondition", condition)
                .put("AdditionalResponse", "message=" + condition));
    }

    /** @param request of the payment */
    static JsonObject failedPayment(final JsonObject request, final String condition) {
        return failure(condition).put("SaleData", sale(request));
    }

    static JsonObject payment(final JsonObject request, final SimulatorCharge charge, final Instant time) {
        return success().put("SaleData", sale(request))
                .put("POIData", new JsonObject().put("POITransactionID", transaction(charge.transaction(), time)))
                .put("PaymentResult", new JsonObject().put("PaymentType", "Normal").put("OnlineFlag", true)
                        .put("PaymentInstrumentData", new JsonObject().put("PaymentInstrumentType", "Card")
                                .put("CardData", new JsonObject().put("PaymentBrand", "Mastercard").put("MaskedPan", MASKED)
                                        .put("EntryMode", new JsonArray().add("Contactless"))))
                        .put("AmountsResp", new JsonObject().put("Currency", charge.currency()).put("AuthorizedAmount", charge.amount()))
                        .put("PaymentAcquirerData", new JsonObject().put("MerchantID", "SIMULATED").put("ApprovalCode", "A" + charge.transaction().substring(4))))
                .put("PaymentReceipt", new JsonArray().add(new JsonObject().put("DocumentQualifier", "CustomerReceipt")
                        .put("OutputContent", new JsonObject().put("OutputFormat", "Text")
                                .put("OutputText", new JsonArray().add(new JsonObject().put("Text", "SIMULATED " + MASKED))))));
    }

    static JsonObject reversal(final SimulatorCharge charge, final Instant time) {
        return success().put("OriginalPOITransaction", new JsonObject().put("POITransactionID", transaction(charge.transaction(), time)))
                .put("ReversedAmount", charge.amount());
    }

    /** The answer to a payment or reversal, once more. */
    static JsonObject repeated(final JsonObject reference, final JsonObject header, final JsonObject told) {
        final String category = reference.getString("MessageCategory", "Payment");
        return success().put("MessageReference", reference)
                .put("RepeatedMessageResponse", new JsonObject()
                        .put("MessageHeader", header.copy().put("MessageCategory", category).put("MessageType", "Response")
                                .put("ServiceID", reference.getString("ServiceID")))
                        .put("RepeatedResponseMessageBody", new JsonObject().put(category + "Response", told.copy())));
    }

    static JsonObject reconciliation(final int period, final String type, final JsonArray totals) {
        return success().put("ReconciliationType", type).put("POIReconciliationID", Integer.toString(period)).put("TransactionTotals", totals);
    }

    private static JsonObject sale(final JsonObject request) {
        return new JsonObject().put("SaleTransactionID", SimulatorJson.in(request, "SaleData", "SaleTransactionID").copy());
    }

    private static JsonObject transaction(final String number, final Instant time) {
        return new JsonObject().put("TransactionID", number).put("TimeStamp", time.toString());
    }

    /** Where an answer says what was paid, directly or once more. */
    static JsonObject paymentIn(final JsonObject body) {
        return body.containsKey("RepeatedMessageResponse")
                ? SimulatorJson.in(body, "RepeatedMessageResponse", "RepeatedResponseMessageBody", "PaymentResponse") : body;
    }

    static void sayAmount(final JsonObject body, final BigDecimal amount) {
        final JsonObject amounts = SimulatorJson.in(paymentIn(body), "PaymentResult", "AmountsResp");
        if (amounts.containsKey("AuthorizedAmount")) {
            amounts.put("AuthorizedAmount", amount);
        }
        if (body.containsKey("ReversedAmount")) {
            body.put("ReversedAmount", amount);
        }
        if (!body.getJsonArray("TransactionTotals", new JsonArray()).isEmpty()) {
            body.getJsonArray("TransactionTotals").getJsonObject(0).getJsonArray("PaymentTotals").getJsonObject(0).put("TransactionAmount", amount);
        }
    }
}
