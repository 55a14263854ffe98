package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.Command.CommandCase;

/** Told to stop, and told not to start. */
class StopIT {
    @Test
    void givenTraffic_whenToldToStop_thenItEndsWithZeroAndInspectFindsThePublishedHash(@TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        final Path data = folder.resolve("data");
        final Ledger ledger = new Ledger(0x5707L);
        final List<Life> lives = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            lives.add(new ShortLife(ledger, 1 + i * 1_000_000L, 2, i));
        }
        try (Server server = Server.start(data)) {
            OnePost.make(server.client(), 2, 20);
            final Traffic traffic = new Traffic(server, lives, 4);
            traffic.awaitAnswers(1_000);
            final Server.End end = server.terminate();
            traffic.awaitEnd();

            assertThat(end.exitCode()).as("%s", end).isZero();
            assertThat(end.complaints()).isEmpty();
            final Inspected inspected = Inspected.whole(data);
            assertThat(server.publishedHashes()).containsEntry(inspected.position(), inspected.stateHash());
            assertThat(inspected.count("applications")).isBetween(ledger.done(CommandCase.SUBMIT_APPLICATION),
                    ledger.done(CommandCase.SUBMIT_APPLICATION) + ledger.open(CommandCase.SUBMIT_APPLICATION));
            assertThat(inspected.report().getString("tornTail")).isNull();
        }
    }

    @Test
    void givenAServerThatKeepsNoSnapshotAtAStop_whenToldToStop_thenInspectFindsThePublishedHashAllTheSame(@TempDir(factory = OnDisk.class) final Path folder)
            throws Exception {
        final Path data = folder.resolve("data");
        try (Server server = Server.on(data).set("mawid.snapshot.at.stop", false).start()) {
            OnePost.make(server.client(), 1, 1);
            assertThat(server.terminate().exitCode()).isZero();
            final Inspected inspected = Inspected.whole(data);
            assertThat(server.publishedHashes()).containsExactly(Map.entry(inspected.position(), inspected.stateHash()));
        }
    }

    @Test
    void givenAServerThatHasJustStarted_whenStopped_thenItSaysNothing(@TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        try (Server server = Server.start(folder.resolve("data"))) {
            final Server.End end = server.terminate();
            assertThat(end.exitCode()).as("%s", end).isZero();
            assertThat(end.complaints()).as("%s", end).isEmpty();
            assertThat(end.logged()).noneMatch(line -> line.contains(" ERROR "));
        }
    }

    @Test
    void givenADirectoryThatIsServed_whenAnotherStarts_thenItIsRefusedInOneLineAndTheFirstGoesOn(@TempDir(factory = OnDisk.class) final Path folder)
            throws Exception {
        final Path data = folder.resolve("data");
        try (Server server = Server.start(data)) {
            final Server.End end = Server.on(data).startInVain();

            assertThat(end.exitCode()).isEqualTo(1);
            assertThat(end.said()).as("%s", end).hasSize(1);
            assertThat(end.said().get(0)).contains("in use").contains(data.toString());
            server.assertServes();
            OnePost.make(server.client(), 1, 1);
            server.kill();
        }
        assertThat(Inspected.whole(data).count("days")).isEqualTo(1);
    }

    @Test
    void givenASettingThatNobodyKnows_whenStarted_thenItIsRefusedByName(@TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        final Server.End end = Server.on(folder.resolve("data")).set("mawid.colour", "red").startInVain();
        assertThat(end.exitCode()).isEqualTo(2);
        assertThat(end.said()).hasSize(1).allMatch(line -> line.contains("mawid.colour"));
    }
}
