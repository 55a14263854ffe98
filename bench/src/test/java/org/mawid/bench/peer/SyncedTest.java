package org.mawid.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.bench.peer.mawid.MawidPeer;
import org.mawid.bench.peer.work.Calendar;
import org.mawid.bench.process.ClassFiles;
import org.mawid.bench.wire.server.UnsyncedServer;
import picocli.CommandLine;

/** Ours, too, is compared only when its disk has what was answered. */
@Timeout(120)
class SyncedTest {
    private static final Pattern SYNCS = Pattern.compile("mawid_journal_sync_seconds_count (\\d+) to (\\d+) by one command");

    @TempDir
    private Path folder;

    @Test
    void givenTheRealServer_whenAskedForItsDurability_thenOneCommandWasSynced() throws Exception {
        try (MawidPeer peer = MawidPeer.start(ClassFiles.program(folder, org.mawid.api.Main.class), folder, new Calendar(4, 1, 6, 8, 2), 1, false)) {
            final Matcher syncs = SYNCS.matcher(peer.durability());

            assertThat(syncs.find()).isTrue();
            assertThat(Long.parseLong(syncs.group(2))).isGreaterThan(Long.parseLong(syncs.group(1))).isPositive();
        }
    }

    @Test
    void givenAServerThatAnswersAndDoesNotSync_whenRun_thenItIsNotCompared_andNothingIsMeasured() throws Exception {
        final StringWriter said = new StringWriter();
        final Path json = folder.resolve("result.json");

        final int exitCode = new CommandLine(new PeersBench()).setErr(new PrintWriter(said)).execute("--peers", "mawid", "--modes", "spread", "--clients", "1", "--rounds", "1",
                "--data", folder.toString(), "--json", json.toString(), "--program", ClassFiles.program(folder, UnsyncedServer.class).toString());

        assertThat(exitCode).isEqualTo(1);
        assertThat(said.toString().lines()).singleElement().asString().startsWith("bench peers failed: mawid answered a command and its journal was not synced")
                .endsWith("stayed at 7): it is not compared");
        assertThat(Files.exists(json)).isFalse();
    }
}
