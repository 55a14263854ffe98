package org.mawid.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.api.testkit.PackedSubmits;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.Channel;
import org.mawid.grpc.Command;
import org.mawid.grpc.Request;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.RequestDecoder;

/** What a client says of a command that does not say who asks, the same in both encodings. */
class RequestsGivenTest {
    private static final int FRAME_BYTES = Integer.BYTES;

    private final PackedSubmits submits = new PackedSubmits();

    @Test
    void givenPackedCommandsWithoutId_whenTaken_thenEachHasOneOfItsOwnAndSaysWhoActs() throws Exception {
        try (MawidClient client = client()) {
            final PackedBatch batch = client.packedBatch(0);
            submits.add(batch, 1, 2, 3);
            final int second = batch.messageOffset() - FRAME_BYTES;
            submits.add(batch, 1, 2, 3, 0, 77);
            final RequestDecoder first = request(batch, 0);
            assertThat(first.idHigh()).isNotZero();
            assertThat(first.createdMs()).isBetween(1L, System.currentTimeMillis());
            assertThat(first.actor()).isEqualTo(5);
            assertThat(first.onBehalfOf()).isEqualTo(6);
            assertThat(first.channel()).isEqualTo(org.mawid.sbe.Channel.COUNTER);
            final RequestDecoder other = request(batch, second);
            assertThat(other.idLow()).isNotZero().isNotEqualTo(first.idLow());
            assertThat(other.createdMs()).as("said by the command").isEqualTo(77);
        }
    }

    @Test
    void givenAPackedCommandWithAnId_whenTaken_thenItIsLeftAsItIs() throws Exception {
        try (MawidClient client = client()) {
            final PackedBatch batch = client.packedBatch(0);
            submits.add(batch, 1, 2, 3, 9, 0);
            final RequestDecoder request = request(batch, 0);
            assertThat(request.idHigh()).isZero();
            assertThat(request.idLow()).isEqualTo(9);
            assertThat(request.createdMs()).isZero();
            assertThat(request.actor()).isZero();
            assertThat(request.channel()).isEqualTo(org.mawid.sbe.Channel.ONLINE);
        }
    }

    @Test
    void givenACommandWithoutIdThatSaysItsDeadline_whenAdded_thenTheDeadlineStays() throws Exception {
        try (MawidClient client = client()) {
            final Request given = Requested.withRequest(Command.newBuilder().setCancel(Cancel.newBuilder()
                    .setRequest(Request.newBuilder().setDeadlineMs(88).setActor(7))).build(), client).getCancel().getRequest();
            assertThat(given.getIdLow()).isNotZero();
            assertThat(given.getCreatedMs()).isPositive();
            assertThat(given.getDeadlineMs()).isEqualTo(88);
            assertThat(given.getActor()).isEqualTo(7);
            assertThat(given.getOnBehalfOf()).isEqualTo(6);
            assertThat(given.getChannel()).isEqualTo(Channel.CHANNEL_COUNTER);
        }
    }

    private static MawidClient client() throws Exception {
        return MawidClient.connect(ClientOptions.of("127.0.0.1", 1).withActor(5, 6, Channel.CHANNEL_COUNTER));
    }

    private static RequestDecoder request(final PackedBatch batch, final int frame) {
        final ByteBuffer frames = batch.packed().asReadOnlyByteBuffer();
        return new RequestDecoder().wrap(new UnsafeBuffer(frames), frame + FRAME_BYTES + MessageHeaderDecoder.ENCODED_LENGTH);
    }
}
