package org.mawid.api.sandbox.terminal;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Card numbers of nobody, as schemes publish them for tests, and an answer that is full of them. */
final class SimulatorCardNumbers {
    static final List<String> PLANTED = List.of("4111111111111111", "5555555555554444", "378282246310005", "6011000990139424", "3530111333300000",
            "6759649826438453", "4222222222222", "2223003122003222");

    private SimulatorCardNumbers() {
    }

    /** In every field that need not be right, whole, in groups, with the rest of the track, as number and as name. */
    static void plant(final JsonObject message, final JsonObject body) {
        final JsonObject payment = SimulatorAnswers.paymentIn(body);
        for (final JsonObject one : List.of(body, payment)) {
            SimulatorJson.in(one, "Response").put("AdditionalResponse", "pan=" + number(0) + "&track=" + number(1) + "=2812101000").put("Unknown", spaced(2));
            one.put("PaymentReceipt", new JsonArray().add(new JsonObject().put("OutputContent", new JsonObject().put("OutputText",
                    new JsonArray().add(new JsonObject().put("Text", "CARD " + spaced(3))).add(new JsonObject().put("Text", number(4)))))));
            one.put("x" + number(5), spaced(6)).put("Numeric", Long.parseLong(number(7)));
        }
        final JsonObject result = SimulatorJson.in(payment, "PaymentResult");
        SimulatorJson.in(result, "PaymentInstrumentData", "CardData").put("PaymentBrand", "VISA " + spaced(0)).put("MaskedPan", number(1))
                .put("PaymentAccountRef", number(2)).put("SensitiveCardData", new JsonObject().put("PAN", number(3)).put("TrackData", number(4) + "D2812"))
                .put("PaymentToken", new JsonObject().put("TokenValue", spaced(5)));
        SimulatorJson.in(result, "PaymentAcquirerData").put("ApprovalCode", number(6)).put("MerchantID", number(7));
        SimulatorJson.in(payment, "POIData", "POITransactionID").put("TransactionID", number(0)).put("TimeStamp", spaced(1));
        SimulatorJson.in(body, "OriginalPOITransaction", "POITransactionID").put("TransactionID", spaced(2));
        if (body.containsKey("POIReconciliationID")) {
            body.put("POIReconciliationID", number(3));
        }
        message.put("SecurityTrailer", new JsonObject().put("Nonce", number(4)));
    }

    /** The body of an event that tells one. */
    static JsonObject event() {
        return new JsonObject().put("TimeStamp", "2026-01-01T12:00:00Z").put("EventToNotify", number(5)).put("EventDetails", "card " + spaced(6) + " removed");
    }

    private static String number(final int index) {
        return PLANTED.get(index);
    }

    private static String spaced(final int index) {
        return number(index).replaceAll("(.{4})(?=.)", "$1 ");
    }
}
