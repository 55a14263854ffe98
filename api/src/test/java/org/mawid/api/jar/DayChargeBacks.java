package org.mawid.api.jar;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.mawid.sbe.StampState;

/**
 * Some who have paid by card take their money back at their bank. Of what was paid online the treasury's statement says so, and then a person records it; what was paid at a terminal the acquirer tells by letter,
 * and leaves it out of the terminal's next batch.
 */
final class DayChargeBacks {
    private static final long ACCOUNTANT = 0xACC1;
    private static final double SHARE = 0.12;

    private final DayTown town;
    private final DayCalls calls;
    private final DayNight night;
    private final DayPaid paid;
    private final Random random;
    /** Payments that the bank has taken back, by what they are called at the treasury, and no statement has told. */
    private final List<String> untold = new ArrayList<>();

    DayChargeBacks(final DayTown town, final DayCalls calls, final DayNight night, final DayPaid paid, final long seed) {
        this.town = town;
        this.calls = calls;
        this.night = night;
        this.paid = paid;
        random = new Random(seed);
    }

    /** At the bank. */
    void takeBack() throws Exception {
        for (final Map.Entry<String, List<DayStamp>> one : paid.byPayment().entrySet()) {
            final List<DayStamp> stamps = one.getValue();
            final boolean isWhole = stamps.stream().allMatch(stamp -> !stamp.isTakenBack && (stamp.state == StampState.PAID || stamp.state == StampState.CONSUMED));
            if (!isWhole || stamps.get(0).means == DayPeople.Means.COUNTER || random.nextDouble() >= SHARE) {
                continue;
            }
            stamps.forEach(stamp -> stamp.isTakenBack = true);
            if (stamps.get(0).means == DayPeople.Means.TERMINAL) {
                recordOne(one.getKey());
                stamps.forEach(night::undone);
            } else if (town.treasury.chargeBack(town.atTreasury(one.getKey()))) {
                paid.chargedBack.add(one.getKey());
                untold.add(one.getKey());
            } else {
                throw new AssertionError("nothing to take back: " + one.getKey());
            }
        }
    }

    /** By who has read the statements. */
    void recordTold() throws Exception {
        for (final String payment : untold) {
            recordOne(payment);
        }
        untold.clear();
    }

    private void recordOne(final String payment) throws Exception {
        final List<DayStamp> stamps = paid.of(payment);
        final boolean isSettled = calls.get("/v1/payments/" + payment).body().getBoolean("settled");
        calls.done("/v1/payments/" + payment + "/charge-back", new JsonObject().put("amountMinor", stamps.stream().mapToLong(stamp -> stamp.amountMinor).sum()).put("currency", stamps.get(0).place.currency()),
                ACCOUNTANT);
        for (final DayStamp stamp : stamps) {
            stamp.isLost = stamp.state == StampState.CONSUMED;
            stamp.isBackAfterSettlement = isSettled;
            stamp.state = StampState.CHARGED_BACK;
        }
    }
}
