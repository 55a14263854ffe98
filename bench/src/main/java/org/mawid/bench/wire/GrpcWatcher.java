package org.mawid.bench.wire;

import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import org.mawid.grpc.Cursor;
import org.mawid.grpc.Event;
import org.mawid.grpc.WatchReply;
import org.mawid.grpc.WatchRequest;
import org.mawid.grpc.WatchServiceGrpc;

/** One watch over gRPC. A slow one takes the first message, which tells where it begins, and then nothing until it is told to read. */
final class GrpcWatcher implements Watcher, ClientResponseObserver<WatchRequest, WatchReply> {
    /** Ordinal of a cursor that has passed all of its position. */
    private static final int ALL = 0xFFFF;

    private final Channel channel;
    private final int postId;
    private final boolean slow;
    private final Tally tally;
    private final Received received = new Received();
    private ClientCallStreamObserver<WatchRequest> call;
    private boolean reading;
    private boolean again;
    private volatile boolean cutOff;

    GrpcWatcher(final Channel channel, final int postId, final boolean slow, final Tally tally) {
        this.channel = channel;
        this.postId = postId;
        this.slow = slow;
        this.tally = tally;
    }

    GrpcWatcher open() {
        WatchServiceGrpc.newStub(channel).watch(WatchRequest.newBuilder().setPostId(postId).build(), this);
        return this;
    }

    @Override
    public void beforeStart(final ClientCallStreamObserver<WatchRequest> requests) {
        call = requests;
        if (slow && !again) {
            requests.disableAutoRequestWithInitial(1);
        }
    }

    @Override
    public void onNext(final WatchReply reply) {
        final long nowNs = System.nanoTime();
        if (reply.getSnapshotComplete()) {
            received.begin(reply.getCursor().getPosition());
        }
        final List<Event> events = reply.getEventsList();
        for (int i = 0; i < events.size(); i++) {
            final Cursor cursor = events.get(i).getCursor();
            received.event(cursor.getPosition(), cursor.getOrdinal(), nowNs);
        }
    }

    @Override
    public synchronized void onError(final Throwable cause) {
        if (tally.isStopping()) {
            return;
        }
        if (!slow || again) {
            tally.fail(new IllegalStateException("a watch of post " + postId + " was ended: " + cause.getMessage(), cause));
            return;
        }
        cutOff = true;
        if (reading) {
            openAgain();
        }
    }

    private void openAgain() {
        again = true;
        final Cursor cursor = Cursor.newBuilder().setPosition(received.lastPosition()).setOrdinal(received.count() == 0 ? ALL : received.lastOrdinal()).build();
        WatchServiceGrpc.newStub(channel).watch(WatchRequest.newBuilder().setPostId(postId).setCursor(cursor).build(), this);
    }

    @Override
    public void onCompleted() {
        onError(new IllegalStateException("the server has nothing more"));
    }

    @Override
    public synchronized void read() {
        reading = true;
        if (cutOff) {
            openAgain();
        } else if (slow) {
            call.request(Integer.MAX_VALUE);
        }
    }

    @Override
    public boolean wasCutOff() {
        return cutOff;
    }

    @Override
    public int postId() {
        return postId;
    }

    @Override
    public Received received() {
        return received;
    }
}
