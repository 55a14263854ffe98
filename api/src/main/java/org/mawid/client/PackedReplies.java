package org.mawid.client;

import com.google.protobuf.ByteString;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.CommandOutcomeDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.Result;

/** The answers to a packed batch. Used again for every batch; one thread. References are in their long form. */
public final class PackedReplies {
    private static final int HEADER_BYTES = Integer.BYTES + MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int RESULT = HEADER_BYTES + CommandOutcomeDecoder.resultEncodingOffset();

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[0]);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CommandOutcomeDecoder outcome = new CommandOutcomeDecoder();
    private int frameBytes;
    private int count;

    void wrap(final ByteString packed, final int expected) {
        if (packed.size() > buffer.capacity()) {
            buffer.wrap(new byte[packed.size()]);
        }
        packed.copyTo(buffer.byteArray(), 0);
        // A newer server may have longer frames; all of one answer are equally long.
        frameBytes = packed.isEmpty() ? 0 : Integer.BYTES + buffer.getInt(0, ByteOrder.LITTLE_ENDIAN) + 7 & ~7;
        count = frameBytes == 0 ? 0 : packed.size() / frameBytes;
        if (count != expected || count > 0 && packed.size() % frameBytes != 0) {
            throw new MawidException("answers to " + count + " of " + expected + " commands", null);
        }
    }

    public int size() {
        return count;
    }

    public Result result(final int index) {
        return at(index).result();
    }

    public boolean isDone(final int index) {
        final Result result = result(index);
        return result == Result.OK || result == Result.OVERFLOW;
    }

    /**
     * After how many ms the same request is worth repeating, which {@link PackedBatch#send} did while there was time; 0 = not, or an older
     * server does not say.
     */
    public long retryMs(final int index) {
        return switch (result(index)) {
            case UNAVAILABLE, PENDING, STORAGE_FULL, READ_MODEL_BEHIND -> at(index).number2();
            default -> 0;
        };
    }

    /** Position in the log, 0 when the command took none. */
    public long position(final int index) {
        return at(index).position();
    }

    /** Reference of what the command made, or what a refusal says. */
    public long number1(final int index) {
        return at(index).number1();
    }

    /** A deadline, a start, a ticket; of a refusal see {@link #retryMs}. */
    public long number2(final int index) {
        return at(index).number2();
    }

    /** Reference of the first stamp issued, 0 = none. */
    public long firstStamp(final int index) {
        return at(index).number3();
    }

    /** Of a consumption that was recorded while a link was down, done or refused: the long form of the break that it has opened, 0 = none. */
    public long openedBreak(final int index) {
        return at(index).number3();
    }

    /** By which the hall knows the ticket that the command has given or called; 0 = none, or an older server does not say. */
    public long ticketId(final int index) {
        return Math.max(0, at(index).ticketId()); // of an older server it is below
    }

    public int stampCount(final int index) {
        return at(index).stampCount();
    }

    public boolean isRepeated(final int index) {
        return at(index).repeated() == BooleanType.YES;
    }

    /** As {@link #result}, for whoever looks at each of many: nothing is decoded. @param index must be within */
    int resultNumber(final int index) {
        return buffer.getShort(index * frameBytes + RESULT, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /** @throws MawidException when the other's are of another length: another server has taken the place of the one that answered first */
    void set(final int index, final PackedReplies of, final int ofIndex) {
        if (of.frameBytes != frameBytes) {
            throw new MawidException("answers of " + of.frameBytes + " bytes among answers of " + frameBytes, null);
        }
        buffer.putBytes(index * frameBytes, of.buffer, ofIndex * frameBytes, frameBytes);
    }

    void setPending(final int index) {
        buffer.setMemory(index * frameBytes + HEADER_BYTES, frameBytes - HEADER_BYTES, (byte) 0);
        buffer.putShort(index * frameBytes + RESULT, (short) Result.PENDING.value(), ByteOrder.LITTLE_ENDIAN);
    }

    private CommandOutcomeDecoder at(final int index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException(index);
        }
        final int at = index * frameBytes;
        header.wrap(buffer, at + Integer.BYTES);
        return outcome.wrap(buffer, at + HEADER_BYTES, header.blockLength(), header.version());
    }
}
