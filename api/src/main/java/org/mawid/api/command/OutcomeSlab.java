package org.mawid.api.command;

import com.google.protobuf.ByteString;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.LocalAnswers;
import org.mawid.api.gateway.ManyReferences;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.ResultTable;
import org.mawid.engine.kernel.Outcome;
import org.mawid.grpc.CommandReply;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.CommandOutcomeEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.Result;

/**
 * Answers to many commands in one array, each where it will be on the wire: the frame of a CommandOutcome. The core's thread
 * copies numbers in and makes no object. The result is written last: who sees it sees the rest.
 * <p>Needs no server around it, so that it can be measured by itself.
 */
public final class OutcomeSlab {
    /** int32 length, header, block; a multiple of 8, so that there is no padding. */
    static final int FRAME_BYTES = 4 + MessageHeaderEncoder.ENCODED_LENGTH + CommandOutcomeEncoder.BLOCK_LENGTH;

    private static final short UNSET = (short) 0xFFFF;
    private static final int MESSAGE_BYTES = FRAME_BYTES - 4;
    private static final int BLOCK = FRAME_BYTES - CommandOutcomeEncoder.BLOCK_LENGTH;
    private static final int POSITION = BLOCK + CommandOutcomeEncoder.positionEncodingOffset();
    private static final int NOW_MS = BLOCK + CommandOutcomeEncoder.nowMsEncodingOffset();
    private static final int NUMBER1 = BLOCK + CommandOutcomeEncoder.number1EncodingOffset();
    private static final int NUMBER2 = BLOCK + CommandOutcomeEncoder.number2EncodingOffset();
    private static final int NUMBER3 = BLOCK + CommandOutcomeEncoder.number3EncodingOffset();
    private static final int RESULT = BLOCK + CommandOutcomeEncoder.resultEncodingOffset();
    private static final int REPEATED = BLOCK + CommandOutcomeEncoder.repeatedEncodingOffset();
    private static final int STAMP_COUNT = BLOCK + CommandOutcomeEncoder.stampCountEncodingOffset();
    private static final int TICKET = BLOCK + CommandOutcomeEncoder.ticketIdEncodingOffset();
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final byte[] bytes;
    private final UnsafeBuffer buffer;
    private final byte[] templates;

    public OutcomeSlab(final int count) {
        bytes = new byte[count * FRAME_BYTES];
        buffer = new UnsafeBuffer(bytes);
        templates = new byte[count];
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        for (int i = 0, at = 0; i < count; i++, at += FRAME_BYTES) {
            buffer.putInt(at, MESSAGE_BYTES, ORDER);
            header.wrap(buffer, at + 4).blockLength(CommandOutcomeEncoder.BLOCK_LENGTH).templateId(CommandOutcomeEncoder.TEMPLATE_ID)
                    .schemaId(CommandOutcomeEncoder.SCHEMA_ID).version(CommandOutcomeEncoder.SCHEMA_VERSION);
            buffer.putShort(at + RESULT, UNSET, ORDER);
        }
    }

    /** Before submitting. @param template null when it is not even known */
    public void begin(final int index, final CommandTemplate template) {
        templates[index] = (byte) (template == null ? 0 : template.id());
        buffer.putShort(index * FRAME_BYTES + RESULT, UNSET, ORDER);
    }

    /** On the core's thread. @param walkInTicket as {@link org.mawid.api.gateway.WalkInTicket} tells it */
    public void set(final int index, final Outcome outcome, final long walkInTicket) {
        final int at = index * FRAME_BYTES;
        buffer.putLong(at + POSITION, outcome.position(), ORDER);
        buffer.putLong(at + NOW_MS, outcome.nowMs(), ORDER);
        buffer.putLong(at + NUMBER1, outcome.number1(), ORDER);
        buffer.putLong(at + NUMBER2, outcome.number2(), ORDER);
        buffer.putLong(at + NUMBER3, outcome.number3(), ORDER);
        buffer.putLong(at + TICKET, walkInTicket, ORDER);
        buffer.putByte(at + REPEATED, (byte) (outcome.repeated() ? BooleanType.YES : BooleanType.NO).value());
        VarHandle.releaseFence();
        buffer.putShort(at + RESULT, (short) outcome.result().value(), ORDER);
    }

    /** As begun; null when it was not even known. */
    CommandTemplate template(final int index) {
        return CommandTemplate.of(templates[index]);
    }

    /** What the edge answers by itself, for a command that the core does not have. @param number1 what goes with a refusal */
    void setLocal(final int index, final Result result, final long number1) {
        setLocal(index, result, number1, ResultTable.retryMs(result, number1));
    }

    /** As above. @param retryMs after how many ms the same is worth repeating, 0 = never */
    void setLocal(final int index, final Result result, final long number1, final long retryMs) {
        final int at = index * FRAME_BYTES;
        buffer.setMemory(at + BLOCK, CommandOutcomeEncoder.BLOCK_LENGTH, (byte) 0);
        buffer.putLong(at + NUMBER1, number1, ORDER);
        buffer.putLong(at + NUMBER2, retryMs, ORDER);
        buffer.putShort(at + RESULT, (short) result.value(), ORDER);
    }

    boolean isAnswered(final int index) {
        if (buffer.getShort(index * FRAME_BYTES + RESULT, ORDER) == UNSET) {
            return false;
        }
        VarHandle.acquireFence();
        return true;
    }

    /** A copy in which what is not answered yet is PENDING, and counted. The core's thread may still be writing to this one. */
    OutcomeSlab asFarAsKnown(final LocalAnswers pending) {
        final OutcomeSlab known = new OutcomeSlab(templates.length);
        for (int i = 0; i < templates.length; i++) {
            known.templates[i] = templates[i];
            if (isAnswered(i)) {
                known.buffer.putBytes(i * FRAME_BYTES, buffer, i * FRAME_BYTES, FRAME_BYTES);
            } else {
                pending.count(template(i), Result.PENDING, 0);
                known.setLocal(i, Result.PENDING, 0);
            }
        }
        return known;
    }

    Answer answer(final int index) {
        final int at = index * FRAME_BYTES;
        return new Answer(CommandTemplate.of(templates[index]), Result.get(buffer.getShort(at + RESULT, ORDER) & 0xFFFF),
                buffer.getLong(at + POSITION, ORDER), buffer.getLong(at + NOW_MS, ORDER),
                buffer.getByte(at + REPEATED) == BooleanType.YES.value(),
                buffer.getLong(at + NUMBER1, ORDER), buffer.getLong(at + NUMBER2, ORDER), buffer.getLong(at + NUMBER3, ORDER), buffer.getLong(at + TICKET, ORDER));
    }

    /** By which the hall knows the ticket of a command that was done, 0 = it has none. */
    private long ticket(final int index) {
        final int at = index * FRAME_BYTES;
        final CommandTemplate template = CommandTemplate.of(templates[index]);
        return template == null || !isDone(index) ? 0 : Math.max(template.ticketId(buffer.getLong(at + NUMBER3, ORDER)), buffer.getLong(at + TICKET, ORDER));
    }

    /** Puts references in the place of numbers; the frames are then what goes out. Only once, and all must be answered. */
    public byte[] toWire(final ManyReferences references) {
        references.clear();
        for (int i = 0, at = 0; i < templates.length; i++, at += FRAME_BYTES) {
            final CommandTemplate template = made(i);
            if (template != null) {
                final long number1 = buffer.getLong(at + NUMBER1, ORDER);
                final long number3 = buffer.getLong(at + NUMBER3, ORDER);
                final int stamps = template.stampCount(buffer.getLong(at + NUMBER2, ORDER), number3);
                references.add(template.made(), number1);
                buffer.putByte(at + STAMP_COUNT, (byte) stamps);
                if (stamps > 0) {
                    references.add(ReferenceKind.STAMP, template.firstStamp(number1, number3));
                }
            } else if (breakOf(i) != 0) {
                references.add(ReferenceKind.BREAK, breakOf(i));
            }
        }
        references.toLongForms();
        int place = 0;
        for (int i = 0, at = 0; i < templates.length; i++, at += FRAME_BYTES) {
            buffer.putLong(at + TICKET, ticket(i), ORDER);
            if (made(i) != null) {
                buffer.putLong(at + NUMBER1, references.get(place++), ORDER);
                if (buffer.getByte(at + STAMP_COUNT) != 0) {
                    buffer.putLong(at + NUMBER3, references.get(place++), ORDER);
                }
            } else if (breakOf(i) != 0) {
                buffer.putLong(at + NUMBER3, references.get(place++), ORDER);
            }
        }
        return bytes;
    }

    /** The bytes of a CommandBatchReply; each reply says what {@link CommandReplies} would. All must be answered. */
    public ByteString toMessage(final ManyReferences references) {
        references.clear();
        for (int i = 0, at = 0; i < templates.length; i++, at += FRAME_BYTES) {
            final CommandTemplate template = made(i);
            if (template != null) {
                final long number1 = buffer.getLong(at + NUMBER1, ORDER);
                final long number3 = buffer.getLong(at + NUMBER3, ORDER);
                final int stamps = template.stampCount(buffer.getLong(at + NUMBER2, ORDER), number3);
                if (template != CommandTemplate.ISSUE_STAMPS) {
                    references.add(template.made(), number1);
                }
                for (int stamp = 0; stamp < stamps; stamp++) {
                    references.add(ReferenceKind.STAMP, template.firstStamp(number1, number3) + stamp);
                }
            } else if (breakOf(i) != 0) {
                references.add(ReferenceKind.BREAK, breakOf(i));
            }
        }
        references.toLongForms();
        final ReplyWriter replies = new ReplyWriter(templates.length);
        int place = 0;
        for (int i = 0; i < templates.length; i++) {
            place = write(i, references, place, replies);
        }
        return replies.message();
    }

    /** @param place of the first reference of this one @return of the first of the next */
    private int write(final int index, final ManyReferences references, final int place, final ReplyWriter reply) {
        final int at = index * FRAME_BYTES;
        final CommandTemplate template = CommandTemplate.of(templates[index]);
        final long number2 = buffer.getLong(at + NUMBER2, ORDER);
        final int result = buffer.getShort(at + RESULT, ORDER) & 0xFFFF;
        final boolean done = isDone(index);
        final boolean issued = template == CommandTemplate.ISSUE_STAMPS;
        final int stamps = done && template != null ? template.stampCount(number2, buffer.getLong(at + NUMBER3, ORDER)) : 0;
        reply.begin(1 + stamps);
        reply.number(CommandReply.RESULT_FIELD_NUMBER, result);
        reply.number(CommandReply.POSITION_FIELD_NUMBER, buffer.getLong(at + POSITION, ORDER));
        reply.number(CommandReply.NOW_MS_FIELD_NUMBER, buffer.getLong(at + NOW_MS, ORDER));
        reply.number(CommandReply.REPEATED_ANSWER_FIELD_NUMBER, buffer.getByte(at + REPEATED) == BooleanType.YES.value() ? 1 : 0);
        final long number1 = buffer.getLong(at + NUMBER1, ORDER);
        int next = place;
        if (breakOf(index) != 0) {
            reply.reference(CommandReply.REFERENCE_FIELD_NUMBER, ReferenceKind.BREAK, references.get(next++));
        }
        if (!done) {
            reply.number(CommandReply.DETAIL_FIELD_NUMBER, number1);
            reply.number(CommandReply.RETRY_MS_FIELD_NUMBER, ResultTable.retryMs(Result.get(result), number1, number2));
        } else if (template != null && !issued) {
            if (template.made() != null) {
                reply.reference(CommandReply.REFERENCE_FIELD_NUMBER, template.made(), references.get(next++));
            }
            reply.number(CommandReply.DETAIL_FIELD_NUMBER, template.detail(number1, number2));
        }
        for (int stamp = 0; stamp < stamps; stamp++) {
            reply.reference(CommandReply.STAMPS_FIELD_NUMBER, ReferenceKind.STAMP, references.get(next++));
        }
        reply.number(CommandReply.TICKET_ID_FIELD_NUMBER, ticket(index));
        reply.end();
        return next;
    }

    /** Number of the break that a command has opened, done or refused; 0 = none. Such a command makes nothing else. */
    private long breakOf(final int index) {
        final CommandTemplate template = CommandTemplate.of(templates[index]);
        return template != null && template.opensBreak() ? buffer.getLong(index * FRAME_BYTES + NUMBER3, ORDER) : 0;
    }

    /** Template of a command that was done and has made something, else null. */
    private CommandTemplate made(final int index) {
        final CommandTemplate template = CommandTemplate.of(templates[index]);
        return template == null || template.made() == null || !isDone(index) ? null : template;
    }

    private boolean isDone(final int index) {
        final int result = buffer.getShort(index * FRAME_BYTES + RESULT, ORDER) & 0xFFFF;
        return result == Result.OK.value() || result == Result.OVERFLOW.value();
    }
}
