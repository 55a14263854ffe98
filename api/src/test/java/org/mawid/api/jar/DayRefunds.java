package org.mawid.api.jar;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.mawid.api.sandbox.treasury.SandboxFault;
import org.mawid.sbe.StampState;

/** Two persons agree that some stamps are given back. What was paid online the treasury gives back, where it does; the rest is recorded by who has handed it out. */
final class DayRefunds {
    private static final long FIRST_PERSON = 0xB2;
    private static final long SECOND_PERSON = 0xC3;
    private static final double SHARE = 0.3;
    private static final double NOT_AGREED = 0.15;
    private static final double FAULTS = 0.4;
    private static final double EXCHANGE_FAULTS = 0.1;
    private static final List<SandboxFault> AT_EXCHANGE = Stream.of(SandboxFault.values()).filter(fault -> fault.place() == SandboxFault.Place.EXCHANGE).toList();
    private static final List<SandboxFault> AT_REFUND = Stream.of(SandboxFault.values()).filter(fault -> fault.place() == SandboxFault.Place.REFUND).toList();
    private static final long LOOK_MS = 20;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final DayTown town;
    private final DayCalls calls;
    private final DayNight night;
    private final DayPaid paid;
    private final Random random;

    DayRefunds(final DayTown town, final DayCalls calls, final DayNight night, final DayPaid paid, final long seed) {
        this.town = town;
        this.calls = calls;
        this.night = night;
        this.paid = paid;
        random = new Random(seed);
    }

    void run() throws Exception {
        town.treasury.draw(random.nextLong(), EXCHANGE_FAULTS, AT_EXCHANGE);
        final List<DayStamp> byTreasury = new ArrayList<>();
        for (final DayStamp stamp : paid.in(StampState.PAID).filter(one -> !one.isTakenBack).toList()) {
            if (random.nextDouble() < SHARE && isCertain(stamp)) {
                agree(stamp, byTreasury);
            }
        }
        for (final DayStamp stamp : byTreasury) {
            given(stamp);
        }
        town.treasury.calm();
    }

    /** Of money whose line has come before it paid for anything nobody can say whether it is settled at this moment. */
    private boolean isCertain(final DayStamp stamp) throws Exception {
        return !paid.allocated.contains(stamp.payment) || calls.get("/v1/payments/" + stamp.payment).body().getBoolean("settled") || dayOf(stamp).equals(town.today());
    }

    private LocalDate dayOf(final DayStamp stamp) {
        return paid.begun.stream().filter(one -> one.payment().equals(stamp.payment)).findFirst().orElseThrow().day();
    }

    private void agree(final DayStamp stamp, final List<DayStamp> byTreasury) throws Exception {
        final JsonObject refund = new JsonObject().put("matter", "REFUND").put("date", town.today().toString());
        calls.done("/v1/stamps/" + stamp.stamp + "/proposal", refund, FIRST_PERSON);
        stamp.state = StampState.REFUND_REQUESTED;
        if (random.nextDouble() < NOT_AGREED) {
            calls.done("/v1/stamps/" + stamp.stamp + "/decision", refund.copy().put("approved", false), SECOND_PERSON);
            stamp.state = StampState.PAID;
            return;
        }
        stamp.isBackAfterSettlement = calls.get("/v1/payments/" + stamp.payment).body().getBoolean("settled");
        if (stamp.means == DayPeople.Means.ONLINE && random.nextDouble() < FAULTS) {
            town.treasury.next(AT_REFUND.get(random.nextInt(AT_REFUND.size())));
        }
        calls.done("/v1/stamps/" + stamp.stamp + "/decision", refund.copy().put("approved", true), SECOND_PERSON);
        stamp.agreedOn = town.today();
        if (stamp.means == DayPeople.Means.ONLINE) {
            byTreasury.add(stamp);
        } else {
            calls.done("/v1/stamps/" + stamp.stamp + "/refund", new JsonObject().put("amountMinor", stamp.amountMinor).put("currency", stamp.place.currency()).put("transaction", "BY-HAND"), FIRST_PERSON);
            stamp.state = StampState.REFUNDED;
            night.undone(stamp);
        }
    }

    /** It is given back, or something went wrong with it that is a person's work. */
    private void given(final DayStamp stamp) throws Exception {
        final long dueNanos = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < dueNanos) {
            if (town.treasury.injected().stream().anyMatch(one -> one.reference().equals(stamp.refund()) && AT_REFUND.contains(one.fault()))) {
                return;
            }
            if (calls.get("/v1/stamps/" + stamp.stamp).body().getString("state", "").equals("REFUNDED")) {
                stamp.state = StampState.REFUNDED;
                return;
            }
            Thread.sleep(LOOK_MS);
        }
        throw new AssertionError("not given back: " + calls.get("/v1/stamps/" + stamp.stamp));
    }
}
