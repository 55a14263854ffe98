package org.mawid.engine.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BufferUtil;

/** Zeroed, little-endian memory at an address that direct reading and writing accept. Given back when closed, not when the collector comes by. */
public final class BlockBuffer implements AutoCloseable {
    private final ByteBuffer memory;
    private final ByteBuffer bytes;

    public BlockBuffer(final int length) {
        memory = ByteBuffer.allocateDirect(length + Format.BLOCK_BYTES);
        bytes = Format.aligned(memory, length);
    }

    /** Not to be used after {@link #close}. */
    public ByteBuffer bytes() {
        return bytes;
    }

    /** Once. */
    @Override
    public void close() {
        BufferUtil.free(memory);
    }
}
