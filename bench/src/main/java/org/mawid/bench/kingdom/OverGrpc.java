package org.mawid.bench.kingdom;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.nio.ByteOrder;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.server.SimulatedTime;
import org.mawid.client.MawidClient;
import org.mawid.client.PackedBatch;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandBatchReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.sbe.CommandOutcomeDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.Result;

/**
 * Packed batches to a server in a process of its own, with log time in the calls' headers. Posts are dealt out to lanes, a connection each: what
 * is said at one post stays in order, and the lanes' batches are on their way together. A reference is known when its answer is there,
 * as for any client: hence a batch ends where the next command needs one.
 */
final class OverGrpc extends Way {
    /** Most commands of one batch: all lanes together stay below the ring's places. */
    private static final int MOST = 4_000;
    private static final int BATCH_BYTES = 2 << 20;
    private static final int REPLY_BYTES = 16 << 20;
    private static final long MOST_SECONDS = 60;

    private final MawidClient client;
    private final Lane[] lanes;
    private final Lane[] laneOf;
    private final UnsafeBuffer answers = new UnsafeBuffer(new byte[0]);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CommandOutcomeDecoder outcome = new CommandOutcomeDecoder();
    private Metadata time = new Metadata();
    private long batches;

    /** What is said at some of the posts. */
    private static final class Lane {
        final ManagedChannel channel;
        final PackedBatch batch;
        final int[] slots = new int[MOST];
        final byte[] brings = new byte[MOST];
        final byte[] stamps = new byte[MOST];
        ListenableFuture<CommandBatchReply> reply;

        Lane(final ManagedChannel channel, final PackedBatch batch) {
            this.channel = channel;
            this.batch = batch;
        }
    }

    /** @param laneCount connections, 1 to 4 */
    OverGrpc(final Cases cases, final Realm realm, final int port, final int laneCount) {
        super(cases);
        client = MawidClient.connect("127.0.0.1", port);
        lanes = new Lane[laneCount];
        for (int i = 0; i < laneCount; i++) {
            lanes[i] = new Lane(NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().directExecutor().maxInboundMessageSize(REPLY_BYTES).build(),
                    client.packedBatch(BATCH_BYTES));
        }
        laneOf = new Lane[realm.postIds() + 1];
        for (int post = 0; post < laneOf.length; post++) {
            laneOf[post] = lanes[post % laneCount];
        }
    }

    long batches() {
        return batches;
    }

    @Override
    void advanceTo(final long nowMs) throws Exception {
        answered();
        time = new Metadata();
        time.put(SimulatedTime.KEY, Long.toString(nowMs));
    }

    @Override
    MutableDirectBuffer buffer(final int postId) throws Exception {
        if (laneOf[postId].batch.size() == MOST) {
            answered();
        }
        return laneOf[postId].batch.buffer();
    }

    @Override
    int offset(final int postId) {
        return laneOf[postId].batch.messageOffset();
    }

    @Override
    void say(final int postId, final int length, final int slot, final int brings, final long number, final int stamps) {
        final Lane lane = laneOf[postId];
        final int at = lane.batch.size();
        lane.slots[at] = slot;
        lane.brings[at] = (byte) brings;
        lane.stamps[at] = (byte) stamps;
        lane.batch.commit(length);
    }

    @Override
    void answered() throws Exception {
        for (final Lane lane : lanes) {
            if (lane.batch.size() > 0) {
                batches++;
                // Without a deadline: it would be in real time, and the log's is another.
                lane.reply = CommandServiceGrpc.newFutureStub(lane.channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(time))
                        .batch(CommandBatch.newBuilder().setPacked(lane.batch.packed()).build());
            }
        }
        for (final Lane lane : lanes) {
            if (lane.reply != null) {
                take(lane, await(lane.reply));
                lane.reply = null;
                lane.batch.clear();
            }
        }
        requireForeseen();
    }

    private static ByteString await(final ListenableFuture<CommandBatchReply> reply) throws Exception {
        try {
            return reply.get(MOST_SECONDS, TimeUnit.SECONDS).getPacked();
        } catch (final ExecutionException e) {
            throw new IllegalStateException("a batch was not answered: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private void take(final Lane lane, final ByteString packed) {
        answers.wrap(packed.asReadOnlyByteBuffer());
        int at = 0;
        for (int i = 0; i < lane.batch.size(); i++) {
            final int length = answers.getInt(at, ByteOrder.LITTLE_ENDIAN);
            outcome.wrapAndApplyHeader(answers, at + Integer.BYTES, header);
            final Result result = outcome.result();
            if (result != Result.OK || lane.brings[i] == REFUSAL) {
                check(lane.brings[i], result, "position " + outcome.position());
            } else {
                made(lane.slots[i], lane.brings[i], outcome.number1());
                if (lane.brings[i] == VISIT && outcome.stampCount() != lane.stamps[i]) {
                    unforeseen("position " + outcome.position() + " brought " + outcome.stampCount() + " stamps, not " + lane.stamps[i]);
                }
            }
            at += Integer.BYTES + length + 7 & ~7;
        }
    }

    @Override
    void finish() throws Exception {
        answered();
    }

    @Override
    public void close() throws Exception {
        client.close();
        for (final Lane lane : lanes) {
            lane.channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        }
    }
}
