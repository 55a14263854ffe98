package org.mawid.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.network.NetworkFolder;
import org.mawid.api.testkit.Certificates;

/** A file that a command cannot use is named in one line, with what is the matter with it. */
class UnreadableFilesTest {
    private static final String IS_NOT_THERE = ": it is not there";
    private static final String IS_A_FOLDER = ": it is a folder";
    private static final String IS_NO_TEXT = ": it is not UTF-8 text";

    @TempDir
    private Path folder;
    private Path data;
    private Path file;
    private Path nowhere;

    @BeforeEach
    void write() throws Exception {
        data = folder.resolve("data");
        file = Files.write(folder.resolve("file"), "# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        nowhere = folder.resolve("nowhere");
    }

    @Test
    void givenSettingsThatCannotBeRead_whenGivenToACommand_thenFileAndReason() throws Exception {
        final NetworkFolder files = network();
        for (final Object[] command : new Object[][] {{new ServeCommand(), "--data", data}, {new ImportCommand(), files.path(), "--data", data},
            {new ImportCommand(), files.path(), "--check"}}) {
            assertRefused(1, "cannot read " + nowhere + IS_NOT_THERE, with(command, "--config", nowhere));
            assertRefused(1, "cannot read " + folder + IS_A_FOLDER, with(command, "--config", folder));
            assertRefused(1, "cannot read " + file + IS_NO_TEXT, with(command, "--config", file));
            final Path path = Files.writeString(folder.resolve("windows.properties"), "mawid.tls.key=C:\\users\\key.pem\n");
            assertRefused(2, "cannot read " + path + ": it has a \\u without four hexadecimal digits after it (a backslash itself is written \\\\)",
                    with(command, "--config", path));
        }
        assertThat(data).doesNotExist();
    }

    @Test
    void givenACertificateOrAKeyThatCannotBeRead_whenServed_thenFileAndReason() throws Exception {
        final Path pair = Certificates.make(folder, "pair");
        final Path certificate = pair.resolve("server.pem");
        final Path key = pair.resolve("server.key");
        assertRefused(1, "cannot read " + nowhere + IS_NOT_THERE, served(nowhere, key));
        assertRefused(1, "cannot read " + nowhere + IS_NOT_THERE, served(certificate, nowhere));
        assertRefused(1, "cannot read " + folder + IS_A_FOLDER, served(folder, key));
        assertRefused(1, "cannot read " + folder + IS_A_FOLDER, served(certificate, folder));
    }

    @Test
    void givenAReferenceKeyThatIsNoText_whenServed_thenFileAndReason() throws Exception {
        final Path key = Files.createDirectories(data.resolve("edge")).resolve("reference.key");
        Files.copy(file, key);
        assertRefused(1, "cannot read " + key + IS_NO_TEXT, new ServeCommand(), "--data", data, "--http-port", 0, "--grpc-port", 0,
                "--set", "mawid.journal.segment.bytes=262144");
    }

    @Test
    void givenFilesOfANetworkThatCannotBeRead_whenImported_thenFileAndReason() throws Exception {
        final NetworkFolder files = network();
        final Path posts = files.path().resolve("posts.csv");
        Files.delete(posts);
        Files.createDirectory(posts);
        assertRefused(1, "cannot read " + posts + IS_A_FOLDER, new ImportCommand(), files.path(), "--check");
        assertRefused(1, file + " is not a folder", new ImportCommand(), file, "--data", data);
        assertThat(data).doesNotExist();
    }

    @Test
    void givenAFileWhereAFolderIsWanted_whenServedCopiedOrMoved_thenTheFileAndThatItIsThere() throws Exception {
        final String there = file + ": something else is there already";
        assertRefused(1, "cannot use " + file + ": " + there, new ServeCommand(), "--data", file, "--http-port", 0, "--grpc-port", 0);
        assertThat(Said.by(new ImportCommand(), network().path(), "--data", data, "--set", "mawid.journal.segment.bytes=262144").code()).isZero();
        assertRefused(1, "the back-up to " + file + " failed: " + there + "; it is not complete, remove it", new BackupCommand(), "--data", data, "--to", file);

        final Path backup = folder.resolve("backup");
        assertThat(Said.by(new BackupCommand(), "--data", data, "--to", backup).code()).isZero();
        assertRefused(1, "restoring " + backup + " to " + file + " failed: " + there + "; what is there is not complete, remove it",
                new RestoreCommand(), "--from", backup, "--data", file);

        final Path lock = data.resolve("journal").resolve("lock");
        Files.deleteIfExists(lock);
        Files.createDirectory(lock);
        final String locked = "opening the journal in " + data.resolve("journal") + " failed: " + lock + ": Is a directory";
        for (final Object[] command : new Object[][] {{new InspectCommand(), "--data", data}, {new RepairCommand(), "--data", data, "--skip", 1, "--yes"},
            {new ArchiveCommand(), "--data", data, "--to", nowhere}, {new BackupCommand(), "--data", data, "--to", nowhere},
            {new ServeCommand(), "--data", data, "--http-port", 0, "--grpc-port", 0}}) {
            assertRefused(1, locked, command);
        }
    }

    private Object[] served(final Path certificate, final Path key) {
        return new Object[] {new ServeCommand(), "--data", data, "--http-port", 0, "--grpc-port", 0, "--set", "mawid.journal.segment.bytes=262144",
            "--set", "mawid.tls.certificate=" + certificate, "--set", "mawid.tls.key=" + key};
    }

    private NetworkFolder network() throws Exception {
        final int year = LocalDate.now(ZoneOffset.UTC).getYear();
        return NetworkFolder.write(folder.resolve("files"), year, year + 1);
    }

    private static Object[] with(final Object[] command, final Object... more) {
        final Object[] all = Arrays.copyOf(command, command.length + more.length);
        System.arraycopy(more, 0, all, command.length, more.length);
        return all;
    }

    /** @param command and its arguments */
    private static void assertRefused(final int code, final String line, final Object... command) {
        final Said said = Said.by(command[0], Arrays.copyOfRange(command, 1, command.length));
        assertThat(said.code()).as("%s", said).isEqualTo(code);
        assertThat(said.out()).isEmpty();
        assertThat(said.err().lines().filter(each -> !each.startsWith("note: "))).as("%s", said).containsExactly(line);
    }
}
