package org.mawid.api.audit.trail;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.mawid.api.access.ObjectKind;
import org.mawid.api.access.Target;
import org.mawid.api.audit.Entry;
import org.mawid.api.audit.LoggedCommand;
import org.mawid.sbe.AccessVerdict;
import org.mawid.sbe.AccessedKind;
import org.mawid.sbe.Channel;
import org.mawid.sbe.Result;

/**
 * An entry as bytes, some 40 of them. What is named is there by the number that the log has for it, which is never given to something else. First a check of the place and of all that follows: the store has none of its own, and a
 * history that says somebody else did it is worse than none.
 */
final class Row {
    private static final int MOST_BYTES = 128;
    private static final int ON_BEHALF_OF = 1;
    private static final int TARGET = 1 << 1;
    private static final int MAY_BE_NEW = 1 << 2;
    private static final int DETAIL = 1 << 3;
    private static final int RESULT = 1 << 4;
    private static final int REPEATED = 1 << 5;
    private static final int VERDICT = 1 << 6;
    private static final int REASON = 1 << 7;
    private static final int ADDRESS = 1 << 8;
    private static final int LEFT_OUT = 1 << 9;

    private Row() {
    }

    /** @param operation by its number, of which the entry has the word */
    static byte[] of(final Place place, final Entry entry, final int operation) {
        final WriteBuffer row = new WriteBuffer(MOST_BYTES);
        row.putInt(0).putVarInt(fields(entry)).putVarLong(entry.nowMs()).putLong(entry.actor()).put((byte) entry.channel().value()).putVarInt(operation);
        if (entry.onBehalfOf() != 0) {
            row.putLong(entry.onBehalfOf());
        }
        if (entry.target() != null) {
            row.put((byte) AccessedKind.valueOf(entry.target().kind().name()).value()).putVarLong(entry.target().number());
        }
        if (entry.detail() != 0) {
            row.putLong(entry.detail());
        }
        if (entry.result() != null) {
            row.putVarInt(entry.result().value());
        }
        if (entry.verdict() != null) {
            row.put((byte) entry.verdict().value());
        }
        if (entry.reasonCode() != 0) {
            row.putVarLong(entry.reasonCode());
        }
        if (entry.address() != 0) {
            row.putLong(entry.address());
        }
        if (entry.leftOut() != 0) {
            row.putVarLong(entry.leftOut());
        }
        final byte[] bytes = Arrays.copyOf(row.getBuffer().array(), row.position());
        ByteBuffer.wrap(bytes).putInt(0, check(place, bytes));
        return bytes;
    }

    private static int fields(final Entry entry) {
        return (entry.onBehalfOf() == 0 ? 0 : ON_BEHALF_OF) | (entry.target() == null ? 0 : TARGET) | (entry.target() != null && entry.target().mayBeNew() ? MAY_BE_NEW : 0) | (entry.detail() == 0 ? 0 : DETAIL)
                | (entry.result() == null ? 0 : RESULT) | (entry.isRepeated() ? REPEATED : 0) | (entry.verdict() == null ? 0 : VERDICT) | (entry.reasonCode() == 0 ? 0 : REASON)
                | (entry.address() == 0 ? 0 : ADDRESS) | (entry.leftOut() == 0 ? 0 : LEFT_OUT);
    }

    /** @throws DamagedException it is not what was written */
    static Entry read(final Place place, final byte[] bytes) {
        if (bytes.length < Integer.BYTES || ByteBuffer.wrap(bytes).getInt() != check(place, bytes)) {
            throw new DamagedException("what is said to have been done at position " + place.position() + " is not what was written");
        }
        try {
            return read(place, ByteBuffer.wrap(bytes).position(Integer.BYTES));
        } catch (final BufferUnderflowException | IllegalArgumentException newer) {
            throw new DamagedException("what was done at position " + place.position() + " was written by another program");
        }
    }

    private static Entry read(final Place place, final ByteBuffer row) {
        final int has = DataUtils.readVarInt(row);
        final long nowMs = DataUtils.readVarLong(row);
        final long actor = row.getLong();
        final Channel channel = Channel.get(number(row));
        final String operation = LoggedCommand.name(DataUtils.readVarInt(row));
        final long onBehalfOf = (has & ON_BEHALF_OF) == 0 ? 0 : row.getLong();
        final Target target = (has & TARGET) == 0 ? null : new Target(ObjectKind.valueOf(AccessedKind.get(number(row)).name()), DataUtils.readVarLong(row), (has & MAY_BE_NEW) != 0);
        final long detail = (has & DETAIL) == 0 ? 0 : row.getLong();
        final Result result = (has & RESULT) == 0 ? null : Result.get(DataUtils.readVarInt(row));
        final AccessVerdict verdict = (has & VERDICT) == 0 ? null : AccessVerdict.get(number(row));
        final long reasonCode = (has & REASON) == 0 ? 0 : DataUtils.readVarLong(row);
        final long address = (has & ADDRESS) == 0 ? 0 : row.getLong();
        final long leftOut = (has & LEFT_OUT) == 0 ? 0 : DataUtils.readVarLong(row);
        return new Entry(place.position(), nowMs, actor, onBehalfOf, channel, operation, target, detail, result, (has & REPEATED) != 0, verdict, reasonCode, address, leftOut);
    }

    private static short number(final ByteBuffer row) {
        return (short) (row.get() & 0xFF);
    }

    private static int check(final Place place, final byte[] bytes) {
        final CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(place.application()).putLong(place.position()).flip());
        crc.update(bytes, Integer.BYTES, bytes.length - Integer.BYTES);
        return (int) crc.getValue();
    }
}
