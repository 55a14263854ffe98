package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.sandbox.terminal.SimulatorCharge;
import org.mawid.api.sandbox.treasury.SandboxFault;
import org.mawid.api.treasury.engine.EnginePayments;
import org.mawid.engine.DataDirectory;

/** A whole day at two posts, with terminals and a treasury that misbehave by a seed and a server that is killed: the books close, and the breaks are what went wrong, nothing else and nothing less. */
class DayIT {
    /** The same each time: whoever wants other days says so, and how many. */
    private static final long SEED = Long.getLong("seed", 500);
    /** One after the other, from that one on. */
    private static final int SEEDS = Integer.getInteger("seeds", 1);
    private static final int DAYS = Integer.getInteger("days", 1);
    private static final int PEOPLE = Integer.getInteger("people", 6);
    private static final int KILLS = Integer.getInteger("kills", 2);
    private static final double FAULTS = 0.4;
    /** From the last statement on, by contract and grace. */
    private static final int UNTIL_MISSED = 4;
    private static final List<SandboxFault> AT_EXCHANGE = Stream.of(SandboxFault.values()).filter(fault -> fault.place() == SandboxFault.Place.EXCHANGE).toList();

    private final DayCalls calls = new DayCalls();
    private final List<DayPeople.Paid> paid = new ArrayList<>();
    private final List<DayPeople.Begun> begun = new ArrayList<>();
    private int used;
    private String again;
    private Random random;
    private Server server;

    @Test
    void givenADayOfFaultsAndKills_thenTheBooksCloseAndTheBreaksAreTheFaults(@TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        for (long seed = SEED; seed < SEED + SEEDS; seed++) {
            again = "again with -Dit.test=DayIT -Dseed=" + seed;
            random = new Random(seed);
            paid.clear();
            begun.clear();
            used = 0;
            days(Files.createDirectory(folder.resolve(Long.toString(seed))));
        }
    }

    private void days(final Path folder) throws Exception {
        try (DayTown town = new DayTown(folder)) {
            server = town.start();
            calls.to(server);
            town.define(server.client());
            final DayNight night = new DayNight(town, calls, random.nextLong());
            for (int day = 0; day < DAYS; day++) {
                day(town);
                assertMoney(town);
                underFire(town, night::closeTerminals);
                town.daysLater(1);
                killAndStartAgain(town);
                underFire(town, night::takeStatements);
            }
            town.daysLater(UNTIL_MISSED);
            killAndStartAgain(town);
            await().atMost(Server.PATIENCE).untilAsserted(() -> assertBreaks(town, night));
            calls.to(null);
            server.kill();
            final Inspected inspected = Inspected.whole(town.data);
            assertThat(inspected.count("stamps.CONSUMED")).as(again).isEqualTo(used);
            assertThat(inspected.count("stamps.PAID")).as(again).isEqualTo(paid.size() - used);
            assertThat(inspected.count("breaks.RESOLVED")).as("nothing resolved by itself: %s", again).isZero();
        } finally {
            if (server != null) {
                server.close();
            }
        }
    }

    /** Counters are open, citizens pay at home, and now and then the server is killed. */
    private void day(final DayTown town) throws Exception {
        town.treasury.draw(random.nextLong(), 0.05, AT_EXCHANGE);
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
            killAndStartAgain(town);
        }
        for (final Thread thread : threads) {
            thread.join();
        }
        for (final DayPeople queue : queues) {
            assertThat(queue.failed).as(again).isNull();
            paid.addAll(queue.paid);
            begun.addAll(queue.begun);
            used += queue.used;
        }
        town.treasury.calm();
    }

    private interface Work {
        void run() throws Exception;
    }

    /** And the server is killed in the middle of it. */
    private void underFire(final DayTown town, final Work work) throws Exception {
        final CompletableFuture<Void> done = CompletableFuture.runAsync(() -> {
            try {
                work.run();
            } catch (final Exception e) {
                throw new CompletionException(e);
            }
        });
        Thread.sleep(random.nextInt(400));
        killAndStartAgain(town);
        done.get(Server.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private void killAndStartAgain(final DayTown town) throws Exception {
        server.kill();
        calls.to(null);
        server.close();
        server = town.start();
        calls.to(server);
    }

    /** What terminals and treasury have really taken is what the ledger has, and no stamp was paid twice. */
    private void assertMoney(final DayTown town) throws Exception {
        final Map<String, Long> receivable = balances();
        for (final DayTown.Place place : town.places) {
            long onTerminal = 0;
            for (final SimulatorCharge charge : place.simulator().charges()) {
                onTerminal += charge.isReversed() ? 0 : charge.amount().movePointRight(place.digits()).longValueExact();
            }
            assertThat(sum(place, DayPeople.Means.TERMINAL)).as("%s, %s", place.code(), again).isEqualTo(onTerminal);
            assertThat(receivable.getOrDefault(place.postId() + " COUNTER_CASH", 0L)).as(again).isEqualTo(sum(place, DayPeople.Means.COUNTER));
        }
    }

    private void assertBreaks(final DayTown town, final DayNight night) throws Exception {
        final References references = References.open(new DataDirectory(town.data).edge().resolve("reference.key"));
        final Map<String, DayPeople.Begun> atTreasury = new HashMap<>();
        final Map<String, String> states = new HashMap<>();
        for (final DayPeople.Begun one : begun) {
            atTreasury.put(EnginePayments.reference(references, references.number(ReferenceKind.PAYMENT, one.payment())), one);
            states.put(one.payment(), calls.get("/v1/payments/" + one.payment()).body().getString("state"));
        }
        assertThat(DayFaults.told(calls.get("/v1/breaks").body())).as("%s; injected were %s", again, town.treasury.injected()).containsExactlyInAnyOrderElementsOf(
                new DayFaults(town.treasury.injected(), atTreasury, states, night).expected());
    }

    private long sum(final DayTown.Place place, final DayPeople.Means means) {
        return paid.stream().filter(one -> one.place() == place && one.means() == means).mapToLong(DayPeople.Paid::amountMinor).sum();
    }

    /** Debits less credits by post's code, currency's own book only, and account. */
    private Map<String, Long> balances() throws Exception {
        final Map<String, Long> balances = new TreeMap<>();
        final JsonArray books = calls.get("/v1/books").body().getJsonArray("books");
        for (int i = 0; i < books.size(); i++) {
            final JsonObject book = books.getJsonObject(i);
            final JsonArray accounts = book.getJsonArray("accounts");
            for (int j = 0; j < accounts.size(); j++) {
                final JsonObject sums = accounts.getJsonObject(j);
                balances.merge(book.getInteger("postId") + " " + sums.getString("account"), sums.getLong("debitMinor") - sums.getLong("creditMinor"), Long::sum);
            }
        }
        return balances;
    }
}
