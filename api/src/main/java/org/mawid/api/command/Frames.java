package org.mawid.api.command;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.ManyReferences;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.gateway.ResultTable;
import org.mawid.engine.CommandSource;
import org.mawid.engine.core.CommandCheck;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandBatch;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.RequestDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.RetireDecoder;
import org.mawid.sbe.SetCoreVersionDecoder;
import org.mawid.sbe.TickDecoder;

/**
 * The commands of one batch, checked and with numbers in the place of references, ready to be copied into the ring. Both
 * encodings come down to this. Used again for other batches of the same event loop: nothing is made for an item.
 * <p>Needs no server around it, so that it can be measured by itself.
 */
public final class Frames {
    /** Most commands of one message. */
    static final int MAX_COMMANDS = 8_190;

    /** Memory that is kept between batches; a larger one is let go. */
    private static final int KEPT_BYTES = 4 << 20;
    private static final int GROUP_HEADER = 4;
    private static final int MOST_STAMPS = 16;
    private static final int FIRST_BYTES = 64 << 10;
    private static final byte[] NOTHING = {};
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int COMMANDS_TAG = CommandBatch.COMMANDS_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int PACKED_TAG = CommandBatch.PACKED_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int CAPABILITIES_TAG = CommandBatch.CAPABILITIES_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int DEADLINE_TAG = CommandBatch.DEADLINE_MS_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT;
    private static final int DEADLINE = MessageHeaderDecoder.ENCODED_LENGTH + RequestDecoder.deadlineMsEncodingOffset();

    private static final int ID_HIGH = MessageHeaderDecoder.ENCODED_LENGTH + RequestDecoder.idHighEncodingOffset();
    private static final int ID_LOW = MessageHeaderDecoder.ENCODED_LENGTH + RequestDecoder.idLowEncodingOffset();

    private final ManyReferences references;
    private final Draft draft;
    private final CommandMapping mapping = new CommandMapping();
    private final UsualCommands usual;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    /** Direct: a command in an array would be copied to be checked. */
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(FIRST_BYTES));
    private final int[] offsets = new int[MAX_COMMANDS];
    private final int[] lengths = new int[MAX_COMMANDS];
    private final CommandTemplate[] templates = new CommandTemplate[MAX_COMMANDS];
    /** Where each one's reference is among all, or that it has none. */
    private final int[] places = new int[MAX_COMMANDS];
    private final Result[] results = new Result[MAX_COMMANDS];
    /** What goes with each refusal. */
    private final byte[] details = new byte[MAX_COMMANDS];
    private final long[] waitsMs = new long[MAX_COMMANDS];
    /** Those that commands have themselves; empty = none. */
    private final String[] capabilities = new String[MAX_COMMANDS];
    private Judge judge;
    private int brought;
    private int count;
    private int good;
    private int behind;
    private int end;
    private boolean packed;

    /** @param references for those of one batch, to be turned together @param draft for what is not usual */
    public Frames(final ManyReferences references, final Draft draft) {
        this.references = references;
        this.draft = draft;
        this.usual = new UsualCommands(references);
    }

    /**
     * Reads a CommandBatch, one command after the other, never making all of its messages.
     *
     * @param callDeadlineMs deadline of the call, 0 = none
     * @return OK, or why the batch as a whole cannot be taken
     */
    public Result take(final byte[] message, final long callDeadlineMs) {
        return take(message, callDeadlineMs, null);
    }

    /** As above. @param newJudge of each command by itself, null = any may go on */
    Result take(final byte[] message, final long callDeadlineMs, final Judge newJudge) {
        judge = newJudge;
        brought = 0;
        count = 0;
        good = 0;
        behind = 0;
        end = 0;
        packed = false;
        references.clear();
        usual.wrap(message);
        try {
            return read(message, CodedInputStream.newInstance(message), callDeadlineMs);
        } catch (final IOException notProtobuf) {
            return Result.MALFORMED;
        } finally {
            usual.wrap(NOTHING); // or the message would live until the next one
        }
    }

    private Result read(final byte[] message, final CodedInputStream in, final long callDeadlineMs) throws IOException {
        long deadlineMs = 0;
        int packedAt = 0;
        int packedBytes = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case COMMANDS_TAG -> {
                    if (count == MAX_COMMANDS) {
                        return Result.OUT_OF_RANGE;
                    }
                    final int length = in.readUInt32();
                    final int from = in.getTotalBytesRead();
                    in.skipRawBytes(length);
                    encode(message, from, length);
                }
                case PACKED_TAG -> {
                    packedBytes = in.readUInt32();
                    packedAt = in.getTotalBytesRead();
                    in.skipRawBytes(packedBytes);
                }
                case DEADLINE_TAG -> deadlineMs = in.readInt64();
                case CAPABILITIES_TAG -> {
                    if (brought++ == MAX_COMMANDS) {
                        return Result.OUT_OF_RANGE;
                    }
                    bring(in.readString());
                }
                default -> {
                    if (!in.skipField(tag)) {
                        return Result.MALFORMED; // the end of a group that never began
                    }
                }
            }
        }
        if (deadlineMs < 0 || packedBytes > 0 && count > 0) {
            return Result.MALFORMED;
        }
        if (packedBytes > 0) {
            packed = true;
            final Result problem = unpack(message, packedAt, packedBytes);
            if (problem != Result.OK) {
                return problem;
            }
        }
        finish(callDeadlineMs == 0 || deadlineMs != 0 && deadlineMs < callDeadlineMs ? deadlineMs : callDeadlineMs);
        return Result.OK;
    }

    private void bring(final String capability) {
        if (judge != null) {
            judge.bring(capability);
        }
    }

    private void encode(final byte[] message, final int from, final int length) throws IOException {
        final int at = end;
        if (at + CommandSource.MAX_BYTES > buffer.capacity()) {
            grow(at, Math.max(2 * buffer.capacity(), at + CommandSource.MAX_BYTES));
        }
        final int usually = usual.encode(from, from + length, buffer, at);
        if (usually > 0) {
            capabilities[count] = usual.capability();
            add(usual.template(), at, usually, usual.place(), Result.OK);
            end = at + usually;
            return;
        }
        final Command command = Command.parser().parseFrom(message, from, length);
        final int encoded = mapping.encode(draft.begin(buffer, at, references), command);
        capabilities[count] = command.getCapability();
        add(CommandTemplate.of(command.getCommandCase().getNumber()), at, encoded, draft.place(), draft.problem());
        end = at + encoded;
    }

    private Result unpack(final byte[] message, final int from, final int size) {
        if (size > buffer.capacity()) {
            buffer.wrap(ByteBuffer.allocateDirect(size));
        }
        buffer.putBytes(0, message, from, size);
        int at = 0;
        while (at < size) {
            if (count == MAX_COMMANDS) {
                return Result.OUT_OF_RANGE;
            }
            final int length = size - at < Integer.BYTES ? 0 : buffer.getInt(at, ORDER);
            if (length < DEADLINE + Long.BYTES || length > size - at - Integer.BYTES) {
                return Result.MALFORMED; // where the next one begins cannot be known
            }
            final int command = at + Integer.BYTES;
            header.wrap(buffer, command);
            final CommandTemplate template = CommandTemplate.of(header.templateId());
            Result problem = begin(template, length);
            if (problem == Result.OK) {
                problem = others(template, command, length);
            }
            capabilities[count] = "";
            add(template, command, length, problem == Result.OK && template.named() != null ? reference(template, command) : Draft.NO_PLACE, problem);
            at += Integer.BYTES + length + 7 & ~7;
        }
        return Result.OK;
    }

    private void grow(final int used, final int bytes) {
        final ByteBuffer larger = ByteBuffer.allocateDirect(bytes);
        buffer.getBytes(0, larger, 0, used);
        buffer.wrap(larger);
    }

    /** What has to be known before the reference can be looked at. */
    private Result begin(final CommandTemplate template, final int length) {
        if (length > CommandSource.MAX_BYTES || header.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
            return Result.MALFORMED;
        }
        if (template == null) {
            return switch (header.templateId()) {
                case TickDecoder.TEMPLATE_ID, SetCoreVersionDecoder.TEMPLATE_ID, RetireDecoder.TEMPLATE_ID -> Result.FORBIDDEN;
                default -> Result.MALFORMED;
            };
        }
        if (template.secretOffset() >= 0 && (header.blockLength() != template.secretBlockLength()
                || length < Draft.HEADER_BYTES + template.secretBlockLength())) {
            return Result.MALFORMED;
        }
        if (template.named() != null && (header.blockLength() < template.namedOffset() + Long.BYTES
                || length < Draft.HEADER_BYTES + template.namedOffset() + Long.BYTES)) {
            return Result.MALFORMED;
        }
        return Result.OK;
    }

    /** Puts numbers in the place of what is not turned with the others, and stamps in the order of their numbers. */
    private Result others(final CommandTemplate template, final int message, final int length) {
        for (final CommandTemplate.Other other : template.others()) {
            final int at = message + Draft.HEADER_BYTES + other.offset();
            if (header.blockLength() < other.offset() + Long.BYTES || length < Draft.HEADER_BYTES + other.offset() + Long.BYTES || !turn(other.kind(), at)) {
                return Result.MALFORMED;
            }
        }
        return template.hasStamps() ? stamps(message + Draft.HEADER_BYTES + header.blockLength(), message + length) : Result.OK;
    }

    private boolean turn(final ReferenceKind kind, final int at) {
        final long longForm = buffer.getLong(at, ORDER);
        final long number = longForm < 0 ? References.INVALID : references.number(kind, longForm);
        buffer.putLong(at, number, ORDER);
        return number != References.INVALID;
    }

    private Result stamps(final int group, final int messageEnd) {
        final int count = messageEnd - group < GROUP_HEADER ? 0 : buffer.getShort(group + Short.BYTES, ORDER) & 0xFFFF;
        if (count == 0 || count > MOST_STAMPS || messageEnd - group != GROUP_HEADER + count * Long.BYTES) {
            return Result.MALFORMED;
        }
        final long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            final int at = group + GROUP_HEADER + i * Long.BYTES;
            if (!turn(ReferenceKind.STAMP, at)) {
                return Result.MALFORMED;
            }
            numbers[i] = buffer.getLong(at, ORDER);
        }
        Arrays.sort(numbers);
        for (int i = 0; i < count; i++) {
            buffer.putLong(group + GROUP_HEADER + i * Long.BYTES, numbers[i], ORDER);
        }
        return Result.OK;
    }

    private int reference(final CommandTemplate template, final int message) {
        return references.add(template.named(), buffer.getLong(message + Draft.HEADER_BYTES + template.namedOffset(), ORDER));
    }

    /**
     * Puts numbers in the place of references, then checks each command: what the check says of a reference is said of a number.
     *
     * @param deadlineMs for those that name none, or a later one; 0 = none
     */
    private void finish(final long deadlineMs) {
        references.toNumbers();
        for (int i = 0; i < count; i++) {
            if (places[i] != Draft.NO_PLACE) {
                final long number = references.get(places[i]);
                // A draft that names nothing has no place here; of packed ones only a walk-in may.
                if (number == References.INVALID || number == 0 && !templates[i].mayNameNothing()) {
                    results[i] = Result.MALFORMED;
                } else if (results[i] == Result.OK) {
                    buffer.putLong(offsets[i] + Draft.HEADER_BYTES + templates[i].namedOffset(), number, ORDER);
                }
            }
            if (results[i] == Result.OK && templates[i].secretOffset() >= 0) {
                results[i] = knowsSecret(templates[i], offsets[i]);
            }
            if (results[i] == Result.OK) {
                notAfter(deadlineMs, offsets[i] + DEADLINE);
                results[i] = hasId(offsets[i]) ? CommandCheck.check(buffer, offsets[i], lengths[i]) : Result.MALFORMED;
                if (judge != null && results[i] == Result.OK) {
                    results[i] = judge.judge(templates[i], buffer, offsets[i], capabilities[i]);
                    details[i] = (byte) judge.detail();
                    waitsMs[i] = judge.waitMs();
                    behind += results[i] == Result.READ_MODEL_BEHIND ? 1 : 0;
                }
                good += results[i] == Result.OK ? 1 : 0;
            }
        }
    }

    /** Whether of some commands it is not known yet whose what they name is. */
    boolean isBehind() {
        return behind > 0;
    }

    /** Of those only: they were paid for. */
    void judgeAgain() {
        for (int i = 0; i < count; i++) {
            if (results[i] == Result.READ_MODEL_BEHIND) {
                results[i] = judge.judgePaid(templates[i], buffer, offsets[i], capabilities[i]);
                details[i] = (byte) judge.detail();
                good += results[i] == Result.OK ? 1 : 0;
                behind -= results[i] == Result.READ_MODEL_BEHIND ? 0 : 1;
            }
        }
    }

    /** A message brought no code: it was compared when it was drafted. */
    private Result knowsSecret(final CommandTemplate template, final int message) {
        final int at = message + Draft.HEADER_BYTES + template.secretOffset();
        final long stamp = buffer.getLong(message + Draft.HEADER_BYTES + template.namedOffset(), ORDER);
        final Result known = packed ? draft.secretOf(stamp, buffer.getLong(at, ORDER)) : Result.OK;
        buffer.putLong(at, 0, ORDER);
        return known;
    }

    private boolean hasId(final int message) {
        return (buffer.getLong(message + ID_HIGH) | buffer.getLong(message + ID_LOW)) != 0;
    }

    private void notAfter(final long deadlineMs, final int at) {
        if (deadlineMs != 0) {
            final long own = buffer.getLong(at, ORDER);
            if (own == 0 || own > deadlineMs) {
                buffer.putLong(at, deadlineMs, ORDER);
            }
        }
    }

    private void add(final CommandTemplate template, final int offset, final int length, final int place, final Result result) {
        templates[count] = template;
        offsets[count] = offset;
        lengths[count] = length;
        places[count] = place;
        results[count] = result;
        details[count] = 0;
        waitsMs[count] = 0;
        count++;
    }

    /** The encoding in which the answers are wanted. */
    boolean isPacked() {
        return packed;
    }

    int count() {
        return count;
    }

    /** How many can be submitted. */
    public int good() {
        return good;
    }

    /** Null when no such command may come from outside. */
    public CommandTemplate template(final int index) {
        return templates[index];
    }

    /** OK, or why this one cannot be submitted. */
    Result result(final int index) {
        return results[index];
    }

    /** What goes with that: of UNAVAILABLE and of FORBIDDEN. */
    long detail(final int index) {
        return details[index];
    }

    /** After how many ms one that is refused is worth repeating, 0 = never. */
    long retryMs(final int index) {
        return waitsMs[index] > 0 ? waitsMs[index] : ResultTable.retryMs(results[index], results[index] == Result.UNAVAILABLE ? details[index] : 0);
    }

    public int copy(final int index, final MutableDirectBuffer slot, final int offset) {
        slot.putBytes(offset, buffer, offsets[index], lengths[index]);
        return lengths[index];
    }

    /** After the batch was submitted: nothing here is needed any more. */
    void release() {
        if (buffer.capacity() > KEPT_BYTES) {
            buffer.wrap(ByteBuffer.allocateDirect(FIRST_BYTES));
        }
    }
}
