package org.mawid.engine;

import org.mawid.engine.core.RecordKind;
import org.mawid.engine.ring.OwnWork;
import org.mawid.sbe.HoldRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;

/** Counts holds whose deadline would be past at another time, slice by slice between commands. One thread. */
final class HoldsDue {
    /** Most numbers that one question looks at: some microseconds of the core. */
    private static final int SLICE = 64;

    private final OwnWork ring;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HoldRecordDecoder hold = new HoldRecordDecoder();

    HoldsDue(final OwnWork ring) {
        this.ring = ring;
    }

    /** What one slice had, and where the next begins, 0 = nowhere. */
    private record Slice(long due, long next) {
    }

    /**
     * Live holds with a deadline up to this, while others come and go.
     *
     * @param ms milliseconds since 1970-01-01 UTC
     * @return -1 when the core does not answer in 10 s
     */
    long count(final long ms) throws InterruptedException {
        final Patience patience = new Patience(ring);
        long count = 0;
        long from = 0;
        do {
            final Slice slice = slice(from, ms, patience);
            if (slice == null) {
                return -1;
            }
            count += slice.due;
            from = slice.next;
        } while (from != 0);
        return count;
    }

    private Slice slice(final long from, final long ms, final Patience patience) throws InterruptedException {
        return patience.answer(answer -> ring.ask(core -> {
            final long[] due = {0};
            final long next = core.dump(RecordKind.HOLDS, from, SLICE, (templateId, buffer, offset, length) -> {
                if (hold.wrapAndApplyHeader(buffer, offset, header).deadlineMs() <= ms) {
                    due[0]++;
                }
            });
            answer.accept(new Slice(due[0], next));
        }));
    }
}
