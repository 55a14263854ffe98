package org.mawid.client;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.mawid.grpc.Result;

/** One message, and the same again while that may help and there is time: with its request id it is done once. One thread. */
final class Attempts {
    private final MawidClient client;
    private final long dueNanos;
    private boolean mayBeDone;

    Attempts(final MawidClient client, final long dueNanos) {
        this.client = client;
        this.dueNanos = dueNanos;
    }

    /** Whether an attempt had no answer, so that the message may have been done whatever a later one was told. */
    boolean mayBeDone() {
        return mayBeDone;
    }

    /** @throws StatusRuntimeException of the last attempt; suppressed in it the last that Mawid refused before */
    <S extends AbstractStub<S>, R> R call(final Function<Channel, S> stub, final Function<S, R> call) {
        final Repeat repeat = new Repeat();
        StatusRuntimeException said = null;
        while (true) {
            try {
                final R reply = call.apply(stub.apply(client.nextChannel()).withDeadlineAfter(dueNanos - client.time().nanos(), TimeUnit.NANOSECONDS));
                client.budget().answered(1);
                return reply;
            } catch (final StatusRuntimeException failure) {
                final Refusal refusal = Refusal.of(failure);
                mayBeDone |= refusal == null || refusal.reason() == Result.PENDING;
                final long delayMs = Refusal.mayPass(failure, refusal) ? repeat.afterMs(refusal, client.leftMs(dueNanos)) : Repeat.NEVER;
                if (delayMs == Repeat.NEVER || !client.budget().mayRepeat()) {
                    if (said != null) {
                        failure.addSuppressed(said);
                    }
                    throw failure;
                }
                if (refusal != null) {
                    said = failure;
                }
                client.pause(delayMs, failure);
            }
        }
    }
}
