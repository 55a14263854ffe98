package org.mawid.engine.allocation;

import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.Memory;
import org.mawid.sbe.QuotaChangedEncoder;
import org.mawid.sbe.QuotaChangedEncoder.QuotasEncoder;

/** Writes QuotaChanged. */
final class QuotaTold {
    private QuotaTold() {
    }

    /** @param count entries that follow by {@link #put} @return the address of the first one */
    static long begin(final Emitter events, final int postId, final int count) {
        final long block = events.beginAt(QuotaChangedEncoder.TEMPLATE_ID, QuotaChangedEncoder.BLOCK_LENGTH, postId);
        return Emitter.group(block + QuotaChangedEncoder.BLOCK_LENGTH, QuotasEncoder.sbeBlockLength(), count);
    }

    /** @return the address of the next one */
    static long put(final long at, final int pool, final int epochDay, final int from, final int units, final int quota, final int taken, final int kept) {
        Memory.putShort(at + QuotasEncoder.poolIdEncodingOffset(), pool);
        Memory.putInt(at + QuotasEncoder.epochDayEncodingOffset(), epochDay);
        Memory.putByte(at + QuotasEncoder.startUnitEncodingOffset(), from);
        Memory.putByte(at + QuotasEncoder.unitsEncodingOffset(), units);
        Memory.putByte(at + QuotasEncoder.quotaClassEncodingOffset(), quota);
        Memory.putShort(at + QuotasEncoder.takenEncodingOffset(), taken);
        Memory.putShort(at + QuotasEncoder.keptEncodingOffset(), kept);
        return at + QuotasEncoder.sbeBlockLength();
    }
}
