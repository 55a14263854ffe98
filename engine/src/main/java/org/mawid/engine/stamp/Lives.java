package org.mawid.engine.stamp;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.StampLifeRowDecoder;

/** What happens to a stamp after its issue: which payment, when and where it was used, what is proposed for it. By number of the stamp. */
public final class Lives {
    private static final int PAYMENT = StampLifeRowDecoder.paymentIdEncodingOffset();
    private static final int NEXT = StampLifeRowDecoder.nextOfPaymentEncodingOffset();
    private static final int CONSUMED_MS = StampLifeRowDecoder.consumedMsEncodingOffset();
    private static final int CONSUMED_POST = StampLifeRowDecoder.consumedPostEncodingOffset();
    private static final int CONSUMED_DAY = StampLifeRowDecoder.consumedDayEncodingOffset();
    private static final int KNOWN = StampLifeRowDecoder.knownEncodingOffset();
    private static final int MATTER = StampLifeRowDecoder.matterEncodingOffset();
    private static final int APPROVED = StampLifeRowDecoder.approvedEncodingOffset();

    private final NumberedRows rows;

    Lives(final CoreMemory memory) {
        rows = new NumberedRows(memory, TableIds.STAMP_LIVES, StampLifeRowDecoder.BLOCK_LENGTH, KNOWN);
    }

    NumberedRows rows() {
        return rows;
    }

    public boolean has(final long stamp) {
        return rows.has(stamp);
    }

    void add(final long stamp) {
        Memory.putByte(rows.add(stamp) + KNOWN, 1);
    }

    /** The last payment that was begun for it, 0 = none. */
    public long payment(final long stamp) {
        return has(stamp) ? Memory.getLong(rows.at(stamp) + PAYMENT) : 0;
    }

    void payment(final long stamp, final long payment) {
        Memory.putLong(rows.at(stamp) + PAYMENT, payment);
    }

    /** The next stamp of its payment, 0 = it is the last. */
    public long next(final long stamp) {
        return Memory.getLong(rows.at(stamp) + NEXT);
    }

    void next(final long stamp, final long next) {
        Memory.putLong(rows.at(stamp) + NEXT, next);
    }

    /** ms since 1970-01-01 UTC, 0 = not used. */
    public long consumedMs(final long stamp) {
        return has(stamp) ? Memory.getLong(rows.at(stamp) + CONSUMED_MS) : 0;
    }

    public int consumedPost(final long stamp) {
        return has(stamp) ? Memory.getShort(rows.at(stamp) + CONSUMED_POST) : 0;
    }

    /** Local date of its use, days since 1970-01-01. */
    public int consumedDay(final long stamp) {
        return Memory.getShort(rows.at(stamp) + CONSUMED_DAY);
    }

    void consumed(final long stamp, final long nowMs, final int postId, final int epochDay) {
        final long at = rows.at(stamp);
        Memory.putLong(at + CONSUMED_MS, nowMs);
        Memory.putShort(at + CONSUMED_POST, postId);
        Memory.putShort(at + CONSUMED_DAY, epochDay);
    }

    /** What is proposed, value of StampMatter; 0 = nothing. An approved refund stays proposed until it is given back. */
    public int matter(final long stamp) {
        return has(stamp) ? Memory.getByte(rows.at(stamp) + MATTER) : 0;
    }

    void matter(final long stamp, final int matter) {
        Memory.putByte(rows.at(stamp) + MATTER, matter);
    }

    public boolean isApproved(final long stamp) {
        return has(stamp) && Memory.getByte(rows.at(stamp) + APPROVED) != 0;
    }

    void approved(final long stamp, final boolean approved) {
        Memory.putByte(rows.at(stamp) + APPROVED, approved ? 1 : 0);
    }
}
