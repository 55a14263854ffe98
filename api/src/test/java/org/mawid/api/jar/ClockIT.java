package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.mawid.api.network.NetworkFolder;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ConfirmReply;
import org.mawid.client.HoldReply;
import org.mawid.client.MawidClient;
import org.mawid.grpc.AvailabilityQuery;
import org.mawid.grpc.Command;
import org.mawid.grpc.Command.CommandCase;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.Run;
import org.mawid.grpc.ServiceNeed;
import org.mawid.grpc.SubmitApplication;

/** A wall clock that steps forth and back under a server, or while there is none; clients know what time it is. */
@Execution(ExecutionMode.CONCURRENT) // each has its own clock and servers
class ClockIT {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final String AGAIN = "again with -Dit.test=ClockIT -Dseed=" + SEED;
    private static final Duration HOURS = Duration.ofHours(2);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration YEAR = Duration.ofDays(400);
    /** The last but two is soon after 1970, where a machine without a battery begins. */
    private static final List<Duration> STEPS = List.of(HOURS, HOURS.negated(), DAY.negated(), YEAR, Duration.ofDays(-20_000),
            Duration.ofMillis(900), Duration.ZERO);
    /** Far less than a step, far more than a test takes. */
    private static final long CLOSE_MS = 300_000;
    private static final int DAYS = 3;
    private static final int CAPACITY = 60;
    private static final int LIVES = 8;
    private static final int ANSWERS = 300;
    private static final int TICKS = 3;
    private static final int WAITING = 3;
    private static final String AHEAD = "mawid_wall_clock_ahead_seconds";
    private static final long STRANGERS = 900_000_000;

    private long persons = STRANGERS;

    @Test
    void givenTraffic_whenTheWallClockStepsForthAndBack_thenLogTimeGoesOnAsBeforeAndNobodyNotices(@TempDir(factory = OnDisk.class) final Path folder)
            throws Exception {
        final Path data = folder.resolve("data");
        final WallClock clock = WallClock.in(folder);
        final Random random = new Random(SEED);
        final Ledger ledger = new Ledger(random.nextLong() | 1);
        final List<Life> lives = new ArrayList<>();
        for (int i = 0; i < LIVES; i++) {
            lives.add(new ShortLife(ledger, 1 + i * 1_000_000L, DAYS, random.nextLong()));
        }
        final long beganMs = System.currentTimeMillis();
        try (Server server = Server.on(data).under(clock.command()).set("mawid.records", false).start()) { // on a fast machine more than they take
            final MawidClient client = server.client();
            OnePost.make(client, DAYS, CAPACITY);
            publish(client, DAYS, System.currentTimeMillis() + HOURS.toMillis());
            final List<String> waiting = OnePost.validated(client, STRANGERS - WAITING, WAITING);
            final HoldReply.Held early = (HoldReply.Held) client.hold(waiting.get(0), List.of(OnePost.leg(0, 0)), false);
            final Traffic traffic = new Traffic(server, lives, 2);
            int answers = 0;
            for (final Duration step : STEPS) {
                final long said = warnings(server);
                clock.step(step);
                answers += ANSWERS;
                traffic.awaitAnswers(answers);
                assertThat(server.metric(AHEAD)).isCloseTo(step.toMillis() / 1e3, within(CLOSE_MS / 1e3));
                assertThat(server.metric("mawid_log_time_seconds")).isCloseTo(System.currentTimeMillis() / 1e3, within(CLOSE_MS / 1e3));
                if (step.abs().compareTo(DAY.dividedBy(24)) > 0) {
                    await().atMost(Server.PATIENCE).until(() -> warnings(server) > said); // seen, and not followed
                }
                assertBooksByTheTrueTime(server, waiting.get(1));
            }
            // What was to come came, while the wall clock said that it was far away.
            clock.step(DAY.negated());
            publish(client, DAYS + 1, System.currentTimeMillis() + 1_000);
            await().atMost(Server.PATIENCE).until(() -> client.hold(waiting.get(2), List.of(OnePost.leg(DAYS + 1, 0)), false) instanceof HoldReply.Held);
            assertThat(client.confirm(early.hold(), false)).as("in time").isInstanceOf(ConfirmReply.Confirmed.class);
            clock.step(YEAR);
            assertImports(folder.resolve("network"), data);
            server.assertServes();
            assertThat(server.errorLines()).noneMatch(line -> line.contains("ERROR") || line.startsWith("\tat "));
            server.kill();
            traffic.awaitEnd();
        }
        final List<CommandReply> replies = ledger.since(0, entry -> entry.reply() != null).stream().map(Ledger.Entry::reply)
                .sorted(Comparator.comparingLong(CommandReply::getPosition)).toList();
        assertThat(replies).as(AGAIN).extracting(CommandReply::getResult).isSubsetOf(Result.OK, Result.HELD_BY_OTHER, Result.SOLD_OUT);
        assertThat(replies).as(AGAIN).extracting(CommandReply::getNowMs).isSorted();
        assertThat(replies.get(0).getNowMs()).isGreaterThan(beganMs - CLOSE_MS);
        assertThat(replies.get(replies.size() - 1).getNowMs()).isLessThan(System.currentTimeMillis() + CLOSE_MS);
        final Inspected inspected = Inspected.whole(data);
        assertBetween(inspected.count("applications") - WAITING - (persons - STRANGERS), ledger, CommandCase.SUBMIT_APPLICATION);
        assertBetween(inspected.count("appointments.CONFIRMED") + inspected.count("appointments.CANCELLED") - 1, ledger, CommandCase.CONFIRM);
    }

    @Test
    void givenAWallClockThatIsWrong_whenStartedAgainAndAgain_thenLogTimeNeverGoesBackNorStandsStill(@TempDir(factory = OnDisk.class) final Path folder)
            throws Exception {
        final Path data = folder.resolve("data");
        final WallClock clock = WallClock.in(folder);
        final SubmitApplication first;
        final CommandReply answer;
        final HoldReply.Held held;
        final HoldReply.Held overslept;
        final List<String> applications;
        long logMs;
        try (Server server = Server.on(data).under(clock.command()).start()) {
            OnePost.make(server.client(), DAYS, 1);
            OnePost.coolsNothing(server.client());
            applications = OnePost.validated(server.client(), 1, 3);
            held = (HoldReply.Held) server.client().hold(applications.get(0), List.of(OnePost.leg(1, 0)), false);
            overslept = (HoldReply.Held) server.client().hold(applications.get(1), List.of(OnePost.leg(1, 1)), false);
            first = submit(server.client().newRequest());
            answer = server.client().execute(command(first));
            logMs = done(answer).getNowMs();
            server.kill();
        }

        clock.step(DAY.negated());
        try (Server server = Server.on(data).under(clock.command()).start()) {
            logMs = assertGoesOn(server, logMs);
            assertThat(logMs).isCloseTo(System.currentTimeMillis(), within(CLOSE_MS));
            assertThat(server.metric(AHEAD)).isCloseTo(-DAY.toSeconds(), within(CLOSE_MS / 1e3));
            await().atMost(Server.PATIENCE).until(() -> server.errorLines().stream().anyMatch(line -> line.contains("behind the engine's time")));
            assertThat(server.client().confirm(held.hold(), false)).as("in time").isInstanceOf(ConfirmReply.Confirmed.class);
            final CommandReply again = server.client().execute(command(first));
            assertThat(again.getRepeatedAnswer()).isTrue();
            assertThat(again.getReference()).isEqualTo(answer.getReference());
            server.kill();
        }

        clock.step(DAY.multipliedBy(2));
        final HoldReply.Held late;
        try (Server server = Server.on(data).under(clock.command()).start()) {
            logMs = assertGoesOn(server, logMs);
            assertThat(logMs).as("two days were slept through").isCloseTo(System.currentTimeMillis() + DAY.multipliedBy(2).toMillis(), within(CLOSE_MS));
            final MawidClient client = server.client();
            assertThat(client.confirm(overslept.hold(), false)).isEqualTo(new ConfirmReply.Refused(Result.HOLD_EXPIRED, 0));
            late = (HoldReply.Held) await().atMost(Server.PATIENCE).until(
                    () -> client.hold(applications.get(2), List.of(OnePost.leg(1, 1)), false), HoldReply.Held.class::isInstance);
            assertThat(client.execute(command(first)).getResult()).as("may have been done, and forgotten").isEqualTo(Result.REQUEST_TOO_OLD);
            assertThat(client.outcome(first.getRequest()).getResult()).isEqualTo(Result.REQUEST_UNKNOWN);
            final Request ofTomorrow = client.newRequest().toBuilder().setCreatedMs(logMs + HOURS.toMillis()).build();
            assertThat(client.execute(command(submit(ofTomorrow))).getResult()).isEqualTo(Result.CREATED_IN_FUTURE);
            server.kill();
        }

        clock.step(Duration.ZERO);
        try (Server server = Server.on(data).under(clock.command()).start()) {
            logMs = assertGoesOn(server, logMs);
            assertThat(server.client().confirm(late.hold(), false)).as("in time").isInstanceOf(ConfirmReply.Confirmed.class);
            server.assertServes();
            server.kill();
        }
        final Inspected inspected = Inspected.whole(data);
        assertThat(inspected.nowMs()).isGreaterThanOrEqualTo(logMs);
        assertThat(inspected.count("applications")).as("all but the one of tomorrow").isEqualTo(applications.size() + persons - STRANGERS - 1);
        assertThat(inspected.count("appointments.CONFIRMED")).isEqualTo(2);
        assertThat(inspected.count("holds")).isZero();
    }

    @Test
    void givenAStepForwardThatIsRight_whenTheOperatorTakesItOver_thenTheGapIsGoneForGoodAndAReplayGivesTheSame(@TempDir(factory = OnDisk.class) final Path folder)
            throws Exception {
        final Path data = folder.resolve("data");
        final WallClock clock = WallClock.in(folder);
        final long position;
        final String hash;
        try (Server server = Server.on(data).under(clock.command()).set("mawid.clock.slew.ppm", 100_000).start()) {
            final MawidClient client = server.client();
            OnePost.make(client, DAYS, CAPACITY);
            OnePost.holdsLive(client, HOURS.toMillis() / 2);
            final List<String> applications = OnePost.validated(client, 1, 2);
            final HoldReply.Held old = (HoldReply.Held) client.hold(applications.get(0), List.of(OnePost.leg(0, 0)), false);
            final HoldReply.Held inTime = (HoldReply.Held) client.hold(applications.get(1), List.of(OnePost.leg(0, 1)), false);

            clock.step(HOURS);
            final double ahead = server.metric(AHEAD);
            assertThat(ahead).isCloseTo(HOURS.toSeconds(), within(CLOSE_MS / 1e3));
            await().atMost(Server.PATIENCE).until(() -> server.metric(AHEAD) < ahead); // drawn after it, slowly
            assertThat(client.confirm(inTime.hold(), false)).as("in time").isInstanceOf(ConfirmReply.Confirmed.class);
            final Request ofNow = client.newRequest().toBuilder().setCreatedMs(System.currentTimeMillis() + HOURS.toMillis()).build();
            assertThat(client.execute(command(submit(ofNow))).getResult()).as("who knows the time").isEqualTo(Result.CREATED_IN_FUTURE);
            final Ran shown = Ran.mawid("clock", "--data", data);
            assertThat(shown.code()).as(shown.said()).isZero();
            assertThat(shown.said()).contains("min", "behind", "1 holds are past their deadline", "--take-over");
            assertThat(server.metric(AHEAD)).as("only shown").isCloseTo(HOURS.toSeconds(), within(CLOSE_MS / 1e3));

            final Ran taken = Ran.mawid("clock", "--data", data, "--take-over");
            assertThat(taken.code()).as(taken.said()).isZero();
            assertThat(taken.said()).containsPattern("went forward by .* position \\d+").contains("1 holds are past their deadline by it");
            assertThat(server.metric(AHEAD)).isCloseTo(0, within(1.0));
            assertThat(server.errorLines()).filteredOn(line -> line.contains("the operator says")).hasSize(1);
            assertThat(client.confirm(old.hold(), false)).isEqualTo(new ConfirmReply.Refused(Result.HOLD_EXPIRED, 0));
            assertThat(client.execute(command(submit(ofNow))).getResult()).isEqualTo(Result.OK);
            assertThat(server.metric("mawid_log_time_seconds") * 1e3).isCloseTo(System.currentTimeMillis() + HOURS.toMillis(), within((double) CLOSE_MS));
            server.assertServes();

            clock.step(Duration.ZERO);
            final Ran back = Ran.mawid("clock", "--data", data, "--take-over");
            assertThat(back.code()).isEqualTo(1);
            assertThat(back.said()).contains("never goes back", "nothing was done").hasLineCount(1);
            final Matcher snapshot = Pattern.compile("snapshot at (\\d+) stateHash (\\w+)").matcher(Ran.mawid("snapshot", "--data", data).said());
            assertThat(snapshot.find()).isTrue();
            position = Long.parseLong(snapshot.group(1));
            hash = snapshot.group(2);
            server.kill();
        }
        final Inspected killed = Inspected.whole(data);
        assertThat(killed.hashes()).containsEntry(position, hash);
        assertThat(killed.count("holds")).isZero();
        assertThat(killed.nowMs()).isCloseTo(System.currentTimeMillis() + HOURS.toMillis(), within(CLOSE_MS));
        try (Server server = Server.on(data).under(clock.command()).start()) {
            assertThat(server.metric(AHEAD)).as("no wall clock takes it back").isCloseTo(-HOURS.toSeconds(), within(CLOSE_MS / 1e3));
            server.kill();
        }
        final Inspected again = Inspected.whole(data);
        assertThat(again.position()).isEqualTo(killed.position());
        assertThat(again.stateHash()).isEqualTo(killed.stateHash());
    }

    /** Both edges do what clients with the right time ask, one after another, and time passes meanwhile. @return log time of the last */
    private long assertGoesOn(final Server server, final long afterMs) throws Exception {
        assertSubmitsOverHttp(server);
        final long[] logMs = {done(server.client().execute(command(submit(server.client().newRequest())))).getNowMs()};
        assertThat(logMs[0]).as("log time").isGreaterThanOrEqualTo(afterMs);
        for (int i = 0; i < TICKS; i++) {
            final long before = logMs[0];
            await().atMost(Server.PATIENCE).until(() -> {
                logMs[0] = done(server.client().execute(command(submit(server.client().newRequest())))).getNowMs();
                return logMs[0] > before;
            });
        }
        return logMs[0];
    }

    /** What is free, what is not released, and what is created when: as if nothing had happened. */
    private void assertBooksByTheTrueTime(final Server server, final String application) throws Exception {
        final MawidClient client = server.client();
        assertThat(client.firstStarts(AvailabilityQuery.newBuilder().addPostIds(OnePost.POST).setFromEpochDay(OnePost.FIRST_DAY).setDays(DAYS + 1)
                .addServices(ServiceNeed.newBuilder().setServiceId(OnePost.SERVICE)).setLimit(1).build()).getSlotsCount()).isEqualTo(1);
        assertThat(client.hold(application, List.of(OnePost.leg(DAYS, 0)), false)).isInstanceOfSatisfying(HoldReply.Refused.class,
                refused -> assertThat(refused.reason()).isEqualTo(Result.NOT_YET_RELEASED));
        assertSubmitsOverHttp(server);
        final long nowMs = System.currentTimeMillis();
        assertThat(client.execute(command(submit(until(client, nowMs + CLOSE_MS)))).getResult()).isEqualTo(Result.OK);
        assertThat(client.execute(command(submit(until(client, nowMs - CLOSE_MS)))).getResult()).isEqualTo(Result.DEADLINE_EXCEEDED);
        persons--; // the last one was not done
    }

    private static Request until(final MawidClient client, final long deadlineMs) {
        return client.newRequest().toBuilder().setDeadlineMs(deadlineMs).build();
    }

    /** What an operator brings in is of the log's day, and created at the log's time. */
    private static void assertImports(final Path files, final Path data) throws Exception {
        final LocalDate today = LocalDate.now(ZoneOffset.UTC);
        final NetworkFolder network = NetworkFolder.write(files, today.getYear(), today.getYear() + 1);
        final Ran ran = Ran.mawid("import", network.path(), "--data", data, "--to", today.plusDays(14));
        assertThat(ran.code()).as(ran.said()).isZero();
        assertThat(ran.said()).containsPattern("[1-9]\\d* published");
    }

    /** Without a key, so that the edge says when it was created. */
    private void assertSubmitsOverHttp(final Server server) throws Exception {
        final HttpResponse<String> submitted = server.post("/v1/applications",
                new JsonObject().put("postId", OnePost.POST).put("lines", new JsonArray().add(new JsonObject().put("serviceId", OnePost.SERVICE)
                        .put("personKey", String.format("%016x", persons++)))).encode());
        assertThat(submitted.statusCode()).as(submitted.body()).isEqualTo(201);
    }

    private SubmitApplication submit(final Request request) {
        return SubmitApplication.newBuilder().setRequest(request).setPostId(OnePost.POST).addLines(OnePost.line(persons++)).build();
    }

    private static Command command(final SubmitApplication submit) {
        return Command.newBuilder().setSubmitApplication(submit).build();
    }

    private static CommandReply done(final CommandReply reply) {
        assertThat(reply.getResult()).isEqualTo(Result.OK);
        return reply;
    }

    private static void publish(final MawidClient client, final int day, final long releasedAtMs) {
        final long epochDay = OnePost.FIRST_DAY + day;
        OnePost.done(client, Command.newBuilder().setPublishDay(PublishDay.newBuilder().setPoolId(OnePost.DESK).setEpochDay((int) epochDay)
                .setStartMs(epochDay * DAY.toMillis() + HOURS.toMillis() * 4).setReleasedAtMs(releasedAtMs).setUnitCount(OnePost.UNITS)
                .setAlignUnits(OnePost.VISIT_UNITS).addRuns(Run.newBuilder().setUnits(OnePost.UNITS).setCapacity(1))));
    }

    private static long warnings(final Server server) throws Exception {
        return server.errorLines().stream().filter(line -> line.contains("the engine's time")).count();
    }

    private static void assertBetween(final long count, final Ledger ledger, final CommandCase kind) {
        assertThat(count).as("%s: all that were acknowledged, and none that was not asked: %s", kind, AGAIN)
                .isBetween(ledger.done(kind), ledger.done(kind) + ledger.open(kind));
    }
}
