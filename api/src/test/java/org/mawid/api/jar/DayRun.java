package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.mawid.api.sandbox.terminal.SimulatorCharge;
import org.mawid.api.sandbox.treasury.SandboxFault;
import org.mawid.sbe.StampState;

/** Some days of one seed, from the first customer to the last statement, and what must be true then. */
final class DayRun {
    private static final int PEOPLE = Integer.getInteger("people", 6);
    private static final int KILLS = Integer.getInteger("kills", 2);
    private static final double FAULTS = 0.4;
    private static final double EXCHANGE_FAULTS = 0.05;
    /** From the last statement on, by contract and grace. */
    private static final int UNTIL_MISSED = 4;
    /** What the log says when it is looked for what is missing. */
    private static final String LOOKED = "payments, batches and days to be settled or settled";
    private static final List<SandboxFault> AT_EXCHANGE = Stream.of(SandboxFault.values()).filter(fault -> fault.place() == SandboxFault.Place.EXCHANGE).toList();

    private final long seed;
    private final int days;
    private final Random random;
    private final DayCalls calls = new DayCalls();
    private final DayPaid paid = new DayPaid();
    private DayTown town;
    private DayNight night;
    private DayRefunds refunds;
    private DayChargeBacks chargeBacks;
    private DayAllocations allocations;
    private Server server;

    DayRun(final long seed, final int days) {
        this.seed = seed;
        this.days = days;
        random = new Random(seed);
    }

    /** @return what there was to look at */
    DayPaid in(final Path folder) throws Exception {
        try (DayTown made = new DayTown(folder)) {
            town = made;
            server = town.start();
            calls.to(server);
            town.define(server.client());
            night = new DayNight(town, calls, random.nextLong());
            refunds = new DayRefunds(town, calls, night, paid, random.nextLong());
            chargeBacks = new DayChargeBacks(town, calls, night, paid, random.nextLong());
            allocations = new DayAllocations(calls, paid, random.nextLong());
            for (int day = 0; day < days; day++) {
                people();
                assertMoney();
                underFire(this::evening, night::closeTerminals);
                nextDay(1);
                underFire(night::takeStatements, this::morning);
            }
            nextDay(1);
            night.takeStatements(); // of what went back since
            chargeBacks.recordTold();
            nextDay(UNTIL_MISSED);
            await().atMost(Server.PATIENCE).until(() -> server.errorLines().stream().anyMatch(line -> line.contains(LOOKED)));
            await().atMost(Server.PATIENCE).untilAsserted(this::assertBreaks);
            assertStamps();
            assertBooks();
            assertBreaks(); // and no more have come
            calls.to(null);
            server.kill();
            assertInspected();
            return paid;
        } finally {
            if (server != null) {
                server.close();
            }
        }
    }

    /** Counters are open, citizens pay at home, and now and then the server is killed. */
    private void people() throws Exception {
        town.treasury.draw(random.nextLong(), EXCHANGE_FAULTS, AT_EXCHANGE);
        final List<DayPeople> queues = new ArrayList<>();
        for (final DayTown.Place place : town.places) {
            for (final DayPeople.Means means : DayPeople.Means.values()) {
                queues.add(new DayPeople(town, calls, place, means, random.nextLong(), PEOPLE, FAULTS));
            }
        }
        final List<Thread> threads = queues.stream().map(queue -> new Thread(queue, "queue " + queue)).toList();
        threads.forEach(Thread::start);
        for (int kill = 0; kill < KILLS && threads.stream().anyMatch(Thread::isAlive); kill++) {
            Thread.sleep(500 + random.nextInt(2_000));
            killAndStartAgain();
        }
        for (final Thread thread : threads) {
            thread.join();
        }
        for (final DayPeople queue : queues) {
            if (queue.failed != null) {
                throw new AssertionError("a queue could not go on", queue.failed);
            }
            paid.stamps.addAll(queue.paid);
            paid.begun.addAll(queue.begun);
        }
        town.treasury.calm();
    }

    /** After the treasury has brought the day's money. */
    private void morning() throws Exception {
        chargeBacks.recordTold();
        evening();
    }

    /** Before it has. */
    private void evening() throws Exception {
        refunds.run();
        chargeBacks.takeBack();
        allocations.run();
    }

    private void nextDay(final int days) throws Exception {
        town.daysLater(days);
        killAndStartAgain();
    }

    private interface Work {
        void run() throws Exception;
    }

    /** One after the other, and in the middle of one of them the server is killed. */
    private void underFire(final Work... works) throws Exception {
        final int killed = random.nextInt(works.length);
        for (int i = 0; i < works.length; i++) {
            if (i == killed) {
                survive(works[i]);
            } else {
                works[i].run();
            }
        }
    }

    private void survive(final Work work) throws Exception {
        final CompletableFuture<Void> done = CompletableFuture.runAsync(() -> {
            try {
                work.run();
            } catch (final Exception e) {
                throw new CompletionException(e);
            }
        });
        Thread.sleep(random.nextInt(400));
        killAndStartAgain();
        done.get(2 * Server.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private void killAndStartAgain() throws Exception {
        server.kill();
        calls.to(null);
        server.close();
        server = town.start();
        calls.to(server);
    }

    /** What terminals have really taken is what the ledger has, and no stamp was paid twice. */
    private void assertMoney() {
        for (final DayTown.Place place : town.places) {
            long onTerminal = 0;
            for (final SimulatorCharge charge : place.simulator().charges()) {
                onTerminal += charge.isReversed() ? 0 : charge.amount().movePointRight(place.digits()).longValueExact();
            }
            assertThat(paid.of(place, DayPeople.Means.TERMINAL).mapToLong(stamp -> stamp.amountMinor).sum()).as(place.code()).isEqualTo(onTerminal);
        }
    }

    private void assertBreaks() throws Exception {
        assertThat(DayFaults.told(calls.get("/v1/breaks").body())).as("injected were %s", town.treasury.injected()).containsExactlyInAnyOrderElementsOf(faults(states()).expected());
    }

    private DayFaults faults(final Map<String, String> states) throws Exception {
        final Map<String, DayPeople.Begun> atTreasury = new HashMap<>();
        for (final DayPeople.Begun one : paid.begun) {
            atTreasury.put(town.atTreasury(one.payment()), one);
        }
        return new DayFaults(town.treasury.injected(), atTreasury, states, night, paid);
    }

    /** Of payments, as the server has them. */
    private Map<String, String> states() throws Exception {
        final Map<String, String> states = new HashMap<>();
        for (final DayPeople.Begun one : paid.begun) {
            states.put(one.payment(), calls.get("/v1/payments/" + one.payment()).body().getString("state"));
        }
        return states;
    }

    /** Each is as it was left, and what was agreed to be given back the treasury has given back once. */
    private void assertStamps() throws Exception {
        final DayFaults faults = faults(states());
        final Map<String, Long> givenBack = new TreeMap<>();
        for (final DayStamp stamp : paid.stamps) {
            assertThat(calls.get("/v1/stamps/" + stamp.stamp).body().getString("state")).as("%s of %s", stamp.stamp, stamp.payment).isEqualTo(stamp.state.name());
            if (stamp.means == DayPeople.Means.ONLINE && stamp.agreedOn != null && faults.givenBackMinor(stamp) > 0) {
                givenBack.put(stamp.refund(), faults.givenBackMinor(stamp));
            }
        }
        assertThat(town.treasury.givenBack()).isEqualTo(givenBack);
    }

    private void assertBooks() throws Exception {
        final Map<String, String> states = states();
        final DayFaults faults = faults(states);
        for (final DayPeople.Begun one : paid.begun) {
            if (one.means() == DayPeople.Means.ONLINE) {
                assertThat(calls.get("/v1/payments/" + one.payment()).body().getBoolean("settled")).as("%s is settled, as %s; injected were %s", town.atTreasury(one.payment()), states.get(one.payment()),
                        town.treasury.injected()).isEqualTo(faults.isSettled(one));
            }
        }
        assertThat(DayBooks.told(calls.get("/v1/books").body())).as("injected were %s", town.treasury.injected()).isEqualTo(new DayBooks(faults, night, paid, states).expected());
    }

    private void assertInspected() throws Exception {
        final Inspected inspected = Inspected.whole(town.data);
        final Map<StampState, Long> counts = paid.counts();
        for (final StampState state : List.of(StampState.PAID, StampState.CONSUMED, StampState.REFUND_REQUESTED, StampState.REFUNDED, StampState.CHARGED_BACK)) {
            assertThat(inspected.count("stamps." + state)).as("%s of seed %d", state, seed).isEqualTo(counts.getOrDefault(state, 0L));
        }
        assertThat(inspected.count("breaks.RESOLVED")).as("nothing resolved by itself").isEqualTo(paid.resolved.size());
    }
}
