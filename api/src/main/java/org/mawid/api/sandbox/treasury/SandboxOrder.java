package org.mawid.api.sandbox.treasury;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;

/** An order in the sandbox's books. Guarded by {@link SandboxBooks}. */
final class SandboxOrder {
    final String id;
    final String reference;
    final String merchant;
    final String returnUrl;
    String status = "CREATED";
    long minor;
    long refundedMinor;
    String currency;
    long atMs;
    String authorization = "";

    SandboxOrder(final String id, final String reference, final String merchant, final String returnUrl, final long minor, final String currency, final long atMs) {
        this.id = id;
        this.reference = reference;
        this.merchant = merchant;
        this.returnUrl = returnUrl;
        this.minor = minor;
        this.currency = currency;
        this.atMs = atMs;
    }

    boolean isOpen() {
        return status.equals("CREATED");
    }

    JsonObject json(final String base) {
        final JsonObject json = new JsonObject().put("id", id).put("reference", reference).put("status", status).put("amount", amount(minor, currency))
                .put("at", Instant.ofEpochMilli(atMs).toString());
        if (!authorization.isEmpty()) {
            json.put("authorization", authorization);
        }
        return isOpen() ? json.put("paymentUrl", base + "/pay/" + id) : json;
    }

    static JsonObject amount(final long minor, final String currency) {
        return new JsonObject().put("value", decimals(minor, currency)).put("currency", currency);
    }

    static String decimals(final long minor, final String currency) {
        return BigDecimal.valueOf(minor, Currency.getInstance(currency).getDefaultFractionDigits()).toPlainString();
    }

    /** @throws ArithmeticException when it is none */
    static long minor(final JsonObject amount) {
        return new BigDecimal(amount.getString("value")).movePointRight(Currency.getInstance(amount.getString("currency")).getDefaultFractionDigits()).longValueExact();
    }
}
