package org.mawid.engine.catalogue;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.mawid.engine.kernel.Bytes;
import org.mawid.engine.kernel.Rows;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.PostRowDecoder;

/** Posts by id, 1 to 4 095: currency, rate, resources, version of their calendars, tickets of the day. */
public final class Posts {
    /** Highest id. */
    public static final int MOST = 4_095;
    static final int MOST_POOLS = 64;
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

    private final Rows rows = new Rows(TableIds.POSTS, PostRowDecoder.BLOCK_LENGTH);
    private final char[][] pools = new char[MOST + 1][];
    private final int[] resources = new int[(MOST + 1) * 4];

    public boolean has(final int postId) {
        return postId > 0 && postId <= MOST && rows.has(postId) && Bytes.getByte(rows.page(postId), rows.at(postId) + DEFINED) != 0;
    }

    /** True when the post has this code already; both are 32 bytes. */
    boolean hasCode(final int postId, final DirectBuffer code, final int offset) {
        return Codes.equal(rows.page(postId), rows.at(postId) + CODE, code, offset);
    }

    void define(final int postId, final DirectBuffer code, final int codeAt, final DirectBuffer currency, final int currencyAt, final int minorDigits, final int roundToMinor) {
        final byte[] page = rows.ensure(postId);
        final int at = rows.at(postId);
        code.getBytes(codeAt, page, at + CODE, Codes.BYTES);
        currency.getBytes(currencyAt, page, at + CURRENCY, CURRENCY_BYTES);
        Bytes.putByte(page, at + DIGITS, minorDigits);
        Bytes.putShort(page, at + ROUND, roundToMinor);
        Bytes.putByte(page, at + DEFINED, 1);
    }

    void addPool(final int postId, final int poolId, final PoolKind kind) {
        final byte[] page = rows.page(postId);
        final int at = rows.at(postId);
        Bytes.putShort(page, at + POOLS, Bytes.getShort(page, at + POOLS) + 1);
        if (kind != PoolKind.DESK) {
            Bytes.putShort(page, at + RESOURCES + 2 * (kind.value() - 1), poolId);
        }
        know(postId, poolId, kind.value());
    }

    /** Keeps what can be found again in the rows. */
    void know(final int postId, final int poolId, final int kind) {
        final char[] known = pools[postId];
        pools[postId] = known == null ? new char[1] : Arrays.copyOf(known, known.length + 1);
        pools[postId][pools[postId].length - 1] = (char) poolId;
        if (kind != 0) {
            resources[postId * 4 + kind] = poolId;
        }
    }

    public int poolCount(final int postId) {
        return pools[postId] == null ? 0 : pools[postId].length;
    }

    /** Desks and resources in no order that means anything. */
    public int pool(final int postId, final int index) {
        return pools[postId][index];
    }

    /** The post's pool of a resource kind (1 to 3), 0 = none. */
    public int resource(final int postId, final int kind) {
        return resources[postId * 4 + kind];
    }

    /** Millionths of a dirham for one unit of the post's currency, 0 = not known. */
    public long microMadPerUnit(final int postId) {
        return Bytes.getLong(rows.page(postId), rows.at(postId) + RATE);
    }

    void microMadPerUnit(final int postId, final long microMadPerUnit) {
        Bytes.putLong(rows.page(postId), rows.at(postId) + RATE, microMadPerUnit);
    }

    public int minorDigits(final int postId) {
        return Bytes.getByte(rows.page(postId), rows.at(postId) + DIGITS);
    }

    public int roundToMinor(final int postId) {
        return Bytes.getShort(rows.page(postId), rows.at(postId) + ROUND);
    }

    /** Three letters, the first in the lowest byte. */
    public int currency(final int postId) {
        return Bytes.getInt(rows.page(postId), rows.at(postId) + CURRENCY) & 0xFF_FFFF;
    }

    public long calendarVersion(final int postId) {
        return Bytes.getInt(rows.page(postId), rows.at(postId) + VERSION) & 0xFFFF_FFFFL;
    }

    /** @return the version after */
    public long nextCalendarVersion(final int postId) {
        Bytes.putInt(rows.page(postId), rows.at(postId) + VERSION, (int) (calendarVersion(postId) + 1));
        return calendarVersion(postId);
    }

    /** The next ticket of the post on that date, from 1; 65 535 again and again should there ever be so many. */
    public int nextTicket(final int postId, final int epochDay) {
        final byte[] page = rows.page(postId);
        final int day = rows.at(postId) + TICKET_DAYS + 4 * (epochDay & 7);
        final int issued = rows.at(postId) + TICKETS_ISSUED + 2 * (epochDay & 7);
        if (Bytes.getInt(page, day) != epochDay) {
            Bytes.putInt(page, day, epochDay);
            Bytes.putShort(page, issued, 0);
        }
        final int ticket = Math.min(MOST_TICKETS, Bytes.getShort(page, issued) + 1);
        Bytes.putShort(page, issued, ticket);
        return ticket;
    }

    /** Copies the 32 bytes of the code. */
    public void copyCode(final int postId, final org.agrona.MutableDirectBuffer to, final int offset) {
        to.putBytes(offset, rows.page(postId), rows.at(postId) + CODE, Codes.BYTES);
    }

    void save(final StateWriter out) {
        rows.saveUsed(out, DEFINED);
    }

    Rows rows() {
        return rows;
    }
}
