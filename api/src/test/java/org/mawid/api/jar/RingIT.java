package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.Batch;
import org.mawid.client.MawidClient;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.Result;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.SubmitApplicationReply;

/** More commands than places, in front of a disk that is slow. */
class RingIT {
    private static final int PLACES = 256;
    private static final int MANY = 2_000;

    @Test
    void givenASlowDiskAndASmallRing_whenManyAskAtOnce_thenThoseWithoutAPlaceAreToldAtOnceAndTheOthersAreAnswered(
            @TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        Needed.tracing();
        final Path data = folder.resolve("data");
        try (Server server = Server.start(data)) {
            OnePost.make(server.client(), 1, 1);
            server.kill();
        }
        final List<SubmitApplication> asked = new ArrayList<>();
        long accepted;
        try (Server server = Server.on(data).set("mawid.ring.entries", PLACES).under("strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null",
                "-P", data.resolve("journal/journal-00000000000000000001.seg").toString(), "-e", "trace=pwrite64",
                "-e", "inject=pwrite64:delay_enter=400000").start()) {
            final MawidClient client = server.client();
            for (int i = 0; i < MANY; i++) {
                asked.add(SubmitApplication.newBuilder().setRequest(client.newRequest()).setPostId(OnePost.POST).addLines(OnePost.line(1 + i)).build());
            }
            accepted = callOneByOne(server, asked.subList(0, MANY / 2)) + sendAsBatch(server, asked.subList(MANY / 2, MANY));
            assertThat(accepted).isBetween(2L, MANY - 2L);
            final String submits = "command=\"SUBMIT_APPLICATION\",result=";
            assertThat(server.metric("mawid_commands_total{cause=\"RING_FULL\"," + submits + "\"UNAVAILABLE\"}")).isEqualTo(MANY - accepted);
            final double expected = accepted;
            await().untilAsserted(() -> // the core answers first, then counts
                    assertThat(server.metric("mawid_commands_total{" + submits + "\"OK\"}")).as("nobody is counted twice").isEqualTo(expected));

            // The same requests again, by a client that waits and repeats: all are done, none twice.
            final Batch batch = client.batch();
            asked.forEach(submit -> batch.add(Command.newBuilder().setSubmitApplication(submit).build()));
            final List<CommandReply> replies = batch.send();
            assertThat(replies).extracting(CommandReply::getResult).containsOnly(Result.OK);
            assertThat(replies).extracting(CommandReply::getReference).doesNotHaveDuplicates();
            assertThat(replies).filteredOn(CommandReply::getRepeatedAnswer).hasSize((int) accepted);
            server.assertServes();
            server.kill();
        }
        assertThat(Inspected.whole(data).count("applications")).isEqualTo(MANY);
    }

    /** All on their way at once. @return how many were done */
    private static long callOneByOne(final Server server, final List<SubmitApplication> commands) throws Exception {
        final var applications = ApplicationServiceGrpc.newFutureStub(server.channel());
        final List<ListenableFuture<SubmitApplicationReply>> replies = new ArrayList<>();
        commands.forEach(command -> replies.add(applications.submitApplication(command)));
        int done = 0;
        for (final ListenableFuture<SubmitApplicationReply> reply : replies) {
            try {
                reply.get();
                done++;
            } catch (final ExecutionException e) {
                final StatusRuntimeException refusal = (StatusRuntimeException) e.getCause();
                assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
                assertThat(GrpcFixture.errorInfo(refusal).getReason()).isEqualTo("UNAVAILABLE");
                assertThat(GrpcFixture.errorInfo(refusal).getMetadataMap()).containsEntry("cause", "RING_FULL");
                assertThat(GrpcFixture.retryInfo(refusal).getRetryDelay().getNanos()).isPositive();
            }
        }
        assertThat(done).as("some found a place, some did not").isBetween(1, commands.size() - 1);
        return done;
    }

    /** @return how many were done: the first ones, in one piece */
    private static long sendAsBatch(final Server server, final List<SubmitApplication> commands) {
        final CommandBatch.Builder batch = CommandBatch.newBuilder();
        commands.forEach(command -> batch.addCommands(Command.newBuilder().setSubmitApplication(command)));
        final List<Result> results = CommandServiceGrpc.newBlockingStub(server.channel()).batch(batch.build()).getRepliesList().stream()
                .map(CommandReply::getResult).toList();
        final int done = (int) results.stream().filter(result -> result == Result.OK).count();
        assertThat(results.subList(0, done)).containsOnly(Result.OK);
        assertThat(results.subList(done, results.size())).containsOnly(Result.UNAVAILABLE);
        return done;
    }
}
