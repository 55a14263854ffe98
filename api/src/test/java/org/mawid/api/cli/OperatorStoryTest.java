package org.mawid.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.network.NetworkFolder;
import org.mawid.api.server.Service;
import org.mawid.api.server.Settings;
import org.mawid.client.MawidClient;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.core.EngineCore;
import org.mawid.grpc.AvailabilityQuery;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.FirstStartsReply;
import org.mawid.grpc.Hold;
import org.mawid.grpc.Leg;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.ServiceNeed;
import org.mawid.grpc.SubmitApplication;

/** What an operator does while people book: snapshot, back up, archive, restore, inspect. */
class OperatorStoryTest {
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
    private static final int LYON = 1;
    private static final int LEGALIZATION = 2;
    private static final int UNITS = 2;

    @TempDir
    private Path folder;
    private final List<Confirmed> acknowledged = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;
    private volatile Throwable trouble;

    /** An appointment that the client has been told of. */
    private record Confirmed(Request request, String appointment, long position) {
    }

    @Test
    void givenTraffic_whenBackedUpFromTheCommandLine_thenTheRestoredCopyHasEveryAppointmentUpToThePrintedPosition() throws Exception {
        final Path data = folder.resolve("data");
        final NetworkFolder files = NetworkFolder.write(folder.resolve("files"), TODAY.getYear(), TODAY.getYear() + 1);
        assertThat(Said.by(new ImportCommand(), files.path(), "--data", data, "--set", "mawid.journal.segment.bytes=262144").code()).isZero();

        final Path backup = folder.resolve("backup");
        final long position;
        final Said taken;
        try (Service service = Service.start(settings(data)); MawidClient client = MawidClient.connect("127.0.0.1", service.grpcPort())) {
            service.ready();
            final Thread traffic = new Thread(() -> book(client));
            traffic.start();
            awaitMore(20);
            assertThat(Said.by(new SnapshotCommand(), "--data", data).code()).isZero();
            awaitMore(20);
            taken = Said.by(new SnapshotCommand(), "--data", data);
            assertThat(taken.code()).isZero();
            awaitMore(10);

            final Said backedUp = Said.by(new BackupCommand(), "--data", data, "--to", backup);
            assertThat(backedUp.code()).as("%s", backedUp).isZero();
            position = backedUp.number("position");
            final Said archived = Said.by(new ArchiveCommand(), "--data", data, "--to", folder.resolve("archived"));
            assertThat(archived.code()).as("%s", archived).isZero();
            assertThat(archived.out()).containsPattern("[1-9]\\d* segments moved");
            assertThat(Said.by(new BackupCommand(), "--data", data, "--to", backup).err()).contains("not empty");
            assertThat(Said.by(new StatusCommand(), "--data", data).out()).contains("\"admission\" : \"OK\"");
            assertThat(Said.by(new ClockCommand(), "--data", data).out()).contains("they agree").hasLineCount(2);
            final Said clock = Said.by(new ClockCommand(), "--data", data, "--take-over");
            assertThat(clock.code()).as("%s", clock).isZero();
            assertThat(clock.out()).contains("nothing to do");
            assertThat(Said.by(new CoreVersionCommand(), "--data", data).out()).containsPattern("in force +" + EngineCore.NEWEST_CORE_VERSION + "\n").containsPattern("known +1 to " + EngineCore.NEWEST_CORE_VERSION + "\n").hasLineCount(2);
            final Said rules = Said.by(new CoreVersionCommand(), "--data", data, "--set", EngineCore.NEWEST_CORE_VERSION);
            assertThat(rules.code()).as("%s", rules).isZero();
            assertThat(rules.out()).startsWith("core version " + EngineCore.NEWEST_CORE_VERSION + " is in force").hasLineCount(1);
            assertThat(rules.number("position")).as("it is in the log").isGreaterThan(position);
            final Said unknown = Said.by(new CoreVersionCommand(), "--data", data, "--set", EngineCore.NEWEST_CORE_VERSION + 1);
            assertThat(unknown).extracting(Said::code, Said::out).containsExactly(1, "");
            assertThat(unknown.err()).contains("this program knows the core versions 1 to " + EngineCore.NEWEST_CORE_VERSION + ", not " + (EngineCore.NEWEST_CORE_VERSION + 1) + ": nothing was done").hasLineCount(1);
            final Said older = Said.by(new CoreVersionCommand(), "--data", data, "--set", 1);
            assertThat(older).extracting(Said::code, Said::out).containsExactly(1, "");
            assertThat(older.err()).contains("core version " + EngineCore.NEWEST_CORE_VERSION + " is in force, and there is no way back from it to 1: nothing was done").hasLineCount(1);
            awaitMore(10);
            stopped = true;
            traffic.join();
        }
        assertThat(trouble).isNull();
        assertThat(acknowledged.stream().filter(each -> each.position() <= position)).hasSizeGreaterThanOrEqualTo(50);
        assertThat(acknowledged.get(acknowledged.size() - 1).position()).as("it went on meanwhile").isGreaterThan(position);
        assertThat(Said.by(new InspectCommand(), "--data", data).code()).as("what is left after segments were moved away is whole").isZero();

        final Path restored = folder.resolve("restored");
        assertThat(Said.by(new RestoreCommand(), "--from", backup, "--data", restored).number("position")).isEqualTo(position);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(restored.resolve("edge").resolve("reference.key")))).isEqualTo("rw-------");
        final Said inspected = Said.by(new InspectCommand(), "--data", restored, "--position", taken.number("at"));
        assertThat(inspected.code()).as("%s", inspected).isZero();
        assertThat(inspected.number("position")).isEqualTo(position);
        assertThat(inspected.out()).as("the hash that the running server published").contains(taken.out().strip().substring("snapshot ".length()));
        try (Service service = Service.start(settings(restored)); MawidClient client = MawidClient.connect("127.0.0.1", service.grpcPort())) {
            service.ready();
            for (final Confirmed each : acknowledged) {
                final CommandReply outcome = client.outcome(each.request());
                if (each.position() <= position) {
                    assertThat(outcome.getResult()).isEqualTo(Result.OK);
                    assertThat(outcome.getReference()).isEqualTo(each.appointment());
                }
            }
        }
    }

    @Test
    void givenAnOldSnapshotThatCannotBeRemoved_whenANewOneIsThere_thenTheStatusNamesTheOld_untilItIsGone() throws Exception {
        final Path data = folder.resolve("data");
        try (Service service = Service.start(settings(data))) {
            service.ready();
            for (int kept = 0; kept < 2; kept++) {
                nextSnapshot(data);
            }
            final Path old = Files.createDirectory(new DataDirectory(data).snapshots().resolve("snapshot-00000000000000000001.snap"));
            nextSnapshot(data);
            final Path halfWay = old.resolveSibling(old.getFileName() + ".tmp");
            await().until(() -> Said.by(new StatusCommand(), "--data", data).out().contains("snapshotTrouble"));
            assertThat(Said.by(new StatusCommand(), "--data", data).out()).contains("was made, but what is older could not be removed, " + old, "by hand");

            Files.delete(halfWay);
            nextSnapshot(data);
            await().until(() -> !Said.by(new StatusCommand(), "--data", data).out().contains("snapshotTrouble"));
        }
    }

    private static void nextSnapshot(final Path data) {
        for (int position = 0; position < 2; position++) { // position 1 has none
            assertThat(Said.by(new CoreVersionCommand(), "--data", data, "--set", EngineCore.NEWEST_CORE_VERSION).code()).isZero();
        }
        assertThat(Said.by(new SnapshotCommand(), "--data", data).code()).isZero();
    }

    @Test
    void givenAServerThatHasJustTakenItsSocketAway_whenAsked_thenNoServerRuns() throws Exception {
        final Path data = folder.resolve("data");
        final Path control = Files.createDirectories(new DataDirectory(data).control());
        Files.createSymbolicLink(control.resolve("socket"), folder.resolve("gone").resolve("socket"));
        assertThat(Said.by(new StatusCommand(), "--data", data).err()).contains("no server runs on " + data).hasLineCount(1);
    }

    @Test
    void givenNoServer_whenAskedForWhatOnlyAServerCan_thenOneLineSaysSo() {
        final Path nowhere = folder.resolve("nowhere");
        assertThat(Said.by(new SnapshotCommand(), "--data", nowhere)).extracting(Said::code, Said::out).containsExactly(1, "");
        assertThat(Said.by(new StatusCommand(), "--data", nowhere).err()).contains("no server runs");
        assertThat(Said.by(new ClockCommand(), "--data", nowhere, "--take-over").err()).contains("no server runs").hasLineCount(1);
        assertThat(Said.by(new CoreVersionCommand(), "--data", nowhere, "--set", 1).err()).contains("no server runs").hasLineCount(1);
        assertThat(Said.by(new BackupCommand(), "--data", nowhere, "--to", folder.resolve("b")).err()).contains("there is no journal");
        assertThat(Said.by(new ArchiveCommand(), "--data", nowhere, "--to", folder.resolve("b")).err()).contains("there is no journal");
        assertThat(Said.by(new InspectCommand(), "--data", nowhere).err()).contains("there is no journal");
    }

    @Test
    void givenAServedDirectory_whenAnotherServesOrInspectsIt_thenTheOwnerIsNamed() throws Exception {
        final Path data = folder.resolve("data");
        try (Service service = Service.start(settings(data))) {
            service.ready();
            final String owner = "in use by process " + ProcessHandle.current().pid();
            assertThat(Said.by(new InspectCommand(), "--data", data).err()).contains(owner);
            final Said second = Said.by(new ServeCommand(), "--data", data, "--http-port", service.httpPort(), "--grpc-port", service.grpcPort());
            assertThat(second.code()).isEqualTo(1);
            assertThat(second.err()).as("and not only that the ports are taken").contains(owner).hasLineCount(1);
            final Said elsewhere = Said.by(new ServeCommand(), "--data", folder.resolve("other"), "--http-port", service.httpPort(), "--grpc-port", 0);
            assertThat(elsewhere.code()).isEqualTo(1);
            assertThat(elsewhere.err()).contains("HTTP cannot listen on 127.0.0.1:" + service.httpPort() + ": the port is in use").hasLineCount(1);
            final Said grpc = Said.by(new ServeCommand(), "--data", folder.resolve("third"), "--http-port", 0, "--grpc-port", service.grpcPort());
            assertThat(grpc.err()).contains("gRPC cannot listen on 127.0.0.1:" + service.grpcPort() + ": the port is in use").hasLineCount(1);
        }
    }

    private void book(final MawidClient client) {
        try {
            for (long person = 1; !stopped; person++) {
                final String application = done(client, Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().setPostId(LYON)
                        .addLines(NewLine.newBuilder().setPersonKey(person).setServiceId(LEGALIZATION).setQuantity(1)))).getReference();
                final FirstStartsReply starts = client.firstStarts(AvailabilityQuery.newBuilder().addPostIds(LYON)
                        .setFromEpochDay((int) TODAY.toEpochDay() + 1).setDays(50).setLimit(1)
                        .addServices(ServiceNeed.newBuilder().setServiceId(LEGALIZATION).setQuantity(1))
                        .setMinPosition(acknowledged.isEmpty() ? 0 : acknowledged.get(acknowledged.size() - 1).position()).build());
                final String hold = done(client, Command.newBuilder().setHold(Hold.newBuilder().setApplication(application)
                        .addLegs(Leg.newBuilder().setDeskId(starts.getSlots(0).getDeskId()).setLines(1).setEpochDay(starts.getSlots(0).getEpochDay())
                                .setStartUnit(starts.getSlots(0).getStartUnit()).setUnits(UNITS)))).getReference();
                final Request request = client.newRequest();
                final CommandReply confirmed = done(client, Command.newBuilder().setConfirm(Confirm.newBuilder().setRequest(request).setHold(hold)));
                acknowledged.add(new Confirmed(request, confirmed.getReference(), confirmed.getPosition()));
            }
        } catch (final Throwable e) {
            trouble = e;
        }
    }

    private static CommandReply done(final MawidClient client, final Command.Builder command) {
        final CommandReply reply = client.execute(command.build());
        assertThat(reply.getResult()).as("%s", command).isEqualTo(Result.OK);
        return reply;
    }

    private void awaitMore(final int count) {
        final int enough = acknowledged.size() + count;
        await().atMost(60, TimeUnit.SECONDS).until(() -> trouble != null || acknowledged.size() >= enough);
        assertThat(trouble).isNull();
    }

    private static Settings settings(final Path data) throws Exception {
        return Settings.of(Map.of("mawid.data", data.toString(), "mawid.http.port", "0", "mawid.grpc.port", "0", "mawid.records", "false",
                "mawid.journal.segment.bytes", "262144"), Map.of(), null);
    }
}
