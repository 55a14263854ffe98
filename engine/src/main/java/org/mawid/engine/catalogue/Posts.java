package org.mawid.engine.catalogue;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Rows;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.PostRowDecoder;

/** Posts by id, 1 to 4 095: currency, rate, resources, version of their calendars, tickets of the day. */
public final class Posts {
    /** Highest id. */
    public static final int MOST = 4_095;
    /** Most pools of one post. */
    public static final int MOST_POOLS = 64;
    private static final int RATE = PostRowDecoder.microMadPerUnitEncodingOffset();
    private static final int VERSION = PostRowDecoder.calendarVersionEncodingOffset();
    private static final int ROUND = PostRowDecoder.roundToMinorEncodingOffset();
    private static final int DIGITS = PostRowDecoder.minorDigitsEncodingOffset();
    private static final int DEFINED = PostRowDecoder.definedEncodingOffset();
    private static final int RESOURCES = PostRowDecoder.biometricPoolEncodingOffset();
    private static final int POOLS = PostRowDecoder.poolsEncodingOffset();
    private static final int CURRENCY = PostRowDecoder.currencyEncodingOffset();
    private static final int CODE = PostRowDecoder.codeEncodingOffset();
    private static final int TICKET_DAYS = PostRowDecoder.ticketsEncodingOffset();
    private static final int TICKETS_ISSUED = TICKET_DAYS + 32;
    private static final int CURRENCY_BYTES = 3;
    private static final int MOST_TICKETS = 65_535;

    private final Rows rows;
    private final char[][] pools = new char[MOST + 1][];
    private final int[] resources = new int[(MOST + 1) * 4];
    private final int[] withPools = new int[MOST];
    private int withPoolsCount;

    Posts(final CoreMemory memory) {
        rows = new Rows(memory, TableIds.POSTS, PostRowDecoder.BLOCK_LENGTH);
    }

    public boolean has(final int postId) {
        return postId > 0 && postId <= MOST && rows.has(postId) && Memory.getByte(rows.at(postId) + DEFINED) != 0;
    }

    /** True when the post has this code already; both are 32 bytes. */
    boolean hasCode(final int postId, final DirectBuffer code, final int offset) {
        return Memory.equal(rows.at(postId) + CODE, code, offset, Codes.BYTES);
    }

    /** True when the post has this currency, 3 bytes, and so many decimals of it already. */
    boolean hasMoney(final int postId, final DirectBuffer currency, final int offset, final int minorDigits) {
        final int letters = currency.getByte(offset) & 0xFF | (currency.getByte(offset + 1) & 0xFF) << 8 | (currency.getByte(offset + 2) & 0xFF) << 16;
        return currency(postId) == letters && minorDigits(postId) == minorDigits;
    }

    void define(final int postId, final DirectBuffer code, final int codeAt, final DirectBuffer currency, final int currencyAt, final int minorDigits, final int roundToMinor) {
        final long at = rows.ensure(postId);
        Memory.put(at + CODE, code, codeAt, Codes.BYTES);
        Memory.put(at + CURRENCY, currency, currencyAt, CURRENCY_BYTES);
        Memory.putByte(at + DIGITS, minorDigits);
        Memory.putShort(at + ROUND, roundToMinor);
        Memory.putByte(at + DEFINED, 1);
    }

    void addPool(final int postId, final int poolId, final PoolKind kind) {
        final long at = rows.at(postId);
        Memory.putShort(at + POOLS, Memory.getShort(at + POOLS) + 1);
        if (kind != PoolKind.DESK) {
            Memory.putShort(at + RESOURCES + 2 * (kind.value() - 1), poolId);
        }
        know(postId, poolId, kind.value());
    }

    /** Keeps what can be found again in the rows, in order of number: a restored core must look at pools in the order of the old one. */
    void know(final int postId, final int poolId, final int kind) {
        final char[] known = pools[postId];
        if (known == null) {
            knowPost(postId);
        }
        final char[] more = known == null ? new char[1] : Arrays.copyOf(known, known.length + 1);
        int at = more.length - 1;
        while (at > 0 && more[at - 1] > poolId) {
            more[at] = more[--at];
        }
        more[at] = (char) poolId;
        pools[postId] = more;
        if (kind != 0) {
            resources[postId * 4 + kind] = poolId;
        }
    }

    private void knowPost(final int postId) {
        int at = withPoolsCount++;
        while (at > 0 && withPools[at - 1] > postId) {
            withPools[at] = withPools[--at];
        }
        withPools[at] = postId;
    }

    /** How many posts have pools. */
    public int withPools() {
        return withPoolsCount;
    }

    /** A post that has pools, the lowest number first. */
    public int withPools(final int index) {
        return withPools[index];
    }

    public int poolCount(final int postId) {
        return pools[postId] == null ? 0 : pools[postId].length;
    }

    /** Desks and resources, the lowest number first. */
    public int pool(final int postId, final int index) {
        return pools[postId][index];
    }

    /** The post's pool of a resource kind (1 to 3), 0 = none. */
    public int resource(final int postId, final int kind) {
        return resources[postId * 4 + kind];
    }

    /** Millionths of a dirham for one unit of the post's currency, 0 = not known. */
    public long microMadPerUnit(final int postId) {
        return Memory.getLong(rows.at(postId) + RATE);
    }

    void microMadPerUnit(final int postId, final long microMadPerUnit) {
        Memory.putLong(rows.at(postId) + RATE, microMadPerUnit);
    }

    public int minorDigits(final int postId) {
        return Memory.getByte(rows.at(postId) + DIGITS);
    }

    public int roundToMinor(final int postId) {
        return Memory.getShort(rows.at(postId) + ROUND);
    }

    /** Three letters, the first in the lowest byte. */
    public int currency(final int postId) {
        return Memory.getInt(rows.at(postId) + CURRENCY) & 0xFF_FFFF;
    }

    public long calendarVersion(final int postId) {
        return Memory.getInt(rows.at(postId) + VERSION) & 0xFFFF_FFFFL;
    }

    /** @return the version after */
    public long nextCalendarVersion(final int postId) {
        Memory.putInt(rows.at(postId) + VERSION, (int) (calendarVersion(postId) + 1));
        return calendarVersion(postId);
    }

    /** The next ticket of the post on that date, from 1; 65 535 again and again should there ever be so many; 0 = a date so old that its tickets are counted no more. */
    public int nextTicket(final int postId, final int epochDay) {
        final long day = rows.at(postId) + TICKET_DAYS + 4 * (epochDay & 7);
        final long issued = rows.at(postId) + TICKETS_ISSUED + 2 * (epochDay & 7);
        if (Memory.getInt(day) > epochDay) {
            return 0;
        }
        if (Memory.getInt(day) != epochDay) {
            Memory.putInt(day, epochDay);
            Memory.putShort(issued, 0);
        }
        final int ticket = Math.min(MOST_TICKETS, Memory.getShort(issued) + 1);
        Memory.putShort(issued, ticket);
        return ticket;
    }

    /** Copies the 32 bytes of the code. */
    public void copyCode(final int postId, final org.agrona.MutableDirectBuffer to, final int offset) {
        Memory.get(rows.at(postId) + CODE, to, offset, Codes.BYTES);
    }

    void save(final StateWriter out) {
        rows.saveUsed(out, DEFINED);
    }

    Rows rows() {
        return rows;
    }
}
