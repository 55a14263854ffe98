package org.mawid.api.sandbox.terminal;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;

/** Brings answers to tills, well or badly. */
final class SimulatorDelivery {
    /** Of {@link #another}. */
    static final int DIGITS_OF_ANOTHER = 2;
    private static final int TOO_MUCH = 70_000;
    private static final String NOBODY = "MAWID-999999999";

    /** An answer that waits for the next one; null = none. */
    private Buffer heldBack;

    void deliver(final SimulatorSession session, final JsonObject header, final JsonObject body, final SimulatorBehaviour behaviour) {
        final JsonObject said = body.copy();
        final JsonObject answerHeader = header.copy().put("MessageType", "Response");
        final JsonObject message = new JsonObject().put("MessageHeader", answerHeader).put(header.getString("MessageCategory") + "Response", said);
        change(behaviour, session, answerHeader, said, message);
        final Buffer answer = wrapped("SaleToPOIResponse", message);
        switch (behaviour) {
            case SILENT, SILENT_AFTER_CHARGING -> { }
            case DUPLICATE_ANSWER -> {
                session.send(answer);
                session.send(answer);
            }
            case REORDERED_ANSWER -> heldBack = answer;
            case CUT_AFTER_CHARGING -> session.cut();
            case CUT_WITHIN_ANSWER -> session.sendHalf(answer);
            case MALFORMED_JSON -> session.send(answer.getBuffer(0, answer.length() / 2));
            default -> {
                session.send(answer);
                if (heldBack != null) {
                    session.send(heldBack);
                    heldBack = null;
                }
            }
        }
    }

    private static void change(final SimulatorBehaviour behaviour, final SimulatorSession session, final JsonObject header, final JsonObject body, final JsonObject message) {
        switch (behaviour) {
            case OTHER_TRANSACTION -> SimulatorJson.in(SimulatorAnswers.paymentIn(body), "SaleData", "SaleTransactionID").put("TransactionID", NOBODY);
            case OTHER_SERVICE -> header.put("ServiceID", "P9ZZZZ");
            case OTHER_TERMINAL -> header.put("POIID", "SOMEBODY-ELSE");
            case OTHER_TILL -> header.put("SaleID", "SOMEBODY-ELSE");
            case WRONG_SCALE -> SimulatorAnswers.sayAmount(body, new BigDecimal("1.00001"));
            case NEGATIVE_AMOUNT -> SimulatorAnswers.sayAmount(body, new BigDecimal(-1));
            case OVERSIZED -> message.put("Padding", "x".repeat(TOO_MUCH));
            case CARD_NUMBER_EVERYWHERE -> {
                SimulatorCardNumbers.plant(message, body);
                final JsonObject eventHeader = header.copy().put("MessageClass", "Event").put("MessageCategory", "Event").put("MessageType", "Notification");
                session.send(wrapped("SaleToPOIRequest", new JsonObject().put("MessageHeader", eventHeader).put("EventNotification", SimulatorCardNumbers.event())));
            }
            default -> { }
        }
    }

    private static Buffer wrapped(final String name, final JsonObject message) {
        return new JsonObject().put(name, message).toBuffer();
    }

    static String another(final String currency) {
        return currency.equals("USD") ? "CHF" : "USD";
    }
}
