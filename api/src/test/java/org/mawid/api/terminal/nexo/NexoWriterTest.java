package org.mawid.api.terminal.nexo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NexoWriterTest {
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00.123456Z");
    private static final String REQUEST = "{\"SaleToPOIRequest\":{\"MessageHeader\":{\"ProtocolVersion\":\"3.1\",\"MessageClass\":\"Service\",\"MessageCategory\":\"%s\","
            + "\"MessageType\":\"Request\",\"ServiceID\":\"X1\",\"SaleID\":\"TILL-1\",\"POIID\":\"POI-1\"},\"%sRequest\":%s}}";
    private static final String SALE = "\"SaleData\":{\"SaleTransactionID\":{\"TransactionID\":\"MAWID-7\",\"TimeStamp\":\"2026-03-02T09:00:00.123Z\"},"
            + "\"SaleReferenceID\":\"MAWID-7\"}";
    private static final String ABOUT = "\"MessageReference\":{\"MessageCategory\":\"Payment\",\"ServiceID\":\"P7\",\"SaleID\":\"TILL-1\",\"POIID\":\"POI-1\"}";

    @Test
    void givenRequests_thenTheyAreWrittenAsTheProtocolSays() {
        written("Payment", new Request.Payment("MAWID-7", NINE, 10_50),
                "{" + SALE + ",\"PaymentTransaction\":{\"AmountsReq\":{\"Currency\":\"EUR\",\"RequestedAmount\":10.50}},\"PaymentData\":{\"PaymentType\":\"Normal\"}}");
        written("Reversal", new Request.Reversal("T1", "2026-03-02T09:00:01Z", "MAWID-7", NINE, NINE),
                "{" + SALE + ",\"OriginalPOITransaction\":{\"POITransactionID\":{\"TransactionID\":\"T1\",\"TimeStamp\":\"2026-03-02T09:00:01Z\"}},"
                        + "\"SaleReferenceID\":\"MAWID-7\",\"ReversalReason\":\"Malfunction\"}");
        written("Reversal", new Request.Reversal("", "", "MAWID-7", NINE, NINE),
                "{" + SALE + ",\"OriginalPOITransaction\":{},\"SaleReferenceID\":\"MAWID-7\",\"ReversalReason\":\"Malfunction\"}");
        written("TransactionStatus", new Request.TransactionStatus(Category.PAYMENT, "P7"), "{" + ABOUT + ",\"ReceiptReprintFlag\":false}");
        written("Abort", new Request.Abort("P7"), "{" + ABOUT + ",\"AbortReason\":\"MerchantAbort\"}");
        written("Reconciliation", new Request.Reconciliation(false), "{\"ReconciliationType\":\"SaleReconciliation\"}");
        written("Reconciliation", new Request.Reconciliation(true), "{\"ReconciliationType\":\"PreviousReconciliation\"}");
        written("Diagnosis", new Request.Diagnosis(), "{\"HostDiagnosisFlag\":false}");
        written("Login", new Request.Login(NINE, "0.1"), "{\"DateTime\":\"2026-03-02T09:00:00.123Z\",\"SaleSoftware\":{\"ManufacturerID\":\"Mawid\","
                + "\"ApplicationName\":\"Mawid\",\"SoftwareVersion\":\"0.1\",\"CertificationCode\":\"none\"},"
                + "\"SaleTerminalData\":{\"SaleCapabilities\":[],\"TerminalEnvironment\":\"Attended\"},\"OperatorLanguage\":\"fr\"}");
    }

    private static void written(final String category, final Request request, final String body) {
        final String text = new String(new NexoWriter("TILL-1", "POI-1", "EUR", 2).write("X1", request), StandardCharsets.UTF_8);
        assertThat(text).isEqualTo(REQUEST.formatted(category, category, body));
    }

    @Test
    void givenAmounts_thenTheyHaveTheDecimalsOfTheirCurrency() {
        assertThat(requested("JPY", 0, 1_500)).contains("\"RequestedAmount\":1500}");
        assertThat(requested("TND", 3, 1)).contains("\"RequestedAmount\":0.001}");
        assertThat(requested("EUR", 2, 999_999_999_999_999L)).contains("\"RequestedAmount\":9999999999999.99}");
    }

    private static String requested(final String currency, final int digits, final long minor) {
        return new String(new NexoWriter("T", "P", currency, digits).write("X1", new Request.Payment("MAWID-7", NINE, minor)), StandardCharsets.UTF_8);
    }
}
