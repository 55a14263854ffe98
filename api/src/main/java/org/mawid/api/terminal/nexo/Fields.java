package org.mawid.api.terminal.nexo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.mawid.api.terminal.nexo.MalformedMessage.Fault;

/** One JSON object, of which only the fields that the till uses were kept; of a card's number its last four digits. */
final class Fields {
    /** Where the last four digits are found after parsing. */
    static final String LAST_FOUR = "LastFour";

    private static final Set<String> CARD_NUMBER = Set.of("MaskedPan", "MaskedPAN");
    private static final Set<String> USED = Set.of(
            "SaleToPOIRequest", "SaleToPOIResponse", "MessageHeader", "MessageCategory", "MessageType", "ServiceID", "SaleID", "POIID",
            "LoginResponse", "PaymentResponse", "ReversalResponse", "TransactionStatusResponse", "ReconciliationResponse", "DiagnosisResponse",
            "EventNotification", "EventToNotify", "Response", "Result", "ErrorCondition",
            "SaleData", "SaleTransactionID", "TransactionID", "TimeStamp", "POIData", "POITransactionID",
            "PaymentResult", "PaymentInstrumentData", "CardData", "PaymentBrand", "AmountsResp", "Currency", "AuthorizedAmount",
            "PaymentAcquirerData", "ApprovalCode", "ReversedAmount", "OriginalPOITransaction",
            "MessageReference", "RepeatedMessageResponse", "RepeatedResponseMessageBody",
            "TransactionTotals", "PaymentTotals", "PaymentCurrency", "TransactionType", "TransactionCount", "TransactionAmount", "POIReconciliationID");

    private static final int MOST_TOKENS = 8_192;
    private static final int MOST_NESTED = 32;
    private static final int MOST_ELEMENTS = 256;
    private static final int LONGEST_TEXT = 64;
    /** No exponent: {@code 1e999999999} is short and has a milliard digits. */
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,9})?");
    private static final JsonFactory STRICT = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS).maxNestingDepth(MOST_NESTED)
                    .maxStringLength(NexoReader.MAX_BYTES).maxNumberLength(NexoReader.MAX_BYTES).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final Map<String, Object> values;
    private final String where;
    private final int[] dropped;

    private Fields(final Map<String, Object> values, final String where, final int[] dropped) {
        this.values = values;
        this.where = where;
        this.dropped = dropped;
    }

    static Fields parse(final byte[] message) throws MalformedMessage {
        try (JsonParser parser = STRICT.createParser(message)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedMessage(Fault.NOT_JSON, "its begin");
            }
            final int[] dropped = new int[1];
            final Map<String, Object> root = object(parser, dropped);
            if (parser.nextToken() != null) {
                throw new MalformedMessage(Fault.NOT_JSON, "its end");
            }
            return new Fields(root, "", dropped);
        } catch (final IOException e) { // whose message quotes what it stumbled over: not passed on
            throw new MalformedMessage(Fault.NOT_JSON, "an unknown place");
        }
    }

    private static Map<String, Object> object(final JsonParser parser, final int[] dropped) throws IOException {
        final Map<String, Object> found = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            final String name = parser.currentName();
            final JsonToken token = parser.nextToken();
            if (CARD_NUMBER.contains(name)) {
                if (token == JsonToken.VALUE_STRING) {
                    found.put(LAST_FOUR, CardNumbers.lastFour(parser.getText()));
                } else {
                    parser.skipChildren();
                }
            } else if (USED.contains(name)) {
                found.put(name, value(parser, token, dropped));
            } else {
                parser.skipChildren();
            }
        }
        return found;
    }

    private static Object value(final JsonParser parser, final JsonToken token, final int[] dropped) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(parser, dropped);
            case START_ARRAY -> array(parser, dropped);
            case VALUE_STRING -> text(parser.getText(), dropped);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> DECIMAL.matcher(parser.getText()).matches() ? new BigDecimal(parser.getText()) : Wrong.VALUE;
            case VALUE_NULL -> null;
            default -> Wrong.VALUE;
        };
    }

    private static List<Object> array(final JsonParser parser, final int[] dropped) throws IOException {
        final List<Object> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            final Object element = value(parser, token, dropped);
            if (elements.size() < MOST_ELEMENTS) {
                elements.add(element);
            } else if (elements.size() == MOST_ELEMENTS) {
                elements.add(Wrong.VALUE);
            }
        }
        return elements;
    }

    private static Object text(final String text, final int[] dropped) {
        if (CardNumbers.in(text)) {
            dropped[0]++;
            return "";
        }
        return text.length() > LONGEST_TEXT ? Wrong.VALUE : text;
    }

    /** What stood there is no value that the till can use, and is not kept. */
    private enum Wrong {
        VALUE
    }

    /** Card numbers that stood where the till reads. */
    int dropped() {
        return dropped[0];
    }

    boolean has(final String name) {
        return values.get(name) != null;
    }

    /** The object of that name; an empty one when there is none. */
    Fields in(final String name) throws MalformedMessage {
        final Object value = values.get(name);
        if (value == null) {
            return new Fields(Map.of(), path(name), dropped);
        }
        return object(value, path(name));
    }

    Fields needed(final String name) throws MalformedMessage {
        if (!has(name)) {
            throw new MalformedMessage(Fault.MISSING, path(name));
        }
        return in(name);
    }

    /** Each object of the list of that name; a single object counts as a list of one. */
    List<Fields> each(final String name) throws MalformedMessage {
        final Object value = values.get(name);
        final List<Fields> found = new ArrayList<>();
        if (value instanceof List<?> elements) {
            for (final Object element : elements) {
                found.add(object(element, path(name)));
            }
        } else if (value != null) {
            found.add(in(name));
        }
        return found;
    }

    @SuppressWarnings("unchecked") // only object() makes maps, with names as keys
    private Fields object(final Object value, final String path) throws MalformedMessage {
        if (value instanceof Map<?, ?> map) {
            return new Fields((Map<String, Object>) map, path, dropped);
        }
        throw new MalformedMessage(Fault.WRONG_VALUE, path);
    }

    /** Empty when it is not there. */
    String text(final String name) throws MalformedMessage {
        final Object value = values.get(name);
        if (value == null || value instanceof String) {
            return value == null ? "" : (String) value;
        }
        throw wrong(name);
    }

    String neededText(final String name) throws MalformedMessage {
        if (!has(name)) {
            throw new MalformedMessage(Fault.MISSING, path(name));
        }
        return text(name);
    }

    /** Null when it is not there. */
    BigDecimal number(final String name) throws MalformedMessage {
        final Object value = values.get(name);
        if (value == null || value instanceof BigDecimal) {
            return (BigDecimal) value;
        }
        throw wrong(name);
    }

    MalformedMessage wrong(final String name) {
        return new MalformedMessage(Fault.WRONG_VALUE, path(name));
    }

    private String path(final String name) {
        return where.isEmpty() ? name : where + '.' + name;
    }
}
