package org.mawid.api.sandbox.terminal;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the simulator has really charged and reversed, and what it told: the truth that tills are held against. Any thread. */
final class SimulatorBank {
    private static final int FIRST_PERIOD = 1_001;

    private final List<SimulatorCharge> charges = new ArrayList<>();
    /** When each was made. */
    private final Map<String, Instant> times = new TreeMap<>();
    /** Answers by category, till and request, for those who ask again. */
    private final Map<String, JsonObject> told = new TreeMap<>();
    private int begunAt;
    private final List<String> reversedInPeriod = new ArrayList<>();
    private final List<SimulatorCharge> refundedInPeriod = new ArrayList<>();
    private int period = FIRST_PERIOD;
    private JsonArray previousTotals;

    /** Twice the same is charged twice: whether that may be is the till's affair. */
    synchronized SimulatorCharge charge(final String saleTransaction, final BigDecimal amount, final String currency) {
        final SimulatorCharge charge = new SimulatorCharge("SIM-" + (charges.size() + 1), saleTransaction, amount, currency, false);
        charges.add(charge);
        times.put(charge.transaction(), Instant.now().truncatedTo(ChronoUnit.MILLIS));
        return charge;
    }

    /** Typed in at the terminal: no till has asked for it, and none is told. */
    synchronized void refund(final BigDecimal amount, final String currency) {
        refundedInPeriod.add(new SimulatorCharge("", "", amount, currency, false));
    }

    /** By the terminal's number, or by the till's when that is empty. @return what was reversed, null = there is nothing to reverse */
    synchronized SimulatorCharge reverse(final String transaction, final String saleTransaction) {
        for (int i = charges.size() - 1; i >= 0; i--) {
            final SimulatorCharge charge = charges.get(i);
            final boolean isMeant = transaction.isEmpty() ? charge.saleTransaction().equals(saleTransaction) : charge.transaction().equals(transaction);
            if (isMeant && !charge.isReversed()) {
                charges.set(i, charge.reversed());
                reversedInPeriod.add(charge.transaction());
                return charges.get(i);
            }
        }
        return null;
    }

    synchronized Instant timeOf(final SimulatorCharge charge) {
        return times.get(charge.transaction());
    }

    synchronized List<SimulatorCharge> charges() {
        return List.copyOf(charges);
    }

    synchronized void tell(final String key, final JsonObject answer) {
        told.put(key, answer);
    }

    synchronized JsonObject told(final String key) {
        return told.get(key);
    }

    /** Ends the period. @return its number */
    synchronized int close() {
        previousTotals = totals();
        begunAt = charges.size();
        reversedInPeriod.clear();
        refundedInPeriod.clear();
        return period++;
    }

    /** Number of the last period that has ended; 0 = none has. */
    synchronized int previousPeriod() {
        return period == FIRST_PERIOD ? 0 : period - 1;
    }

    synchronized JsonArray previousTotals() {
        return previousTotals;
    }

    private JsonArray totals() {
        final Map<String, BigDecimal[]> sums = new TreeMap<>();
        for (int i = begunAt; i < charges.size(); i++) {
            add(sums, charges.get(i), 0);
        }
        for (final SimulatorCharge charge : charges) {
            if (reversedInPeriod.contains(charge.transaction())) {
                add(sums, charge, 2);
            }
        }
        refundedInPeriod.forEach(refund -> add(sums, refund, 4));
        final JsonArray totals = new JsonArray();
        sums.forEach((currency, sum) -> totals.add(new JsonObject().put("PaymentInstrumentType", "Card").put("PaymentCurrency", currency)
                .put("PaymentTotals", new JsonArray().add(line("Debit", sum[0], sum[1])).add(line("ReverseDebit", sum[2], sum[3])).add(line("Credit", sum[4], sum[5])))));
        return totals;
    }

    private static void add(final Map<String, BigDecimal[]> sums, final SimulatorCharge charge, final int at) {
        final BigDecimal[] sum = sums.computeIfAbsent(charge.currency(),
                currency -> new BigDecimal[] {BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO});
        sum[at] = sum[at].add(BigDecimal.ONE);
        sum[at + 1] = sum[at + 1].add(charge.amount());
    }

    private static JsonObject line(final String type, final BigDecimal count, final BigDecimal amount) {
        return new JsonObject().put("TransactionType", type).put("TransactionCount", count.intValueExact()).put("TransactionAmount", amount);
    }
}
