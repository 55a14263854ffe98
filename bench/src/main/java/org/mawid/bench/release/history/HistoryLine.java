package org.mawid.bench.release.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One line of a history as it is read back. There are a million of them in a full one: they are read as a stream, not as trees. */
final class HistoryLine {
    private static final JsonFactory JSON = new JsonFactory();
    private static final List<String> FIELDS = List.of("op", "client", "id", "units", "person", "ttl_ns", "invoke_ns", "complete_ns", "result");

    /** A leg of a hold. */
    record Leg(int deskId, int epochDay, int startUnit, int units) {
    }

    String op;
    String client;
    String id;
    String ref;
    String person;
    String result;
    /** Of a hold. */
    final List<Leg> legs = new ArrayList<>();
    /** −1 = null. */
    long ttlNs = -1;
    long invokeNs;
    /** {@link Long#MAX_VALUE} = null. */
    long completeNs = Long.MAX_VALUE;
    private String slot;
    private int units;
    private boolean hasLegs;

    /** @throws IOException it is not JSON, or a field is missing: the message says which */
    static HistoryLine of(final String text) throws IOException {
        final HistoryLine line = new HistoryLine();
        final Set<String> seen = new HashSet<>();
        try (JsonParser in = JSON.createParser(text)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("is not JSON");
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                final String field = in.currentName();
                seen.add(field);
                in.nextToken();
                line.take(field, in);
            }
        } catch (final com.fasterxml.jackson.core.JacksonException e) {
            throw new IOException("is not JSON", e);
        }
        for (final String field : FIELDS) {
            if (!seen.contains(field)) {
                throw new IOException("has no " + field);
            }
        }
        if (line.slot != null && !line.hasLegs) {
            line.legs.add(leg(line.slot, line.units));
        }
        return line;
    }

    private void take(final String field, final JsonParser in) throws IOException {
        switch (field) {
            case "op" -> op = in.getText();
            case "client" -> client = in.getText();
            case "id" -> id = in.getText();
            case "ref" -> ref = in.getText();
            case "person" -> person = in.getValueAsString();
            case "result" -> result = in.getText();
            case "slot" -> slot = in.getText();
            case "units" -> units = in.getValueAsInt(0);
            case "ttl_ns" -> ttlNs = in.getValueAsLong(-1);
            case "invoke_ns" -> invokeNs = in.getLongValue();
            case "complete_ns" -> completeNs = in.currentToken() == JsonToken.VALUE_NULL ? Long.MAX_VALUE : in.getLongValue();
            case "legs" -> legs(in);
            default -> in.skipChildren();
        }
    }

    private void legs(final JsonParser in) throws IOException {
        hasLegs = true;
        while (in.nextToken() == JsonToken.START_OBJECT) {
            String at = "";
            int count = 0;
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                final String field = in.currentName();
                in.nextToken();
                if ("slot".equals(field)) {
                    at = in.getText();
                } else if ("units".equals(field)) {
                    count = in.getIntValue();
                }
            }
            legs.add(leg(at, count));
        }
    }

    private static Leg leg(final String slot, final int units) throws IOException {
        final String[] parts = slot.split("/");
        if (parts.length != 3 || units < 1) {
            throw new IOException("names no slot: " + slot);
        }
        return new Leg(Integer.parseInt(parts[0]), (int) LocalDate.parse(parts[1]).toEpochDay(), Integer.parseInt(parts[2]), units);
    }

    boolean isAnswered() {
        return completeNs != Long.MAX_VALUE;
    }

    boolean isOk() {
        return "ok".equals(result);
    }
}
