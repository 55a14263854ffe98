package org.mawid.engine.core;

import org.mawid.engine.stamp.Money;
import org.mawid.engine.stamp.StampLedger;
import org.mawid.sbe.StampState;

/** What time does to money: payments without an answer come into doubt, unpaid stamps lapse, paid ones are forfeited. A bounded part of it for each Tick. */
final class Ageing {
    private static final int LOOKED_AT_MOST = 64;

    private final Rooms rooms;
    private final StampLedger stamps;
    private final Money money;
    private final PaymentCommands payments;

    Ageing(final Rooms rooms, final PaymentCommands payments) {
        this.rooms = rooms;
        this.stamps = rooms.stamps;
        this.money = rooms.stamps.money();
        this.payments = payments;
    }

    /** @param most changes that this Tick may still make */
    void tick(final int most, final long nowMs) {
        int left = most;
        while (left > 0 && money.payments().nextDueMs() <= nowMs) {
            payments.doubt(money.payments().nextDue(), nowMs);
            left--;
        }
        left = age(true, StampState.ISSUED, left, nowMs);
        age(false, StampState.PAID, left, nowMs);
    }

    /** @param lapse true: unpaid ones, false: paid ones @return changes that are left */
    private int age(final boolean lapse, final StampState state, final int most, final long nowMs) {
        int left = most;
        for (int looked = 0; left > 0 && looked < LOOKED_AT_MOST && money.dueMs(lapse) <= nowMs; looked++) {
            final long stamp = money.oldest(lapse);
            if (stamps.has(stamp) && stamps.is(stamp, state)) {
                rooms.moves.age(stamp, nowMs);
                left -= stamps.is(stamp, state) ? 0 : 1;
                rooms.moves.tell(0, 0, 0);
                money.movement().tell();
            }
            money.lookedAt(lapse);
        }
        return left;
    }
}
