package org.mawid.bench.kingdom;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A history that nobody listens to: what generating costs by itself, and whether the same seed says the same again. */
final class Nowhere extends Way {
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(COMMAND_BYTES);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final CRC32C checksum;
    private long commands;

    /** @param summed whether a checksum over all commands is kept */
    Nowhere(final Cases cases, final boolean summed) {
        super(cases);
        this.checksum = summed ? new CRC32C() : null;
    }

    /** Over every byte said so far; 0 when none is kept. */
    long checksum() {
        return checksum == null ? 0 : checksum.getValue();
    }

    long commands() {
        return commands;
    }

    @Override
    void advanceTo(final long nowMs) {
        // nobody looks at the clock
    }

    @Override
    MutableDirectBuffer buffer(final int postId) {
        return buffer;
    }

    @Override
    int offset(final int postId) {
        return 0;
    }

    @Override
    void say(final int postId, final int length, final int slot, final int brings, final long number, final int stamps) {
        made(slot, brings, number);
        commands++;
        if (checksum != null) {
            checksum.update(bytes.limit(length).position(0));
            bytes.clear();
        }
    }

    @Override
    void answered() {
        // as it was foreseen
    }

    @Override
    void finish() {
        // nothing is on its way
    }

    @Override
    public void close() {
        // nothing was opened
    }
}
