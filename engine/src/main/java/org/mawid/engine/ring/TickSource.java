package org.mawid.engine.ring;

import org.agrona.MutableDirectBuffer;
import org.mawid.engine.CommandSource;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.TickEncoder;

/** Writes Ticks. One thread at a time. */
final class TickSource implements CommandSource {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final TickEncoder tick = new TickEncoder();

    @Override
    public int write(final int index, final MutableDirectBuffer slot, final int offset) {
        slot.setMemory(offset, MessageHeaderEncoder.ENCODED_LENGTH + TickEncoder.BLOCK_LENGTH, (byte) 0);
        tick.wrapAndApplyHeader(slot, offset, header);
        return MessageHeaderEncoder.ENCODED_LENGTH + tick.encodedLength();
    }
}
