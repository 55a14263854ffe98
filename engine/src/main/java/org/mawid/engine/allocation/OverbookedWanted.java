package org.mawid.engine.allocation;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.AddToChangeDecoder;
import org.mawid.sbe.GroupSizeEncodingDecoder;
import org.mawid.sbe.OverbookedSetDecoder;
import org.mawid.sbe.OverbookedSetEncoder;
import org.mawid.sbe.PublishDayDecoder.OverbookedDecoder;
import org.mawid.sbe.Result;

/** Which places PublishDay or AddToChange wants to be beyond the counters: they have one layout, may leave it out, and have passed the static checks. */
final class OverbookedWanted {
    private static final int GROUP = GroupSizeEncodingDecoder.ENCODED_LENGTH;
    private static final int ENTRY = OverbookedDecoder.sbeBlockLength();

    static {
        Invariant.that(ENTRY == AddToChangeDecoder.OverbookedDecoder.sbeBlockLength() && ENTRY == OverbookedSetDecoder.OverbookedDecoder.sbeBlockLength(), "overbooked places are said alike", ENTRY);
    }

    private final OverbookedSetEncoder overbookedSet = new OverbookedSetEncoder();
    private final int[] places = new int[Unit.MOST];
    private long untilMs;
    private int at;
    private int count;

    /** @param groupAt where the group would begin @param end of the command */
    void read(final DirectBuffer command, final int groupAt, final int end) {
        if (count > 0) {
            Arrays.fill(places, 0);
        }
        at = groupAt;
        count = groupAt == end ? 0 : command.getShort(groupAt + 2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        for (int i = 0; i < count; i++) {
            final int entry = groupAt + GROUP + i * ENTRY;
            final int from = command.getByte(entry + OverbookedDecoder.startUnitEncodingOffset()) & 0xFF;
            final int units = command.getByte(entry + OverbookedDecoder.unitsEncodingOffset()) & 0xFF;
            Arrays.fill(places, from, from + units, command.getByte(entry + OverbookedDecoder.placesEncodingOffset()) & 0xFF);
            untilMs = command.getLong(entry + OverbookedDecoder.untilMsEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** Runs; 0 = none are. */
    int count() {
        return count;
    }

    int places(final int unit) {
        return places[unit];
    }

    long untilMs() {
        return untilMs;
    }

    /** @param units as the command describes them */
    Result whyNot(final boolean isDesk, final int[] units, final Outcome outcome) {
        if (count == 0) return Result.OK;
        if (!isDesk) return Result.OVERBOOKED_RESOURCE;
        for (int unit = 0; unit < Unit.MOST; unit++) {
            if (2 * places[unit] > Unit.capacity(units[unit])) {
                outcome.set(Result.OVERBOOKED_ABOVE_HALF, unit, 0, 0);
                return Result.OVERBOOKED_ABOVE_HALF;
            }
        }
        return Result.OK;
    }

    void emit(final Emitter events, final int postId, final long change, final int poolId, final int epochDay, final DirectBuffer command) {
        if (count > 0) {
            final int block = events.begin(OverbookedSetEncoder.TEMPLATE_ID, OverbookedSetEncoder.BLOCK_LENGTH, postId);
            overbookedSet.wrap(events.buffer(), block).changeId(change).epochDay(epochDay).poolId(poolId);
            events.buffer().putBytes(overbookedSet.limit(), command, at, GROUP + count * ENTRY);
            events.end(overbookedSet.limit() + GROUP + count * ENTRY);
        }
    }
}
