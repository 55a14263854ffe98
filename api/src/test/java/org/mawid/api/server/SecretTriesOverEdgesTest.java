package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.CommandStream;
import org.mawid.client.PackedBatch;
import org.mawid.client.PackedReplies;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.ConsumeStamp;
import org.mawid.sbe.Channel;
import org.mawid.sbe.ConsumeStampEncoder;
import org.mawid.sbe.MessageHeaderEncoder;

/** However a secret code is tried, over HTTP, in one call of gRPC, in a stream or in a batch of either kind: all of it is counted together, and only wrong ones are. */
class SecretTriesOverEdgesTest extends LifeFixture {
    private static final String WRONG = "1K3M-9QF2-T4VXH";
    private static final int OF_STAMP = 5;
    private static final int OF_CALLER = 30;

    @Test
    void givenAStamp_whenFiveWrongCodesWereTriedInEveryWay_thenNoneIsComparedAndOtherStampsAreNotTouched() throws Exception {
        final List<String> said = new ArrayList<>();
        said.add(overHttp(1, WRONG).getString("result"));
        said.add(overGrpc(1, WRONG));
        said.add(inBatch(1, WRONG));
        said.add(packed(1, WRONG));
        said.add(inStream(1, WRONG));
        assertThat(said).hasSize(OF_STAMP).containsOnly("SECRET_WRONG");

        assertThat(List.of(overGrpc(1, secret(1)), inBatch(1, secret(1)), packed(1, secret(1)))).as("the right one").containsOnly("SECRET_TRIES_SPENT");
        final HttpResponse<String> refused = consumption(1, secret(1));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
        assertThat(new JsonObject(refused.body()).getString("result")).isEqualTo("SECRET_TRIES_SPENT");
        assertThat(refused.headers().firstValue("Retry-After")).contains("720");
        final StatusRuntimeException status = catchThrowableOfType(StatusRuntimeException.class, () -> stampCalls.consumeStamp(use(1, secret(1))));
        assertThat(status.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);

        assertThat(List.of(overGrpc(2, secret(2)), inBatch(2, secret(2)), packed(2, secret(2)), overHttp(2, secret(2)).getString("result")))
                .as("compared, and then the core is asked").containsOnly("STAMP_UNKNOWN");
    }

    @Test
    void givenRightCodes_whenTheyComeAgainAndAgain_thenTheyAreNotCounted() {
        for (int i = 0; i < 2 * OF_CALLER; i++) {
            assertThat(overGrpc(3, secret(3))).isEqualTo("STAMP_UNKNOWN");
        }
    }

    @Test
    void givenOneAddress_whenItTriesOneStampAfterTheOther_thenItIsRefusedAtOneThatNobodyHasTried() throws Exception {
        int stamp = 10;
        for (int i = 0; i < OF_CALLER; i++) {
            stamp = 10 + i / (OF_STAMP - 1);
            assertThat(i % 2 == 0 ? overGrpc(stamp, WRONG) : overHttp(stamp, WRONG).getString("result")).as("try %d", i).isEqualTo("SECRET_WRONG");
        }
        int spent = 0;
        for (int i = 0; i < OF_STAMP - 1 && spent == 0; i++) { // one may have come back meanwhile
            spent += overGrpc(stamp + 1, WRONG).equals("SECRET_TRIES_SPENT") ? 1 : 0;
        }
        assertThat(spent).isPositive();
    }

    private JsonObject overHttp(final long number, final String secret) throws Exception {
        return new JsonObject(consumption(number, secret).body());
    }

    private HttpResponse<String> consumption(final long number, final String secret) throws Exception {
        return http.send(HttpRequest.newBuilder(edge("/v1/stamps/" + stamp(number) + "/consumption")).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(new JsonObject().put("application", application()).put("line", 0).put("postId", OnePost.POST).put("date", date)
                        .put("secret", secret).encode())).build(), BodyHandlers.ofString());
    }

    private String overGrpc(final long number, final String secret) {
        return GrpcFixture.errorInfo(catchThrowableOfType(StatusRuntimeException.class, () -> stampCalls.consumeStamp(use(number, secret)))).getReason();
    }

    private String inBatch(final long number, final String secret) {
        return CommandServiceGrpc.newBlockingStub(channel)
                .batch(CommandBatch.newBuilder().addCommands(Command.newBuilder().setConsumeStamp(use(number, secret))).build()).getReplies(0).getResult().name();
    }

    private String inStream(final long number, final String secret) throws Exception {
        final CompletableFuture<CommandReply> answer = new CompletableFuture<>();
        try (CommandStream stream = client.stream(answer::complete)) {
            stream.send(Command.newBuilder().setConsumeStamp(use(number, secret)).build());
            return answer.get(30, TimeUnit.SECONDS).getResult().name();
        }
    }

    private String packed(final long number, final String secret) {
        final PackedBatch batch = client.packedBatch(4_096);
        final ConsumeStampEncoder use = new ConsumeStampEncoder();
        use.wrapAndApplyHeader(batch.buffer(), batch.messageOffset(), new MessageHeaderEncoder());
        use.request().deadlineMs(0).idHigh(0).idLow(0).createdMs(0).sequence(0).actor(0).onBehalfOf(0).clientId(0).channel(Channel.COUNTER)
                .putReserved((short) 0, (short) 0, (short) 0);
        final References references = service.gateway().references();
        use.stampId(references.longForm(ReferenceKind.STAMP, number)).applicationId(references.longForm(ReferenceKind.APPLICATION, 1))
                .epochDay(today).postId(OnePost.POST).line((short) 0).secret(references.secret().value(secret));
        batch.commit(MessageHeaderEncoder.ENCODED_LENGTH + use.encodedLength());
        final PackedReplies replies = new PackedReplies();
        batch.send(replies);
        return replies.result(0).name();
    }

    private ConsumeStamp use(final long number, final String secret) {
        return ConsumeStamp.newBuilder().setRequest(client.newRequest()).setStamp(stamp(number)).setApplication(application()).setPostId(OnePost.POST).setEpochDay(today)
                .setSecret(secret).build();
    }

    private String stamp(final long number) {
        return service.gateway().references().text(ReferenceKind.STAMP, number);
    }

    private String application() {
        return service.gateway().references().text(ReferenceKind.APPLICATION, 1);
    }

    private String secret(final long number) {
        return service.gateway().references().secret().of(number);
    }
}
