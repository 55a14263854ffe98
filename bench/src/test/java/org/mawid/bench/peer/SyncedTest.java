package org.mawid.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mawid.bench.peer.mawid.MawidPeer;
import org.mawid.bench.peer.work.Calendar;
import org.mawid.bench.process.ClassFiles;
import org.mawid.bench.wire.server.SeldomSyncedServer;
import org.mawid.bench.wire.server.UnsyncedServer;
import picocli.CommandLine;

/** Ours, too, is compared only when its disk has what was answered. */
@Timeout(120)
class SyncedTest {
    private static final Pattern SYNCS = Pattern.compile("mawid_journal_sync_seconds_count (\\d+) to (\\d+) by 50 commands, one after the other");

    @TempDir
    private Path folder;

    @Test
    void givenTheRealServer_whenAskedForItsDurability_thenEachOfSomeCommandsWasSynced() throws Exception {
        try (MawidPeer peer = MawidPeer.start(ClassFiles.program(folder, org.mawid.api.Main.class), folder, new Calendar(4, 1, 6, 8, 2), 1, false)) {
            final Matcher syncs = SYNCS.matcher(peer.durability());

            assertThat(syncs.find()).isTrue();
            assertThat(Long.parseLong(syncs.group(2)) - Long.parseLong(syncs.group(1))).isGreaterThanOrEqualTo(50);
        }
    }

    static Stream<Arguments> unsynced() {
        return Stream.of(Arguments.of(UnsyncedServer.class, "7 to 7"), Arguments.of(SeldomSyncedServer.class, "7 to 56"));
    }

    @ParameterizedTest
    @MethodSource("unsynced")
    void givenAServerThatAnswersAndDoesNotSync_orNotForEachCommand_whenRun_thenItIsNotCompared_andNothingIsMeasured(final Class<?> server, final String syncs) throws Exception {
        final StringWriter said = new StringWriter();
        final Path json = folder.resolve("result.json");

        final int exitCode = new CommandLine(new PeersBench()).setErr(new PrintWriter(said)).execute("--peers", "mawid", "--modes", "spread", "--clients", "1", "--rounds", "1",
                "--data", folder.toString(), "--json", json.toString(), "--program", ClassFiles.program(folder, server).toString());

        assertThat(exitCode).isEqualTo(1);
        assertThat(said.toString().lines()).singleElement().asString()
                .startsWith("bench peers failed: mawid answered 50 commands, one after the other, and its journal was not synced for each").endsWith(syncs + "): it is not compared");
        assertThat(Files.exists(json)).isFalse();
    }
}
