package org.mawid.engine.allocation;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.mawid.engine.kernel.Invariant;
import org.mawid.sbe.AddToChangeDecoder;
import org.mawid.sbe.GroupSizeEncodingDecoder;
import org.mawid.sbe.PublishDayDecoder.QuotasDecoder;
import org.mawid.sbe.QuotasSetDecoder;

/** What PublishDay or AddToChange wants to be kept of a day: they have one layout, may leave it out, and have passed the static checks. */
final class QuotasWanted {
    private static final int GROUP = GroupSizeEncodingDecoder.ENCODED_LENGTH;
    private static final int ENTRY = QuotasDecoder.sbeBlockLength();

    static {
        Invariant.that(ENTRY == AddToChangeDecoder.QuotasDecoder.sbeBlockLength() && ENTRY == QuotasSetDecoder.QuotasDecoder.sbeBlockLength(), "quotas are said alike", ENTRY);
    }

    private final int[] kept = new int[Unit.MOST * Quotas.CLASSES];
    private final long[] spillMs = new long[Quotas.CLASSES];
    private int at;
    private int end;
    private int count;

    /** @param groupAt where the group would begin @param end of the command */
    void read(final DirectBuffer command, final int groupAt, final int end) {
        if (count > 0) {
            Arrays.fill(kept, 0);
            Arrays.fill(spillMs, 0);
        }
        at = groupAt;
        count = groupAt == end ? 0 : command.getShort(groupAt + 2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        this.end = groupAt == end ? end : groupAt + groupBytes();
        for (int i = 0; i < count; i++) {
            final int entry = groupAt + GROUP + i * ENTRY;
            final int quota = command.getByte(entry + QuotasDecoder.quotaClassEncodingOffset()) & 0xFF;
            final int from = command.getByte(entry + QuotasDecoder.startUnitEncodingOffset()) & 0xFF;
            final int units = command.getByte(entry + QuotasDecoder.unitsEncodingOffset()) & 0xFF;
            for (int unit = from; unit < from + units; unit++) {
                kept[Quotas.place(unit, quota)] = command.getByte(entry + QuotasDecoder.placesEncodingOffset()) & 0xFF;
            }
            spillMs[quota - 1] = command.getLong(entry + QuotasDecoder.spillMsEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** Runs; 0 = nothing is kept. */
    int count() {
        return count;
    }

    int kept(final int unit, final int quota) {
        return kept[Quotas.place(unit, quota)];
    }

    /** For all classes together. */
    int kept(final int unit) {
        int all = 0;
        for (int quota = 1; quota <= Quotas.CLASSES; quota++) {
            all += kept(unit, quota);
        }
        return all;
    }

    /** By {@link Quotas#place}. */
    int[] kept() {
        return kept;
    }

    /** By class less 1. */
    long[] spillMs() {
        return spillMs;
    }

    /** Where what follows begins, if anything does. */
    int end() {
        return end;
    }

    int groupAt() {
        return at;
    }

    int groupBytes() {
        return GROUP + count * ENTRY;
    }
}
