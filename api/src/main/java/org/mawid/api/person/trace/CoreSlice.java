package org.mawid.api.person.trace;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.gateway.AwaitedQuestion;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordKind;

/** Some rows of the core's state, of which those that are wanted are copied. Some tens of microseconds of the core's time. */
final class CoreSlice extends AwaitedQuestion<CoreSlice.Found> {
    /** Numbers that one question looks at. */
    private static final int AT_ONCE = 256;

    /** Null = applications, each followed by all that belongs to it. */
    private final RecordKind kind;
    private final long from;
    private final int max;
    private final Wanted wanted;

    /** On the core's thread: looks, keeps nothing. */
    @FunctionalInterface
    interface Wanted {
        boolean is(int templateId, DirectBuffer buffer, int offset);
    }

    /** @param next where to go on, 0 = that was all */
    record Found(long position, long next, List<UnsafeBuffer> records) {
    }

    private CoreSlice(final RecordKind kind, final long from, final int max, final Wanted wanted) {
        this.kind = kind;
        this.from = from;
        this.max = max;
        this.wanted = wanted;
    }

    /** Of applications from one on, with what belongs to each. */
    static CoreSlice ofApplications(final long from, final Wanted wanted) {
        return new CoreSlice(null, from, AT_ONCE, wanted);
    }

    static CoreSlice of(final RecordKind kind, final long from, final Wanted wanted) {
        return new CoreSlice(kind, from, AT_ONCE, wanted);
    }

    /** The one of a number, if it is there. */
    static CoreSlice one(final RecordKind kind, final long number) {
        return new CoreSlice(kind, number, 1, (templateId, buffer, offset) -> true);
    }

    @Override
    public void on(final EngineCore core) {
        final List<UnsafeBuffer> records = new ArrayList<>();
        final long next = kind == null ? core.dumpApplications(from, max, (templateId, buffer, offset, length) -> take(templateId, buffer, offset, length, records))
                : core.dump(kind, from, max, (templateId, buffer, offset, length) -> take(templateId, buffer, offset, length, records));
        answer(new Found(core.position(), next, records));
    }

    private void take(final int templateId, final DirectBuffer buffer, final int offset, final int length, final List<UnsafeBuffer> records) {
        if (wanted.is(templateId, buffer, offset)) {
            final byte[] copy = new byte[length];
            buffer.getBytes(offset, copy);
            records.add(new UnsafeBuffer(copy));
        }
    }
}
