package org.mawid.engine.core;

import org.agrona.DirectBuffer;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.stamp.Money;
import org.mawid.engine.stamp.StampLedger;
import org.mawid.sbe.GroupSizeEncodingDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.StampState;

/** The stamps that a command asks to pay for: read once, judged, then joined to their payment. */
final class StampsAsked {
    private static final int MOST = 16;
    /** Minor units that one payment may be. */
    private static final long MOST_MINOR = 1_000_000_000_000L;

    private final Rooms rooms;
    private final StampLedger stamps;
    private final Money money;
    private final long[] numbers = new long[MOST];
    private int count;
    private long sumMinor;

    StampsAsked(final Rooms rooms) {
        this.rooms = rooms;
        this.stamps = rooms.stamps;
        this.money = stamps.money();
    }

    /** @param blockLength of the command, behind which the group of stamps begins */
    void read(final DirectBuffer command, final int blockLength) {
        final long group = command.addressOffset() + CommandCheck.HEADER + blockLength;
        count = Memory.getShort(group + 2);
        for (int i = 0; i < count; i++) {
            numbers[i] = Memory.getLong(group + GroupSizeEncodingDecoder.ENCODED_LENGTH + (long) i * Long.BYTES);
        }
    }

    /** Why they cannot be paid together at this post, in this currency. */
    Result whyNot(final long application, final int postId, final int currency) {
        sumMinor = 0;
        for (int i = 0; i < count; i++) {
            final long stamp = numbers[i];
            if (!stamps.has(stamp) || stamps.application(stamp) != application) return Result.STAMP_UNKNOWN;
            if (!stamps.is(stamp, StampState.ISSUED)) return Result.STAMP_STATE;
            if (money.lives().matter(stamp) != 0) return Result.ALREADY_PROPOSED;
            if (stamps.post(stamp) != postId) return Result.WRONG_POST;
            if (stamps.currency(stamp) != currency) return Result.CURRENCY_MISMATCH;
            if (stamps.localMinor(stamp) > MOST_MINOR) return Result.LIMIT_REACHED;
            sumMinor += stamps.localMinor(stamp);
        }
        return sumMinor > MOST_MINOR ? Result.LIMIT_REACHED : Result.OK;
    }

    long sumMinor() {
        return sumMinor;
    }

    /** They are what the payment is for. */
    void join(final long payment) {
        for (int i = 0; i < count; i++) {
            stamps.open(numbers[i]);
            money.collection().covers(payment, numbers[i], i == 0 ? 0 : numbers[i - 1], stamps.localMinor(numbers[i]), stamps.amountCentimes(numbers[i]));
        }
    }

    void moveTo(final StampState state) {
        for (int i = 0; i < count; i++) {
            rooms.moves.move(numbers[i], state);
        }
    }

    int count() {
        return count;
    }

    long number(final int index) {
        return numbers[index];
    }
}
