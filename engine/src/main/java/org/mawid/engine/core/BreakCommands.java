package org.mawid.engine.core;

import org.agrona.DirectBuffer;
import org.mawid.engine.catalogue.StampRules;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.stamp.Breaks;
import org.mawid.sbe.AssignBreakDecoder;
import org.mawid.sbe.Channel;
import org.mawid.sbe.EventHeadEncoder;
import org.mawid.sbe.OpenBreakDecoder;
import org.mawid.sbe.ResolveBreakDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.StampRulesRowDecoder;
import org.mawid.sbe.StampRulesSetEncoder;

/** What does not agree: opened by whoever finds it, looked after by somebody, resolved by a person only. And the rules of all money. */
final class BreakCommands {
    private final Rooms rooms;
    private final Breaks breaks;
    private final OpenBreakDecoder open = new OpenBreakDecoder();
    private final AssignBreakDecoder assign = new AssignBreakDecoder();
    private final ResolveBreakDecoder resolve = new ResolveBreakDecoder();

    BreakCommands(final Rooms rooms) {
        this.rooms = rooms;
        this.breaks = rooms.stamps.money().breaks();
    }

    Result open(final long nowMs, final DirectBuffer command, final Outcome outcome) {
        open.wrap(command, CommandCheck.HEADER, OpenBreakDecoder.BLOCK_LENGTH, OpenBreakDecoder.SCHEMA_VERSION);
        final long known = breaks.find(open.key());
        if (known != 0) {
            outcome.set(Result.OK, known, 1, 0);
            return Result.OK;
        }
        if (open.postId() != 0 && !rooms.catalogue.posts().has(open.postId())) return Result.POST_UNKNOWN;
        if (breaks.count() >= rooms.catalogue.stampRules().maxBreaks()) return Result.BREAKS_FULL;

        outcome.set(Result.OK, breaks.open(open.key(), open.breakTypeRaw(), open.paymentId(), open.batchId(), open.postId(),
                PaymentCommands.letters(command, OpenBreakDecoder.currencyEncodingOffset()), open.ourMinor(), open.theirMinor(), open.detailHash(), nowMs), 0, 0);
        return Result.OK;
    }

    Result assign(final DirectBuffer command) {
        assign.wrap(command, CommandCheck.HEADER, AssignBreakDecoder.BLOCK_LENGTH, AssignBreakDecoder.SCHEMA_VERSION);
        if (!breaks.has(assign.breakId())) return Result.BREAK_UNKNOWN;
        if (!breaks.isOpen(assign.breakId())) return Result.BREAK_STATE;

        breaks.assign(assign.breakId(), assign.owner(), assign.request().actor());
        return Result.OK;
    }

    Result resolve(final long nowMs, final DirectBuffer command) {
        resolve.wrap(command, CommandCheck.HEADER, ResolveBreakDecoder.BLOCK_LENGTH, ResolveBreakDecoder.SCHEMA_VERSION);
        if (resolve.request().actor() == 0 || resolve.request().channel() == Channel.SYSTEM) return Result.FORBIDDEN;
        if (!breaks.has(resolve.breakId())) return Result.BREAK_UNKNOWN;
        if (!breaks.isOpen(resolve.breakId())) return Result.BREAK_STATE;

        breaks.resolve(resolve.breakId(), resolve.request().actor(), resolve.reasonCode(), resolve.reasonHash(), nowMs);
        return Result.OK;
    }

    Result setStampRules(final DirectBuffer command) {
        final StampRules rules = rooms.catalogue.stampRules();
        if (!rules.areInRange(command, CommandCheck.BODY)) return Result.RULES_INVALID;
        if (rules.proposed().maxPayments() < rooms.stamps.money().payments().count() || rules.proposed().maxBreaks() < breaks.count()) return Result.RULES_INVALID;

        rules.set(command, CommandCheck.BODY);
        final int block = rooms.events.begin(StampRulesSetEncoder.TEMPLATE_ID, StampRulesSetEncoder.BLOCK_LENGTH, 0);
        rooms.events.buffer().putBytes(block + EventHeadEncoder.ENCODED_LENGTH, rules.row(), 0, StampRulesRowDecoder.BLOCK_LENGTH);
        rooms.events.end(block + EventHeadEncoder.ENCODED_LENGTH + StampRulesRowDecoder.BLOCK_LENGTH);
        return Result.OK;
    }
}
