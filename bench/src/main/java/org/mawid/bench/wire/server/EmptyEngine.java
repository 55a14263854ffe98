package org.mawid.bench.wire.server;

import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.CommandSource;
import org.mawid.engine.CoreQuery;
import org.mawid.engine.Engine;
import org.mawid.engine.EngineStatus;
import org.mawid.engine.Reply;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.sbe.Result;

/**
 * An engine with nothing in it: every command is done at once, on the thread that submits it. What a server costs around it is the ceiling
 * for the server around a real one. Nothing can be read.
 */
final class EmptyEngine implements Engine {
    private static final UnsafeBuffer NO_EVENTS = new UnsafeBuffer(new byte[0]);

    private static final class Desk {
        private final UnsafeBuffer slot = new UnsafeBuffer(new byte[CommandSource.MAX_BYTES]);
        private final Outcome outcome = new Outcome();
        private long count;
    }

    private final ThreadLocal<Desk> desks = ThreadLocal.withInitial(Desk::new);

    @Override
    public Result submit(final CommandSource source, final Reply reply, final long tag) {
        answer(desks.get(), source, 0, reply, tag);
        return Result.OK;
    }

    @Override
    public int submit(final CommandSource source, final int count, final Reply reply, final long tag) {
        final Desk desk = desks.get();
        for (int i = 0; i < count; i++) {
            answer(desk, source, i, reply, tag + i);
        }
        return count;
    }

    private static void answer(final Desk desk, final CommandSource source, final int index, final Reply reply, final long tag) {
        source.write(index, desk.slot, 0);
        final int template = desk.slot.getShort(2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        final boolean makes = template == 30 || template == 40 || template == 41;
        desk.outcome.begin(++desk.count, 0).set(Result.OK, makes ? desk.count & 0xFF_FFFF | 1 : 0, 0, 0);
        reply.onOutcome(tag, desk.outcome, NO_EVENTS, 0, 0);
    }

    @Override
    public Result admission() {
        return Result.OK;
    }

    @Override
    public boolean query(final CoreQuery query) {
        return false;
    }

    @Override
    public ReadModel readModel() {
        throw new IllegalStateException("an empty engine cannot be read");
    }

    @Override
    public EngineStatus status() {
        return new EngineStatus(0, 0, 0, 0, 0, 0, 1, 0, 0, 0, false, true);
    }

    @Override
    public void onHalt(final Consumer<String> listener) {
        // it never does
    }

    @Override
    public void close() {
        // nothing is open
    }
}
