package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.FakeIssuer;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.engine.Setting;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandBatchReply;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.WithdrawLines;

/** Batches and streams about what was made a moment ago, while it cannot be read yet whose that is. */
class CallsBehindTest {
    private static final long USER = 0xA1;
    private static final int EACH = 20;

    private FakeIssuer issuer;
    private Service service;
    private ManagedChannel channel;
    private List<String> applications;

    /** Records do not open before they are told to: nothing that was made since can be read. */
    @BeforeEach
    void start(@TempDir final Path folder) throws Exception {
        issuer = new FakeIssuer();
        service = Service.start(Settings.of(Map.of(Setting.DATA.key(), folder.resolve("data").toString(), Setting.RECORDS_ENTRIES.key(), "10000", Setting.SEGMENT_BYTES.key(), "1048576",
                EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0", EdgeSetting.REPLY_TIMEOUT_MS.key(), "30000", EdgeSetting.LIMIT_PERSON.key(), "commands=" + (2 * EACH + 5),
                EdgeSetting.OIDC_ISSUER.key(), issuer.url().toString(), EdgeSetting.OIDC_AUDIENCE.key(), FakeIssuer.AUDIENCE, EdgeSetting.CAPABILITY.key(), "off"), Map.of(), null));
        service.ready();
        final String token = issuer.token(List.of("operator"));
        try (MawidClient operator = MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withToken(() -> token))) {
            OnePost.make(operator, 2, 4);
        }
        final Metadata header = new Metadata();
        header.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + portal());
        channel = NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort()).usePlaintext().intercept(MetadataUtils.newAttachHeadersInterceptor(header)).build();
        applications = CommandServiceGrpc.newBlockingStub(channel).batch(batch(person -> Command.newBuilder()
                .setSubmitApplication(SubmitApplication.newBuilder().setRequest(request()).setPostId(OnePost.POST).addLines(OnePost.line(0x3000 + person))).build())).getRepliesList().stream().map(CommandReply::getReference).toList();
        assertThat(applications).hasSize(EACH).doesNotContain("");
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        service.close();
        issuer.close();
    }

    /** The user may do this many things a minute: a batch that was judged twice would have paid for too many. */
    @Test
    void givenABatchAboutWhatWasJustMade_whenItCannotBeReadYet_thenItWaitsUntilItCan_andHasPaidOnce() throws Exception {
        final ListenableFuture<CommandBatchReply> waits = CommandServiceGrpc.newFutureStub(channel).batch(withdrawals());
        assertThat(CommandServiceGrpc.newBlockingStub(channel).batch(CommandBatch.getDefaultInstance()).getRepliesCount()).as("what comes behind it is answered").isZero();
        assertThat(waits).isNotDone();

        service.keepRecords();
        assertThat(waits.get(30, TimeUnit.SECONDS).getRepliesList()).hasSize(EACH).extracting(CommandReply::getResult).containsOnly(Result.OK);
    }

    /** Whoever pastes the first lines of a demo comes so early. */
    @Test
    void givenACallOverHttpAboutWhatWasJustMade_whenRecordsAreNotOpenYet_thenItWaitsUntilTheyAre() throws Exception {
        final HttpClient http = HttpClient.newHttpClient();
        final String server = "http://127.0.0.1:" + service.httpPort();
        final CompletableFuture<HttpResponse<String>> waits = http.sendAsync(HttpRequest.newBuilder(URI.create(server + "/v1/applications/" + applications.get(0))).header("Authorization", "Bearer " + portal())
                .header("Mawid-On-Behalf-Of", String.format("%016x", USER)).build(), HttpResponse.BodyHandlers.ofString());
        Thread.sleep(3_000); // longer than a read waits for a position
        assertThat(waits).isNotDone();

        service.keepRecords();
        final HttpResponse<String> told = waits.get(30, TimeUnit.SECONDS);
        assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
        assertThat(told.body()).contains(applications.get(0));
    }

    @Test
    void givenMoreBatchesThanMayWait_whenTheyCannotBeReadYet_thenThoseTooManyAreToldSoAtOnce_andTheOthersAreDone() throws Exception {
        final List<ListenableFuture<CommandBatchReply>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) { // on one connection, which is one event loop's
            all.add(CommandServiceGrpc.newFutureStub(channel).batch(CommandBatch.newBuilder().addCommands(withdrawals().getCommands(i % EACH)).build()));
        }
        CommandServiceGrpc.newBlockingStub(channel).batch(CommandBatch.getDefaultInstance()); // behind all of them on the way there; answers come here on several threads
        await().until(() -> all.stream().filter(ListenableFuture::isDone).count() >= all.size() - 16);
        final List<Result> told = all.stream().filter(ListenableFuture::isDone).map(CallsBehindTest::resultOf).toList();
        assertThat(told).as("16 of this event loop wait, and nobody is told more than they may do").contains(Result.READ_MODEL_BEHIND).hasSize(200 - 16).allMatch(result -> result == Result.READ_MODEL_BEHIND || result == Result.UNAVAILABLE);

        service.keepRecords();
        for (final ListenableFuture<CommandBatchReply> one : all) {
            assertThat(one.get(30, TimeUnit.SECONDS).getRepliesCount()).isOne();
        }
        assertThat(all.stream().filter(one -> resultOf(one) == Result.OK)).hasSize(16);
    }

    @Test
    void givenAStreamAboutWhatWasJustMade_whenItCannotBeReadYet_thenAllOfItWaits_andIsAnsweredInOrder_havingPaidOnce() {
        final Told told = new Told();
        final StreamObserver<Command> stream = CommandServiceGrpc.newStub(channel).stream(told);
        for (int i = 0; i < EACH; i++) {
            stream.onNext(withdrawals().getCommands(i).toBuilder().setTag(i).build());
            stream.onNext(Command.newBuilder().setTag(EACH + i).build()); // which is no command, and known to be none
        }
        stream.onCompleted();
        CommandServiceGrpc.newBlockingStub(channel).batch(CommandBatch.getDefaultInstance()); // behind it on the way there
        assertThat(told.replies).isEmpty();

        service.keepRecords();
        await().until(() -> told.ended);
        assertThat(told.replies).extracting(CommandReply::getTag).containsExactlyElementsOf(LongStream.range(0, 2 * EACH).mapToObj(i -> i % 2 == 0 ? i / 2 : EACH + i / 2).toList());
        assertThat(told.replies).filteredOn(reply -> reply.getTag() < EACH).extracting(CommandReply::getResult).containsOnly(Result.OK);
        assertThat(told.replies).filteredOn(reply -> reply.getTag() >= EACH).extracting(CommandReply::getResult).containsOnly(Result.MALFORMED);
    }

    @Test
    void givenMoreStreamsThanMayWait_thenThoseTooManyAreToldSoAtOnce_andAWaitingOneThatIsCancelledMakesRoom() {
        final List<Told> all = new ArrayList<>();
        final List<StreamObserver<Command>> streams = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            all.add(new Told());
            streams.add(CommandServiceGrpc.newStub(channel).stream(all.get(i)));
            streams.get(i).onNext(withdrawals().getCommands(i));
        }
        await().until(() -> all.stream().filter(told -> !told.replies.isEmpty()).count() == EACH - 16);
        assertThat(all.stream().flatMap(told -> told.replies.stream())).extracting(CommandReply::getResult).containsOnly(Result.READ_MODEL_BEHIND);
        final int cancelled = IntStream.range(0, EACH).filter(i -> all.get(i).replies.isEmpty()).findFirst().orElseThrow();
        streams.get(cancelled).onError(Status.CANCELLED.asRuntimeException());
        await().until(() -> all.get(cancelled).ended);

        service.keepRecords();
        await().until(() -> all.stream().filter(told -> told.replies.stream().anyMatch(reply -> reply.getResult() == Result.OK)).count() == 15);
        assertThat(all.get(cancelled).replies).isEmpty();
        final int refused = IntStream.range(0, EACH).filter(i -> all.get(i).replies.stream().anyMatch(reply -> reply.getResult() == Result.READ_MODEL_BEHIND)).findFirst().orElseThrow();
        streams.get(refused).onNext(withdrawals().getCommands(refused));
        await().until(() -> all.get(refused).replies.size() == 2);
        assertThat(all.get(refused).replies.get(1).getResult()).as("sent again").isEqualTo(Result.OK);
    }

    @Test
    void givenAStreamThatWaits_whenMoreComesThanIsKept_thenThatIsToldSo_andTheRestIsDone() {
        final Told told = new Told();
        final StreamObserver<Command> stream = CommandServiceGrpc.newStub(channel).stream(told);
        final String large = "x".repeat(100_000);
        for (int i = 0; i < EACH; i++) {
            stream.onNext(withdrawals().getCommands(i).toBuilder().setTag(i).setCapability(large).build());
        }
        stream.onCompleted();
        CommandServiceGrpc.newBlockingStub(channel).batch(CommandBatch.getDefaultInstance());
        service.keepRecords();
        await().until(() -> told.ended);
        assertThat(told.replies).extracting(CommandReply::getTag).containsExactlyElementsOf(LongStream.range(0, EACH).boxed().toList());
        assertThat(told.replies.stream().filter(reply -> reply.getResult() == Result.OK)).as("that waited, and ten behind it").hasSizeGreaterThanOrEqualTo(11);
        assertThat(told.replies).extracting(CommandReply::getResult).isSubsetOf(Result.OK, Result.READ_MODEL_BEHIND);
    }

    /** What a stream was told, on a thread of gRPC's. */
    private static final class Told implements StreamObserver<CommandReply> {
        private final List<CommandReply> replies = new CopyOnWriteArrayList<>();
        private volatile boolean ended;

        @Override
        public void onNext(final CommandReply reply) {
            replies.add(reply);
        }

        @Override
        public void onError(final Throwable why) {
            ended = true;
        }

        @Override
        public void onCompleted() {
            ended = true;
        }
    }

    private static Result resultOf(final ListenableFuture<CommandBatchReply> one) {
        try {
            return one.get().getReplies(0).getResult();
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }

    private String portal() {
        return issuer.token(issuer.claims().subject("rdv").claim("roles", "portal").claim("portal", "rdv").build());
    }

    // ---- what is sent

    private CommandBatch withdrawals() {
        return batch(person -> Command.newBuilder().setWithdrawLines(WithdrawLines.newBuilder().setRequest(request()).setApplication(applications.get((int) person)).setLines(1)).build());
    }

    private static CommandBatch batch(final LongFunction<Command> each) {
        final CommandBatch.Builder batch = CommandBatch.newBuilder();
        for (int i = 0; i < EACH; i++) {
            batch.addCommands(each.apply(i));
        }
        return batch.build();
    }

    private static Request request() {
        final UUID id = UUID.randomUUID();
        return Request.newBuilder().setIdHigh(id.getMostSignificantBits()).setIdLow(id.getLeastSignificantBits()).setCreatedMs(System.currentTimeMillis()).setOnBehalfOf(USER).build();
    }
}
