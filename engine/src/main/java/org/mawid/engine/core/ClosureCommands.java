package org.mawid.engine.core;

import org.agrona.DirectBuffer;
import org.mawid.engine.allocation.Closures;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.CloseDaysDecoder;
import org.mawid.sbe.DaysClosedEncoder;
import org.mawid.sbe.DaysReopenedEncoder;
import org.mawid.sbe.ReopenDaysDecoder;
import org.mawid.sbe.Result;

/** A post closes days, or opens them again. What follows from a closure is done by Ticks: {@link Displacement}. The order of the checks is public contract. */
final class ClosureCommands {
    private static final long DAY_MS = 86_400_000L;

    private final Rooms rooms;
    private final Closures closures;
    private final CloseDaysDecoder closeDays = new CloseDaysDecoder();
    private final ReopenDaysDecoder reopenDays = new ReopenDaysDecoder();
    private final DaysClosedEncoder daysClosed = new DaysClosedEncoder();
    private final DaysReopenedEncoder daysReopened = new DaysReopenedEncoder();

    ClosureCommands(final Rooms rooms) {
        this.rooms = rooms;
        this.closures = rooms.allocation.closures();
    }

    Result close(final long nowMs, final DirectBuffer command, final Outcome outcome) {
        if (!rooms.catalogue.coreVersion().makesOffers()) return Result.CORE_VERSION_UNSUPPORTED;
        closeDays.wrap(command, CommandCheck.HEADER, CloseDaysDecoder.BLOCK_LENGTH, CloseDaysDecoder.SCHEMA_VERSION);
        final int postId = closeDays.postId();
        final int poolId = closeDays.poolId();
        final long toMs = closeDays.toMs();
        if (!rooms.catalogue.posts().has(postId)) return Result.POST_UNKNOWN;
        if (poolId != 0 && (!rooms.catalogue.pools().has(poolId) || rooms.catalogue.pools().post(poolId) != postId)) return Result.POOL_UNKNOWN;
        if (toMs <= nowMs) return Result.IN_THE_PAST;
        if (Math.floorDiv(toMs, DAY_MS) > Math.floorDiv(nowMs, DAY_MS) + rooms.catalogue.rules().horizonDays()) return Result.BEYOND_HORIZON;
        if (closures.count() == Closures.MOST || closures.countAt(postId) == Closures.MOST_AT_POST) return Result.CLOSURES_FULL;

        final long closure = closures.begin(postId, poolId, closeDays.fromMs(), toMs, closeDays.capacity(), closeDays.reasonHash(), closeDays.reasonCode(), nowMs,
                Displacement.firstDay(closeDays.fromMs()));
        outcome.set(Result.OK, closure, 0, 0);
        final int block = rooms.events.begin(DaysClosedEncoder.TEMPLATE_ID, DaysClosedEncoder.BLOCK_LENGTH, postId);
        daysClosed.wrap(rooms.events.buffer(), block).closureId(closure).fromMs(closeDays.fromMs()).toMs(toMs).reasonHash(closeDays.reasonHash()).poolId(poolId)
                .reasonCode(closeDays.reasonCode()).capacity(closeDays.capacity());
        rooms.events.end(daysClosed.limit());
        return Result.OK;
    }

    Result reopen(final DirectBuffer command) {
        if (!rooms.catalogue.coreVersion().makesOffers()) return Result.CORE_VERSION_UNSUPPORTED;
        reopenDays.wrap(command, CommandCheck.HEADER, ReopenDaysDecoder.BLOCK_LENGTH, ReopenDaysDecoder.SCHEMA_VERSION);
        if (!closures.has(reopenDays.closureId())) return Result.CLOSURE_UNKNOWN;

        end(reopenDays.closureId(), true);
        return Result.OK;
    }

    /** A closure is over. @param byCommand false = its time is */
    void end(final long closure, final boolean byCommand) {
        final int block = rooms.events.begin(DaysReopenedEncoder.TEMPLATE_ID, DaysReopenedEncoder.BLOCK_LENGTH, closures.post(closure));
        daysReopened.wrap(rooms.events.buffer(), block).closureId(closure).byCommand(byCommand ? BooleanType.YES : BooleanType.NO);
        rooms.events.end(daysReopened.limit());
        rooms.waiters.searchAnewAt(closures.post(closure));
        closures.end(closure);
    }
}
