package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.Batch;
import org.mawid.client.MawidClient;
import org.mawid.client.MawidException;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.SubmitApplication;

/** More state than there is memory for; the engine keeps its own outside the heap, with the heap's bound. Without the records, which have a bound of theirs. */
class HeapIT {
    private static final int BATCH = 2_000;

    @Test
    void givenMoreThanTheHeapHolds_whenItKeepsComing_thenTheProcessEndsWithOneLineAndMoreHeapFindsAllOfIt(
            @TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        final Path data = folder.resolve("data");
        final List<Request> acknowledged = new ArrayList<>();
        long asked = 0;
        try (Server server = Server.on(data).set("mawid.records", false).java("-Xmx96m", "-XX:MaxDirectMemorySize=96m").start()) {
            final MawidClient client = server.client();
            OnePost.make(client, 1, 1);
            while (server.isAlive()) {
                assertThat(asked).as("a small memory is full some day").isLessThan(2_000_000);
                final List<Request> requests = new ArrayList<>();
                final Batch batch = client.batch();
                for (int i = 0; i < BATCH; i++) {
                    requests.add(client.newRequest());
                    batch.add(Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().setRequest(requests.get(i))
                            .setPostId(OnePost.POST).addLines(OnePost.line(++asked))).build());
                }
                try {
                    final List<CommandReply> replies = batch.send();
                    for (int i = 0; i < BATCH; i++) {
                        if (replies.get(i).getResult() == Result.OK) {
                            acknowledged.add(requests.get(i));
                        }
                    }
                } catch (final MawidException noAnswer) {
                    // What was not acknowledged may be there or not
                }
            }
            assertThat(acknowledged).isNotEmpty();
            assertThat(server.awaitEnd().exitCode()).as("%s", server).isEqualTo(1);
            DiskIT.assertHalted(server, "out of memory");
        }
        try (Server server = Server.on(data).set("mawid.records", false).start()) {
            final MawidClient client = server.client();
            for (int i = acknowledged.size() - 1; i >= 0; i -= Math.max(1, acknowledged.size() / 500)) {
                assertThat(client.outcome(acknowledged.get(i)).getResult()).as("%s of %s", i, acknowledged.size()).isEqualTo(Result.OK);
            }
            server.kill();
        }
        assertThat(Inspected.whole(data).count("applications")).isBetween((long) acknowledged.size(), asked);
    }
}
