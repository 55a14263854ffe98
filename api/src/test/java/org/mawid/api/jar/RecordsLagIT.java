package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.Batch;
import org.mawid.client.MawidClient;
import org.mawid.grpc.Application;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.AvailabilityQuery;
import org.mawid.grpc.Cause;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.GetApplicationRequest;
import org.mawid.grpc.Result;
import org.mawid.grpc.ServiceNeed;
import org.mawid.grpc.SubmitApplication;

/**
 * Records whose thread does not come along while others write: writes are told to come back, reads go on, nothing is lost. What can be on
 * its way at once does not fill the ring, so whoever is refused is refused because of the records.
 */
class RecordsLagIT {
    private static final int CLIENTS = 2;
    private static final int BATCH = 5_000;
    private static final int RING = 16_384;
    private static final int LAG_MAX = 10_000;
    /** More than this cannot be admitted: the ring's worth may pass until the lag is seen. */
    private static final int ROUNDS = (LAG_MAX + RING) / (CLIENTS * BATCH) + 1;
    private static final int READ_BACK = 40;

    /** One that was made while the records stood still. */
    private volatile String flooded;
    private final List<SubmitApplication> asked = new ArrayList<>();

    @Test
    void givenRecordsThatStandStill_whenClientsFlood_thenTheyAreToldToComeBackAndEachIsDoneOnceWhenTheRecordsGoOn(
            @TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        final Path data = folder.resolve("data");
        try (Server server = start(data)) {
            OnePost.make(server.client(), 1, 1);
            final CommandReply early = submitAndRead(server, 1);
            final CompletableFuture<List<CommandReply>> patient;
            final int admitted;
            try (HeldThread records = HeldThread.of(server, "mawid-records")) {
                admitted = floodUntilRefused(server, this::another, Result.OK);
                assertToldToComeBack(server);
                assertReadsGoOn(server, early, admitted);
                patient = CompletableFuture.supplyAsync(() -> sendAll(server.client()));
                assertToldToComeBack(server);
                assertThat(patient).as("the same requests again, by a client that waits and repeats").isNotDone();
            }
            final List<CommandReply> replies = patient.get(Server.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(replies).extracting(CommandReply::getResult).containsOnly(Result.OK);
            assertThat(replies).extracting(CommandReply::getReference).doesNotHaveDuplicates();
            assertThat(replies).filteredOn(CommandReply::getRepeatedAnswer).as("done before").hasSize(admitted);
            assertReadableAtTheirPositions(server.client(), replies);
            assertThat(health(server)).contains("\"admission\":\"OK\"");
            await().atMost(Server.PATIENCE).until(() -> server.metric("mawid_records_lag") == 0);
            server.assertServes();
            server.kill();
        }
        assertThat(Inspected.whole(data).count("applications")).isEqualTo(1 + asked.size());
    }

    /** Their queue, which half full closes the way as well, stays empty: what is refused by state takes a position and leaves nothing to record. */
    @Test
    void givenRecordsThatStandStill_whenMorePositionsPassThanTheyMayBeBehind_thenTheCountAloneClosesTheWayUntilTheRecordsGoOn(
            @TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        try (Server server = start(folder.resolve("data"))) {
            OnePost.make(server.client(), 1, 1);
            final CommandReply early = submitAndRead(server, 1);
            try (HeldThread records = HeldThread.of(server, "mawid-records")) {
                floodUntilRefused(server, client -> submit(client, 1), Result.LINE_ALREADY_OPEN);
                assertToldToComeBack(server);
                assertThat(server.metric("mawid_records_lag")).isBetween(LAG_MAX + 1.0, LAG_MAX + 2.0 * RING);
                assertThat(server.client().application(early.getReference(), 0)).as("reads go on").isPresent();
            }
            submitAndRead(server, 2);
            assertThat(health(server)).contains("\"admission\":\"OK\"").doesNotContain("cause");
            server.kill();
        }
    }

    private static Server start(final Path data) throws Exception {
        return Server.on(data).set("mawid.records.lag.max", LAG_MAX).set("mawid.ring.entries", RING).start();
    }

    private static CommandReply submitAndRead(final Server server, final long person) {
        final CommandReply reply = server.client().execute(OnePost.submit(person));
        assertThat(reply.getResult()).isEqualTo(Result.OK);
        assertThat(server.client().application(reply.getReference(), reply.getPosition())).as("records follow").isPresent();
        return reply;
    }

    /** Batches of several clients at once, one after another until something is not admitted. @param expected of those that are @return how many were */
    private int floodUntilRefused(final Server server, final Function<MawidClient, SubmitApplication> each, final Result expected) {
        int done = 0;
        for (int round = 0; done == round * CLIENTS * BATCH; round++) {
            assertThat(round).as("rounds in which nothing was refused").isLessThan(ROUNDS);
            final List<CompletableFuture<Integer>> floods = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                final CommandBatch.Builder batch = CommandBatch.newBuilder();
                for (int i = 0; i < BATCH; i++) {
                    batch.addCommands(Command.newBuilder().setSubmitApplication(each.apply(server.client())));
                }
                final CommandServiceGrpc.CommandServiceBlockingStub commands = CommandServiceGrpc.newBlockingStub(server.channel());
                floods.add(CompletableFuture.supplyAsync(() -> admittedOf(commands.batch(batch.build()).getRepliesList(), expected)));
            }
            done += floods.stream().mapToInt(CompletableFuture::join).sum();
        }
        assertThat(done).isPositive();
        return done;
    }

    private SubmitApplication another(final MawidClient client) {
        final SubmitApplication submit = submit(client, 2 + asked.size());
        asked.add(submit);
        return submit;
    }

    /** @return how many were admitted: the first ones, in one piece */
    private int admittedOf(final List<CommandReply> replies, final Result expected) {
        final int done = (int) replies.stream().filter(reply -> reply.getResult() == expected).count();
        assertThat(replies.subList(0, done)).allMatch(reply -> reply.getResult() == expected);
        flooded = done == 0 ? flooded : replies.get(done - 1).getReference();
        assertThat(replies.subList(done, replies.size())).allMatch(reply -> reply.getResult() == Result.UNAVAILABLE);
        assertThat(replies.subList(done, replies.size())).allMatch(reply -> reply.getDetail() == Cause.RECORDS_BEHIND_VALUE);
        return done;
    }

    /** At both edges, with a reason, a delay and no position; and the operator sees why. */
    private static void assertToldToComeBack(final Server server) throws Exception {
        final SubmitApplication late = submit(server.client(), 1_000_000);
        final StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class,
                () -> ApplicationServiceGrpc.newBlockingStub(server.channel()).submitApplication(late));
        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(GrpcFixture.errorInfo(refusal).getReason()).isEqualTo("UNAVAILABLE");
        assertThat(GrpcFixture.errorInfo(refusal).getMetadataMap()).containsEntry("cause", "RECORDS_BEHIND");
        assertThat(GrpcFixture.retryInfo(refusal).getRetryDelay().getSeconds()).isPositive();
        assertThat(server.client().outcome(late.getRequest()).getResult()).isEqualTo(Result.REQUEST_UNKNOWN);

        final HttpResponse<String> problem = server.post("/v1/applications",
                "{\"postId\":1,\"lines\":[{\"personKey\":\"00000000000f4240\",\"serviceId\":21}]}");
        assertThat(problem.statusCode()).as(problem.body()).isEqualTo(503);
        assertThat(problem.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
        assertThat(problem.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(new JsonObject(problem.body()).getString("result")).isEqualTo("UNAVAILABLE");
        assertThat(new JsonObject(problem.body()).getString("cause")).isEqualTo("RECORDS_BEHIND");

        assertThat(health(server)).contains("\"status\":\"UP\"").contains("\"admission\":\"UNAVAILABLE\"").contains("\"cause\":\"RECORDS_BEHIND\"");
        assertThat(HealthGrpc.newBlockingStub(server.channel()).check(HealthCheckRequest.getDefaultInstance()).getStatus())
                .isEqualTo(ServingStatus.SERVING);
        assertThat(server.metric("mawid_records_lag")).isPositive();
        assertThat(server.metric("mawid_ring_depth")).as("the ring is not what is full").isLessThan(RING / 2.0);
    }

    private void assertReadsGoOn(final Server server, final CommandReply early, final int admitted) throws Exception {
        final String application = early.getReference();
        final long position = early.getPosition() + admitted; // reached, as each of them took one
        final MawidClient client = server.client();
        assertThat(client.firstStarts(AvailabilityQuery.newBuilder().addPostIds(OnePost.POST).setFromEpochDay(OnePost.FIRST_DAY).setDays(1)
                .addServices(ServiceNeed.newBuilder().setServiceId(OnePost.SERVICE)).setLimit(1).build()).getSlotsCount()).isEqualTo(1);
        assertThat(client.application(application, 0).map(Application::getApplication)).contains(application);
        final StatusRuntimeException behind = catchThrowableOfType(StatusRuntimeException.class,
                () -> ApplicationServiceGrpc.newBlockingStub(server.channel())
                        .getApplication(GetApplicationRequest.newBuilder().setApplication(application).setMinPosition(position).build()));
        assertThat(GrpcFixture.errorInfo(behind).getReason()).isEqualTo("READ_MODEL_BEHIND");
        final String made = flooded;
        final StatusRuntimeException notYet = catchThrowableOfType(StatusRuntimeException.class,
                () -> ApplicationServiceGrpc.newBlockingStub(server.channel())
                        .getApplication(GetApplicationRequest.newBuilder().setApplication(made).build()));
        assertThat(GrpcFixture.errorInfo(notYet).getReason()).as("what is there is never told to be unknown").isEqualTo("READ_MODEL_BEHIND");
        final HttpResponse<String> notYetEither = server.get("/v1/applications/" + made);
        assertThat(notYetEither.statusCode()).as(notYetEither.body()).isEqualTo(503);
        assertThat(new JsonObject(notYetEither.body()).getString("result")).isEqualTo("READ_MODEL_BEHIND");
    }

    private List<CommandReply> sendAll(final MawidClient client) {
        final List<CommandReply> replies = new ArrayList<>();
        for (int from = 0; from < asked.size(); from += BATCH) {
            final Batch batch = client.batch();
            asked.subList(from, Math.min(from + BATCH, asked.size()))
                    .forEach(submit -> batch.add(Command.newBuilder().setSubmitApplication(submit).build()));
            replies.addAll(batch.send());
        }
        return replies;
    }

    private void assertReadableAtTheirPositions(final MawidClient client, final List<CommandReply> replies) {
        for (int i = 0; i < replies.size(); i += replies.size() / READ_BACK) {
            final CommandReply reply = replies.get(i);
            final Application read = client.application(reply.getReference(), reply.getPosition()).orElseThrow();
            assertThat(read.getPosition()).isGreaterThanOrEqualTo(reply.getPosition());
            assertThat(read.getLines(0).getPersonKey()).isEqualTo(asked.get(i).getLines(0).getPersonKey());
        }
    }

    private static SubmitApplication submit(final MawidClient client, final long person) {
        return SubmitApplication.newBuilder().setRequest(client.newRequest()).setPostId(OnePost.POST).addLines(OnePost.line(person)).build();
    }

    private static String health(final Server server) throws Exception {
        final HttpResponse<String> ready = server.get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        return ready.body();
    }
}
