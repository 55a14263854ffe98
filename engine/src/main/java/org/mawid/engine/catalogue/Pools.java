package org.mawid.engine.catalogue;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
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

    private final Rows rows;

    Pools(final CoreMemory memory) {
        rows = new Rows(memory, TableIds.POOLS, PoolRowDecoder.BLOCK_LENGTH);
    }

    public boolean has(final int poolId) {
        return poolId > 0 && poolId <= MOST && rows.has(poolId) && Memory.getByte(rows.at(poolId) + DEFINED) != 0;
    }

    public boolean isDesk(final int poolId) {
        return has(poolId) && kind(poolId) == PoolKind.DESK.value();
    }

    public int post(final int poolId) {
        return Memory.getShort(rows.at(poolId) + POST);
    }

    /** Value of {@link PoolKind}. */
    public int kind(final int poolId) {
        return Memory.getByte(rows.at(poolId) + KIND);
    }

    public boolean serves(final int deskId, final int serviceId) {
        return (services(deskId, serviceId > 64) >>> serviceId - 1 & 1) != 0;
    }

    /** @param upper false = services 1 to 64, true = 65 to 128; the lowest bit is the lowest service */
    public long services(final int deskId, final boolean upper) {
        return Memory.getLong(rows.at(deskId) + SERVICES + (upper ? Long.BYTES : 0));
    }

    void serves(final int deskId, final int serviceId, final boolean serves) {
        final long at = rows.at(deskId) + SERVICES + (serviceId > 64 ? Long.BYTES : 0);
        final long bit = 1L << serviceId - 1;
        final long before = Memory.getLong(at);
        Memory.putLong(at, serves ? before | bit : before & ~bit);
    }

    boolean isSame(final int poolId, final int postId, final int kind, final DirectBuffer code, final int offset) {
        return post(poolId) == postId && kind(poolId) == kind && Memory.equal(rows.at(poolId) + CODE, code, offset, Codes.BYTES);
    }

    void define(final int poolId, final int postId, final int kind, final DirectBuffer code, final int offset) {
        final long at = rows.ensure(poolId);
        Memory.put(at + CODE, code, offset, Codes.BYTES);
        Memory.putShort(at + POST, postId);
        Memory.putByte(at + KIND, kind);
        Memory.putByte(at + DEFINED, 1);
    }

    /** The lowest date of which there may be a day in memory; {@code Integer.MAX_VALUE} when there never was one. */
    public int sweepDay(final int poolId) {
        final long at = rows.at(poolId);
        return Memory.getByte(at + HAS_DAYS) == 0 ? Integer.MAX_VALUE : Memory.getInt(at + SWEEP_DAY);
    }

    public void sweepDay(final int poolId, final int epochDay) {
        Memory.putByte(rows.at(poolId) + HAS_DAYS, 1);
        Memory.putInt(rows.at(poolId) + SWEEP_DAY, epochDay);
    }

    /** Copies the 32 bytes of the code. */
    public void copyCode(final int poolId, final MutableDirectBuffer to, final int offset) {
        Memory.get(rows.at(poolId) + CODE, to, offset, Codes.BYTES);
    }

    /** Something of the row, for prefetching. */
    public long touch(final int poolId) {
        return rows.has(poolId) ? Memory.getByte(rows.at(poolId)) : 0;
    }

    void save(final StateWriter out) {
        rows.saveUsed(out, DEFINED);
    }

    Rows rows() {
        return rows;
    }
}
