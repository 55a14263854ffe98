package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.rpc.ErrorInfo;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.DoneReply;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.ApplicationServiceGrpc.ApplicationServiceBlockingStub;
import org.mawid.grpc.Channel;
import org.mawid.grpc.Command;
import org.mawid.grpc.GetMessageTextRequest;
import org.mawid.grpc.HistoryMessage;
import org.mawid.grpc.ListMessagesRequest;
import org.mawid.grpc.MessageText;
import org.mawid.grpc.MessageWriter;
import org.mawid.grpc.Request;
import org.mawid.grpc.SendMessage;

/** An officer and an applicant write to each other: the text is sealed and durable before the log has its hash, and read back by it. */
class MessagesOverEdgesTest extends PersonFixture {
    private static final String KEY = "018ff0a2-7b4e-7cc1-9d41-3a3f9a4f5e21";
    private static final String TEXT = "Il manque l'acte de naissance.\n\u0634\u0643\u0631\u0627";

    @Test
    void givenATextOverHttp_thenItIsReadBackOverBothEdges_alsoAfterARestart() throws Exception {
        OnePost.define(client);
        final String application = submitted(YASMINE);
        json(send("POST", "/v1/applications/" + application + "/messages", message(), "Idempotency-Key", KEY, "Mawid-Created", Long.toString(service.engine().nowMs())), 200);
        stop();
        final long hash = loggedHash(KEY);
        start();
        for (int i = 0; i < 2; i++) {
            final JsonObject read = json(send("GET", "/v1/applications/" + application + "/messages/" + String.format("%016x", hash), null), 200);
            assertThat(read.getString("text")).isEqualTo(TEXT);
            assertThat(read.getString("textHash")).isEqualTo(String.format("%016x", hash));
            final MessageText text = stub().getMessageText(GetMessageTextRequest.newBuilder().setApplication(application).setTextHash(hash).build());
            assertThat(text.getText()).isEqualTo(TEXT);
            final HistoryMessage listed = stub().listMessages(ListMessagesRequest.newBuilder().setApplication(application).build()).getMessages(0);
            assertThat(listed.getTextHash()).isEqualTo(hash);
            assertThat(json(send("GET", "/v1/applications/" + application + "/messages", null), 200).getJsonArray("messages")).singleElement().satisfies(one -> {
                assertThat(((JsonObject) one).getLong("sentMs")).isEqualTo(listed.getSentMs());
                assertThat(((JsonObject) one).getString("writer")).isEqualTo("POST");
            });
            restart();
        }
        assertThat(everyFile()).noneMatch(file -> file.contains("acte de naissance"));
    }

    @Test
    void givenTheSameRequestAgain_thenItIsThatMessage_andAnotherTextUnderItIsRefused() throws Exception {
        OnePost.define(client);
        final String application = submitted(YASMINE);
        final String path = "/v1/applications/" + application + "/messages";
        final String created = Long.toString(service.engine().nowMs());
        final JsonObject first = json(send("POST", path, message(), "Idempotency-Key", KEY, "Mawid-Created", created), 200);
        restart();
        final JsonObject again = json(send("POST", path, message(), "Idempotency-Key", KEY, "Mawid-Created", created), 200);
        assertThat(first.getBoolean("repeatedAnswer")).isFalse();
        assertThat(again.getBoolean("repeatedAnswer")).isTrue();
        assertThat(json(send("GET", "/v1/requests/" + KEY, null), 200).getLong("detail")).as("the message's number").isEqualTo(first.getLong("position"));
        assertThat(json(send("POST", path, message().put("text", "another"), "Idempotency-Key", KEY, "Mawid-Created", created), 422).getString("result")).isEqualTo("REQUEST_ID_REUSED");
    }

    @Test
    void givenTextsOverGrpc_thenTheyAreSealed_andTheSameRequestAgainIsTheSameMessage() throws Exception {
        OnePost.define(client);
        final String application = submitted(YASMINE);
        final UUID id = UUID.randomUUID();
        final SendMessage message = SendMessage.newBuilder().setApplication(application).setPostId(OnePost.POST).setWriter(MessageWriter.MESSAGE_WRITER_APPLICANT).setText(TEXT)
                .setRequest(Request.newBuilder().setIdHigh(id.getMostSignificantBits()).setIdLow(id.getLeastSignificantBits()).setCreatedMs(service.engine().nowMs()).setChannel(Channel.CHANNEL_ONLINE)).build();
        assertThat(stub().sendMessage(message).getRepeatedAnswer()).isFalse();
        stop();
        final long hash = loggedHash(id.toString());
        start();
        assertThat(stub().sendMessage(message).getRepeatedAnswer()).isTrue();
        assertThat(stub().getMessageText(GetMessageTextRequest.newBuilder().setApplication(application).setTextHash(hash).build()).getText()).isEqualTo(TEXT);
    }

    @Test
    void givenTextsThatAreNone_thenRefusedWithTheReason_andNothingIsLoggedOrKept() throws Exception {
        OnePost.define(client);
        final String application = submitted(YASMINE);
        final long before = service.engine().status().durablePosition();
        final JsonObject problem = json(send("POST", "/v1/applications/" + application + "/messages", message().put("text", "passport\u202Efdp.exe")), 400);
        assertThat(problem.getString("reason")).isEqualTo("DIRECTION");
        assertThat(problem.encode()).contains("/text").doesNotContain("passport");
        refused("MALFORMED", "CONTROL", message(application).setText("a\u0007").build());
        refused("MALFORMED", null, message(application).setText("a").setTextHash(7).build());
        assertThat(json(send("POST", "/v1/applications/" + application + "/messages", message().put("textHash", "00000000000000ff")), 400).encode()).contains("/textHash");
        final DoneReply streamed = client.perform(Command.newBuilder().setSendMessage(message(application).setText("a")).build());
        assertThat(streamed).isInstanceOf(DoneReply.Refused.class).asString().contains("MALFORMED");
        assertThat(service.engine().status().durablePosition()).isEqualTo(before);
        assertThat(data().resolve("persons/book")).isEmptyDirectory();
    }

    @Test
    void givenAnotherApplicationOrHash_thenThereIsNothing() throws Exception {
        OnePost.define(client);
        final String application = submitted(YASMINE);
        final String another = submitted(YASMINE + 1);
        json(send("POST", "/v1/applications/" + application + "/messages", message(), "Idempotency-Key", KEY, "Mawid-Created", Long.toString(service.engine().nowMs())), 200);
        stop();
        final long hash = loggedHash(KEY);
        start();
        assertThat(json(send("GET", "/v1/applications/" + another + "/messages/" + String.format("%016x", hash), null), 404).getString("result")).isEqualTo("APPLICATION_UNKNOWN");
        assertThat(json(send("GET", "/v1/applications/" + application + "/messages/0000000000000001", null), 404).getString("reason")).isEqualTo("TEXT_UNKNOWN");
        assertThatThrownBy(() -> stub().getMessageText(GetMessageTextRequest.newBuilder().setApplication(another).setTextHash(hash).build())).hasMessageContaining("NOT_FOUND");
    }

    private void refused(final String result, final String reason, final SendMessage message) {
        assertThatThrownBy(() -> stub().sendMessage(message)).isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
            try {
                final ErrorInfo info = StatusProto.fromThrowable(e).getDetails(0).unpack(ErrorInfo.class);
                assertThat(info.getReason()).isEqualTo(result);
                assertThat(info.getMetadataMap().get("reason")).isEqualTo(reason);
            } catch (final com.google.protobuf.InvalidProtocolBufferException broken) {
                throw new AssertionError(broken);
            }
        });
    }

    private static JsonObject message() {
        return new JsonObject().put("postId", OnePost.POST).put("writer", "POST").put("topicCode", 1).put("text", TEXT);
    }

    private ApplicationServiceBlockingStub stub() {
        return ApplicationServiceGrpc.newBlockingStub(channel);
    }

    private SendMessage.Builder message(final String application) {
        return SendMessage.newBuilder().setRequest(client.newRequest()).setApplication(application).setPostId(OnePost.POST).setWriter(MessageWriter.MESSAGE_WRITER_POST);
    }
}
