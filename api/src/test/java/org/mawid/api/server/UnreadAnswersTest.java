package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.SubmitReply;
import org.mawid.grpc.AvailabilityQuery;
import org.mawid.grpc.AvailabilityServiceGrpc;
import org.mawid.grpc.CatalogueServiceGrpc;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.GetOutcomeRequest;
import org.mawid.grpc.ListPostsRequest;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.ServiceNeed;
import org.mawid.grpc.SubmitApplication;

/** Clients that ask and do not read: what waits for them is bounded, and others are served. */
@Timeout(120)
class UnreadAnswersTest extends ServiceFixture {
    private static final int OF_CONNECTION = 4 << 20;
    private static final int IN_ALL = 10 << 20;
    private static final int CONNECTIONS = 12;
    private static final int DAYS = 60;
    private static final int CALLS = 600;
    private static final int BATCHES = 60;
    /** Each event loop may go beyond the budget by the answer that it is making. */
    private static final int BEYOND = 4 << 20;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final List<ManagedChannel> channels = new ArrayList<>();

    @Override
    Map<String, String> settings() {
        return Map.of(EdgeSetting.GRPC_UNREAD_BYTES.key(), Integer.toString(IN_ALL), EdgeSetting.GRPC_UNREAD_CONNECTION_BYTES.key(),
                Integer.toString(OF_CONNECTION), EdgeSetting.GRPC_CONNECTIONS.key(), Integer.toString(CONNECTIONS));
    }

    @AfterEach
    void disconnect() {
        channels.forEach(ManagedChannel::shutdownNow);
    }

    @Test
    void givenAClientThatReadsNothing_whenItSearchesOnAndOn_thenWhatWaitsIsBoundedAndOthersAreServed() {
        OnePost.make(client, DAYS, 4);
        final int answerBytes = search(channel).getSerializedSize();
        assertThat(answerBytes).isGreaterThan(20_000);
        final Stalled stalled = new Stalled();
        for (int i = 0; i < CALLS; i++) {
            stalled.begin(AvailabilityServiceGrpc.getFirstStartsMethod(), query());
        }
        stalled.awaitRefused(CALLS - (OF_CONNECTION + BEYOND) / answerBytes - 1);
        fill(stalled);
        assertThat(search(channel).getSlotsCount()).as("who reads is served").isEqualTo(DAYS * 32);

        stalled.cancelAll();
        await().atMost(LONG).untilAsserted(() -> assertThat(service.unreadBytes()).isZero());
        assertThat(search(stalled.channel).getSlotsCount()).as("and so is that one, when it reads").isEqualTo(DAYS * 32);
    }

    @Test
    void givenAClientThatReadsNothing_whenItSendsBatches_thenOnesBeyondTheBoundAreRefusedBeforeAnyCommandIsAdmitted() {
        OnePost.make(client, DAYS, 4);
        final CommandBatch batch = CommandBatch.newBuilder().addAllCommands(Collections.nCopies(8_190, submit(client.newRequest()))).build();
        final Stalled stalled = new Stalled();
        for (int i = 0; i < BATCHES; i++) {
            stalled.begin(CommandServiceGrpc.getBatchMethod(), batch);
        }
        final Request last = client.newRequest();
        stalled.awaitRefused(BATCHES / 3); // how many answers the system takes before nothing more is read differs
        fill(stalled);
        final int before = stalled.refused.size();
        stalled.begin(CommandServiceGrpc.getBatchMethod(), CommandBatch.newBuilder().addCommands(submit(last)).build());
        stalled.awaitRefused(before + 1);

        assertThat(client.submitApplication(0, OnePost.POST, List.of(OnePost.line(7)))).as("others go on").isInstanceOf(SubmitReply.Submitted.class);
        assertThat(CommandServiceGrpc.newBlockingStub(channel).getOutcome(GetOutcomeRequest.newBuilder().setIdHigh(last.getIdHigh()).setIdLow(last.getIdLow()).build())
                .getResult()).as("nothing of it was done").isEqualTo(Result.REQUEST_UNKNOWN);
    }

    @Test
    void givenManyClientsThatReadNothing_whenTheyFillTheBudgetOfAll_thenOthersAreToldWhyUntilOneOfThoseIsGone() {
        OnePost.make(client, DAYS, 4);
        final List<Stalled> stalled = List.of(new Stalled(), new Stalled(), new Stalled());
        await().pollInterval(Duration.ofMillis(10)).atMost(LONG).untilAsserted(() -> {
            stalled.forEach(each -> each.begin(AvailabilityServiceGrpc.getFirstStartsMethod(), query()));
            assertUnread(catchThrowableOfType(StatusRuntimeException.class, this::post));
        });
        assertThat(service.unreadBytes()).isLessThan(IN_ALL + BEYOND);
        assertThat(HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance()).getStatus()).isEqualTo(ServingStatus.SERVING);

        stalled.get(0).channel.shutdownNow();
        await().atMost(LONG).untilAsserted(() -> assertThat(service.unreadBytes()).isLessThan(IN_ALL - OF_CONNECTION / 2));
        assertThat(post()).isEqualTo(OnePost.POST);
        stalled.forEach(each -> each.channel.shutdownNow());
        await().atMost(LONG).untilAsserted(() -> assertThat(service.unreadBytes()).as("no less and no more").isZero());
    }

    @Test
    void givenAsManyConnectionsAsThereMayBe_whenOneMoreComes_thenItIsClosedUntilAnotherHasGone() {
        OnePost.define(client);
        int letIn = 0;
        while (isServed(channel())) {
            assertThat(++letIn).isLessThanOrEqualTo(CONNECTIONS);
        }
        assertThat(letIn).as("the fixture has some").isGreaterThan(CONNECTIONS / 2);
        final ManagedChannel last = channels.get(channels.size() - 1);
        assertThat(isServed(last)).isFalse();
        channels.get(0).shutdownNow();
        await().atMost(LONG).until(() -> isServed(last));
    }

    /** Alone on its connection, with a window of one byte that it never opens. */
    private final class Stalled {
        private final ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort()).usePlaintext().flowControlWindow(1).build();
        private final List<ClientCall<?, ?>> calls = new ArrayList<>();
        private final Queue<StatusRuntimeException> refused = new ConcurrentLinkedQueue<>();

        Stalled() {
            channels.add(channel);
        }

        <Q, R> void begin(final MethodDescriptor<Q, R> method, final Q message) {
            final ClientCall<Q, R> call = channel.newCall(method, CallOptions.DEFAULT);
            call.start(new ClientCall.Listener<>() {
                @Override
                public void onClose(final Status status, final Metadata trailers) {
                    refused.add(status.asRuntimeException(trailers));
                }
            }, new Metadata());
            call.sendMessage(message);
            call.halfClose();
            calls.add(call);
        }

        void awaitRefused(final int count) {
            await().atMost(LONG).untilAsserted(() -> assertThat(refused).hasSizeGreaterThanOrEqualTo(count));
            refused.forEach(UnreadAnswersTest::assertUnread);
        }

        void cancelAll() {
            calls.forEach(call -> call.cancel("enough", null));
        }
    }

    /** What was let in while others were being refused may leave a little room. */
    private void fill(final Stalled stalled) {
        await().pollInterval(Duration.ofMillis(10)).atMost(LONG).until(() -> {
            stalled.begin(AvailabilityServiceGrpc.getFirstStartsMethod(), query());
            return service.unreadBytes() >= OF_CONNECTION;
        });
        assertThat(service.unreadBytes()).isLessThan(OF_CONNECTION + BEYOND);
    }

    private static void assertUnread(final StatusRuntimeException refusal) {
        assertThat(refusal).isNotNull();
        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(GrpcFixture.errorInfo(refusal).getReason()).isEqualTo("UNAVAILABLE");
        assertThat(GrpcFixture.errorInfo(refusal).getMetadataMap()).containsExactly(Map.entry("cause", "ANSWERS_UNREAD"));
        assertThat(GrpcFixture.retryInfo(refusal).getRetryDelay().getSeconds()).isEqualTo(1);
    }

    private ManagedChannel channel() {
        final ManagedChannel one = NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort()).usePlaintext().build();
        channels.add(one);
        return one;
    }

    private static boolean isServed(final ManagedChannel over) {
        try {
            return CatalogueServiceGrpc.newBlockingStub(over).listPosts(ListPostsRequest.getDefaultInstance()) != null;
        } catch (final StatusRuntimeException closed) {
            assertThat(closed.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            return false;
        }
    }

    private int post() {
        return CatalogueServiceGrpc.newBlockingStub(channel).listPosts(ListPostsRequest.getDefaultInstance()).getPosts(0).getPostId();
    }

    private static org.mawid.grpc.FirstStartsReply search(final ManagedChannel over) {
        return AvailabilityServiceGrpc.newBlockingStub(over).firstStarts(query());
    }

    private static AvailabilityQuery query() {
        return AvailabilityQuery.newBuilder().addDeskIds(OnePost.DESK).addServices(ServiceNeed.newBuilder().setServiceId(OnePost.SERVICE))
                .setFromEpochDay(OnePost.FIRST_DAY).setDays(DAYS).setLimit(10_000).build();
    }

    private static Command submit(final Request request) {
        return Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().setRequest(request).setPostId(OnePost.POST).addLines(OnePost.line(1))).build();
    }
}
