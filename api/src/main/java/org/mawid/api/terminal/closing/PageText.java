package org.mawid.api.terminal.closing;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.mawid.api.terminal.TerminalTotals.OfCurrency;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.Channel;

/** A page as text: JSON in ASCII. */
final class PageText {
    private static final int VERSION = 1;
    private static final int LAST_ASCII = 0x7E;

    private PageText() {
    }

    static String of(final Page page) {
        final JsonObject json = new JsonObject().put("version", VERSION).put("terminalId", page.terminalId).put("poiId", page.poiId).put("last", page.last).put("asked", page.isAsked)
                .put("askedBatchId", page.askedBatchId).put("carrying", page.isCarrying).put("repeated", page.isRepeated).put("carried", totals(page.totals()))
                .put("differences", differences(page.differences)).put("order", order(page.order)).put("closedBy", order(page.closedBy)).put("position", page.position);
        if (page.booking != null) {
            final Booking booking = page.booking;
            json.put("booking", new JsonObject().put("postId", booking.postId()).put("batchId", booking.batchId()).put("currency", booking.currency())
                    .put("ours", sums(booking.ours())).put("theirs", sums(booking.theirs())).put("pairs", booking.pairs())
                    .put("differences", differences(booking.differences())).put("createdMs", booking.createdMs()).put("position", booking.position()));
        }
        if (page.closed != null) {
            final Closed closed = page.closed;
            json.put("closed", new JsonObject().put("postId", closed.postId()).put("period", closed.period()).put("repeated", closed.isRepeated())
                    .put("batchId", closed.batchId()).put("currency", closed.currency()).put("ours", sums(closed.ours())).put("theirs", totals(closed.theirs()))
                    .put("pairs", closed.undoneAtTerminal()).put("agrees", closed.agrees()).put("breaks", new JsonArray(closed.breaks()))
                    .put("position", closed.position()).put("nowMs", closed.nowMs()));
        }
        final StringBuilder ascii = new StringBuilder();
        json.encodePrettily().chars().forEach(letter -> {
            if (letter > LAST_ASCII) {
                ascii.append(String.format("\\u%04x", letter));
            } else {
                ascii.append((char) letter);
            }
        });
        return ascii.append('\n').toString();
    }

    /** @throws IllegalArgumentException it is none */
    static Page read(final String text, final int terminalId) {
        try {
            final JsonObject json = new JsonObject(text);
            if (json.getInteger("version") != VERSION || json.getInteger("terminalId") != terminalId) {
                throw new IllegalArgumentException("of another terminal, or of another version");
            }
            return page(json, new Page(terminalId));
        } catch (final DecodeException | ClassCastException | NullPointerException damaged) {
            throw new IllegalArgumentException("damaged", damaged);
        }
    }

    private static Page page(final JsonObject json, final Page page) {
        page.poiId = Objects.requireNonNull(json.getString("poiId"));
        page.last = json.getString("last");
        page.isAsked = json.getBoolean("asked");
        page.askedBatchId = json.getLong("askedBatchId");
        page.isCarrying = json.getBoolean("carrying");
        page.isRepeated = json.getBoolean("repeated");
        totals(json.getJsonArray("carried")).forEach(told -> page.carried.put(told.currency(), told));
        page.differences.addAll(differences(json.getJsonArray("differences")));
        page.order = order(json.getJsonObject("order"), page.terminalId);
        page.closedBy = order(json.getJsonObject("closedBy"), page.terminalId);
        page.position = json.getLong("position");
        final JsonObject booking = json.getJsonObject("booking");
        if (booking != null) {
            page.booking = new Booking(booking.getInteger("postId"), booking.getLong("batchId"), booking.getString("currency"), sums(booking.getJsonArray("ours")),
                    sums(booking.getJsonArray("theirs")), booking.getLong("pairs"), differences(booking.getJsonArray("differences")), booking.getLong("createdMs"),
                    booking.getLong("position"));
        }
        final JsonObject closed = json.getJsonObject("closed");
        if (closed != null) {
            page.closed = new Closed(page.terminalId, closed.getInteger("postId"), closed.getString("period"), closed.getBoolean("repeated"), closed.getLong("batchId"),
                    closed.getString("currency"), sums(closed.getJsonArray("ours")), totals(closed.getJsonArray("theirs")), closed.getLong("pairs"),
                    closed.getBoolean("agrees"), closed.getJsonArray("breaks").stream().map(one -> ((Number) one).longValue()).toList(), closed.getLong("position"),
                    closed.getLong("nowMs"), false);
        }
        return page;
    }

    private static JsonArray totals(final Collection<OfCurrency> totals) {
        final JsonArray all = new JsonArray();
        totals.forEach(told -> all.add(new JsonArray().add(told.currency()).add(told.payments()).add(told.paymentsMinor()).add(told.reversals())
                .add(told.reversalsMinor()).add(told.others()).add(told.othersMinor())));
        return all;
    }

    private static List<OfCurrency> totals(final JsonArray all) {
        return all.stream().map(JsonArray.class::cast).map(told -> new OfCurrency(told.getString(0), told.getLong(1), told.getLong(2), told.getLong(3),
                told.getLong(4), told.getLong(5), told.getLong(6))).toList();
    }

    private static JsonArray sums(final Sums sums) {
        return new JsonArray().add(sums.paidMinor()).add(sums.paidCount()).add(sums.undoneMinor()).add(sums.undoneCount());
    }

    private static Sums sums(final JsonArray sums) {
        return new Sums(sums.getLong(0), sums.getLong(1), sums.getLong(2), sums.getLong(3));
    }

    private static JsonArray differences(final List<Difference> differences) {
        final JsonArray all = new JsonArray();
        differences.forEach(one -> all.add(new JsonArray().add(one.type().name()).add(one.what()).add(one.currency()).add(one.ourMinor()).add(one.theirMinor())
                .add(one.batchId())));
        return all;
    }

    private static List<Difference> differences(final JsonArray all) {
        return all.stream().map(JsonArray.class::cast).map(one -> new Difference(BreakType.valueOf(one.getString(0)), one.getString(1), one.getString(2), one.getLong(3),
                one.getLong(4), one.getLong(5))).toList();
    }

    private static JsonObject order(final ClosingOrder order) {
        return order == null ? null : new JsonObject().put("epochDay", order.epochDay()).put("despiteDoubt", order.despiteDoubt()).put("idHigh", order.idHigh())
                .put("idLow", order.idLow()).put("actor", order.actor()).put("onBehalfOf", order.onBehalfOf()).put("channel", order.channel().name());
    }

    private static ClosingOrder order(final JsonObject order, final int terminalId) {
        return order == null ? null : new ClosingOrder(terminalId, order.getInteger("epochDay"), order.getBoolean("despiteDoubt"), order.getLong("idHigh"),
                order.getLong("idLow"), order.getLong("actor"), order.getLong("onBehalfOf"), Channel.valueOf(order.getString("channel")));
    }
}
