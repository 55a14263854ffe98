package org.mawid.api.terminal.nexo;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** Reads what a terminal says. One for each terminal, since a terminal has one currency. */
public final class NexoReader {
    /** A message beyond it is not read: {@link MalformedMessage#tooLarge}. Source: ten times the largest answer that is described publicly. */
    public static final int MAX_BYTES = 64 << 10;

    private static final int LONGEST_SCHEME = 24;
    private static final int LONGEST_APPROVAL = 12;
    private static final int LONGEST_SERVICE_ID = 10;
    private static final int DIGITS_OF_A_CARD = 13;
    private static final BigDecimal MOST_COUNTED = BigDecimal.valueOf(1_000_000_000);

    private final String currency;
    private final int minorDigits;

    /**
     * @param currency    ISO 4217
     * @param minorDigits its decimals, 0, 2 or 3
     */
    public NexoReader(final String currency, final int minorDigits) {
        this.currency = currency;
        this.minorDigits = minorDigits;
    }

    /** @throws MalformedMessage it cannot be used; its text may be logged */
    public Incoming read(final byte[] message) throws MalformedMessage {
        if (message.length > MAX_BYTES) {
            throw MalformedMessage.tooLarge(message.length);
        }
        final Fields root = Fields.parse(message);
        final boolean isRequest = root.has("SaleToPOIRequest");
        final Fields body = isRequest ? root.in("SaleToPOIRequest") : root.needed("SaleToPOIResponse");
        final Envelope envelope = envelope(body.needed("MessageHeader"));
        if (isRequest) {
            return envelope.category() == Category.EVENT
                    ? new Incoming.EventNotice(envelope, root.dropped(), event(body.in("EventNotification")))
                    : new Incoming.OtherMessage(envelope, root.dropped());
        }
        return answer(envelope, body, root);
    }

    private Incoming answer(final Envelope envelope, final Fields body, final Fields root) throws MalformedMessage {
        return switch (envelope.category()) {
            case LOGIN -> new Incoming.LoginAnswer(envelope, root.dropped(), reply(body.needed("LoginResponse")));
            case PAYMENT -> new Incoming.PaymentAnswer(envelope, root.dropped(), payment(body.needed("PaymentResponse")));
            case REVERSAL -> new Incoming.ReversalAnswer(envelope, root.dropped(), reversal(body.needed("ReversalResponse")));
            case TRANSACTION_STATUS -> status(envelope, body.needed("TransactionStatusResponse"), root);
            case RECONCILIATION -> reconciliation(envelope, body.needed("ReconciliationResponse"), root);
            case DIAGNOSIS -> new Incoming.DiagnosisAnswer(envelope, root.dropped(), reply(body.needed("DiagnosisResponse")));
            case EVENT -> new Incoming.EventNotice(envelope, root.dropped(), event(body.in("EventNotification")));
            default -> new Incoming.OtherMessage(envelope, root.dropped());
        };
    }

    private static Envelope envelope(final Fields header) throws MalformedMessage {
        final String serviceId = header.text("ServiceID");
        if (serviceId.length() > LONGEST_SERVICE_ID) {
            throw header.wrong("ServiceID");
        }
        return new Envelope(Category.of(header.neededText("MessageCategory")), serviceId, header.neededText("SaleID"), header.neededText("POIID"));
    }

    private static Reply reply(final Fields body) throws MalformedMessage {
        final Fields response = body.needed("Response");
        final Reply.Result result = switch (response.neededText("Result")) {
            case "Success" -> Reply.Result.SUCCESS;
            case "Failure" -> Reply.Result.FAILURE;
            case "Partial" -> Reply.Result.PARTIAL;
            default -> throw response.wrong("Result");
        };
        return new Reply(result, Condition.of(response.text("ErrorCondition")));
    }

    private PaymentReply payment(final Fields body) throws MalformedMessage {
        final Fields sale = body.in("SaleData").in("SaleTransactionID");
        final Fields poi = body.in("POIData").in("POITransactionID");
        final Fields result = body.in("PaymentResult");
        final Fields card = result.in("PaymentInstrumentData").in("CardData");
        final Fields amounts = result.in("AmountsResp");
        return new PaymentReply(reply(body), sale.text("TransactionID"), time(sale.text("TimeStamp")), poi.text("TransactionID"), poi.text("TimeStamp"),
                amount(amounts.number("AuthorizedAmount"), amounts.text("Currency")), scheme(card.text("PaymentBrand")), card.text(Fields.LAST_FOUR),
                approval(result.in("PaymentAcquirerData").text("ApprovalCode")));
    }

    private ReversalReply reversal(final Fields body) throws MalformedMessage {
        return new ReversalReply(reply(body), body.in("OriginalPOITransaction").in("POITransactionID").text("TransactionID"),
                Amount.read(body.number("ReversedAmount"), currency, minorDigits));
    }

    private Incoming status(final Envelope envelope, final Fields body, final Fields root) throws MalformedMessage {
        final Fields reference = body.in("MessageReference");
        final Envelope about = body.has("MessageReference")
                ? new Envelope(Category.of(reference.text("MessageCategory")), reference.text("ServiceID"), reference.text("SaleID"), reference.text("POIID")) : null;
        final Fields repeated = body.in("RepeatedMessageResponse");
        final Fields content = repeated.in("RepeatedResponseMessageBody");
        return new Incoming.StatusAnswer(envelope, root.dropped(), reply(body), about,
                repeated.has("MessageHeader") ? envelope(repeated.in("MessageHeader")) : null,
                content.has("PaymentResponse") ? payment(content.in("PaymentResponse")) : null,
                content.has("ReversalResponse") ? reversal(content.in("ReversalResponse")) : null);
    }

    private Incoming reconciliation(final Envelope envelope, final Fields body, final Fields root) throws MalformedMessage {
        final List<Totals> totals = new ArrayList<>();
        for (final Fields group : body.each("TransactionTotals")) {
            final String counted = group.has("PaymentCurrency") ? group.text("PaymentCurrency") : currency;
            for (final Fields line : group.each("PaymentTotals")) {
                final BigDecimal count = line.number("TransactionCount");
                if (count == null || count.scale() > 0 || count.signum() < 0 || count.compareTo(MOST_COUNTED) > 0) {
                    throw line.wrong("TransactionCount");
                }
                totals.add(new Totals(Totals.kind(line.neededText("TransactionType")), count.longValueExact(), total(line.number("TransactionAmount"), counted)));
            }
        }
        return new Incoming.ReconciliationAnswer(envelope, root.dropped(), reply(body), body.text("POIReconciliationID"), totals);
    }

    private Amount total(final BigDecimal value, final String counted) {
        if (counted.equals(currency)) {
            return Amount.read(value, currency, minorDigits);
        }
        final int digits = Amount.digits(counted);
        return digits < 0 ? Amount.faulty(Amount.Fault.OTHER_CURRENCY, "") : Amount.read(value, counted, digits);
    }

    private Amount amount(final BigDecimal value, final String said) {
        if (!said.isEmpty() && !said.equals(currency)) {
            return Amount.faulty(Amount.Fault.OTHER_CURRENCY, "");
        }
        return said.isEmpty() ? Amount.faulty(Amount.Fault.MISSING, "") : Amount.read(value, currency, minorDigits);
    }

    private static String event(final Fields body) throws MalformedMessage {
        final String event = body.text("EventToNotify");
        return switch (event) {
            case "BeginMaintenance", "EndMaintenance", "Shutdown", "Initialised", "OutOfOrder", "Completed", "Abort", "SaleWakeUp", "SecurityAlarm",
                    "CardInserted", "CardRemoved", "Reject" -> event;
            default -> "Other";
        };
    }

    private static Instant time(final String text) {
        try {
            return text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
        } catch (final DateTimeParseException e) { // a clock without zone, or none: it proves nothing
            return null;
        }
    }

    /** Some put an order number before the brand; nobody has thirteen digits in one. */
    private static String scheme(final String brand) {
        final String kept = brand.length() > LONGEST_SCHEME ? brand.substring(0, LONGEST_SCHEME) : brand;
        return CardNumbers.digits(brand) >= DIGITS_OF_A_CARD ? "" : kept.replaceAll("[^A-Za-z0-9 ,._-]", "").strip();
    }

    private static String approval(final String code) {
        return code.length() > LONGEST_APPROVAL ? "" : code.replaceAll("[^A-Za-z0-9]", "");
    }
}
