package org.mawid.bench.peer.mawid;

import io.grpc.ManagedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.mawid.bench.peer.work.Line;
import org.mawid.bench.peer.work.Steps;
import org.mawid.bench.wire.grpc.Channels;
import org.mawid.grpc.AvailabilityServiceGrpc;

/** One client with a thread of its own that waits for each answer, as clients of the others have; connections are shared all the same. */
final class MawidLine implements Line, MawidCall.Answered {
    private final ManagedChannel channel;
    private final boolean isItsOwn;
    private final MawidPeer peer;
    private final MawidCall unary;
    private final Semaphore told = new Semaphore(0);
    private MawidCall batch;
    private int most;
    private Throwable failure;

    private MawidLine(final ManagedChannel channel, final boolean isItsOwn, final MawidPeer peer) {
        this.channel = channel;
        this.isItsOwn = isItsOwn;
        this.peer = peer;
        this.unary = new MawidUnary(channel, peer);
    }

    /** @param channels used in turn, closed with the lines */
    static List<MawidLine> over(final Channels channels, final MawidPeer peer, final int clients) {
        final List<MawidLine> lines = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            lines.add(new MawidLine(channels.get(i), i < channels.count(), peer));
        }
        return lines;
    }

    @Override
    public void ask(final Steps steps) throws IOException, InterruptedException {
        if (steps.count() > most) {
            most = steps.count();
            batch = new MawidBatch(channel, peer, most);
        }
        (steps.count() == 1 ? unary : batch).send(steps, this);
        told.acquire();
        if (failure != null) {
            final Throwable cause = failure;
            failure = null;
            throw new IOException(cause.getMessage(), cause);
        }
    }

    @Override
    public void answered() {
        told.release();
    }

    @Override
    public void failed(final Throwable cause) {
        failure = cause;
        told.release();
    }

    @Override
    public long datesWith(final int post, final int units) {
        return MawidDrive.dates(AvailabilityServiceGrpc.newBlockingStub(channel).countStarts(MawidDrive.query(peer, post, units)));
    }

    @Override
    public void close() {
        if (isItsOwn) {
            channel.shutdownNow();
        }
    }
}
