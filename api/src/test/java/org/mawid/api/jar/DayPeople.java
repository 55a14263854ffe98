package org.mawid.api.jar;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.sandbox.terminal.SimulatorBehaviour;
import org.mawid.api.sandbox.treasury.SandboxFault;
import org.mawid.api.testkit.OnePost;
import org.mawid.sbe.StampState;

/** Somebody after the other comes to one counter, or pays at home, until the stamp is paid or it is given up. One thread each. */
final class DayPeople implements Runnable {
    private static final Set<String> DECIDED = Set.of("APPROVED", "DECLINED", "CANCELLED", "NOT_MADE", "REVERSED", "UNALLOCATED");
    private static final List<SimulatorBehaviour> BEHAVIOURS = List.of(SimulatorBehaviour.values());
    private static final List<SandboxFault> AT_PAYMENT = Arrays.stream(SandboxFault.values()).filter(fault -> fault.place() == SandboxFault.Place.PAYMENT).toList();
    /** Of these faults so many bring money that pays for nothing, and could for two. */
    private static final double FOR_NOTHING = 0.3;
    /** Of those whose money has paid for nothing so many do not pay again. */
    private static final double PATIENT = 0.7;
    private static final int MOST_ATTEMPTS = 4;
    private static final long LOOK_MS = 15;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    /** How the fee is paid. */
    enum Means { TERMINAL, ONLINE, COUNTER }

    private final DayTown town;
    private final DayCalls calls;
    private final DayTown.Place place;
    private final Means means;
    private final Random random;
    private final int people;
    private final double faults;
    private final long firstPerson;
    /** A payment that was begun, whatever became of it. @param amountMinor of the post's currency @param application of the person, and of a companion with the same line */
    record Begun(DayTown.Place place, Means means, String application, String stamp, String payment, long amountMinor, LocalDate day) {
        /** By which all of its post's day comes, when it comes as one. */
        String netReference() {
            return org.mawid.api.treasury.port.References.onlineDay(place.postId(), place.currency(), day);
        }
    }

    final List<DayStamp> paid = new ArrayList<>();
    final List<Begun> begun = new ArrayList<>();
    volatile Throwable failed;

    /** @param faults share of payments at which something goes wrong, 0 to 1 */
    DayPeople(final DayTown town, final DayCalls calls, final DayTown.Place place, final Means means, final long seed, final int people, final double faults) {
        this.town = town;
        this.calls = calls;
        this.place = place;
        this.means = means;
        this.people = people;
        this.faults = faults;
        random = new Random(seed);
        firstPerson = random.nextLong() >>> 8 << 5 | 1;
    }

    @Override
    public void run() {
        try {
            for (int person = 0; person < people; person++) {
                serve(firstPerson + 2L * person);
            }
        } catch (final Throwable e) {
            failed = e;
        }
    }

    private void serve(final long person) throws Exception {
        final int quantity = 1 + random.nextInt(3);
        final JsonArray lines = new JsonArray().add(line(person, quantity)).add(line(person + 1, quantity));
        final String application = calls.done("/v1/applications", new JsonObject().put("postId", place.postId()).put("lines", lines)).getString("application");
        calls.done("/v1/applications/" + application + "/validate", new JsonObject().put("lines", new JsonArray().add(0).add(1)));
        final String stamp = calls.done("/v1/applications/" + application + "/stamps", new JsonObject().put("lines", new JsonArray().add(0)).put("postId", place.postId())).getJsonArray("stamps").getString(0);
        final long amount = calls.get("/v1/stamps/" + stamp).body().getLong("localMinor");
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            final String payment = attempt(application, stamp, amount);
            begun.add(new Begun(place, means, application, stamp, payment, amount, town.today()));
            final JsonObject ended = decided(payment);
            final String state = ended.getString("state");
            if (state.equals("APPROVED")) {
                paid.add(new DayStamp(place, means, application, stamp, payment, amount));
                if (random.nextBoolean()) {
                    use(paid.get(paid.size() - 1));
                }
            }
            if (state.equals("APPROVED") || ended.getBoolean("waitsForPerson", false) || state.equals("UNALLOCATED") && random.nextDouble() < PATIENT) {
                return; // whose money has paid for nothing pays again, or leaves it to who looks after that
            }
        }
    }

    private static JsonObject line(final long person, final int quantity) {
        return new JsonObject().put("personKey", String.format("%016x", person)).put("serviceId", OnePost.SERVICE).put("quantity", quantity);
    }

    /** At the counter, by the code that is on the stamp's page. Who comes with it again is told so. */
    private void use(final DayStamp stamp) throws Exception {
        final References references = town.references();
        final JsonObject body = new JsonObject().put("application", stamp.application).put("line", 0).put("postId", place.postId()).put("date", town.today().toString())
                .put("secret", references.secret().of(references.number(ReferenceKind.STAMP, stamp.stamp)));
        calls.done("/v1/stamps/" + stamp.stamp + "/consumption", body);
        stamp.state = StampState.CONSUMED;
        final DayCalls.Said again = calls.post("/v1/stamps/" + stamp.stamp + "/consumption", body);
        if (!again.result().equals("STAMP_ALREADY_CONSUMED")) {
            throw new AssertionError("used twice: " + again);
        }
    }

    /** @return the payment that was begun */
    private String attempt(final String application, final String stamp, final long amount) throws Exception {
        final JsonObject body = new JsonObject().put("stamps", new JsonArray().add(stamp)).put("postId", place.postId()).put("date", town.today().toString());
        if (means == Means.COUNTER) {
            return calls.done("/v1/applications/" + application + "/counter-receipts", body.put("amountMinor", amount).put("currency", place.currency())).getString("payment");
        }
        if (means == Means.TERMINAL && random.nextDouble() < faults) {
            place.simulator().next("Payment", BEHAVIOURS.get(random.nextInt(BEHAVIOURS.size())));
        }
        body.put("means", means.name());
        if (means == Means.TERMINAL) {
            body.put("terminalId", place.terminalId());
        }
        final String payment = calls.done("/v1/applications/" + application + "/payments", body).getString("payment");
        if (means == Means.ONLINE) {
            onItsPage(payment);
        }
        return payment;
    }

    private void onItsPage(final String payment) throws Exception {
        final long dueNanos = System.nanoTime() + PATIENCE_NANOS;
        DayCalls.Said page = calls.post("/v1/payments/" + payment + "/page", new JsonObject().put("language", "fr"));
        while (!page.isDone() && System.nanoTime() < dueNanos) { // a treasury that gave no answer is asked again
            page = calls.post("/v1/payments/" + payment + "/page", new JsonObject().put("language", "fr"));
        }
        if (page.body().getString("url") == null) {
            return; // it is over already
        }
        final int mood = random.nextInt(10);
        if (mood > 1 && random.nextDouble() < faults) {
            town.treasury.next(random.nextDouble() < FOR_NOTHING ? SandboxFault.WRONG_AMOUNT : AT_PAYMENT.get(random.nextInt(AT_PAYMENT.size())));
        }
        calls.press(page.body().getString("url") + (mood == 0 ? "/refuse" : mood == 1 ? "/cancel" : "/pay"));
    }

    private JsonObject decided(final String payment) throws Exception {
        final long dueNanos = System.nanoTime() + PATIENCE_NANOS;
        JsonObject seen = new JsonObject();
        while (System.nanoTime() < dueNanos) {
            seen = calls.get("/v1/payments/" + payment).body();
            if (DECIDED.contains(seen.getString("state", "")) || seen.getBoolean("waitsForPerson", false)) {
                return seen;
            }
            Thread.sleep(LOOK_MS);
        }
        throw new AssertionError("not decided: " + seen);
    }
}
