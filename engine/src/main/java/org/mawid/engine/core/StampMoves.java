package org.mawid.engine.core;

import org.mawid.engine.application.Lines;
import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.stamp.Money;
import org.mawid.engine.stamp.Postings;
import org.mawid.engine.stamp.StampLedger;
import org.mawid.sbe.Account;
import org.mawid.sbe.LineState;
import org.mawid.sbe.StampState;
import org.mawid.sbe.StampsChangedEncoder;
import org.mawid.sbe.StampsChangedEncoder.StampsEncoder;

/**
 * Stamps go from state to state: with their line, their entry in the books, and what is told of it. A command moves stamps, then says
 * {@link #tell}: one event for each state, in a fixed order, whatever order they moved in. From core version 3 on.
 */
final class StampMoves {
    /** As many as one command moves: those of one payment, or of one application's lines. */
    private static final int MOST = 17;
    private static final StampState[] ORDER = {StampState.PAYMENT_PENDING, StampState.IN_DOUBT, StampState.ISSUED, StampState.PAID, StampState.CONSUMED, StampState.WAIVED,
        StampState.REFUND_REQUESTED, StampState.REFUNDED, StampState.FORFEITED, StampState.CHARGED_BACK, StampState.VOID, StampState.LAPSED};

    private final Rooms rooms;
    private final StampLedger stamps;
    private final Money money;
    private final long[] moved = new long[MOST];
    private int count;

    StampMoves(final Rooms rooms) {
        this.rooms = rooms;
        this.stamps = rooms.stamps;
        this.money = rooms.stamps.money();
    }

    /** The line that a stamp is for. */
    long line(final long stamp) {
        return rooms.applications.firstLine(stamps.application(stamp)) + stamps.line(stamp);
    }

    Postings postings(final long stamp) {
        final Lines lines = rooms.applications.lines();
        return money.postings().of(stamp, lines.service(line(stamp)), lines.quantity(line(stamp)));
    }

    /** The stamp has another state; to be told. */
    void move(final long stamp, final StampState state) {
        stamps.state(stamp, state);
        for (int i = 0; i < count; i++) {
            if (moved[i] == stamp) {
                return;
            }
        }
        moved[count++] = stamp;
    }

    /** Its line may have another. */
    void leaveLine(final long stamp) {
        if (rooms.applications.lines().stamp(line(stamp)) == stamp) {
            rooms.applications.lines().stamp(line(stamp), 0);
        }
    }

    void pay(final long stamp, final int means) {
        postings(stamp).pay(means);
        move(stamp, StampState.PAID);
    }

    /** Whether it was paid, or need not be. */
    boolean isWorth(final long stamp) {
        return stamps.is(stamp, StampState.PAID) || stamps.is(stamp, StampState.WAIVED);
    }

    /** Whether its line is one that can be served, or was. */
    boolean isForAct(final long stamp) {
        final int state = rooms.applications.lines().state(line(stamp));
        return state == LineState.VALIDATED.value() || state == LineState.FULFILLED.value();
    }

    /** Used, once. Tells it. */
    void consume(final long stamp, final int postId, final int epochDay, final long nowMs) {
        final boolean waived = stamps.is(stamp, StampState.WAIVED);
        money.consumed(stamp, nowMs, postId, epochDay);
        if (!waived) {
            postings(stamp).consume(postId);
        }
        move(stamp, waived ? StampState.WAIVED : StampState.CONSUMED);
        tell(0, postId, epochDay);
        money.movement().tell();
        rooms.applications.changed(stamps.application(stamp), nowMs);
    }

    /** An unpaid stamp is worth nothing any more, and what was proposed for it is void with it. */
    void makeVoid(final long stamp) {
        stamps.open(stamp);
        money.drop(stamp);
        money.movement().memorandum(stamps.post(stamp), Account.VOIDED.value(), Account.UNPAID.value(), stamps.amountCentimes(stamp));
        move(stamp, StampState.VOID);
        leaveLine(stamp);
    }

    /** A payment did not come about: the stamp can be paid again, unless its line has ended, or its time is over. */
    void goBack(final long stamp, final long nowMs) {
        if (rooms.applications.lines().isOpen(line(stamp))) {
            move(stamp, StampState.ISSUED);
            age(stamp, nowMs);
        } else {
            makeVoid(stamp);
        }
    }

    /** A payment did not come about: its stamps can be paid otherwise. */
    void stampsGoBack(final long payment, final long nowMs) {
        for (long stamp = money.payments().firstStamp(payment); stamp != 0; stamp = money.lives().next(stamp)) {
            goBack(stamp, nowMs);
        }
        money.collection().forgetStamps(payment);
    }

    /** Where nobody is about to come with it, an unpaid stamp lapses and a paid one is forfeited when its time is over. */
    void age(final long stamp, final long nowMs) {
        if (rooms.applications.lines().stamp(line(stamp)) == stamp && rooms.applications.lines().visit(line(stamp)) != 0) {
            return;
        }
        if (stamps.is(stamp, StampState.ISSUED) && stamps.issuedMs(stamp) + rooms.catalogue.stampRules().lapseMs() <= nowMs) {
            stamps.open(stamp);
            money.drop(stamp);
            money.movement().memorandum(stamps.post(stamp), Account.LAPSED.value(), Account.UNPAID.value(), stamps.amountCentimes(stamp));
            move(stamp, StampState.LAPSED);
            leaveLine(stamp);
        } else if (stamps.is(stamp, StampState.PAID) && stamps.issuedMs(stamp) + rooms.catalogue.stampRules().validityMs() <= nowMs) {
            postings(stamp).forfeit();
            move(stamp, StampState.FORFEITED);
            leaveLine(stamp);
        }
    }

    /** A visit has ended: the stamps of its lines that have waited for it are looked at. Tells what becomes of them. */
    void visitEnded(final long application, final int lineSet, final long nowMs) {
        if (!rooms.catalogue.coreVersion().keepsMoney()) {
            return;
        }
        final long first = rooms.applications.firstLine(application);
        for (int set = lineSet; set != 0; set &= set - 1) {
            final long stamp = rooms.applications.lines().stamp(first + Integer.numberOfTrailingZeros(set));
            if (stamp != 0) {
                age(stamp, nowMs);
            }
        }
        tell(0, 0, 0);
        money.movement().tell();
    }

    /** Whether a stamp can be reused: its line has ended without the act. */
    boolean isSetFree(final long stamp) {
        final int state = rooms.applications.lines().state(line(stamp));
        return state == LineState.REJECTED.value() || state == LineState.WITHDRAWN.value() || state == LineState.EXPIRED.value();
    }

    /** Says what was moved, one event for each state, the lapsed after the void. @param payment of the change, 0 = none @param atPost where they were consumed, 0 = they were not */
    void tell(final long payment, final int atPost, final int epochDay) {
        for (final StampState state : ORDER) {
            if (state == StampState.VOID) {
                tellVoid();
            } else {
                tell(state, payment, atPost, epochDay);
            }
        }
        count = 0;
    }

    private void tellVoid() {
        for (int i = 0; i < count; i++) {
            if (stamps.is(moved[i], StampState.VOID)) {
                stamps.emitVoided(moved[i]);
            }
        }
    }

    private void tell(final StampState state, final long payment, final int atPost, final int epochDay) {
        int told = 0;
        int first = -1;
        for (int i = 0; i < count; i++) {
            if (stamps.is(moved[i], state)) {
                told++;
                first = first < 0 ? i : first;
            }
        }
        if (told == 0) {
            return;
        }
        final long block = rooms.events.beginAt(StampsChangedEncoder.TEMPLATE_ID, StampsChangedEncoder.BLOCK_LENGTH, stamps.post(moved[first]));
        Memory.putLong(block + StampsChangedEncoder.applicationIdEncodingOffset(), stamps.application(moved[first]));
        Memory.putLong(block + StampsChangedEncoder.paymentIdEncodingOffset(), payment);
        Memory.putInt(block + StampsChangedEncoder.epochDayEncodingOffset(), epochDay);
        Memory.putShort(block + StampsChangedEncoder.atPostIdEncodingOffset(), atPost);
        Memory.putByte(block + StampsChangedEncoder.stateEncodingOffset(), state.value());
        long at = Emitter.group(block + StampsChangedEncoder.BLOCK_LENGTH, StampsEncoder.sbeBlockLength(), told);
        for (int i = first; i < count; i++) {
            if (stamps.is(moved[i], state)) {
                Memory.putLong(at + StampsEncoder.stampIdEncodingOffset(), moved[i]);
                Memory.putByte(at + StampsEncoder.lineEncodingOffset(), stamps.line(moved[i]));
                at += StampsEncoder.sbeBlockLength();
            }
        }
        rooms.events.endAt(at);
    }
}
