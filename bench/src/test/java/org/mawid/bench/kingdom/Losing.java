package org.mawid.bench.kingdom;

import org.agrona.MutableDirectBuffer;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PublishDayDecoder;

/** Passes everything on but the publishing of one day of one pool. */
final class Losing extends WayAround {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PublishDayDecoder publishDay = new PublishDayDecoder();
    private final int pool;
    private final int date;

    Losing(final Way way, final int pool, final int date) {
        super(way.cases(), way);
        this.pool = pool;
        this.date = date;
    }

    @Override
    void say(final int postId, final int length, final int slot, final int brings, final long number, final int stamps) {
        if (!isTheDay(postId)) {
            way.say(postId, length, slot, brings, number, stamps);
        }
    }

    private boolean isTheDay(final int postId) {
        final MutableDirectBuffer said;
        try {
            said = way.buffer(postId);
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
        if (header.wrap(said, way.offset(postId)).templateId() != PublishDayDecoder.TEMPLATE_ID) {
            return false;
        }
        publishDay.wrapAndApplyHeader(said, way.offset(postId), header);
        return publishDay.poolId() == pool && publishDay.epochDay() == date;
    }
}
