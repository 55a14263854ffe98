package org.mawid.api.terminal.nexo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Writes what the till asks of one terminal. */
public final class NexoWriter {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String PROTOCOL_VERSION = "3.1";

    private final String saleId;
    private final String poiId;
    private final String currency;
    private final int minorDigits;

    /**
     * @param saleId      the till
     * @param poiId       the terminal
     * @param currency    ISO 4217
     * @param minorDigits its decimals, 0, 2 or 3
     */
    public NexoWriter(final String saleId, final String poiId, final String currency, final int minorDigits) {
        this.saleId = saleId;
        this.poiId = poiId;
        this.currency = currency;
        this.minorDigits = minorDigits;
    }

    /** @param serviceId 1 to 10 characters, new for each request */
    public byte[] write(final String serviceId, final Request request) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeObjectFieldStart("SaleToPOIRequest");
            json.writeObjectFieldStart("MessageHeader");
            json.writeStringField("ProtocolVersion", PROTOCOL_VERSION);
            json.writeStringField("MessageClass", "Service");
            json.writeStringField("MessageCategory", request.category().text());
            json.writeStringField("MessageType", "Request");
            json.writeStringField("ServiceID", serviceId);
            json.writeStringField("SaleID", saleId);
            json.writeStringField("POIID", poiId);
            json.writeEndObject();
            json.writeObjectFieldStart(request.category().text() + "Request");
            body(json, request);
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        } catch (final IOException e) { // into memory: cannot be
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void body(final JsonGenerator json, final Request request) throws IOException {
        if (request instanceof Request.Payment payment) {
            payment(json, payment);
        } else if (request instanceof Request.Reversal reversal) {
            reversal(json, reversal);
        } else if (request instanceof Request.TransactionStatus status) {
            reference(json, status.about(), status.aboutServiceId());
            json.writeBooleanField("ReceiptReprintFlag", false);
        } else if (request instanceof Request.Abort abort) {
            reference(json, Category.PAYMENT, abort.paymentServiceId());
            json.writeStringField("AbortReason", "MerchantAbort");
        } else if (request instanceof Request.Reconciliation reconciliation) {
            json.writeStringField("ReconciliationType", reconciliation.previous() ? "PreviousReconciliation" : "SaleReconciliation");
        } else if (request instanceof Request.Login login) {
            login(json, login);
        } else {
            json.writeBooleanField("HostDiagnosisFlag", false);
        }
    }

    private void payment(final JsonGenerator json, final Request.Payment payment) throws IOException {
        sale(json, payment.saleTransaction(), payment.saleTime());
        json.writeObjectFieldStart("PaymentTransaction");
        json.writeObjectFieldStart("AmountsReq");
        json.writeStringField("Currency", currency);
        json.writeNumberField("RequestedAmount", Amount.write(payment.amountMinor(), minorDigits));
        json.writeEndObject();
        json.writeEndObject();
        json.writeObjectFieldStart("PaymentData");
        json.writeStringField("PaymentType", "Normal");
        json.writeEndObject();
    }

    /** Without an amount, which is all of it. */
    private static void reversal(final JsonGenerator json, final Request.Reversal reversal) throws IOException {
        sale(json, reversal.saleTransaction(), reversal.saleTime());
        json.writeObjectFieldStart("OriginalPOITransaction");
        if (!reversal.poiTransaction().isEmpty()) {
            json.writeObjectFieldStart("POITransactionID");
            json.writeStringField("TransactionID", reversal.poiTransaction());
            json.writeStringField("TimeStamp", reversal.poiTime().isEmpty() ? text(reversal.now()) : reversal.poiTime());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeStringField("SaleReferenceID", reversal.saleTransaction());
        json.writeStringField("ReversalReason", "Malfunction");
    }

    /** The reference is the till's number again: some terminals find by it what is to be reversed. */
    private static void sale(final JsonGenerator json, final String transaction, final Instant time) throws IOException {
        json.writeObjectFieldStart("SaleData");
        json.writeObjectFieldStart("SaleTransactionID");
        json.writeStringField("TransactionID", transaction);
        json.writeStringField("TimeStamp", text(time));
        json.writeEndObject();
        json.writeStringField("SaleReferenceID", transaction);
        json.writeEndObject();
    }

    private void reference(final JsonGenerator json, final Category about, final String serviceId) throws IOException {
        json.writeObjectFieldStart("MessageReference");
        json.writeStringField("MessageCategory", about.text());
        json.writeStringField("ServiceID", serviceId);
        json.writeStringField("SaleID", saleId);
        json.writeStringField("POIID", poiId);
        json.writeEndObject();
    }

    private static void login(final JsonGenerator json, final Request.Login login) throws IOException {
        json.writeStringField("DateTime", text(login.now()));
        json.writeObjectFieldStart("SaleSoftware");
        json.writeStringField("ManufacturerID", "Mawid");
        json.writeStringField("ApplicationName", "Mawid");
        json.writeStringField("SoftwareVersion", login.version());
        json.writeStringField("CertificationCode", "none");
        json.writeEndObject();
        json.writeObjectFieldStart("SaleTerminalData");
        json.writeArrayFieldStart("SaleCapabilities");
        json.writeEndArray();
        json.writeStringField("TerminalEnvironment", "Attended");
        json.writeEndObject();
        json.writeStringField("OperatorLanguage", "fr");
    }

    private static String text(final Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
