package org.mawid.api.treasury.closing;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A closing as bytes: JSON in the canonical form of RFC 8785 as far as it is needed here (names in order, no white space, whole numbers as text, because a double cannot hold them all), UTF-8. What is read is
 * accepted only if writing it again gives the same bytes.
 */
final class ClosingText {
    static final String FORMAT = "mawid-closing-1";

    private ClosingText() {
    }

    /** @param previous SHA-256 of the closing before it, hexadecimal; empty for the first */
    static byte[] bytes(final DailyClosing closing, final String previous) {
        final JsonArray totals = new JsonArray();
        for (final DailyClosing.Total total : closing.totals()) {
            totals.add(new JsonObject().put("account", total.account()).put("component", total.component())
                    .put("creditMinor", Long.toString(total.creditMinor())).put("creditToDateMinor", Long.toString(total.creditToDate()))
                    .put("debitMinor", Long.toString(total.debitMinor())).put("debitToDateMinor", Long.toString(total.debitToDate())));
        }
        return new JsonObject().put("closedAt", Instant.ofEpochMilli(closing.closedMs()).toString()).put("currency", closing.currency()).put("day", closing.day().toString())
                .put("format", FORMAT).put("from", closing.from() == null ? "" : closing.from().toString()).put("position", Long.toString(closing.position()))
                .put("post", closing.post()).put("previous", previous).put("totals", totals).encode().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws ClosingException when it is none, or not in this form */
    static DailyClosing closing(final byte[] bytes) throws ClosingException {
        try {
            final JsonObject json = new JsonObject(new String(bytes, StandardCharsets.UTF_8));
            final List<DailyClosing.Total> totals = new ArrayList<>();
            for (final Object each : json.getJsonArray("totals")) {
                final JsonObject total = (JsonObject) each;
                totals.add(new DailyClosing.Total(total.getString("account"), total.getString("component"), number(total, "debitMinor"), number(total, "creditMinor"),
                        number(total, "debitToDateMinor"), number(total, "creditToDateMinor")));
            }
            final String from = json.getString("from");
            final DailyClosing closing = new DailyClosing(json.getString("post"), json.getString("currency"), from.isEmpty() ? null : LocalDate.parse(from), LocalDate.parse(json.getString("day")),
                    number(json, "position"), Instant.parse(json.getString("closedAt")).toEpochMilli(), totals);
            if (MessageDigest.isEqual(bytes, bytes(closing, json.getString("previous")))) {
                return closing;
            }
        } catch (final DecodeException | ClassCastException | IllegalArgumentException | DateTimeException | NullPointerException | ArithmeticException none) {
            throw new ClosingException(ClosingException.Reason.FORMAT, none instanceof NullPointerException ? "it is no closing: something is missing"
                    : "it is no closing: " + String.valueOf(none.getMessage()).lines().findFirst().orElse(""));
        }
        throw new ClosingException(ClosingException.Reason.FORMAT, "it is not in canonical form: somebody has written it anew");
    }

    private static long number(final JsonObject json, final String name) {
        return Long.parseLong(json.getString(name));
    }

    static String previous(final byte[] bytes) {
        return new JsonObject(new String(bytes, StandardCharsets.UTF_8)).getString("previous");
    }

    static String hash(final byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (final NoSuchAlgorithmException impossible) { // every Java has it
            throw new IllegalStateException(impossible);
        }
    }
}
