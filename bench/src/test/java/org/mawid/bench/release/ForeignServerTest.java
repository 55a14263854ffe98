package org.mawid.bench.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.server.EdgeSetting;
import org.mawid.api.server.Service;
import org.mawid.api.server.Settings;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.release.books.Books;
import org.mawid.bench.release.books.Settling;
import org.mawid.bench.release.crowd.Bot;
import org.mawid.bench.release.crowd.Cast;
import org.mawid.bench.release.crowd.Crowd;
import org.mawid.bench.release.crowd.Demand;
import org.mawid.bench.release.crowd.Scene;
import org.mawid.bench.release.crowd.Sizes;
import org.mawid.bench.release.ground.Address;
import org.mawid.bench.release.ground.Asks;
import org.mawid.bench.release.ground.Batches;
import org.mawid.bench.release.ground.Ground;
import org.mawid.bench.release.ground.Opening;
import org.mawid.bench.release.loop.Figures;
import org.mawid.bench.release.loop.Loop;
import org.mawid.bench.release.loop.Meter;
import org.mawid.bench.release.wire.GrpcWire;
import org.mawid.bench.release.wire.HttpWire;
import org.mawid.client.MawidClient;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.Setting;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.upkeep.Inspection;
import org.mawid.grpc.Command;
import org.mawid.grpc.Run;
import org.mawid.grpc.SetCapacity;

/** A surge at a server that is somebody else's: what is left of it afterwards. And one bot there, that holds and gives back as fast as it can. */
class ForeignServerTest {
    private static final int POSTS = 2;
    private static final int DAYS = 14;
    private static final int WITHHELD = 3;
    private static final int MONTH_FROM = ModelNetwork.FIRST_DAY + 8;
    private static final int MONTH_DAYS = 3;
    private static final int BUDGET = 8;
    private static final Sizes FAMILIES = new Sizes(new double[] {50, 100}, new double[] {50, 100});

    private static Surge surge;
    private static Map<Long, String> before;
    private static Map<Long, String> after;
    private static Inspection.Report inspected;
    private static Bot bot;
    private static Books botsBooks;

    @BeforeAll
    static void run(@TempDir final Path folder) throws Exception {
        final Path data = folder.resolve("data");
        try (Service service = Service.start(Settings.of(Map.of(Setting.DATA.key(), data.toString(), Setting.RECORDS.key(), "false",
                EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0"), Map.of(), null))) {
            service.ready();
            Engines.make(service.engine(), new ModelNetwork(POSTS, DAYS, 24, 2), new Commands(5));
            final Address grpc = new Address("127.0.0.1", service.grpcPort());
            final Address http = new Address("127.0.0.1", service.httpPort());
            withhold(grpc);
            coolNothing(grpc);
            before = days(grpc);
            surge = new Surge(new Demand(150, 0.005, 1, 50, 50, 3, 10, List.of(2), 1, 7, 0.1),
                    new Surge.Where(grpc, http, MONTH_FROM, MONTH_DAYS, ModelNetwork.FIRST_DAY + 1, 5, false), null, Meter.NONE, (leftNs, what) -> { });
            surge.run(Map.of(), FAMILIES);
            after = days(grpc);
            hoard(grpc, http);
        }
        inspected = Inspection.of(FileDisk.plain(), new DataDirectory(data));
    }

    /** Some places of every desk on every other date, as an officer does. */
    private static void withhold(final Address grpc) {
        try (MawidClient client = MawidClient.connect(grpc.host(), grpc.port())) {
            final List<Command> commands = new ArrayList<>();
            for (int date = ModelNetwork.FIRST_DAY; date < ModelNetwork.FIRST_DAY + DAYS; date += 2) {
                for (int post = 0; post < POSTS; post++) {
                    commands.add(Command.newBuilder().setSetCapacity(SetCapacity.newBuilder().setPoolId(ModelNetwork.deskId(post)).setEpochDay(date)
                            .setRun(Run.newBuilder().setStartUnit(6).setUnits(5).setCapacity(4).setWithheld(WITHHELD))).build());
                }
            }
            Batches.done(client, commands, "places could not be withheld");
        }
    }

    /** What is given back is everybody's at once there: else some of it still cools when days are compared. */
    static void coolNothing(final Address grpc) throws Exception {
        try (MawidClient client = MawidClient.connect(grpc.host(), grpc.port())) {
            new Opening(client, null).coolNothing();
        }
    }

    /** Every day that was published or might have been, in words. */
    static Map<Long, String> days(final Address grpc) throws Exception {
        try (Asks asks = new Asks(grpc)) {
            final Ground ground = Ground.read(asks, Map.of());
            ground.readDays(asks, ground.posts(), ModelNetwork.FIRST_DAY, DAYS);
            final Map<Long, String> days = new TreeMap<>();
            ground.days().forEach((key, day) -> {
                final StringBuilder words = new StringBuilder("released at " + day.releasedAtMs() + ':');
                for (int unit = 0; unit < day.units(); unit++) {
                    words.append(' ').append(day.left(unit)).append('/').append(day.open(unit)).append('+').append(day.withheld(unit));
                }
                days.put(key, words.toString());
            });
            return days;
        }
    }

    private static void hoard(final Address grpc, final Address http) throws Exception {
        final Demand restless = new Demand(10, 1, 1, 0, 50, 3, 0, List.of(), 1, 7, 0);
        try (Asks asks = new Asks(grpc); MawidClient client = MawidClient.connect(grpc.host(), grpc.port())) {
            final Ground ground = Ground.read(asks, Map.of());
            ground.readDays(asks, ground.posts(), MONTH_FROM, MONTH_DAYS);
            final Cast.Automaton who = new Cast(restless, ground, FAMILIES, MONTH_FROM, MONTH_DAYS, System.nanoTime()).bots(1).get(0);
            new Crowd(client, (leftNs, what) -> { }).bring(who.hands());
            botsBooks = new Books(ground);
            final Figures figures = new Figures(System.nanoTime(), 1);
            final Loop loop = new Loop(System.nanoTime(), figures, figures, null, System.nanoTime());
            try (GrpcWire overGrpc = new GrpcWire(grpc, loop::answered); HttpWire overHttp = new HttpWire(http, loop::answered)) {
                loop.wires(overGrpc, overHttp);
                bot = new Bot(new Scene(loop, ground, botsBooks, restless, 0), who, new SplittableRandom(7));
                grabAgainAndAgain(loop);
                loop.run(System.nanoTime() + 30 * Loop.SECOND_NS, () -> bot.budgetSpent() >= 3);
                new Settling(loop, botsBooks, asks).settle(10 * Loop.SECOND_NS);
            }
        }
    }

    private static void grabAgainAndAgain(final Loop loop) {
        loop.at(System.nanoTime() + 1_000_000, dueNs -> {
            bot.grab(dueNs);
            if (!loop.isClosed()) {
                grabAgainAndAgain(loop);
            }
        });
    }

    @Test
    void givenAServerOfSomebodyElse_whenTheSurgeIsOver_thenItsDaysAreAsTheyWere() {
        assertThat(surge.wrong()).isEmpty();
        assertThat(surge.books().confirmed()).isPositive();
        assertThat(before.values().stream().filter(words -> words.contains("+" + WITHHELD))).hasSize(POSTS * DAYS / 2);
        assertThat(after).isEqualTo(before);
    }

    @Test
    void givenAServerOfSomebodyElse_whenTheSurgeIsOver_thenNobodyHasAnAppointmentAHoldOrAStampThere() {
        assertThat(inspected.isWhole()).isTrue();
        assertThat(inspected.counts()).containsEntry("appointments.CANCELLED", surge.books().confirmed()).containsEntry("stamps.VOID", surge.books().stamps());
        for (final String none : List.of("appointments.CONFIRMED", "holds")) {
            assertThat(inspected.counts().getOrDefault(none, 0L)).as(none).isZero();
        }
    }

    /** Of the model network one hold comes back each second; without a budget a bot would have one each few milliseconds. */
    @Test
    void givenABotThatHoldsAndGivesBackInALoop_whenItsBudgetIsSpent_thenItIsRefusedUntilTimeBringsMore_andItIsCounted() {
        assertThat(bot.budgetSpent()).isGreaterThanOrEqualTo(3);
        assertThat(bot.held()).isGreaterThanOrEqualTo(BUDGET);
        assertThat(botsBooks.released()).as("it gave back all that it held").isEqualTo(bot.held());
        assertThat(botsBooks.wrong()).as("nothing was held before the instant that a refusal named").isEmpty();
    }
}
