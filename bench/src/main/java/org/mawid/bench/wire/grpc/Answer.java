package org.mawid.bench.wire.grpc;

import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import org.mawid.bench.wire.loop.Client;
import org.mawid.bench.wire.loop.Tally;

/** What becomes of one unary call of a client: what was not admitted is sent again, and its latency goes on. */
abstract class Answer<T> implements StreamObserver<T> {
    private final Client client;
    private final Tally tally;
    private final Client.Then then;
    private final long sinceNs;

    /** @param sinceNs as in {@link Client#send} */
    Answer(final Client client, final Tally tally, final Client.Then then, final long sinceNs) {
        this.client = client;
        this.tally = tally;
        this.then = then;
        this.sinceNs = sinceNs;
    }

    final long sinceNs() {
        return sinceNs;
    }

    @Override
    public final void onError(final Throwable cause) {
        final boolean isUnavailable = Status.fromThrowable(cause).getCode() == Status.Code.UNAVAILABLE;
        if (isUnavailable && isOfTheServer(cause)) {
            notDone();
        }
        if (tally.isStopping()) {
            return;
        }
        if (isUnavailable) {
            tally.notAdmitted(1);
            tally.unlessStopping(() -> client.send(sinceNs));
        } else {
            tally.fail(cause);
        }
    }

    /** Whether the server said so: a connection that was lost says the same, and nobody knows what became of the call. */
    private static boolean isOfTheServer(final Throwable cause) {
        final com.google.rpc.Status details = StatusProto.fromThrowable(cause);
        return details != null && details.getDetailsCount() > 0;
    }

    /** The server said that it has done nothing. */
    void notDone() {
        // nobody keeps books of it
    }

    @Override
    public final void onCompleted() {
        then.answered(client);
    }
}
