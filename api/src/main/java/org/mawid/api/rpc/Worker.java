package org.mawid.api.rpc;

import io.grpc.Context;
import io.grpc.Deadline;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.Lane;
import org.mawid.api.gateway.ManyReferences;
import org.mawid.engine.CommandSource;

/** What one event loop has for itself, so that calls on it share nothing with the others. Only on that loop's thread. */
public final class Worker {
    private final Gateway gateway;
    private final Executor eventLoop;
    private final Lane lane;
    private final Draft draft;
    private final ManyReferences references;
    /** Direct: a command in an array would be copied to be checked. */
    private final MutableDirectBuffer scratch = new UnsafeBuffer(ByteBuffer.allocateDirect(CommandSource.MAX_BYTES));

    Worker(final Gateway gateway, final Executor eventLoop) {
        this.gateway = gateway;
        this.eventLoop = eventLoop;
        this.lane = gateway.lane(eventLoop);
        this.draft = newDraft();
        this.references = new ManyReferences(gateway.references());
    }

    /** One more, of the same calls. */
    public Draft newDraft() {
        return new Draft(gateway.references(), gateway.secretGuard(), () -> CallBytes.ofCall().caller());
    }

    /** Begins one command, with the deadline of the present call. */
    public Draft draft() {
        return draft.begin(scratch, 0, callDeadlineMs());
    }

    /** The one begun last. */
    Draft draftAsIs() {
        return draft;
    }

    /** Begins one command somewhere else. */
    public Draft draft(final MutableDirectBuffer buffer, final int offset, final long deadlineMs) {
        return draft.begin(buffer, offset, deadlineMs);
    }

    /** For those of one batch, from beginning to end of what is done with them at a time. */
    public ManyReferences references() {
        return references;
    }

    public Gateway gateway() {
        return gateway;
    }

    public Lane lane() {
        return lane;
    }

    public Executor eventLoop() {
        return eventLoop;
    }

    /** Deadline of the present call, ms since 1970-01-01 UTC, 0 = none. */
    public long callDeadlineMs() {
        final Deadline deadline = Context.current().getDeadline();
        // A deadline that has passed already is still one: never 0.
        return deadline == null ? 0 : Math.max(1, gateway.nowMs() + deadline.timeRemaining(TimeUnit.MILLISECONDS));
    }
}
