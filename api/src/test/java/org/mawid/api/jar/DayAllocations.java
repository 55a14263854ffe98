package org.mawid.api.jar;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Money that came online and paid for nothing pays for stamps of its application after all, where as much of them is unpaid: the person's own, the companion's, or both. */
final class DayAllocations {
    private static final long ACCOUNTANT = 0xACC2;
    private static final double SHARE = 0.6;
    private static final String REASON = "00000000000a110c";

    private final DayCalls calls;
    private final DayPaid paid;
    private final Random random;
    /** Applications whose companion has a stamp. */
    private final Set<String> companions = new HashSet<>();

    DayAllocations(final DayCalls calls, final DayPaid paid, final long seed) {
        this.calls = calls;
        this.paid = paid;
        random = new Random(seed);
    }

    void run() throws Exception {
        for (final DayPeople.Begun one : paid.begun) {
            if (one.means() == DayPeople.Means.ONLINE && !paid.allocated.contains(one.payment())) {
                final JsonObject payment = calls.get("/v1/payments/" + one.payment()).body();
                if (payment.getString("state").equals("UNALLOCATED") && payment.getString("receivedCurrency").equals(one.place().currency()) && random.nextDouble() < SHARE) {
                    allocate(one, payment.getLong("receivedMinor"));
                }
            }
        }
    }

    private void allocate(final DayPeople.Begun one, final long receivedMinor) throws Exception {
        final boolean isOwnUnpaid = calls.get("/v1/stamps/" + one.stamp()).body().getString("state").equals("ISSUED");
        final boolean isForTwo = receivedMinor == 2 * one.amountMinor() && isOwnUnpaid;
        if (!isForTwo && receivedMinor != one.amountMinor() || (isForTwo || !isOwnUnpaid) && !companions.add(one.application())) {
            return; // there is nothing that it could pay for
        }
        final List<String> stamps = new ArrayList<>();
        if (isOwnUnpaid) {
            stamps.add(one.stamp());
        }
        if (isForTwo || !isOwnUnpaid) {
            stamps.add(calls.done("/v1/applications/" + one.application() + "/stamps", new JsonObject().put("lines", new JsonArray().add(1)).put("postId", one.place().postId())).getJsonArray("stamps").getString(0));
        }
        calls.done("/v1/payments/" + one.payment() + "/allocation", new JsonObject().put("application", one.application()).put("stamps", new JsonArray(stamps)), ACCOUNTANT);
        paid.allocated.add(one.payment());
        stamps.forEach(stamp -> paid.stamps.add(new DayStamp(one.place(), one.means(), one.application(), stamp, one.payment(), one.amountMinor())));
        if (random.nextBoolean()) {
            resolve(one.payment());
        }
    }

    /** Nobody need look after it any more. */
    private void resolve(final String payment) throws Exception {
        final JsonArray breaks = calls.get("/v1/breaks").body().getJsonArray("breaks");
        final String found = breaks.stream().map(JsonObject.class::cast).filter(one -> one.getString("breakType").equals("UNALLOCATED_MONEY") && payment.equals(one.getString("payment"))).findFirst().orElseThrow()
                .getString("break");
        calls.done("/v1/breaks/" + found + "/resolution", new JsonObject().put("reasonCode", 1).put("reasonHash", REASON), ACCOUNTANT);
        paid.resolved.add(payment);
    }
}
