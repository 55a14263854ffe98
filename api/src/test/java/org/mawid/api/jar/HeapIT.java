package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.MawidClient;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.CommandServiceGrpc.CommandServiceBlockingStub;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.SubmitApplication;

/**
 * More than there is memory for: of state, which the engine keeps outside the heap, and of what is on its way, which the edges have in it. Without the
 * records, which have a bound of theirs.
 */
class HeapIT {
    private static final int BATCH = 2_000;
    private static final int MANY = 2_000_000;
    private static final int FEW = 10;
    private static final int STRANGERS = 6;
    private static final int LARGEST_MESSAGE = (4 << 20) - 1_024;
    /** A message for one of the event loops, and not for two. */
    private static final String HARDLY_ENOUGH = "28m";

    @Test
    void givenMoreThanTheHeapHolds_whenItKeepsComing_thenTheProcessEndsWithOneLineAndMoreHeapFindsAllOfIt(
            @TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        final Path data = folder.resolve("data");
        final List<Request> acknowledged = new ArrayList<>();
        final AtomicLong persons = new AtomicLong();
        try (Server server = Server.on(data).set("mawid.records", false).java("-Xmx96m", "-XX:MaxDirectMemorySize=96m").start()) {
            OnePost.make(server.client(), 1, 1);
            while (server.isAlive()) {
                assertThat(persons.get()).as("a small memory is full some day").isLessThan(MANY);
                acknowledged.addAll(sendBatch(server, BATCH, persons));
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
        assertThat(Inspected.whole(data).count("applications")).isBetween((long) acknowledged.size(), persons.get());
    }

    /** By the launcher, so that its options are not in the way of that. */
    @Test
    void givenMessagesThatTheHeapDoesNotHold_whenTheyComeAtOnce_thenTheProcessEndsWithOneLineAndNothingAcknowledgedIsLost(
            @TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        final Path data = folder.resolve("data");
        final List<Request> acknowledged = new ArrayList<>();
        final AtomicLong persons = new AtomicLong();
        try (Server server = Server.on(data).set("mawid.records", false).launcher(Path.of(System.getProperty("java.home"))).environment("MAWID_CDS", "off")
                .environment("MAWID_YOUNG", "7m").java("-XX:-UseParallelGC", "-XX:+UseSerialGC", "-Xmx" + HARDLY_ENOUGH, "-XX:MaxDirectMemorySize=512m").start()) {
            OnePost.make(server.client(), 1, 1);
            acknowledged.addAll(sendBatch(server, FEW, persons));
            final List<Thread> strangers = new ArrayList<>();
            for (int i = 0; i < STRANGERS; i++) {
                final CommandServiceBlockingStub stub = CommandServiceGrpc.newBlockingStub(server.channel());
                strangers.add(new Thread(() -> sendNonsense(stub, server)));
            }
            strangers.forEach(Thread::start);
            while (server.isAlive()) {
                assertThat(persons.get()).as("it does not go well for ever").isLessThan(MANY);
                acknowledged.addAll(sendBatch(server, FEW, persons));
            }
            for (final Thread stranger : strangers) {
                stranger.join();
            }
            assertThat(server.awaitEnd().exitCode()).as("%s", server).isEqualTo(1);
            DiskIT.assertHalted(server, "out of memory");
        }
        try (Server server = Server.on(data).set("mawid.records", false).start()) {
            final MawidClient client = server.client();
            assertThat(acknowledged).isNotEmpty().allSatisfy(request -> assertThat(client.outcome(request).getResult()).isEqualTo(Result.OK));
            server.kill();
        }
        assertThat(Inspected.whole(data).count("applications")).isBetween((long) acknowledged.size(), persons.get());
    }

    /** As large as a message may be, and nothing in it. */
    private static void sendNonsense(final CommandServiceBlockingStub stub, final Server server) {
        final CommandBatch nonsense = CommandBatch.newBuilder().setPacked(ByteString.copyFrom(new byte[LARGEST_MESSAGE])).build();
        while (server.isAlive()) {
            try {
                stub.batch(nonsense);
            } catch (final StatusRuntimeException refused) {
                // Or the end
            }
        }
    }

    /**
     * Once: whoever repeats goes on for a while after the server is gone.
     *
     * @return those that were acknowledged; none when there was no answer: each may be there or not
     */
    private static List<Request> sendBatch(final Server server, final int size, final AtomicLong persons) {
        final List<Request> requests = new ArrayList<>();
        final CommandBatch.Builder batch = CommandBatch.newBuilder();
        for (int i = 0; i < size; i++) {
            requests.add(server.client().newRequest());
            batch.addCommands(Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().setRequest(requests.get(i))
                    .setPostId(OnePost.POST).addLines(OnePost.line(persons.incrementAndGet()))));
        }
        try {
            final List<CommandReply> replies = server.commands().batch(batch.build()).getRepliesList();
            return IntStream.range(0, size).filter(i -> replies.get(i).getResult() == Result.OK).mapToObj(requests::get).toList();
        } catch (final StatusRuntimeException noAnswer) {
            return List.of();
        }
    }
}
