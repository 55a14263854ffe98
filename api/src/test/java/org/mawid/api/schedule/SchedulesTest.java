package org.mawid.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.References;
import org.mawid.api.network.Network;
import org.mawid.api.network.NetworkImport;
import org.mawid.api.network.NetworkImport.Existing;
import org.mawid.api.network.NetworkImport.Others;
import org.mawid.api.network.NetworkImport.Publication;
import org.mawid.api.network.Release;
import org.mawid.api.network.Schedule;
import org.mawid.api.report.Reports;
import org.mawid.api.schedule.Difference.Kind;
import org.mawid.api.schedule.Schedules.Outcome;
import org.mawid.api.schedule.WantedSchedule.ExceptionalDays;
import org.mawid.api.schedule.WantedSchedule.Holidays;
import org.mawid.api.schedule.WantedSchedule.Opening;
import org.mawid.api.schedule.WantedSchedule.PoolHours;
import org.mawid.api.schedule.WantedSchedule.Quota;
import org.mawid.api.server.GrpcServer;
import org.mawid.api.server.GrpcServerConfig;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.HoldReply;
import org.mawid.client.MawidClient;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.Engine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Setting;
import org.mawid.engine.readmodel.Availability.DayView;
import org.mawid.grpc.AddToChange;
import org.mawid.grpc.BeginChange;
import org.mawid.grpc.CloseDays;
import org.mawid.grpc.Command;
import org.mawid.grpc.Run;
import org.mawid.sbe.Result;

/** A post's wishes against the real engine: what differs, what is refused, and that all comes about or nothing. */
class SchedulesTest {
    private static final LocalDate FIRST = LocalDate.ofEpochDay(OnePost.FIRST_DAY);
    private static final String DESK = "paris/1";
    private static final Set<DayOfWeek> ALL_DAYS = EnumSet.allOf(DayOfWeek.class);

    @TempDir
    private Path folder;
    private EmbeddedEngine engine;
    private Gateway gateway;
    private GrpcServer server;
    private MawidClient client;
    private Schedules schedules;

    @BeforeEach
    void start() throws Exception {
        engine = EmbeddedEngine.start(EngineConfig.at(folder.resolve("data")).with(Setting.RECORDS, false).with(Setting.SEGMENT_BYTES, 4L << 20));
        gateway = new Gateway(engine, References.open(folder.resolve("reference.key")), 5_000);
        server = GrpcServer.start(GrpcServerConfig.loopback(0), gateway);
        server.ready();
        client = MawidClient.connect(ClientOptions.of("127.0.0.1", server.port()));
        OnePost.define(client);
        schedules = on(engine);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        gateway.close();
        engine.close();
    }

    @Test
    void givenNothing_whenAWeekIsWanted_thenItIsToldFirstAndInForceOnceApplied() {
        final WantedSchedule week = wanted(7, open("09:00", "12:00", 3, Map.of(Quota.CALL_CENTRE, 1)), open("13:00", "15:00", 2, Map.of()));
        final Difference dry = schedules.difference(week);
        assertThat(dry.count(Kind.ADDED)).isEqualTo(7);
        assertThat(dry.version()).isZero();
        assertThat(Words.of(dry)).containsExactly(
                "paris, " + FIRST + " to " + FIRST.plusDays(6) + ": 7 days added, 0 changed, 0 closed, 0 as they are; calendar version 0",
                "paris/1 is opened 09:00-12:00 3 places (1 withheld), 13:00-15:00 2 places, a start every 15 min on 7 dates from " + FIRST + " to " + FIRST.plusDays(6),
                "paris/1: quotas are withheld from everybody and do not spill, for the log is of a core version before 6, which keeps no places for channels:"
                        + " an operator raises it (mawid core-version), then send this again");
        assertThat(day(0)).as("a dry run").isNull();

        assertThat(schedules.apply(week, 0)).isInstanceOfSatisfying(Outcome.Applied.class, applied -> assertThat(applied.version()).isEqualTo(1));
        assertThat(day(6).open()).hasSize(72).startsWith(2, 2).endsWith(2);
        assertThat(day(6).open()[40]).as("noon").isZero();
        assertThat(day(6).withheld()[0]).isEqualTo(1);
        assertThat(schedules.present("paris", FIRST, FIRST.plusDays(6)).days()).hasSize(7);

        final Outcome again = schedules.apply(week, 1);
        assertThat(again).isInstanceOfSatisfying(Outcome.Applied.class, applied -> assertThat(applied.version()).isEqualTo(1));
        assertThat(again.difference().isNothing()).isTrue();
        assertThat(again.difference().same()).isEqualTo(7);
    }

    @Test
    void givenAWeek_whenAnotherIsWanted_thenDaysAreAddedChangedAndClosedAndTheRestStays() {
        schedules.apply(wanted(3, open("09:00", "12:00", 3, Map.of())), 0);
        final WantedSchedule other = new WantedSchedule("paris", FIRST, FIRST.plusDays(3), Release.DEFAULT, Holidays.NONE,
                List.of(pool(open("09:00", "12:00", 3, Map.of()))), List.of(exception(1), exception(2, open("09:00", "11:00", 3, Map.of()))));
        final Difference difference = schedules.difference(other);
        assertThat(difference.changes()).extracting(change -> change.kind() + " " + change.date()).containsExactly(
                "CLOSED " + FIRST.plusDays(1), "CHANGED " + FIRST.plusDays(2), "ADDED " + FIRST.plusDays(3));
        assertThat(Words.of(difference)).contains("paris/1 is closed, was 09:00-12:00 3 places, a start every 15 min on " + FIRST.plusDays(1),
                "paris/1 becomes 09:00-11:00 3 places, a start every 15 min, was 09:00-12:00 3 places, a start every 15 min on " + FIRST.plusDays(2));
        assertThat(schedules.apply(other, 1)).isInstanceOf(Outcome.Applied.class);
        assertThat(day(0).open()).hasSize(36);
        assertThat(day(1).open()).containsOnly(0);
        assertThat(day(2).open()).hasSize(24);
        assertThat(schedules.difference(other).isNothing()).isTrue();
    }

    @Test
    void givenSomebodyHasAPlace_whenItIsWantedAway_thenItIsRefusedAndTheWayOutNamed() {
        schedules.apply(wanted(2, open("08:00", "16:00", 1, Map.of())), 0);
        hold(0, 4); // 09:00
        final Difference closing = schedules.difference(wanted(2, open("10:00", "16:00", 1, Map.of())));
        assertThat(closing.refused()).extracting(refused -> refused.why() + " " + refused.date()).containsExactly("CAPACITY_BELOW_TAKEN " + FIRST);
        assertThat(Words.of(closing)).anyMatch(line -> line.startsWith("refused: paris/1 CAPACITY_BELOW_TAKEN, more is booked or held")
                && line.contains("CloseDays") && line.endsWith("; on " + FIRST + ": at 09:00 1 are booked or held, and 0 could be"));
        assertThat(schedules.apply(wanted(2, open("10:00", "16:00", 1, Map.of())), 1)).isInstanceOf(Outcome.Refused.class);
        assertThat(day(1).open()).as("nothing of it").hasSize(96);

        assertThat(schedules.difference(wanted(2, open("07:00", "16:00", 1, Map.of()))).refused()).extracting(Difference.Refused::why).containsExactly(Result.GRID_MISMATCH);

        // Beginning later is possible on the same grid as long as the place stays.
        assertThat(schedules.apply(wanted(2, open("08:30", "16:00", 1, Map.of())), 1)).isInstanceOf(Outcome.Applied.class);
        assertThat(day(0).open()).hasSize(96).startsWith(0, 0, 0, 0, 0, 0, 1);
        assertThat(day(1).open()).hasSize(90);
        assertThat(schedules.difference(wanted(2, open("08:30", "16:00", 1, Map.of()))).isNothing()).as("on either grid").isTrue();
    }

    @Test
    void givenSomebodyElseHasChangedTheCalendar_whenApplied_thenConflictWithTheNewDifference() {
        final WantedSchedule week = wanted(3, open("08:00", "16:00", 2, Map.of()));
        final long version = schedules.difference(week).version();
        OnePost.open(client, 0, 1);
        final Outcome conflict = schedules.apply(week, version);
        assertThat(conflict).isInstanceOf(Outcome.Conflict.class);
        assertThat(conflict.difference().version()).isEqualTo(version + 1);
        assertThat(conflict.difference().count(Kind.CHANGED)).isEqualTo(1);
        assertThat(day(1)).isNull();
        assertThat(schedules.apply(week, conflict.difference().version())).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void givenSomebodyGetsInBetweenStagingAndApplying_thenConflictAndNothingIsLeftOpen() {
        final Engine slow = before(4, () -> OnePost.open(client, 5, 1)); // begin, two days, then apply
        final Outcome conflict = on(slow).apply(wanted(2, open("08:00", "16:00", 2, Map.of())), 0);
        assertThat(conflict).isInstanceOf(Outcome.Conflict.class);
        assertThat(conflict.difference().version()).isEqualTo(1);
        assertNothingDone();
    }

    @Test
    void givenADayThatAnOfficerHasStaged_thenRefusedAndTheOfficersChangeStays() {
        final String change = client.execute(Command.newBuilder().setBeginChange(BeginChange.newBuilder().setPostId(OnePost.POST)).build()).getReference();
        OnePost.done(client, Command.newBuilder().setAddToChange(AddToChange.newBuilder().setChange(change).setPoolId(OnePost.DESK).setEpochDay(OnePost.FIRST_DAY + 1)
                .setStartMs((OnePost.FIRST_DAY + 1) * 86_400_000L + 8 * 3_600_000L).setUnitCount(12).setAlignUnits(3).addRuns(Run.newBuilder().setUnits(12).setCapacity(1))));
        final Outcome refused = schedules.apply(wanted(3, open("08:00", "16:00", 2, Map.of())), 0);
        assertThat(refused).isInstanceOf(Outcome.Refused.class);
        assertThat(refused.difference().refused()).extracting(one -> one.why() + " " + one.date()).containsExactly("DAY_ALREADY_STAGED " + FIRST.plusDays(1));
        assertThat(day(0)).isNull();
        assertThat(engine.readModel().catalogue().openChanges()).hasSize(1);
    }

    @Test
    void givenAnApplyThatIsKilledAtAnyCommand_whenTheNextOneComes_thenNothingIsHalfDone() {
        final WantedSchedule week = wanted(3, open("08:00", "16:00", 2, Map.of()));
        for (int command = 1; command <= 5; command++) { // begin, three days, apply
            final Engine killed = before(command, () -> {
                throw new IllegalStateException("killed");
            });
            assertThatThrownBy(() -> on(killed).apply(week, 0)).hasMessage("killed");
            assertThat(schedules.abandonWhatWasLeft()).as("at command " + command).isEqualTo(command == 1 ? 0 : 1);
            assertNothingDone();
        }
        assertThat(schedules.apply(week, 0)).isInstanceOf(Outcome.Applied.class);
        assertThat(schedules.abandonWhatWasLeft()).isZero();
    }

    @Test
    void givenAClosureThatCoversHalfADay_whenTheWholeOfItIsWanted_thenItStaysClosedThereAndIsToldSo() throws Exception {
        engine.setCoreVersion(engine.newestCoreVersion());
        final long eight = FIRST.toEpochDay() * 86_400_000L + 8 * 3_600_000L;
        OnePost.done(client, Command.newBuilder().setCloseDays(CloseDays.newBuilder().setPostId(OnePost.POST).setFromMs(eight).setToMs(eight + 4 * 3_600_000L)));
        final WantedSchedule days = wanted(2, open("08:00", "16:00", 2, Map.of()));
        assertThat(schedules.difference(days).notices()).containsExactly(DESK + " on " + FIRST + " stays closed as closure 1 says, until that is ended");
        assertThat(schedules.apply(days, schedules.difference(days).version())).isInstanceOf(Outcome.Applied.class);
        assertThat(day(0).open()[47]).isZero();
        assertThat(day(0).open()[48]).isEqualTo(2);
        assertThat(day(1).open()).containsOnly(2);
        assertThat(schedules.difference(days).isNothing()).isTrue();
    }

    @Test
    void givenADateWantedClosed_whenTheCalendarGoesOnByItself_thenItIsNotOpenedAgain() throws Exception {
        final Network network = Network.bundled();
        final LocalDate monday = LocalDate.of(2027, 3, 1);
        final Network.Post colombes = network.posts().stream().filter(post -> post.code().equals("MA-CG-COLOMBES")).findFirst().orElseThrow();
        try (EmbeddedEngine other = EmbeddedEngine.start(EngineConfig.at(folder.resolve("other")).with(Setting.RECORDS, false).with(Setting.SIMULATION, true).with(Setting.SEGMENT_BYTES, 4L << 20))) {
            other.advanceTo(monday.toEpochDay() * 86_400_000L);
            final Schedule files = new Schedule(network);
            new NetworkImport(other, 1, other::nowMs, (phase, done, total) -> { }).run(files, new Publication(monday, monday, monday, Existing.KEEP, Others.REFUSE));
            final Schedules live = new Schedules(other, null, () -> network, Reports.NONE, other::nowMs);
            final WantedSchedule said = FileSchedules.of(network, colombes, monday, monday.plusDays(4));
            final WantedSchedule strike = new WantedSchedule(said.post(), said.from(), said.to(), said.release(), said.holidays(), said.pools(),
                    List.of(new ExceptionalDays(monday.plusDays(2), monday.plusDays(2), Set.of(), Set.of(), List.of(), "strike")));
            final Difference difference = live.difference(strike);
            assertThat(difference.count(Kind.CLOSED)).isEqualTo(said.pools().size());
            assertThat(Words.of(difference)).contains("D1 is kept closed on " + monday.plusDays(2));
            assertThat(live.apply(strike, difference.version())).isInstanceOf(Outcome.Applied.class);
            final NetworkImport.Report next = new NetworkImport(other, 3, other::nowMs, (phase, done, total) -> { })
                    .publish(files, List.of(colombes), new Publication(monday, monday.plusDays(7), monday, Existing.KEEP, Others.REFUSE));
            assertThat(next.published()).as("the next Monday").isEqualTo(said.pools().size());
            assertThat(live.difference(strike).isNothing()).isTrue();
            assertThat(live.present(said.post(), monday, monday.plusDays(4)).days()).extracting(Present.Day::date).doesNotContain(monday.plusDays(2)).contains(monday.plusDays(3));
        }
    }

    @Test
    void givenServicesThatTheDeskDoesNotServe_thenTheyAreToldWithTheRouteAndNotChangedInPassing() {
        final Difference difference = schedules.difference(new WantedSchedule("paris", FIRST, FIRST, Release.DEFAULT, Holidays.NONE,
                List.of(new PoolHours(DESK, 15, Set.of("visa"), List.of(open("09:00", "12:00", 1, Map.of())), null)), List.of()));
        assertThat(difference.refused()).extracting(Difference.Refused::todo).containsExactly(
                "passport is served there, which holds on all dates: PUT /v1/catalogue/desks/11/services/21 first", "no service is called visa");
        assertThatThrownBy(() -> schedules.difference(new WantedSchedule("rome", FIRST, FIRST, Release.DEFAULT, Holidays.NONE, List.of(), List.of())))
                .isInstanceOf(UnknownPostException.class).hasMessage("no post is called rome");
    }

    // ---- as the tests say it

    private Schedules on(final Engine one) {
        return new Schedules(one, folder.resolve("schedule.unfinished"), () -> null, Reports.NONE, System::currentTimeMillis);
    }

    /** The engine, to which something happens just before its n-th command. */
    private Engine before(final int n, final Runnable happening) {
        final AtomicInteger commands = new AtomicInteger();
        return (Engine) Proxy.newProxyInstance(Engine.class.getClassLoader(), new Class<?>[] {Engine.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("submit") && commands.incrementAndGet() == n) {
                happening.run();
            }
            try {
                return method.invoke(engine, arguments);
            } catch (final InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private void assertNothingDone() {
        engine.readModel().availability().awaitPosition(engine.status().durablePosition(), 5_000);
        assertThat(day(0)).isNull();
        assertThat(engine.readModel().catalogue().openChanges()).isEmpty();
    }

    private void hold(final int day, final int start) {
        final String application = OnePost.validated(client, 100, 1).get(0);
        final HoldReply held = client.hold(application, List.of(OnePost.leg(day, start)), false);
        assertThat(held).isInstanceOf(HoldReply.Held.class);
    }

    private DayView day(final int day) {
        return engine.readModel().availability().day(OnePost.DESK, OnePost.FIRST_DAY + day);
    }

    private static WantedSchedule wanted(final int days, final Opening... hours) {
        return new WantedSchedule("paris", FIRST, FIRST.plusDays(days - 1), Release.DEFAULT, Holidays.NONE, List.of(pool(hours)), List.of());
    }

    private static PoolHours pool(final Opening... hours) {
        return new PoolHours(DESK, 15, null, List.of(hours), null);
    }

    private static Opening open(final String open, final String close, final int places, final Map<Quota, Integer> quotas) {
        return new Opening(ALL_DAYS, LocalTime.parse(open), LocalTime.parse(close), places, quotas);
    }

    private static ExceptionalDays exception(final int day, final Opening... hours) {
        return new ExceptionalDays(FIRST.plusDays(day), FIRST.plusDays(day), Set.of(), Set.of(), List.of(hours), "");
    }
}
