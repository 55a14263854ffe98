package org.mawid.api.treasury.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.mawid.api.treasury.port.Amount;
import org.mawid.api.treasury.port.OrderState;
import org.mawid.api.treasury.port.OrderStatus;
import org.mawid.api.treasury.port.PaymentOrder;
import org.mawid.api.treasury.port.References;
import org.mawid.api.treasury.port.RefundOrder;
import org.mawid.api.treasury.port.RefundState;
import org.mawid.api.treasury.port.TariffFeed;
import org.mawid.api.treasury.port.TreasuryException;
import org.mawid.api.treasury.port.TreasuryException.Trouble;

/**
 * <b>A guess.</b> The treasury's interface for online payments is not public. Every path, header, field and word below is ours, made after what payment services of its kind usually have: orders
 * named by the merchant's reference, a hosted page, an idempotency key, OAuth2 client credentials, call-backs signed over their body. When the real interface is known, this class is what
 * changes, and its tests; nothing else in the adapter knows a word of it. So are the names of batches on its statements, in {@code port.References}. What is <em>not</em> guessed: ISO 20022 (the statements), OAuth2 (RFC 6749), JWS (RFC 7515).
 */
public final class GuessedInterface {
    /** Where a token is given, RFC 6749 section 4.4. */
    public static final String TOKEN_PATH = "/oauth/token";
    public static final String ORDERS_PATH = "/v1/orders";
    public static final String REFUNDS_PATH = "/v1/refunds";
    public static final String TARIFFS_PATH = "/v1/tariffs";

    /** The same key, the same order: derived from the reference, so that it survives a crash. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    /** Of a call-back: a detached JWS, or the HMAC in hexadecimal digits. */
    public static final String SIGNATURE = "Tgr-Signature";
    /** Of a call-back signed by HMAC: seconds since 1970-01-01 UTC; the HMAC is over it, a full stop and the body. */
    public static final String TIMESTAMP = "Tgr-Timestamp";
    /** Of a call-back signed by JWS: seconds since 1970-01-01 UTC, in the protected header. */
    public static final String ISSUED_AT = "iat";
    /** Which tariffs are here already. */
    public static final String KNOWN_VERSION = "If-None-Match";
    /** Which tariffs these are. */
    public static final String VERSION = "ETag";

    private static final int MOST_WORD = 64;
    private static final int MOST_TARIFFS = 10_000;

    private GuessedInterface() {
    }

    public static String orderKey(final String reference) {
        return "mawid-order-" + reference;
    }

    public static String refundKey(final String reference) {
        return "mawid-refund-" + reference;
    }

    public static JsonObject order(final PaymentOrder order) {
        final JsonObject json = new JsonObject().put("reference", order.reference()).put("merchant", Integer.toString(order.postId())).put("amount", amount(order.amount()))
                .put("language", order.language());
        return order.returnTo() == null ? json : json.put("returnUrl", order.returnTo().toString());
    }

    public static JsonObject refund(final RefundOrder order) {
        return new JsonObject().put("reference", order.reference()).put("orderReference", order.paymentReference()).put("amount", amount(order.amount()));
    }

    private static JsonObject amount(final Amount amount) {
        return new JsonObject().put("value", amount.decimals()).put("currency", amount.currency());
    }

    /** @throws TreasuryException UNREADABLE, with the field */
    public static OrderState orderState(final Buffer body) {
        return orderState(object(body));
    }

    private static OrderState orderState(final JsonObject json) {
        final OrderStatus status = switch (word(json, "status")) {
            case "CREATED", "PENDING" -> OrderStatus.OPEN;
            case "PAID" -> OrderStatus.PAID;
            case "REFUSED" -> OrderStatus.DECLINED;
            case "CANCELLED" -> OrderStatus.CANCELLED;
            case "EXPIRED" -> OrderStatus.EXPIRED;
            default -> throw unreadable("status");
        };
        return new OrderState(reference(json), word(json, "id"), status, amountOf(json), page(json), optional(json, "authorization"), instant(json));
    }

    /** @throws TreasuryException UNREADABLE, with the field */
    public static RefundState refundState(final Buffer body) {
        final JsonObject json = object(body);
        final RefundState.Status status = switch (word(json, "status")) {
            case "ACCEPTED" -> RefundState.Status.ACCEPTED;
            case "PAID" -> RefundState.Status.PAID;
            case "REFUSED" -> RefundState.Status.REFUSED;
            default -> throw unreadable("status");
        };
        return new RefundState(reference(json), word(json, "id"), status, amountOf(json));
    }

    /** To be called when its signature was found good, not before. @throws TreasuryException UNREADABLE, with the field */
    public static CallBack callBack(final Buffer body) {
        final JsonObject json = object(body);
        return new CallBack(word(json, "event"), orderState(child(json, "order")));
    }

    /** @throws TreasuryException UNREADABLE, with the field */
    public static TariffFeed tariffs(final String version, final Buffer body) {
        final JsonArray array = array(object(body), "tariffs");
        if (array.size() > MOST_TARIFFS || version == null || version.isEmpty() || version.length() > MOST_WORD) {
            throw unreadable("tariffs");
        }
        final List<TariffFeed.Tariff> tariffs = new ArrayList<>();
        for (final Object each : array) {
            final JsonObject json = of(each);
            final List<TariffFeed.Part> parts = new ArrayList<>();
            for (final Object part : array(json, "components")) {
                final Amount amount = amountOf(of(part));
                if (!amount.currency().equals("MAD")) {
                    throw unreadable("amount.currency");
                }
                parts.add(new TariffFeed.Part(word(of(part), "component"), word(of(part), "beneficiary"), amount.minor()));
            }
            if (parts.isEmpty()) {
                throw unreadable("components");
            }
            tariffs.add(new TariffFeed.Tariff(word(json, "service"), day(json), parts));
        }
        return new TariffFeed(version, tariffs);
    }

    private static JsonObject object(final Buffer body) {
        try {
            return body.toJsonObject();
        } catch (final DecodeException | ClassCastException notJson) {
            throw unreadable("body");
        }
    }

    private static JsonObject of(final Object value) {
        if (value instanceof JsonObject json) {
            return json;
        }
        throw unreadable("an element of a list");
    }

    private static JsonObject child(final JsonObject json, final String name) {
        return json.getValue(name) instanceof JsonObject child ? child : of(null);
    }

    private static JsonArray array(final JsonObject json, final String name) {
        if (json.getValue(name) instanceof JsonArray array) {
            return array;
        }
        throw unreadable(name);
    }

    private static String word(final JsonObject json, final String name) {
        final String word = optional(json, name);
        if (word.isEmpty()) {
            throw unreadable(name);
        }
        return word;
    }

    private static String optional(final JsonObject json, final String name) {
        final Object value = json.getValue(name);
        if (value == null) {
            return "";
        }
        if (value instanceof String word && word.length() <= MOST_WORD && word.chars().allMatch(one -> one > ' ' && one < 0x7f)) {
            return word;
        }
        throw unreadable(name);
    }

    private static String reference(final JsonObject json) {
        final String reference = word(json, "reference");
        if (!References.isGood(reference)) {
            throw unreadable("reference");
        }
        return reference;
    }

    private static Amount amountOf(final JsonObject json) {
        final JsonObject amount = child(json, "amount");
        try {
            return Amount.of(word(amount, "value"), word(amount, "currency"));
        } catch (final IllegalArgumentException wrong) {
            throw unreadable("amount: " + wrong.getMessage());
        }
    }

    private static URI page(final JsonObject json) {
        final Object page = json.getValue("paymentUrl");
        if (page == null) {
            return null;
        }
        try {
            final URI uri = URI.create((String) page);
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (final ClassCastException | IllegalArgumentException wrong) {
            // as below: it is no page
        }
        throw unreadable("paymentUrl");
    }

    private static long instant(final JsonObject json) {
        final String text = optional(json, "at");
        try {
            return text.isEmpty() ? 0 : Instant.parse(text).toEpochMilli();
        } catch (final DateTimeException | ArithmeticException wrong) {
            throw unreadable("at");
        }
    }

    private static int day(final JsonObject json) {
        try {
            return Math.toIntExact(LocalDate.parse(word(json, "from")).toEpochDay());
        } catch (final DateTimeException | ArithmeticException wrong) {
            throw unreadable("from");
        }
    }

    private static TreasuryException unreadable(final String field) {
        return new TreasuryException(Trouble.UNREADABLE, "the treasury's answer is not understood at '" + field + "': it speaks another version of its interface; nothing was changed");
    }
}
