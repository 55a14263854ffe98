package org.mawid.bench.load;

import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.CommandSource;
import org.mawid.engine.CoreQuery;
import org.mawid.engine.Engine;
import org.mawid.engine.EngineStatus;
import org.mawid.engine.Reply;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.sbe.CancelDecoder;
import org.mawid.sbe.ConfirmDecoder;
import org.mawid.sbe.ConsumeStampDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PublishDayDecoder;
import org.mawid.sbe.Result;

/** An engine that says of the tenth command of a kind after which nothing fails, and of one in a hundred from there on, that it is done, and does not do it. */
public final class LosingEngine implements Engine {
    private static final UnsafeBuffer NO_EVENTS = new UnsafeBuffer(new byte[0]);
    private static final int EACH = 100;
    /** Soon: of a second on a busy machine a hundred may not come. */
    private static final int FIRST = 10;
    private static final long NOBODY = Long.MAX_VALUE >> 8;
    private static final long IDLE_NS = 20_000L;

    private final Engine engine;
    private final int template;
    /** Where a command says what it is about, such as an appointment. */
    private final int aboutAt;
    private final AtomicLong met = new AtomicLong();

    private LosingEngine(final Engine engine, final int template, final int aboutAt) {
        this.engine = engine;
        this.template = template;
        this.aboutAt = MessageHeaderDecoder.ENCODED_LENGTH + aboutAt;
    }

    /** Loses cancellations: whoever cancelled goes on with another person. */
    public static Engine ofCancels(final Engine engine) {
        return new LosingEngine(engine, CancelDecoder.TEMPLATE_ID, CancelDecoder.appointmentIdEncodingOffset());
    }

    /** Loses confirmations, where nothing follows them. */
    public static Engine ofConfirms(final Engine engine) {
        return new LosingEngine(engine, ConfirmDecoder.TEMPLATE_ID, ConfirmDecoder.holdIdEncodingOffset());
    }

    /** Loses that stamps were used. */
    public static Engine ofConsumptions(final Engine engine) {
        return new LosingEngine(engine, ConsumeStampDecoder.TEMPLATE_ID, ConsumeStampDecoder.stampIdEncodingOffset());
    }

    /** Loses published days. */
    public static Engine ofDays(final Engine engine) {
        return new LosingEngine(engine, PublishDayDecoder.TEMPLATE_ID, PublishDayDecoder.poolIdEncodingOffset());
    }

    @Override
    public Result submit(final CommandSource source, final Reply reply, final long tag) {
        final Result admission = engine.admission();
        if (admission == Result.OK) {
            submit(source, 0, reply, tag, new UnsafeBuffer(new byte[CommandSource.MAX_BYTES]));
        }
        return admission;
    }

    @Override
    public int submit(final CommandSource source, final int count, final Reply reply, final long tag) {
        if (engine.admission() != Result.OK) {
            return 0;
        }
        final UnsafeBuffer command = new UnsafeBuffer(new byte[CommandSource.MAX_BYTES]);
        for (int index = 0; index < count; index++) {
            submit(source, index, reply, tag + index, command);
        }
        return count;
    }

    /** A source can be asked only once for each command: where there is no room it is waited for. */
    private void submit(final CommandSource source, final int index, final Reply reply, final long tag, final UnsafeBuffer command) {
        final int length = source.write(index, command, 0);
        final boolean isLost = (command.getShort(2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF) == template && met.incrementAndGet() % EACH == FIRST;
        if (isLost) {
            command.putLong(aboutAt, NOBODY, ByteOrder.LITTLE_ENDIAN);
        }
        final CommandSource written = (nothing, slot, offset) -> {
            slot.putBytes(offset, command, 0, length);
            return length;
        };
        while (engine.submit(written, isLost ? done(reply) : reply, tag) != Result.OK) {
            LockSupport.parkNanos(IDLE_NS);
        }
    }

    /** In the place of whatever the engine says. */
    private static Reply done(final Reply reply) {
        return (tag, outcome, events, offset, length) -> reply.onOutcome(tag, new Outcome().begin(outcome.position(), outcome.nowMs()).set(Result.OK, 0, 0, 0), NO_EVENTS, 0, 0);
    }

    @Override
    public Result admission() {
        return engine.admission();
    }

    @Override
    public boolean query(final CoreQuery query) {
        return engine.query(query);
    }

    @Override
    public ReadModel readModel() {
        return engine.readModel();
    }

    @Override
    public EngineStatus status() {
        return engine.status();
    }

    @Override
    public void onHalt(final Consumer<String> listener) {
        engine.onHalt(listener);
    }

    @Override
    public void close() {
        engine.close();
    }
}
