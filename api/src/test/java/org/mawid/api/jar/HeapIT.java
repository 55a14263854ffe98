package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
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

/**
 * More than there is memory for: of state, which the engine keeps outside the heap, and of what is on its way, which the edges have in it. Without the
 * records, which have a bound of theirs.
 */
class HeapIT {
    private static final int BATCH = 2_000;
    private static final int MANY = 2_000_000;
    private static final int LARGEST_BATCH = 8_000;
    private static final int SENDERS = 16;
    /** Half as much again as it takes to start. */
    private static final String HEAP_OF_BATCHES = "28m";

    @Test
    void givenMoreThanTheHeapHolds_whenItKeepsComing_thenTheProcessEndsWithOneLineAndMoreHeapFindsAllOfIt(
            @TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        final Path data = folder.resolve("data");
        final List<Request> acknowledged = new ArrayList<>();
        final AtomicLong persons = new AtomicLong();
        try (Server server = Server.on(data).set("mawid.records", false).java("-Xmx96m", "-XX:MaxDirectMemorySize=96m").start()) {
            final MawidClient client = server.client();
            OnePost.make(client, 1, 1);
            while (server.isAlive()) {
                assertThat(persons.get()).as("a small memory is full some day").isLessThan(MANY);
                acknowledged.addAll(sendBatch(client, BATCH, persons));
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

    @Test
    void givenMoreBatchesAtOnceThanTheHeapHolds_whenTheyKeepComing_thenTheProcessEndsWithOneLineAndNothingAcknowledgedIsLost(
            @TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        final Path data = folder.resolve("data");
        final Queue<Request> acknowledged = new ConcurrentLinkedQueue<>();
        final AtomicLong persons = new AtomicLong();
        try (Server server = Server.on(data).set("mawid.records", false).java("-Xmx" + HEAP_OF_BATCHES, "-XX:MaxDirectMemorySize=1g").start()) {
            OnePost.make(server.client(), 1, 1);
            final List<Thread> senders = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                final MawidClient client = server.client(server.options());
                senders.add(new Thread(() -> {
                    while (server.isAlive() && persons.get() < MANY) {
                        acknowledged.addAll(sendBatch(client, LARGEST_BATCH, persons));
                    }
                }));
            }
            senders.forEach(Thread::start);
            assertThat(server.awaitEnd().exitCode()).as("%s", server).isEqualTo(1);
            for (final Thread sender : senders) {
                sender.join();
            }
            DiskIT.assertHalted(server, "out of memory");
        }
        try (Server server = Server.on(data).set("mawid.records", false).java("-XX:MaxDirectMemorySize=1g").start()) {
            final MawidClient client = server.client();
            int at = 0;
            for (final Request request : acknowledged) {
                if (at++ % Math.max(1, acknowledged.size() / 500) == 0) {
                    assertThat(client.outcome(request).getResult()).isEqualTo(Result.OK);
                }
            }
            server.kill();
        }
        assertThat(Inspected.whole(data).count("applications")).isBetween((long) acknowledged.size(), persons.get());
    }

    /** @return those that were acknowledged; none when there was no answer: each may be there or not */
    private static List<Request> sendBatch(final MawidClient client, final int size, final AtomicLong persons) {
        final List<Request> requests = new ArrayList<>();
        final Batch batch = client.batch();
        for (int i = 0; i < size; i++) {
            requests.add(client.newRequest());
            batch.add(Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().setRequest(requests.get(i))
                    .setPostId(OnePost.POST).addLines(OnePost.line(persons.incrementAndGet()))).build());
        }
        try {
            final List<CommandReply> replies = batch.send();
            return IntStream.range(0, size).filter(i -> replies.get(i).getResult() == Result.OK).mapToObj(requests::get).toList();
        } catch (final MawidException noAnswer) {
            return List.of();
        }
    }
}
