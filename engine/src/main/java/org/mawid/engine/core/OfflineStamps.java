package org.mawid.engine.core;

import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.kernel.StateHash;
import org.mawid.engine.stamp.Breaks;
import org.mawid.engine.stamp.Lives;
import org.mawid.engine.stamp.StampLedger;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.RecordConsumptionDecoder;
import org.mawid.sbe.Result;

/**
 * Stamps that were used while the link was down. The act took place: where its stamp was worth nothing, somebody has to look after it, so the
 * answer comes with a break. The order of the checks is public contract.
 */
final class OfflineStamps {
    private final Rooms rooms;
    private final StampLedger stamps;
    private final Lives lives;
    private final Breaks breaks;

    OfflineStamps(final Rooms rooms) {
        this.rooms = rooms;
        this.stamps = rooms.stamps;
        this.lives = rooms.stamps.money().lives();
        this.breaks = rooms.stamps.money().breaks();
    }

    Result consume(final long nowMs, final long command, final Outcome outcome) {
        final long block = command + CommandCheck.HEADER;
        final long stamp = Memory.getLong(block + RecordConsumptionDecoder.stampIdEncodingOffset());
        final long atMs = Memory.getLong(block + RecordConsumptionDecoder.atMsEncodingOffset());
        final int epochDay = Memory.getInt(block + RecordConsumptionDecoder.epochDayEncodingOffset());
        final int postId = Memory.getShort(block + RecordConsumptionDecoder.postIdEncodingOffset());
        if (!stamps.has(stamp) || stamps.application(stamp) != Memory.getLong(block + RecordConsumptionDecoder.applicationIdEncodingOffset())) return Result.STAMP_UNKNOWN;
        if (!rooms.catalogue.posts().has(postId)) return Result.POST_UNKNOWN;
        final Result refusal = OfflineCommands.whyNotAt(rooms.catalogue.rules(), atMs, nowMs, outcome);
        if (refusal != Result.OK) return refusal;
        if (stamps.line(stamp) != Memory.getByte(block + RecordConsumptionDecoder.lineEncodingOffset())) return Result.LINE_UNKNOWN;
        final boolean isUsed = lives.consumedMs(stamp) != 0;
        if (isUsed || !rooms.moves.isWorth(stamp) || !rooms.moves.isForAct(stamp)) {
            final long key = StateHash.mix(StateHash.mix(StateHash.mix(stamp, postId), epochDay), atMs);
            return used(stamp, isUsed, key, postId, nowMs, outcome);
        }

        rooms.moves.consume(stamp, postId, epochDay, nowMs);
        outcome.set(Result.OK, stamps.amountCentimes(stamp), 0, 0);
        return Result.OK;
    }

    /** Though it was worth nothing, or no more. @param key told again, it is the break that there is */
    private Result used(final long stamp, final boolean twice, final long key, final int postId, final long nowMs, final Outcome outcome) {
        final long known = breaks.find(key);
        if (known == 0 && breaks.count() >= rooms.catalogue.stampRules().maxBreaks()) return Result.BREAKS_FULL;

        final BreakType type = twice ? BreakType.CONSUMED_TWICE : BreakType.USED_WITHOUT_VALUE;
        final long number = known != 0 ? known
                : breaks.open(key, type.value(), lives.payment(stamp), 0, postId, stamps.currency(stamp), stamps.localMinor(stamp), 0, stamp, nowMs);
        final Result result = twice ? Result.STAMP_ALREADY_CONSUMED : Result.STAMP_STATE;
        outcome.set(result, lives.consumedMs(stamp), lives.consumedPost(stamp), number);
        return result;
    }
}
