package org.mawid.engine.readmodel.records;

import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.sbe.ApplicationRecordDecoder;
import org.mawid.sbe.ApplicationRecordDecoder.LinesDecoder;
import org.mawid.sbe.GroupSizeEncodingDecoder;
import org.mawid.sbe.MessageHeaderDecoder;

/**
 * One value of the map, in memory: int64 cursor, int64 and int64 links, uint32 CRC-32C of all the rest, then the record's SBE message
 * with its header.
 * <p>The cursor is {@code position << 16 | ordinal} of the event that it reflects last; ordinal 65 535 = all events of the position.
 * The links chain what belongs to an application, so that it can leave with it: an application has its newest appointment and the key
 * of the last of its stamps and payments, each of these the one before it. 0 = none.
 */
final class Entry {
    static final int MESSAGE = 28;
    /** Where the fixed block of the message begins. */
    static final int BLOCK = MESSAGE + MessageHeaderDecoder.ENCODED_LENGTH;
    /** The largest is an application with 16 lines. */
    static final int MAX_BYTES = 928;
    /** Enough for most: an application with four lines, a visit with sixteen legs. */
    private static final int USUAL_BYTES = 288;
    static final int MOST_LINES = 16;
    static final int ORDINAL_BITS = 16;
    static final long ALL_OF_POSITION = (1L << ORDINAL_BITS) - 1;

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int LINK_1 = 8;
    private static final int LINK_2 = 16;
    private static final int CHECKSUM = 24;
    private static final int LINES = BLOCK + ApplicationRecordDecoder.BLOCK_LENGTH + GroupSizeEncodingDecoder.ENCODED_LENGTH;

    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[USUAL_BYTES]);
    private final CRC32C crc = new CRC32C();
    /** 0 = there is no such record. */
    int length;
    long key;
    boolean changed;

    static {
        final int largest = LINES + MOST_LINES * LinesDecoder.sbeBlockLength();
        if (largest > MAX_BYTES) {
            throw new ExceptionInInitializerError("an application takes " + largest + " bytes");
        }
    }

    static long cursor(final long position, final long ordinal) {
        return position << ORDINAL_BITS | ordinal;
    }

    /** Makes room for an entry of so many bytes; what was in it is lost if there was too little. */
    byte[] room(final int wanted) {
        if (wanted > buffer.capacity()) {
            buffer.wrap(new byte[MAX_BYTES]);
        }
        return buffer.byteArray();
    }

    /** As {@link #room}, and what is in it stays. */
    void grow(final int wanted) {
        if (wanted > buffer.capacity()) {
            final byte[] grown = new byte[MAX_BYTES];
            buffer.getBytes(0, grown, 0, length);
            buffer.wrap(grown);
        }
    }

    boolean isPresent() {
        return length != 0;
    }

    long cursor() {
        return buffer.getLong(0, ORDER);
    }

    void cursor(final long cursor) {
        buffer.putLong(0, cursor, ORDER);
        changed = true;
    }

    /** Of an application: its newest appointment. Of an appointment: the one before it. Of a stamp or payment: the key of the one before it. */
    long link() {
        return buffer.getLong(LINK_1, ORDER);
    }

    void link(final long number) {
        buffer.putLong(LINK_1, number, ORDER);
    }

    /** Of an application: the key of the last of its stamps and payments. */
    long moneyLink() {
        return buffer.getLong(LINK_2, ORDER);
    }

    void moneyLink(final long linked) {
        buffer.putLong(LINK_2, linked, ORDER);
    }

    /** There is one from now on, without links. @param messageLength header included; already written, or about to be */
    void begin(final long cursor, final int messageLength) {
        cursor(cursor);
        link(0);
        moneyLink(0);
        length = MESSAGE + messageLength;
    }

    /** As {@link #begin}, from a message that somebody else wrote. */
    void copy(final long cursor, final DirectBuffer message, final int offset, final int messageLength) {
        room(MESSAGE + messageLength);
        begin(cursor, messageLength);
        buffer.putBytes(MESSAGE, message, offset, messageLength);
    }

    /** There is none any more. */
    void remove() {
        length = 0;
        changed = true;
    }

    /** Before it is written. */
    void seal() {
        buffer.putInt(CHECKSUM, checksum(), ORDER);
    }

    /** After it was read. */
    boolean isWhole() {
        return length > MESSAGE && buffer.getInt(CHECKSUM, ORDER) == checksum();
    }

    private int checksum() {
        crc.reset();
        crc.update(buffer.byteArray(), 0, CHECKSUM);
        crc.update(buffer.byteArray(), MESSAGE, length - MESSAGE);
        return (int) crc.getValue();
    }

    // ---- lines of an application

    int lineCount() {
        return buffer.getShort(LINES - Short.BYTES, ORDER) & 0xFFFF;
    }

    /** Bytes of an application with so many lines. */
    static int bytesWith(final int lines) {
        return line(lines);
    }

    private static int line(final int line) {
        return LINES + line * LinesDecoder.sbeBlockLength();
    }

    long stampOf(final int line) {
        return buffer.getLong(line(line) + LinesDecoder.stampIdEncodingOffset(), ORDER);
    }

    void stampOf(final int line, final long stamp) {
        buffer.putLong(line(line) + LinesDecoder.stampIdEncodingOffset(), stamp, ORDER);
    }

    void state(final int line, final short state) {
        buffer.putByte(line(line) + LinesDecoder.stateEncodingOffset(), (byte) state);
    }

    /** Why it is in its state. @param hash of the sealed reason, 0 = none */
    void reason(final int line, final int code, final long hash) {
        buffer.putShort(line(line) + LinesDecoder.reasonCodeEncodingOffset(), (short) code, ORDER);
        buffer.putLong(line(line) + LinesDecoder.reasonHashEncodingOffset(), hash, ORDER);
    }

    long holdOf(final int line) {
        return buffer.getLong(line(line) + LinesDecoder.holdIdEncodingOffset(), ORDER);
    }

    long appointmentOf(final int line) {
        return buffer.getLong(line(line) + LinesDecoder.appointmentIdEncodingOffset(), ORDER);
    }

    /** Who has the line: 0 and 0 = nobody. */
    void give(final int line, final long hold, final long appointment) {
        buffer.putLong(line(line) + LinesDecoder.holdIdEncodingOffset(), hold, ORDER);
        buffer.putLong(line(line) + LinesDecoder.appointmentIdEncodingOffset(), appointment, ORDER);
    }
}
