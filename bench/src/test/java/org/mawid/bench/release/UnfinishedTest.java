package org.mawid.bench.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.server.EdgeSetting;
import org.mawid.api.server.Service;
import org.mawid.api.server.Settings;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.release.crowd.Demand;
import org.mawid.bench.release.crowd.Sizes;
import org.mawid.bench.release.ground.Address;
import org.mawid.bench.release.ground.Batches;
import org.mawid.bench.release.history.History;
import org.mawid.bench.release.loop.Meter;
import org.mawid.client.MawidClient;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.Setting;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.upkeep.Inspection;
import org.mawid.grpc.ApplyChange;
import org.mawid.grpc.BeginChange;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.SetRules;

/** Surges at a server of somebody else's that come to nothing, one after the other: what each of them leaves there. */
class UnfinishedTest {
    private static final int POSTS = 2;
    private static final int DAYS = 14;
    private static final int MONTH_FROM = ModelNetwork.FIRST_DAY + 8;
    private static final int MONTH_DAYS = 3;
    private static final Sizes FAMILIES = new Sizes(new double[] {50, 100}, new double[] {50, 100});

    /** What a surge came to. */
    private record End(Throwable failure, List<String> notGivenBack, long confirmed, long held, int openChanges, boolean areDaysAsBefore) {
    }

    private static final Map<String, End> ENDS = new LinkedHashMap<>();
    private static Service service;
    private static Address grpc;
    private static Map<Long, String> before;
    private static Inspection.Report inspected;
    private static boolean wasHeld;

    @BeforeAll
    static void run(@TempDir final Path folder) throws Exception {
        final Path data = folder.resolve("data");
        try (Service running = Service.start(Settings.of(Map.of(Setting.DATA.key(), data.toString(), Setting.RECORDS.key(), "false",
                EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0"), Map.of(), null))) {
            service = running;
            service.ready();
            Engines.make(service.engine(), new ModelNetwork(POSTS, DAYS, 24, 2), new Commands(5));
            grpc = new Address("127.0.0.1", service.grpcPort());
            ForeignServerTest.coolNothing(grpc);
            before = ForeignServerTest.days(grpc);
            rules(20, 100, 1_000_000);
            surge("no room for all applications", what -> { });
            rules(100_000, 1, 1_000_000);
            surge("no room for a second change", what -> { });
            rules(100_000, 100, before.size() + 4);
            surge("no room for all days", what -> { });
            rules(100_000, 100, 1_000_000);
            surge("another's calendar", at("publishing the month", UnfinishedTest::changeTheSecondPost));
            surge("interrupted among applications", at("applications", Thread.currentThread()::interrupt));
            surge("interrupted while publishing", at("publishing the month", Thread.currentThread()::interrupt));
            surge("interrupted in the surge", at("released since", Thread.currentThread()::interrupt));
            surge("interrupted in a contest", at("10 takers", Thread.currentThread()::interrupt));
            try (Between between = new Between(grpc, "/Hold", Thread.currentThread()::interrupt); History history = new History(folder.resolve("history"))) {
                surge("interrupted while the probe waits for its hold", between.address(), history, what -> { });
                wasHeld = between.wasKeptBack();
            }
        }
        inspected = Inspection.of(FileDisk.plain(), new DataDirectory(data));
    }

    private static void surge(final String name, final Consumer<String> trouble) throws Exception {
        surge(name, grpc, null, trouble);
    }

    private static void surge(final String name, final Address overGrpc, final History history, final Consumer<String> trouble) throws Exception {
        final Surge surge = new Surge(new Demand(400, 0.005, 2, 50, 50, 3, 10, List.of(2), 1, 7, 0.05),
                new Surge.Where(overGrpc, new Address("127.0.0.1", service.httpPort()), MONTH_FROM, MONTH_DAYS, ModelNetwork.FIRST_DAY + 1, 5, false), history, Meter.NONE,
                (leftNs, what) -> trouble.accept(what));
        Throwable failure = null;
        try {
            surge.run(Map.of(), FAMILIES);
        } catch (final Exception e) {
            failure = e;
        }
        ENDS.put(name, new End(failure, surge.notGivenBack(), surge.books().confirmed(), surge.books().held(), openChanges(), ForeignServerTest.days(grpc).equals(before)));
    }

    /** Once, when it comes to that. */
    private static Consumer<String> at(final String where, final Runnable what) {
        final boolean[] wasThere = new boolean[1];
        return progress -> {
            if (!wasThere[0] && progress.startsWith(where)) {
                wasThere[0] = true;
                what.run();
            }
        };
    }

    /** Of an engine that has room for no more than this. */
    private static void rules(final int applications, final int changes, final int days) {
        done(Command.newBuilder().setSetRules(SetRules.newBuilder().setHoldTtlMs(3_600_000).setHoldBudgetRefillMs(1_000).setValidationTtlMs(400L * 86_400_000)
                .setRememberMs(86_400_000).setCreatedSkewMs(3_600_000).setCheckInEarlyMs(14_400_000).setNoShowGraceMs(900_000).setMaxApplications(applications)
                .setMaxLines(1_000_000).setMaxPersons(1_000_000).setMaxAppointments(100_000).setMaxHolds(100_000).setMaxLegs(1_000_000).setMaxStamps(1_000_000)
                .setMaxDays(days).setMaxRequests(1_000_000).setMaxClients(1_000).setMaxChanges(changes).setHorizonDays(500).setExpiredPerTick(16).setHoldsPerPerson(2)
                .setHoldBudget(8).setOpenLinesPerPerson(16).setReschedulesPerAppointment(3)).build());
    }

    /** As an officer there might, who changes nothing by it. */
    private static void changeTheSecondPost() {
        final CommandReply begun = done(Command.newBuilder().setBeginChange(BeginChange.newBuilder().setPostId(2)).build());
        done(Command.newBuilder().setApplyChange(ApplyChange.newBuilder().setChange(begun.getReference()).setExpectedVersion((int) begun.getDetail())).build());
    }

    private static CommandReply done(final Command command) {
        try (MawidClient client = MawidClient.connect(grpc.host(), grpc.port())) {
            return Batches.done(client, List.of(command), "the test's own command was refused").get(0);
        }
    }

    private static int openChanges() throws InterruptedException {
        final List<Integer> open = new ArrayList<>();
        final CountDownLatch answered = new CountDownLatch(1);
        service.engine().query(core -> {
            core.dump(RecordKind.CHANGES, 0, 1_000, (templateId, buffer, offset, length) -> open.add(templateId));
            answered.countDown();
        });
        answered.await();
        return open.size();
    }

    @Test
    void givenAServerOfSomebodyElse_whenASurgeFailsOrIsInterrupted_thenNoChangeStaysOpen_andItsDaysAreAsTheyWere() {
        assertThat(ENDS).hasSize(9).allSatisfy((name, end) -> {
            assertThat(end.failure()).as(name).isNotNull();
            assertThat(end.notGivenBack()).as(name).isEmpty();
            assertThat(end.openChanges()).as(name + ": changes that are open").isZero();
            assertThat(end.areDaysAsBefore()).as(name).isTrue();
        });
    }

    /** That each of them came as far as it should: of another's calendar one post's month was published already. */
    @Test
    void givenTheTroublesOfThisTest_whenTheyCome_thenTheyComeWhereTheyAreMeantTo() {
        assertThat(ENDS.get("no room for all applications").failure()).hasMessageContaining("APPLICATIONS_FULL");
        assertThat(ENDS.get("no room for a second change").failure()).hasMessageContaining("CHANGES_FULL");
        assertThat(ENDS.get("no room for all days").failure()).hasMessageContaining("DAYS_FULL");
        assertThat(ENDS.get("another's calendar").failure()).hasMessageContaining("days could not be published: CONFLICT to APPLY_CHANGE");
        assertThat(ENDS.get("interrupted in the surge").failure()).isInstanceOf(InterruptedException.class);
        assertThat(ENDS.get("interrupted in the surge").held()).isPositive();
        assertThat(ENDS.get("interrupted in a contest").confirmed()).isPositive();
        assertThat(wasHeld).as("the probe's hold was given, and nobody was told").isTrue();
    }

    @Test
    void givenAServerOfSomebodyElse_whenSurgesCameToNothing_thenNobodyHasAnApplicationAnAppointmentAHoldOrAStampThere() {
        assertThat(inspected.isWhole()).isTrue();
        for (final String none : List.of("appointments.CONFIRMED", "holds", "stamps.ISSUED", "lines.VALIDATED", "lines.SUBMITTED")) {
            assertThat(inspected.counts().getOrDefault(none, 0L)).as(none).isZero();
        }
        assertThat(inspected.counts().get("lines.WITHDRAWN")).isPositive();
    }
}
