package org.mawid.engine.catalogue;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.mawid.engine.kernel.Bytes;
import org.mawid.engine.kernel.Rows;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.PoolRowDecoder;

/** Desks and shared resources by id, 1 to 65 000, and which services a desk serves. */
public final class Pools {
    /** Highest id. */
    public static final int MOST = 65_000;
    private static final int SERVICES = PoolRowDecoder.services1EncodingOffset();
    private static final int SWEEP_DAY = PoolRowDecoder.sweepDayEncodingOffset();
    private static final int POST = PoolRowDecoder.postIdEncodingOffset();
    private static final int KIND = PoolRowDecoder.kindEncodingOffset();
    private static final int DEFINED = PoolRowDecoder.definedEncodingOffset();
    private static final int HAS_DAYS = PoolRowDecoder.hasDaysEncodingOffset();
    private static final int CODE = PoolRowDecoder.codeEncodingOffset();

    private final Rows rows = new Rows(TableIds.POOLS, PoolRowDecoder.BLOCK_LENGTH);

    public boolean has(final int poolId) {
        return poolId > 0 && poolId <= MOST && rows.has(poolId) && Bytes.getByte(rows.page(poolId), rows.at(poolId) + DEFINED) != 0;
    }

    public boolean isDesk(final int poolId) {
        return has(poolId) && kind(poolId) == PoolKind.DESK.value();
    }

    public int post(final int poolId) {
        return Bytes.getShort(rows.page(poolId), rows.at(poolId) + POST);
    }

    /** Value of {@link PoolKind}. */
    public int kind(final int poolId) {
        return Bytes.getByte(rows.page(poolId), rows.at(poolId) + KIND);
    }

    public boolean serves(final int deskId, final int serviceId) {
        return (services(deskId, serviceId > 64) >>> serviceId - 1 & 1) != 0;
    }

    /** @param upper false = services 1 to 64, true = 65 to 128; the lowest bit is the lowest service */
    public long services(final int deskId, final boolean upper) {
        return Bytes.getLong(rows.page(deskId), rows.at(deskId) + SERVICES + (upper ? Long.BYTES : 0));
    }

    void serves(final int deskId, final int serviceId, final boolean serves) {
        final int at = rows.at(deskId) + SERVICES + (serviceId > 64 ? Long.BYTES : 0);
        final long bit = 1L << serviceId - 1;
        final long before = Bytes.getLong(rows.page(deskId), at);
        Bytes.putLong(rows.page(deskId), at, serves ? before | bit : before & ~bit);
    }

    boolean isSame(final int poolId, final int postId, final int kind, final DirectBuffer code, final int offset) {
        return post(poolId) == postId && kind(poolId) == kind && Codes.equal(rows.page(poolId), rows.at(poolId) + CODE, code, offset);
    }

    void define(final int poolId, final int postId, final int kind, final DirectBuffer code, final int offset) {
        final byte[] page = rows.ensure(poolId);
        final int at = rows.at(poolId);
        code.getBytes(offset, page, at + CODE, Codes.BYTES);
        Bytes.putShort(page, at + POST, postId);
        Bytes.putByte(page, at + KIND, kind);
        Bytes.putByte(page, at + DEFINED, 1);
    }

    /** The lowest date of which there may be a day in memory; {@code Integer.MAX_VALUE} when there never was one. */
    public int sweepDay(final int poolId) {
        final int at = rows.at(poolId);
        return Bytes.getByte(rows.page(poolId), at + HAS_DAYS) == 0 ? Integer.MAX_VALUE : Bytes.getInt(rows.page(poolId), at + SWEEP_DAY);
    }

    public void sweepDay(final int poolId, final int epochDay) {
        Bytes.putByte(rows.page(poolId), rows.at(poolId) + HAS_DAYS, 1);
        Bytes.putInt(rows.page(poolId), rows.at(poolId) + SWEEP_DAY, epochDay);
    }

    /** Copies the 32 bytes of the code. */
    public void copyCode(final int poolId, final MutableDirectBuffer to, final int offset) {
        to.putBytes(offset, rows.page(poolId), rows.at(poolId) + CODE, Codes.BYTES);
    }

    /** Something of the row, for prefetching. */
    public long touch(final int poolId) {
        return rows.has(poolId) ? rows.page(poolId)[rows.at(poolId)] : 0;
    }

    void save(final StateWriter out) {
        rows.saveUsed(out, DEFINED);
    }

    Rows rows() {
        return rows;
    }
}
