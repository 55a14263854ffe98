package org.mawid.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.Main;
import org.mawid.api.server.Service;
import org.mawid.api.server.Settings;
import org.mawid.client.MawidClient;
import org.mawid.engine.DataDirectory;
import org.mawid.grpc.Command;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.Result;
import org.mawid.grpc.SubmitApplication;

/** What an operator does when a directory cannot be served: what is told, and whether doing it, to the letter, helps. */
class RepairStoryTest {
    @TempDir
    private Path folder;
    private Path data;
    private Path moved;

    @BeforeEach
    void givenADirectoryWithAPoisonedPosition() throws IOException {
        data = folder.resolve("the data");
        moved = folder.resolve("moved");
        PoisonedDirectory.make(new DataDirectory(data), moved);
    }

    private static Said mawid(final Object... arguments) {
        return Said.by(new Main(), arguments);
    }

    private Said inspect() {
        return mawid("inspect", "--data", data);
    }

    private Said repair(final long position) {
        return mawid("repair", "--data", data, "--skip", position, "--yes");
    }

    /** The commands of an inspection, in order, with what the operator has to fill in. */
    private List<String> told(final Said inspected) {
        assertThat(inspected.code()).as("%s", inspected).isEqualTo(1);
        return inspected.out().lines().dropWhile(line -> !line.equals("NOT WHOLE")).filter(line -> line.startsWith("    ")).map(line -> line.strip()
                .replaceAll("\\bBACKUP\\b", folder.resolve("backup").toString()).replaceAll("\\bNEW\\b", folder.resolve("new").toString())
                .replaceAll("\\bMOVED\\b", moved.toString())).toList();
    }

    /** As in a shell, where mawid is this program. */
    private static void done(final String command) throws Exception {
        final Process shell = new ProcessBuilder("sh", "-c", "mawid() { printf '%s\\n' \"$@\"; }; " + command).redirectErrorStream(true).start();
        final String said = new String(shell.getInputStream().readAllBytes());
        assertThat(shell.waitFor()).as("%s: %s", command, said).isZero();
        if (command.startsWith("mawid ")) {
            final Said answer = mawid((Object[]) said.strip().split("\n"));
            assertThat(answer.code()).as("%s: %s", command, answer).isZero();
        }
    }

    private void flip(final Path file, final long at) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        bytes[(int) at] ^= 0x20;
        Files.write(file, bytes);
    }

    private Path only(final Path in, final String suffix) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            final List<Path> found = files.filter(file -> file.toString().endsWith(suffix)).toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    private Settings settings() throws Exception {
        return Settings.of(Map.of("mawid.data", data.toString(), "mawid.http.port", "0", "mawid.grpc.port", "0", "mawid.records", "false",
                "mawid.journal.segment.bytes", "262144"), Map.of(), null);
    }

    @Test
    void givenACommandOnWhichEveryStartHalts_whenTheOperatorDoesWhatInspectSays_thenItIsServedWithoutIt() throws Exception {
        for (int start = 0; start < 2; start++) {
            final Said refused = mawid("serve", "--data", data, "--http-port", 0, "--grpc-port", 0);
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).hasLineCount(1).contains("position 71 cannot be applied", "repair --skip 71", "mawid inspect");
        }
        final Said inspected = inspect();
        assertThat(inspected.out()).contains("position   70", "DAMAGE", "position 71 cannot be applied: java.lang.ArithmeticException", "NOT WHOLE");
        assertThat(mawid("inspect", "--data", data, "--json").out()).contains("\"kind\" : \"POISONED\"", "--skip 71 --yes");
        assertThat(told(inspected)).containsExactly("mawid backup --data '" + data + "' --to " + folder.resolve("backup"),
                "mawid repair --data '" + data + "' --skip 71 --yes", "mawid inspect --data '" + data + "'");
        for (final String command : told(inspected)) {
            done(command); // the last one says by its exit code that all is whole
        }
        assertThat(inspect().out()).contains("position   73", "skipped    71", "whole").doesNotContain("DAMAGE");
        assertThat(inspect().number("position")).isEqualTo(PoisonedDirectory.LAST);

        for (int start = 0; start < 2; start++) {
            try (Service service = Service.start(settings()); MawidClient client = MawidClient.connect("127.0.0.1", service.grpcPort())) {
                service.ready();
                assertThat(client.execute(Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().addLines(NewLine.newBuilder()
                        .setPersonKey(70 + start).setServiceId(PoisonedDirectory.SERVICE).setQuantity(1))).build()).getResult()).isEqualTo(Result.OK);
                assertThat(repair(72).err()).hasLineCount(1).contains("in use by process " + ProcessHandle.current().pid());
            }
        }
        assertThat(inspect().code()).isZero();
        assertThat(mawid("inspect", "--data", folder.resolve("backup")).out()).as("the copy is of before").contains("position   70");
    }

    @Test
    void givenWhatCannotBePassedOver_whenAskedFor_thenOneLineSaysWhyAndNothingChanges() {
        assertThat(repair(PoisonedDirectory.SNAPSHOT)).satisfies(said -> {
            assertThat(said.code()).isEqualTo(1);
            assertThat(said.err()).hasLineCount(1).contains("position 70 is part of the snapshot of position 70");
        });
        assertThat(repair(PoisonedDirectory.LAST + 1)).satisfies(said -> {
            assertThat(said.code()).isEqualTo(1);
            assertThat(said.err()).hasLineCount(1).contains("position 74 is not in the journal, which ends at 73");
        });
        assertThat(repair(0)).satisfies(said -> {
            assertThat(said.code()).isEqualTo(2);
            assertThat(said.err()).hasLineCount(1).contains("1 and higher");
        });
        assertThat(mawid("repair", "--data", data, "--skip", 71)).satisfies(said -> {
            assertThat(said.code()).isEqualTo(2);
            assertThat(said.err()).contains("--yes");
        });
        assertThat(mawid("repair", "--data", folder.resolve("nowhere"), "--skip", 71, "--yes")).satisfies(said -> {
            assertThat(said.code()).isEqualTo(1);
            assertThat(said.err()).hasLineCount(1).contains("there is no journal");
        });
        assertThat(inspect().out()).doesNotContain("skipped").contains("position 71 cannot be applied");
    }

    @Test
    void givenADamagedJournal_whenTheBackupIsRestoredAsTold_thenTheNewDirectoryIsWhole() throws Exception {
        assertThat(repair(PoisonedDirectory.POISON).code()).isZero();
        assertThat(mawid("backup", "--data", data, "--to", folder.resolve("backup")).code()).isZero();
        flip(only(new DataDirectory(data).journal(), ".seg"), 4_096 + 200);
        final List<String> told = told(inspect());
        assertThat(told).first().asString().startsWith("mawid restore --from ");
        for (final String command : told) {
            done(command);
        }
        assertThat(mawid("inspect", "--data", folder.resolve("new")).number("position")).isEqualTo(PoisonedDirectory.LAST);
    }

    @Test
    void givenNoWholeSnapshotToBeginWith_whenSegmentsAreBroughtBackAsTold_thenTheJournalAloneIsEnough() throws Exception {
        final Path snapshot = only(new DataDirectory(data).snapshots(), ".snap");
        flip(snapshot, 700);
        assertThat(inspect().out()).contains(snapshot + " at byte ", "its state cannot be rebuilt");
        final List<String> told = told(inspect());
        assertThat(told).contains("mv '" + snapshot + "' '" + snapshot + ".damaged'", "cp " + moved + "/journal-*.seg '" + data.resolve("journal") + "'/");
        for (final String command : told) {
            if (!command.startsWith("mawid inspect")) {
                done(command);
            }
        }
        final Said inspected = inspect();
        assertThat(inspected.code()).as("%s", inspected).isZero();
        assertThat(inspected.out()).as("its post rounds to tens, so that the stamp has a price").contains("position   73", "replayed from 0");
    }

    @Test
    void givenASnapshotThatTheJournalContradicts_whenPutAwayAsTold_thenWhatTheJournalSaysHolds() throws Exception {
        Files.copy(only(moved, ".seg"), new DataDirectory(data).journal().resolve(only(moved, ".seg").getFileName()));
        assertThat(inspect().out()).contains("DIFFERS", "replaying the journal gives");
        for (final String command : told(inspect())) {
            done(command);
        }
    }

    @Test
    void givenAPoisonedPositionThatALaterSnapshotIsPast_whenInspected_thenItIsToldThatNobodyMeetsItAndItCannotBePassedOver() throws Exception {
        final Path segment = only(moved, ".seg");
        final Path back = new DataDirectory(data).journal().resolve(segment.getFileName());
        final Path snapshot = only(new DataDirectory(data).snapshots(), ".snap");
        Files.move(segment, back);
        Files.move(snapshot, moved.resolve(snapshot.getFileName()));
        Service.start(settings()).close(); // applies all of it to a state without the mistake, and saves that
        Files.move(back, segment);
        Files.move(moved.resolve(snapshot.getFileName()), snapshot);

        final Said inspected = inspect();
        assertThat(inspected.out()).contains("position 71 cannot be applied", "a start does not meet it");
        assertThat(told(inspected)).singleElement().asString().startsWith("mawid backup");
        assertThat(repair(PoisonedDirectory.POISON)).satisfies(said -> {
            assertThat(said.code()).isEqualTo(1);
            assertThat(said.err()).hasLineCount(1).contains("position 71 is part of the snapshot of position 7");
        });
        Service.start(settings()).close();
    }

    @Test
    void givenADamagedArchiveFile_whenTakenOutOfABackupAsTold_thenItIsWhole() throws Exception {
        assertThat(repair(PoisonedDirectory.POISON).code()).isZero();
        final Path archive = new DataDirectory(data).archive();
        Files.createDirectories(archive);
        final Path file = archive.resolve("archive-0000000001.arc");
        Files.copy(sample(), file);
        assertThat(mawid("backup", "--data", data, "--to", folder.resolve("backup")).code()).isZero();
        flip(file, 20);
        final Said inspected = inspect();
        assertThat(inspected.out()).contains("DAMAGE     " + file + " at byte 0");
        for (final String command : told(inspected)) {
            done(command);
        }
    }

    /** The header of an archive file without blocks. */
    private Path sample() throws IOException {
        final java.nio.ByteBuffer header = java.nio.ByteBuffer.allocate(64).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        header.putLong(0, 0x4352_4144_4957_414DL).putShort(12, (short) 1).putShort(14, (short) 1).putLong(16, 7).putLong(24, 301).putLong(32, 1);
        final java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(header.array(), 12, 52);
        header.putInt(8, (int) crc.getValue());
        return Files.write(folder.resolve("sample"), header.array());
    }
}
