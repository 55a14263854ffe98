package org.mawid.bench.wire.watch;

import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import org.mawid.bench.wire.loop.Tally;
import org.mawid.grpc.Cursor;
import org.mawid.grpc.Event;
import org.mawid.grpc.WatchReply;
import org.mawid.grpc.WatchRequest;
import org.mawid.grpc.WatchServiceGrpc;

/** One watch over gRPC. */
final class GrpcWatcher extends Watcher implements ClientResponseObserver<WatchRequest, WatchReply> {
    private final Channel channel;
    private ClientCallStreamObserver<WatchRequest> call;

    GrpcWatcher(final Channel channel, final int postId, final boolean slow, final Tally tally) {
        super(postId, slow, tally);
        this.channel = channel;
    }

    GrpcWatcher open() {
        WatchServiceGrpc.newStub(channel).watch(WatchRequest.newBuilder().setPostId(postId()).build(), this);
        return this;
    }

    @Override
    void openAt(final long position, final int ordinal) {
        final Cursor cursor = Cursor.newBuilder().setPosition(position).setOrdinal(ordinal).build();
        WatchServiceGrpc.newStub(channel).watch(WatchRequest.newBuilder().setPostId(postId()).setCursor(cursor).build(), this);
    }

    @Override
    void resume() {
        call.request(Integer.MAX_VALUE);
    }

    @Override
    public void beforeStart(final ClientCallStreamObserver<WatchRequest> requests) {
        call = requests;
        if (isHeldBack()) {
            requests.disableAutoRequestWithInitial(1);
        }
    }

    @Override
    public void onNext(final WatchReply reply) {
        final long nowNs = System.nanoTime();
        if (reply.getSnapshotComplete()) {
            received().begin(reply.getCursor().getPosition());
        }
        final List<Event> events = reply.getEventsList();
        for (int i = 0; i < events.size(); i++) {
            final Cursor cursor = events.get(i).getCursor();
            received().event(cursor.getPosition(), cursor.getOrdinal(), nowNs);
        }
    }

    @Override
    public void onError(final Throwable cause) {
        ended(cause);
    }

    @Override
    public void onCompleted() {
        ended(new IllegalStateException("the server has nothing more"));
    }
}
