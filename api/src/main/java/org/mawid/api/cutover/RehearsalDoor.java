package org.mawid.api.cutover;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.CommandSource;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.upkeep.Rehearsal;

/** To a copy of the state: answered at once, and written nowhere. */
final class RehearsalDoor implements Door {
    private final UnsafeBuffer slot = new UnsafeBuffer(ByteBuffer.allocateDirect(CommandSource.MAX_BYTES));
    private final Outcome outcome = new Outcome();
    private final Rehearsal rehearsal;
    private final long nowMs;

    RehearsalDoor(final Rehearsal rehearsal, final long nowMs) {
        this.rehearsal = rehearsal;
        this.nowMs = nowMs;
    }

    @Override
    public void send(final Message message, final Answer answer) {
        rehearsal.apply(nowMs, slot, 0, message.write(slot, 0), outcome);
        answer.on(outcome.result(), outcome.number1(), outcome.number2());
    }

    @Override
    public void await() {
        // everything has its answer
    }
}
