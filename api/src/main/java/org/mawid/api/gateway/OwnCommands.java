package org.mawid.api.gateway;

import java.util.concurrent.CompletableFuture;
import org.agrona.DirectBuffer;
import org.mawid.engine.Engine;
import org.mawid.sbe.Result;

/** What the server has to say to the log by itself, with nobody who waits at an edge. Any thread. */
public final class OwnCommands {
    private final Engine engine;

    /**
     * What became of one.
     *
     * @param position in the log, 0 = none
     * @param repeated it had been said before, and this is what was answered then
     */
    public record Said(Result result, long position, boolean repeated) {
    }

    public OwnCommands(final Engine engine) {
        this.engine = engine;
    }

    /**
     * Submits one.
     *
     * @param command the whole SBE message from 0 on; copied before this returns
     * @return durable when it is completed, on a thread of the engine that may not be kept: hang nothing on it but what goes on elsewhere. UNAVAILABLE or STORAGE_FULL at once when it is not admitted
     */
    public CompletableFuture<Said> submit(final DirectBuffer command, final int length) {
        final CompletableFuture<Said> said = new CompletableFuture<>();
        final Result admission = engine.submit((index, slot, at) -> {
            slot.putBytes(at, command, 0, length);
            return length;
        }, (tag, outcome, events, offset, eventsLength) -> said.complete(new Said(outcome.result(), outcome.position(), outcome.repeated())), 0);
        if (admission != Result.OK) {
            said.complete(new Said(admission, 0, false));
        }
        return said;
    }
}
