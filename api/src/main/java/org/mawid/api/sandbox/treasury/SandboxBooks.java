package org.mawid.api.sandbox.treasury;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** What the sandbox remembers: orders, refunds, and money that moved. In memory, gone with it. Any thread. */
final class SandboxBooks {
    private static final long DAY_MS = 86_400_000;

    private final LongSupplier nowMs;
    private final Map<String, SandboxOrder> orders = new LinkedHashMap<>();
    private final Map<String, JsonObject> refunds = new LinkedHashMap<>();
    private final Map<String, String> keys = new LinkedHashMap<>();
    private final List<SandboxMovement> movements = new ArrayList<>();
    private int number;

    SandboxBooks(final LongSupplier nowMs) {
        this.nowMs = nowMs;
    }

    int today() {
        return (int) Math.floorDiv(nowMs.getAsLong(), DAY_MS);
    }

    long nowMs() {
        return nowMs.getAsLong();
    }

    /** @return null when the key was used for something else, or the reference has another amount */
    synchronized SandboxOrder order(final String key, final JsonObject body) {
        final String reference = body.getString("reference");
        final SandboxOrder there = orders.get(reference);
        final JsonObject amount = body.getJsonObject("amount");
        final long minor = SandboxOrder.minor(amount);
        final String before = keys.putIfAbsent(key, reference);
        if (before != null && !before.equals(reference)) {
            return null;
        }
        if (there != null) {
            return there.isOpen() && (there.minor != minor || !there.currency.equals(amount.getString("currency"))) ? null : there;
        }
        final SandboxOrder order = new SandboxOrder("TGR" + ++number, reference, body.getString("merchant", ""), body.getString("returnUrl"), minor, amount.getString("currency"), nowMs.getAsLong());
        orders.put(reference, order);
        return order;
    }

    synchronized SandboxOrder byReference(final String reference) {
        return orders.get(reference);
    }

    synchronized SandboxOrder byId(final String id) {
        return orders.values().stream().filter(order -> order.id.equals(id)).findFirst().orElse(null);
    }

    /** Takes the money. @return false when the order is not open any more */
    synchronized boolean charge(final SandboxOrder order, final long minor, final String currency) {
        if (!order.isOpen()) {
            return false;
        }
        order.status = "PAID";
        order.minor = minor;
        order.currency = currency;
        order.atMs = nowMs.getAsLong();
        order.authorization = "A" + (100_000 + ++number);
        movements.add(new SandboxMovement(order.reference, order.merchant, true, minor, currency, 1, today()));
        return true;
    }

    synchronized boolean end(final SandboxOrder order, final String status) {
        if (!order.isOpen()) {
            return false;
        }
        order.status = status;
        order.atMs = nowMs.getAsLong();
        return true;
    }

    /** @param fault of refunds, null for none @return null when there is nothing that could be given back */
    synchronized JsonObject refund(final JsonObject body, final SandboxFault fault) {
        final String reference = body.getString("reference");
        final JsonObject there = refunds.get(reference);
        if (there != null) {
            return there.copy();
        }
        final SandboxOrder paid = orders.get(body.getString("orderReference"));
        final JsonObject amount = body.getJsonObject("amount");
        final long minor = SandboxOrder.minor(amount) - (fault == SandboxFault.REFUND_OFF_BY_ONE ? 1 : 0);
        if (paid == null || !paid.status.equals("PAID") || !paid.currency.equals(amount.getString("currency")) || minor > paid.minor - paid.refundedMinor) {
            return null;
        }
        final boolean isRefused = fault == SandboxFault.REFUND_REFUSED;
        final JsonObject refund = new JsonObject().put("id", "TGR-R" + ++number).put("reference", reference).put("status", isRefused ? "REFUSED" : "ACCEPTED")
                .put("amount", SandboxOrder.amount(minor, paid.currency));
        refunds.put(reference, refund);
        if (!isRefused) {
            paid.refundedMinor += minor;
            movements.add(new SandboxMovement(reference, paid.merchant, false, minor, paid.currency, 1, today()));
        }
        return refund.copy();
    }

    synchronized boolean knowsRefund(final String reference) {
        return refunds.containsKey(reference);
    }

    /** Who asks is told ACCEPTED once, and PAID from then on. */
    synchronized JsonObject refundOf(final String reference) {
        final JsonObject refund = refunds.get(reference);
        if (refund == null) {
            return null;
        }
        final JsonObject told = refund.copy();
        if (refund.getString("status").equals("ACCEPTED")) {
            refund.put("status", "PAID");
        }
        return told;
    }

    /** All that was charged is taken back, by whom it was charged: on a statement it goes by the reference of the payment. @return false when nothing was charged, or a part was given back */
    synchronized boolean chargeBack(final String reference) {
        final SandboxOrder paid = orders.get(reference);
        if (paid == null || !paid.status.equals("PAID") || paid.refundedMinor != 0) {
            return false;
        }
        paid.refundedMinor = paid.minor;
        movements.add(new SandboxMovement(reference, paid.merchant, false, paid.minor, paid.currency, 1, today()));
        return true;
    }

    /** What was given back, minor units, by the reference of the refund. */
    synchronized Map<String, Long> givenBack() {
        final Map<String, Long> sums = new LinkedHashMap<>();
        movements.stream().filter(movement -> refunds.containsKey(movement.reference())).forEach(movement -> sums.merge(movement.reference(), movement.grossMinor(), Long::sum));
        return sums;
    }

    synchronized void batch(final SandboxMovement batch) {
        movements.add(batch);
    }

    /** What happened on a day, in the order in which it did. */
    synchronized List<SandboxMovement> movements(final String currency, final int day) {
        return movements.stream().filter(movement -> movement.day() == day && movement.currency().equals(currency)).toList();
    }

    synchronized int firstDay(final String currency) {
        return movements.stream().filter(movement -> movement.currency().equals(currency)).mapToInt(SandboxMovement::day).min().orElse(today());
    }
}
