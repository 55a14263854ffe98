package org.mawid.api.command;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.ManyReferences;
import org.mawid.api.gateway.References;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.Command;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.Hold;
import org.mawid.grpc.Leg;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.Request;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.CancelDecoder;
import org.mawid.sbe.Channel;
import org.mawid.sbe.ConfirmDecoder;
import org.mawid.sbe.HoldDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.Priority;
import org.mawid.sbe.RequestDecoder;
import org.mawid.sbe.SubmitApplicationDecoder;
import org.mawid.sbe.ValidateLinesDecoder;

/**
 * The commands of an appointment's life, from the bytes of their protobuf message straight into SBE: byte for byte what {@link CommandMapping}
 * makes of the message, without the message, whose objects cost several times as much. Only what is written as everybody
 * writes it: known fields in their order, each once, in range, with a reference that can be read. All else is left to the message,
 * which alone knows how to refuse. One thread at a time.
 */
final class UsualCommands {
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int GROUP_HEADER = 4;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int TAG = Command.TAG_FIELD_NUMBER << 3 | VARINT;
    private static final int CAPABILITY = Command.CAPABILITY_FIELD_NUMBER << 3 | LENGTH_DELIMITED;
    private static final long UINT8 = 0xFF;
    private static final long UINT16 = 0xFFFF;
    private static final long UINT32 = 0xFFFF_FFFFL;
    private static final int GROUP_MOST = 16;

    /** @param bytes width in the schema @param most a larger value is not usual @param fields of a message in this one */
    private record Field(int tag, int offset, int bytes, long most, Field[] fields) {
    }

    /** @param block of the command @param entry of its group, 0 = it has none @param fields place n is that of field n + 1 */
    private record Shape(CommandTemplate template, int block, int entry, Field[] fields) {
    }

    private static final Field[] REQUEST = {
        key(Request.ID_HIGH_FIELD_NUMBER, RequestDecoder.idHighEncodingOffset()),
        key(Request.ID_LOW_FIELD_NUMBER, RequestDecoder.idLowEncodingOffset()),
        number(Request.CREATED_MS_FIELD_NUMBER, RequestDecoder.createdMsEncodingOffset(), Long.BYTES, Long.MAX_VALUE),
        number(Request.DEADLINE_MS_FIELD_NUMBER, RequestDecoder.deadlineMsEncodingOffset(), Long.BYTES, Long.MAX_VALUE),
        key(Request.ACTOR_FIELD_NUMBER, RequestDecoder.actorEncodingOffset()),
        key(Request.ON_BEHALF_OF_FIELD_NUMBER, RequestDecoder.onBehalfOfEncodingOffset()),
        number(Request.CHANNEL_FIELD_NUMBER, RequestDecoder.channelEncodingOffset(), Byte.BYTES, Channel.SYSTEM.value()),
        number(Request.CLIENT_ID_FIELD_NUMBER, RequestDecoder.clientIdEncodingOffset(), Integer.BYTES, UINT32),
        number(Request.SEQUENCE_FIELD_NUMBER, RequestDecoder.sequenceEncodingOffset(), Long.BYTES, Long.MAX_VALUE),
    };
    private static final Field[] LINE = {
        key(NewLine.PERSON_KEY_FIELD_NUMBER, SubmitApplicationDecoder.LinesDecoder.personKeyEncodingOffset()),
        number(NewLine.SERVICE_ID_FIELD_NUMBER, SubmitApplicationDecoder.LinesDecoder.serviceIdEncodingOffset(), Short.BYTES, UINT16),
        number(NewLine.REGISTERED_POST_ID_FIELD_NUMBER, SubmitApplicationDecoder.LinesDecoder.registeredPostIdEncodingOffset(), Short.BYTES, UINT16),
        number(NewLine.QUANTITY_FIELD_NUMBER, SubmitApplicationDecoder.LinesDecoder.quantityEncodingOffset(), Byte.BYTES, UINT8),
        number(NewLine.AGE_BAND_FIELD_NUMBER, SubmitApplicationDecoder.LinesDecoder.ageBandEncodingOffset(), Byte.BYTES, AgeBand.SENIOR.value()),
        number(NewLine.PRIORITY_FIELD_NUMBER, SubmitApplicationDecoder.LinesDecoder.priorityEncodingOffset(), Byte.BYTES, Priority.EMERGENCY.value()),
        number(NewLine.REPRESENTATIVE_FIELD_NUMBER, SubmitApplicationDecoder.LinesDecoder.representativeEncodingOffset(), Byte.BYTES, 1),
    };
    private static final Field[] LEG = {
        number(Leg.DESK_ID_FIELD_NUMBER, HoldDecoder.LegsDecoder.deskIdEncodingOffset(), Short.BYTES, UINT16),
        number(Leg.LINES_FIELD_NUMBER, HoldDecoder.LegsDecoder.linesEncodingOffset(), Short.BYTES, UINT16),
        number(Leg.EPOCH_DAY_FIELD_NUMBER, HoldDecoder.LegsDecoder.epochDayEncodingOffset(), Integer.BYTES, Integer.MAX_VALUE),
        number(Leg.START_UNIT_FIELD_NUMBER, HoldDecoder.LegsDecoder.startUnitEncodingOffset(), Byte.BYTES, UINT8),
        number(Leg.UNITS_FIELD_NUMBER, HoldDecoder.LegsDecoder.unitsEncodingOffset(), Byte.BYTES, UINT8),
    };
    private static final Shape[] SHAPES = new Shape[CommandTemplate.IDS];

    static {
        shape(CommandTemplate.SUBMIT_APPLICATION, SubmitApplicationDecoder.BLOCK_LENGTH, SubmitApplicationDecoder.LinesDecoder.sbeBlockLength(),
                message(SubmitApplication.REQUEST_FIELD_NUMBER, REQUEST),
                key(SubmitApplication.APPLICANT_FIELD_NUMBER, SubmitApplicationDecoder.applicantEncodingOffset()),
                number(SubmitApplication.POST_ID_FIELD_NUMBER, SubmitApplicationDecoder.postIdEncodingOffset(), Short.BYTES, UINT16),
                message(SubmitApplication.LINES_FIELD_NUMBER, LINE));
        shape(CommandTemplate.VALIDATE_LINES, ValidateLinesDecoder.BLOCK_LENGTH, 0,
                message(ValidateLines.REQUEST_FIELD_NUMBER, REQUEST), reference(ValidateLines.APPLICATION_FIELD_NUMBER),
                number(ValidateLines.LINES_FIELD_NUMBER, ValidateLinesDecoder.linesEncodingOffset(), Short.BYTES, UINT16));
        shape(CommandTemplate.HOLD, HoldDecoder.BLOCK_LENGTH, HoldDecoder.LegsDecoder.sbeBlockLength(),
                message(Hold.REQUEST_FIELD_NUMBER, REQUEST), reference(Hold.APPLICATION_FIELD_NUMBER),
                number(Hold.ISSUE_STAMPS_FIELD_NUMBER, HoldDecoder.issueStampsEncodingOffset(), Byte.BYTES, 1),
                message(Hold.LEGS_FIELD_NUMBER, LEG));
        shape(CommandTemplate.CONFIRM, ConfirmDecoder.BLOCK_LENGTH, 0,
                message(Confirm.REQUEST_FIELD_NUMBER, REQUEST), reference(Confirm.HOLD_FIELD_NUMBER),
                number(Confirm.ISSUE_STAMPS_FIELD_NUMBER, ConfirmDecoder.issueStampsEncodingOffset(), Byte.BYTES, 1));
        shape(CommandTemplate.CANCEL, CancelDecoder.BLOCK_LENGTH, 0,
                message(Cancel.REQUEST_FIELD_NUMBER, REQUEST), reference(Cancel.APPOINTMENT_FIELD_NUMBER));
    }

    private final ManyReferences references;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final UnsafeBuffer in = new UnsafeBuffer(new byte[0]);
    private final Text text = new Text();
    private MutableDirectBuffer out;
    private Shape shape;
    private int at;
    private int place;
    private int entries;
    private String capability = "";

    /** @param references to which the command's is added, to be turned with the others */
    UsualCommands(final ManyReferences references) {
        this.references = references;
    }

    /** Before the commands of a message. */
    void wrap(final byte[] message) {
        in.wrap(message);
        text.bytes = message;
    }

    /**
     * @param from where the message Command begins @param end where it ends
     * @param to   free from {@code offset} on for {@link org.mawid.engine.CommandSource#MAX_BYTES}
     * @return bytes of the command, 0 when it is not usual
     */
    int encode(final int from, final int end, final MutableDirectBuffer to, final int offset) {
        at = from;
        out = to;
        place = Draft.NO_PLACE;
        entries = 0;
        capability = "";
        if (at < end && in.getByte(at) == TAG) {
            at++;
            if (varint(end) < 0) {
                return 0;
            }
        }
        if (at < end && in.getByte(at) == CAPABILITY) {
            at++;
            final long bytes = varint(end);
            if (bytes < 0 || bytes > end - at) {
                return 0;
            }
            capability = new String(text.bytes, at, (int) bytes, StandardCharsets.UTF_8);
            at += (int) bytes;
        }
        final long tag = varint(end);
        final long length = varint(end);
        if (tag < 0 || tag >>> 3 >= SHAPES.length || (tag & 7) != LENGTH_DELIMITED || length != end - at) {
            return 0;
        }
        shape = SHAPES[(int) (tag >>> 3)];
        if (shape == null) {
            return 0;
        }
        final int group = offset + HEADER + shape.block;
        to.setMemory(offset, HEADER + shape.block, (byte) 0);
        header.wrap(to, offset).blockLength(shape.block).templateId(shape.template.id())
                .schemaId(MessageHeaderDecoder.SCHEMA_ID).version(MessageHeaderDecoder.SCHEMA_VERSION);
        if (!read(shape.fields, end, offset + HEADER)) {
            return 0;
        }
        final long idHigh = to.getLong(offset + HEADER + RequestDecoder.idHighEncodingOffset());
        final long idLow = to.getLong(offset + HEADER + RequestDecoder.idLowEncodingOffset());
        if ((idHigh | idLow) == 0 || place == Draft.NO_PLACE && shape.template.named() != null) {
            return 0;
        }
        if (shape.entry == 0) {
            return HEADER + shape.block;
        }
        to.putShort(group, (short) shape.entry, ORDER);
        to.putShort(group + Short.BYTES, (short) entries, ORDER);
        return HEADER + shape.block + GROUP_HEADER + entries * shape.entry;
    }

    /** Of the command encoded last. */
    CommandTemplate template() {
        return shape.template;
    }

    /** That the command encoded last has itself; empty = none. */
    String capability() {
        return capability;
    }

    /** Of the reference in the command encoded last, or {@link Draft#NO_PLACE}. */
    int place() {
        return place;
    }

    private boolean read(final Field[] fields, final int end, final int to) {
        int last = 0;
        while (at < end) {
            final int tag = in.getByte(at++);
            final int number = tag >>> 3;
            if (number < last || number < 1 || number > fields.length) {
                return false;
            }
            final Field field = fields[number - 1];
            if (tag != field.tag || number == last && field.fields != LINE && field.fields != LEG) {
                return false;
            }
            last = number;
            if (!(field.bytes == 0 ? readInner(field, end, to) : readNumber(field, end, to + field.offset))) {
                return false;
            }
        }
        return at == end;
    }

    private boolean readNumber(final Field field, final int end, final int to) {
        if ((field.tag & 7) == FIXED64) {
            if (end - at < Long.BYTES) {
                return false;
            }
            out.putLong(to, in.getLong(at, ORDER), ORDER);
            at += Long.BYTES;
            return true;
        }
        final long value = varint(end);
        if (value < 0 || value > field.most) {
            return false;
        }
        switch (field.bytes) {
            case Byte.BYTES -> out.putByte(to, (byte) value);
            case Short.BYTES -> out.putShort(to, (short) value, ORDER);
            case Integer.BYTES -> out.putInt(to, (int) value, ORDER);
            default -> out.putLong(to, value, ORDER);
        }
        return true;
    }

    /** A request, an entry of the group, or a reference. */
    private boolean readInner(final Field field, final int end, final int to) {
        final long length = varint(end);
        if (length < 0 || length > end - at) {
            return false;
        }
        final int innerEnd = at + (int) length;
        if (field.fields == REQUEST) {
            return read(REQUEST, innerEnd, to);
        }
        if (field.fields != null) {
            if (entries == GROUP_MOST) {
                return false;
            }
            final int entry = to + shape.block + GROUP_HEADER + entries++ * shape.entry;
            out.setMemory(entry, shape.entry, (byte) 0);
            return read(field.fields, innerEnd, entry);
        }
        text.from = at;
        text.length = (int) length;
        at = innerEnd;
        final long longForm = References.longFormOf(shape.template.named(), text);
        if (longForm == References.INVALID || longForm == 0) {
            return false;
        }
        out.putLong(to + shape.template.namedOffset(), longForm, ORDER);
        place = references.add(shape.template.named(), longForm);
        return true;
    }

    /** @return negative for one that is cut off, or too large to be told from it: neither is usual */
    private long varint(final int end) {
        long value = 0;
        for (int shift = 0; shift < 63 && at < end; shift += 7) {
            final byte next = in.getByte(at++);
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        return -1;
    }

    private static void shape(final CommandTemplate template, final int block, final int entry, final Field... fields) {
        SHAPES[template.id()] = new Shape(template, block, entry, fields);
    }

    private static Field key(final int field, final int offset) {
        return new Field(field << 3 | FIXED64, offset, Long.BYTES, 0, null);
    }

    private static Field number(final int field, final int offset, final int bytes, final long most) {
        return new Field(field << 3 | VARINT, offset, bytes, most, null);
    }

    private static Field message(final int field, final Field[] fields) {
        return new Field(field << 3 | LENGTH_DELIMITED, 0, 0, 0, fields);
    }

    private static Field reference(final int field) {
        return message(field, null);
    }

    /** Some bytes of the message as ASCII; others look like no character that is in a reference. */
    private static final class Text implements CharSequence {
        private byte[] bytes;
        private int from;
        private int length;

        @Override
        public int length() {
            return length;
        }

        @Override
        public char charAt(final int index) {
            return (char) bytes[from + index];
        }

        @Override
        public CharSequence subSequence(final int start, final int end) {
            throw new UnsupportedOperationException();
        }
    }
}
