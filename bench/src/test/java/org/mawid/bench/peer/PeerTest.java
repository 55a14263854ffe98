package org.mawid.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.References;
import org.mawid.api.server.GrpcServer;
import org.mawid.api.server.GrpcServerConfig;
import org.mawid.bench.peer.foreign.Installed;
import org.mawid.bench.peer.mawid.MawidPeer;
import org.mawid.bench.peer.postgres.PostgresPeer;
import org.mawid.bench.peer.redis.RedisPeer;
import org.mawid.bench.peer.work.Applications;
import org.mawid.bench.peer.work.Books;
import org.mawid.bench.peer.work.Calendar;
import org.mawid.bench.peer.work.Drive;
import org.mawid.bench.peer.work.Ground;
import org.mawid.bench.peer.work.Peer;
import org.mawid.bench.peer.work.Questions;
import org.mawid.bench.peer.work.Share;
import org.mawid.bench.peer.work.Steps;
import org.mawid.bench.peer.work.Taken;
import org.mawid.bench.wire.loop.Tally;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Setting;
import redis.clients.jedis.Jedis;

/** The three do the same: one table of steps and answers for all, on the real servers. Each test has days of its own. */
class PeerTest {
    private static final boolean SKIP_NOTHING = System.getenv("CI_SKIP_NOTHING") != null;
    private static final Calendar CALENDAR = new Calendar(4, 1, 6, 8, 2);
    private static final int VALIDATED = 2_000;
    private static final int UNVALIDATED = 20;
    private static final Pattern STEP = Pattern.compile("(\\w+) (hold day=(\\d+) slot=(\\d+) units=(\\d+)|hold unvalidated day=(\\d+)|confirm|cancel|release) +-> (\\w+)");

    /** Who applied, what they asked for, what they are told. */
    private static final List<String> STEPS = List.of(
            "amal hold day=0 slot=2 units=2    -> DONE",
            "badr hold day=0 slot=3 units=1    -> DONE",
            "chama hold day=0 slot=3 units=2   -> NO_ROOM",
            "driss hold day=0 slot=1 units=3   -> NO_ROOM",
            "chama hold day=0 slot=4 units=2   -> DONE",
            "elias hold day=0 slot=7 units=2   -> NO_ROOM",
            "farah hold unvalidated day=0      -> NOT_VALIDATED",
            "amal confirm                      -> DONE",
            "amal confirm                      -> ENDED",
            "amal release                      -> ENDED",
            "badr release                      -> DONE",
            "badr confirm                      -> ENDED",
            "badr release                      -> ENDED",
            "driss hold day=0 slot=1 units=3   -> DONE",
            "amal cancel                       -> DONE",
            "amal cancel                       -> ENDED",
            "amal hold day=0 slot=2 units=2    -> DONE",
            "ghita hold day=0 slot=0 units=4   -> NO_ROOM",
            "ghita hold day=1 slot=0 units=4   -> DONE");
    private static final String LEFT_ON_DAY_0 = "0 1 2 2 1 1 0 0";
    private static final String LEFT_ON_DAY_1 = "1 1 1 1 0 0 0 0";

    enum Who { POSTGRES, REDIS, MAWID }

    /** A peer, and how its holds come to their end sooner than in ten minutes. */
    private record Subject(Peer peer, Runnable soon, Runnable later, AutoCloseable end) {
    }

    @TempDir
    static Path folder;
    private static final Map<Who, Subject> STARTED = new EnumMap<>(Who.class);

    private static Subject started(final Who who) throws Exception {
        if (!STARTED.containsKey(who)) {
            final Subject subject = switch (who) {
                case POSTGRES -> postgres();
                case REDIS -> redis();
                case MAWID -> mawid();
            };
            STARTED.put(who, subject);
            subject.peer().prepare(VALIDATED, UNVALIDATED);
        }
        return STARTED.get(who);
    }

    private static Subject postgres() throws Exception {
        final Optional<Path> programs = Installed.postgres();
        assumeTrue(programs.isPresent() || SKIP_NOTHING, "PostgreSQL is not installed here: " + Installed.INSTALL_POSTGRES);
        final PostgresPeer peer = PostgresPeer.start(programs.get(), null, CALENDAR);
        return new Subject(peer, () -> peer.holdTtlMs(200), () -> peer.holdTtlMs(600_000), () -> { });
    }

    private static Subject redis() throws Exception {
        final Optional<Path> program = Installed.redis();
        assumeTrue(program.isPresent() || SKIP_NOTHING, "Redis is not installed here: " + Installed.INSTALL_REDIS);
        final RedisPeer peer = RedisPeer.start(program.get(), null, CALENDAR);
        return new Subject(peer, () -> peer.holdTtlMs(200), () -> peer.holdTtlMs(600_000), () -> { });
    }

    /** Its log time is ours to move. */
    private static Subject mawid() throws Exception {
        final EmbeddedEngine engine = EmbeddedEngine.start(EngineConfig.at(folder.resolve("mawid")).with(Setting.SIMULATION, true).with(Setting.RECORDS, false).with(Setting.SEGMENT_BYTES, 4 << 20)
                .with(Setting.RETIRE_EVERY_MS, 0).with(Setting.SNAPSHOT_AT_STOP, false));
        engine.advanceTo(System.currentTimeMillis());
        final Gateway gateway = new Gateway(engine, References.of(1, new byte[32]), 30_000, SystemEpochClock.INSTANCE);
        final GrpcServer server = GrpcServer.start(GrpcServerConfig.loopback(0), gateway);
        server.ready();
        return new Subject(MawidPeer.at(server.port(), CALENDAR), () -> { }, () -> engine.advanceTo(System.currentTimeMillis() + 601_000), () -> {
            server.close();
            gateway.close();
            engine.close();
        });
    }

    @AfterAll
    static void end() throws Exception {
        for (final Subject subject : STARTED.values()) {
            subject.peer().close();
            subject.end().close();
        }
        STARTED.clear();
    }

    /** One application each, of the size that is asked for, and what is known of its visit. */
    private static final class Cast {
        private final Map<String, Integer> application = new HashMap<>();
        private final Map<String, Long> visit = new HashMap<>();
        private final List<Steps> asked = new ArrayList<>();
        private final BitSet used = new BitSet();
        private final long idHigh;
        private long idLow;

        Cast(final long idHigh) {
            this.idHigh = idHigh;
        }

        private int application(final String name, final int units, final int from) {
            return application.computeIfAbsent(name, who -> {
                int free = used.nextClearBit(from);
                while (Applications.units(free) != units) {
                    free = used.nextClearBit(free + 1);
                }
                used.set(free);
                return free;
            });
        }

        Steps hold(final String name, final int day, final int slot, final int units) {
            return steps(Steps.HOLD, application(name, units, 0), 0, day, slot, units);
        }

        Steps step(final String text) {
            final Matcher said = STEP.matcher(text);
            assertThat(said.matches()).as(text).isTrue();
            final String name = said.group(1);
            if (said.group(3) != null) {
                return hold(name, Integer.parseInt(said.group(3)), Integer.parseInt(said.group(4)), Integer.parseInt(said.group(5)));
            }
            if (said.group(6) != null) {
                return steps(Steps.HOLD, application(name, 1, VALIDATED), 0, Integer.parseInt(said.group(6)), 0, 1);
            }
            final byte kind = switch (said.group(2)) {
                case "confirm" -> Steps.CONFIRM;
                case "cancel" -> Steps.CANCEL;
                default -> Steps.RELEASE;
            };
            return steps(kind, application.get(name), visit.get(name + (kind == Steps.CANCEL ? " confirmed" : " held")), 0, 0, 1);
        }

        private Steps steps(final byte kind, final int whose, final long of, final int day, final int slot, final int units) {
            final Steps steps = new Steps(1);
            steps.begin(idHigh, System.currentTimeMillis());
            steps.add(kind, whose, of, day, slot, units, ++idLow);
            return steps;
        }

        void answered(final String name, final Steps steps) {
            asked.add(steps);
            if (steps.answer[0] > 0 && steps.kind[0] == Steps.HOLD) {
                visit.put(name + " held", steps.answer[0]);
            } else if (steps.answer[0] > 0 && steps.kind[0] == Steps.CONFIRM) {
                visit.put(name + " confirmed", steps.answer[0]);
            }
        }
    }

    private static String day(final Peer peer, final int day) throws Exception {
        return day(onDay(peer, day), day);
    }

    @ParameterizedTest
    @EnumSource
    void givenOneTableOfSteps_whenAsked_thenEveryPeerGivesItsAnswers_andWhenAskedAgain_thenTheSameOnes(final Who who) throws Exception {
        final Peer peer = started(who).peer();
        final Cast cast = new Cast(0x1234_5678_9ABC_DEF1L);
        try (Drive drive = peer.drive(1)) {
            for (final String text : STEPS) {
                final Steps steps = cast.step(text);
                drive.ask(steps);
                assertThat(Steps.name(steps.answer[0])).as(text).isEqualTo(text.substring(text.lastIndexOf(' ') + 1));
                cast.answered(text.substring(0, text.indexOf(' ')), steps);
            }
            assertThat(day(peer, 0)).isEqualTo(LEFT_ON_DAY_0);
            assertThat(day(peer, 1)).isEqualTo(LEFT_ON_DAY_1);

            for (final Steps again : cast.asked) {
                final long first = again.answer[0];
                again.answer[0] = 0;
                drive.ask(again);
                assertThat(again.answer[0]).as("step %d of request %d", again.kind[0], again.idLow[0]).isEqualTo(first);
            }
            assertThat(day(peer, 0)).isEqualTo(LEFT_ON_DAY_0);
            assertThat(day(peer, 1)).isEqualTo(LEFT_ON_DAY_1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void givenABatch_whenAskedTwice_thenEachStepHasItsOwnAnswerBothTimes(final Who who) throws Exception {
        final Peer peer = started(who).peer();
        final Cast cast = new Cast(0x2234_5678_9ABC_DEF1L);
        cast.used.set(0, 200);
        final Steps batch = new Steps(5);
        batch.begin(0x3234_5678_9ABC_DEF1L, System.currentTimeMillis());
        for (int i = 0; i < 5; i++) {
            final int units = i == 3 ? 3 : 2;
            batch.add(Steps.HOLD, cast.application("applicant " + i, units, 0), 0, 2, i == 3 ? 1 : 4, units, 1 + i);
        }
        try (Drive drive = peer.drive(1)) {
            drive.ask(batch);

            // PostgreSQL takes them in the order of their places, the others as they come: two of the four that want the same fit.
            final long[] first = batch.answer.clone();
            assertThat(first[3]).isPositive();
            assertThat(Arrays.stream(first).filter(answer -> answer > 0)).hasSize(3);
            assertThat(Arrays.stream(first).filter(answer -> answer == Steps.NO_ROOM)).hasSize(2);

            drive.ask(batch);
            assertThat(batch.answer).isEqualTo(first);
            assertThat(day(peer, 2)).isEqualTo("0 1 1 1 2 2 0 0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void givenEightClientsOnOneSmallDay_whenAllAskAtOnce_thenBooksAndServerAgreeAndNothingIsOversold(final Who who) throws Exception {
        final Peer peer = started(who).peer();
        final int day = 9;
        final Ground oneDay = new Ground(day, 1, 1, Long.MAX_VALUE);
        final List<Books> books = new ArrayList<>();
        for (int client = 0; client < 8; client++) {
            books.add(new Books(CALENDAR, oneDay, Share.alone(400 + 100 * client, 100), 31 + client, 0x5234_5678_9ABC_DEF0L + client));
        }
        try (Drive drive = peer.drive(8)) {
            for (final int batch : new int[] {1, 20}) {
                final Tally tally = new Tally();
                tally.measure(true);
                drive.start(books, Books::next, batch, tally);
                for (int waited = 0; tally.refused() < 300 && !tally.isStopping() && waited < 2_000; waited++) {
                    Thread.sleep(5);
                }
                tally.stop();
                drive.await();
                tally.requireNoFailure();

                assertThat(tally.refused()).as("whoever came late was told so").isGreaterThanOrEqualTo(300);
                assertThat(tally.notAdmitted() + tally.lost()).as("steps that had to be asked again").isZero();
                final Taken own = new Taken(CALENDAR);
                books.forEach(one -> one.addTo(own));
                final Taken server = onDay(peer, day);
                assertThat(day(server, day)).isEqualTo(day(own, day));
                assertThat(server.sum()).isPositive();
                for (int slot = 0; slot < CALENDAR.slots(); slot++) {
                    assertThat(server.at(day, slot)).isBetween(0, CALENDAR.capacity());
                }
            }
            final Tally back = new Tally();
            drive.start(books, Books::nextBack, 20, back);
            drive.await();
            back.requireNoFailure();
            assertThat(day(peer, day)).isEqualTo("0 0 0 0 0 0 0 0");
        }
    }

    private static Taken onDay(final Peer peer, final int day) throws Exception {
        final BitSet only = new BitSet();
        only.set(day);
        return peer.taken(only);
    }

    private static String day(final Taken taken, final int day) {
        final List<String> slots = new ArrayList<>();
        for (int slot = 0; slot < CALENDAR.slots(); slot++) {
            slots.add(Integer.toString(taken.at(day, slot)));
        }
        return String.join(" ", slots);
    }

    @ParameterizedTest
    @EnumSource
    void givenAPartlyTakenPost_whenSearched_thenTheDatesAreThoseOfTheBooks(final Who who) throws Exception {
        final Peer peer = started(who).peer();
        final int post = 3;
        final List<Books> books = List.of(new Books(CALENDAR, new Ground(post * CALENDAR.dates(), CALENDAR.dates(), 1, Long.MAX_VALUE), Share.alone(1_300, 44), 5, 0x6234_5678_9ABC_DEF1L));
        try (Drive drive = peer.drive(1)) {
            final Tally filling = new Tally();
            drive.start(books, Books::nextHold, 10, filling);
            drive.await();
            filling.requireNoFailure();
            final Taken own = new Taken(CALENDAR);
            books.get(0).addTo(own);
            final Questions questions = new Questions(post, 1, own, 7);
            assertThat(questions.found(CALENDAR.dates())).as("share of the dates: neither all nor none").isStrictlyBetween(0.0, 1.0);

            final Tally tally = new Tally();
            tally.measure(true);
            drive.search(questions, tally);
            for (int waited = 0; tally.count() < 100 && !tally.isStopping() && waited < 2_000; waited++) {
                Thread.sleep(5);
            }
            tally.stop();
            drive.await();
            tally.requireNoFailure();
            assertThat(tally.count()).isGreaterThanOrEqualTo(100);

            drive.start(books, Books::nextBack, 10, new Tally());
            drive.await();
        }
    }

    @ParameterizedTest
    @EnumSource
    void givenHoldsWhoseTimeIsOver_whenAnotherAsks_thenTheirRoomIsBack_andTheyCannotBeConfirmed(final Who who) throws Exception {
        final Subject subject = started(who);
        final int day = 5;
        final Cast cast = new Cast(0x4234_5678_9ABC_DEF1L);
        cast.used.set(0, 300);
        try (Drive drive = subject.peer().drive(1)) {
            subject.soon().run();
            for (final String first : List.of("hiba", "idris")) {
                final Steps hold = cast.hold(first, day, 6, 1);
                drive.ask(hold);
                cast.answered(first, hold);
                assertThat(hold.answer[0]).isPositive();
            }
            subject.later().run();
            long answer = Steps.NO_ROOM;
            for (int waited = 0; answer == Steps.NO_ROOM && waited < 400; waited++) {
                final Steps hold = cast.hold("jamila", day, 6, 1);
                drive.ask(hold);
                answer = hold.answer[0];
                Thread.sleep(answer > 0 ? 0 : 50);
            }
            assertThat(answer).isPositive();
            final Steps late = cast.step("hiba confirm -> ENDED");
            drive.ask(late);
            assertThat(Steps.name(late.answer[0])).isEqualTo("ENDED");
        }
    }

    @Test
    void givenPostgresThatDoesNotWaitForTheDisk_whenAsked_thenItIsNotCompared() throws Exception {
        final PostgresPeer peer = (PostgresPeer) started(Who.POSTGRES).peer();
        assertThat(peer.durability()).contains("synchronous_commit=on", "fsync=on");
        try (Connection connection = peer.connect(); Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE postgres SET synchronous_commit = off");
            try {
                assertThatThrownBy(peer::durability).isInstanceOf(IllegalStateException.class).hasMessageContaining("synchronous_commit=off");
            } finally {
                statement.execute("ALTER DATABASE postgres RESET synchronous_commit");
            }
        }
    }

    @Test
    void givenRedisThatDoesNotWaitForTheDisk_whenAsked_thenItIsNotCompared() throws Exception {
        final RedisPeer peer = (RedisPeer) started(Who.REDIS).peer();
        assertThat(peer.durability()).contains("appendfsync=always");
        try (Jedis jedis = peer.connect()) {
            jedis.configSet("appendfsync", "everysec");
            try {
                assertThatThrownBy(peer::durability).isInstanceOf(IllegalStateException.class).hasMessageContaining("appendfsync=everysec");
            } finally {
                jedis.configSet("appendfsync", "always");
            }
        }
    }
}
