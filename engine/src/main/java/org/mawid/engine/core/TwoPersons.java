package org.mawid.engine.core;

import org.agrona.DirectBuffer;
import org.mawid.engine.stamp.Lives;
import org.mawid.engine.stamp.Money;
import org.mawid.engine.stamp.StampLedger;
import org.mawid.sbe.Account;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.DecideDecoder;
import org.mawid.sbe.ProposeDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.StampDecidedEncoder;
import org.mawid.sbe.StampMatter;
import org.mawid.sbe.StampProposedEncoder;
import org.mawid.sbe.StampState;

/** What one person proposes and another decides: refunds, waivers and the reversal of a mistaken consumption. The order of the checks is public contract. */
final class TwoPersons {
    private static final long DAY_MS = 86_400_000L;

    private final Rooms rooms;
    private final StampLedger stamps;
    private final Money money;
    private final Lives lives;
    private final StampMoves moves;
    private final ProposeDecoder propose = new ProposeDecoder();
    private final DecideDecoder decide = new DecideDecoder();
    private final StampProposedEncoder proposed = new StampProposedEncoder();
    private final StampDecidedEncoder decided = new StampDecidedEncoder();

    TwoPersons(final Rooms rooms) {
        this.rooms = rooms;
        this.stamps = rooms.stamps;
        this.money = stamps.money();
        this.lives = money.lives();
        this.moves = rooms.moves;
    }

    Result propose(final long nowMs, final DirectBuffer command) {
        propose.wrap(command, CommandCheck.HEADER, ProposeDecoder.BLOCK_LENGTH, ProposeDecoder.SCHEMA_VERSION);
        final long stamp = propose.stampId();
        final long actor = propose.request().actor();
        final StampMatter matter = propose.matter();
        if (actor == 0) return Result.FORBIDDEN;
        if (!stamps.has(stamp)) return Result.STAMP_UNKNOWN;
        if (lives.matter(stamp) != 0) return Result.ALREADY_PROPOSED;
        if (!isIn(stamp, matter)) return Result.STAMP_STATE;
        if (matter == StampMatter.CONSUMPTION_REVERSAL && !isToday(stamp, propose.epochDay(), nowMs)) return Result.NOT_TODAY;

        stamps.open(stamp);
        money.propose(stamp, matter.value(), actor, nowMs);
        final int block = rooms.events.begin(StampProposedEncoder.TEMPLATE_ID, StampProposedEncoder.BLOCK_LENGTH, stamps.post(stamp));
        proposed.wrap(rooms.events.buffer(), block).stampId(stamp).applicationId(stamps.application(stamp)).actor(actor)
                .reasonHash(propose.reasonHash()).reasonCode(propose.reasonCode()).matter(matter);
        rooms.events.end(proposed.limit());
        if (matter == StampMatter.REFUND) {
            moves.move(stamp, StampState.REFUND_REQUESTED);
            moves.tell(lives.payment(stamp), 0, 0);
        }
        rooms.applications.changed(stamps.application(stamp), nowMs);
        return Result.OK;
    }

    private boolean isIn(final long stamp, final StampMatter matter) {
        return switch (matter) {
            case REFUND -> stamps.is(stamp, StampState.PAID);
            case WAIVER -> stamps.is(stamp, StampState.ISSUED);
            default -> lives.consumedMs(stamp) != 0 && (stamps.is(stamp, StampState.CONSUMED) || stamps.is(stamp, StampState.WAIVED));
        };
    }

    Result decide(final long nowMs, final DirectBuffer command) {
        decide.wrap(command, CommandCheck.HEADER, DecideDecoder.BLOCK_LENGTH, DecideDecoder.SCHEMA_VERSION);
        final long stamp = decide.stampId();
        final long actor = decide.request().actor();
        final StampMatter matter = decide.matter();
        final boolean approved = decide.approved() == BooleanType.YES;
        if (actor == 0) return Result.FORBIDDEN;
        if (!stamps.has(stamp)) return Result.STAMP_UNKNOWN;
        if (lives.matter(stamp) != matter.value() || lives.isApproved(stamp)) return Result.NOT_PROPOSED;
        if (actor == money.proposals().actor(money.proposals().find(stamp))) return Result.SECOND_PERSON_NEEDED;
        if (matter == StampMatter.REFUND && actor == money.payments().collector(lives.payment(stamp))) return Result.SECOND_PERSON_NEEDED;
        if (matter == StampMatter.CONSUMPTION_REVERSAL && approved && !isToday(stamp, decide.epochDay(), nowMs)) return Result.NOT_TODAY;

        final int block = rooms.events.begin(StampDecidedEncoder.TEMPLATE_ID, StampDecidedEncoder.BLOCK_LENGTH, stamps.post(stamp));
        decided.wrap(rooms.events.buffer(), block).stampId(stamp).applicationId(stamps.application(stamp)).actor(actor)
                .reasonHash(decide.reasonHash()).reasonCode(decide.reasonCode()).matter(matter).approved(decide.approved());
        rooms.events.end(decided.limit());
        if (approved) {
            approve(stamp, matter, nowMs);
        } else {
            refuse(stamp, matter, nowMs);
        }
        moves.tell(matter == StampMatter.REFUND ? lives.payment(stamp) : 0, 0, 0);
        money.movement().tell();
        rooms.applications.changed(stamps.application(stamp), nowMs);
        return Result.OK;
    }

    /** Whether it was used on the local date that is given, and that date can be one of now. */
    private boolean isToday(final long stamp, final int epochDay, final long nowMs) {
        return lives.consumedDay(stamp) == epochDay && Math.abs(epochDay - Math.floorDiv(nowMs, DAY_MS)) <= 1;
    }

    private void approve(final long stamp, final StampMatter matter, final long nowMs) {
        if (matter == StampMatter.REFUND) {
            money.approveRefund(stamp);
            moves.postings(stamp).approveRefund();
            return;
        }
        money.drop(stamp);
        if (matter == StampMatter.WAIVER) {
            money.movement().memorandum(stamps.post(stamp), Account.WAIVED.value(), Account.UNPAID.value(), stamps.amountCentimes(stamp));
            moves.move(stamp, StampState.WAIVED);
            return;
        }
        final boolean waived = stamps.is(stamp, StampState.WAIVED);
        if (!waived) {
            moves.postings(stamp).unconsume(lives.consumedPost(stamp));
        }
        money.consumed(stamp, 0, 0, 0);
        moves.move(stamp, waived ? StampState.WAIVED : StampState.PAID);
        moves.age(stamp, nowMs);
    }

    private void refuse(final long stamp, final StampMatter matter, final long nowMs) {
        money.drop(stamp);
        if (matter == StampMatter.REFUND) {
            moves.move(stamp, StampState.PAID);
        }
        moves.age(stamp, nowMs);
    }
}
