package org.mawid.api.access;

import static org.mawid.api.gateway.Draft.HEADER_BYTES;

import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.sbe.AssignApplicationDecoder;
import org.mawid.sbe.Channel;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.MessageWriter;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.RecordDocumentDecoder;
import org.mawid.sbe.RequestDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.ScanState;
import org.mawid.sbe.SendMessageDecoder;
import org.mawid.sbe.StartPaymentDecoder;
import org.mawid.sbe.SubmitApplicationDecoder;

/**
 * Whether a command may go on, as it will be in the log, whatever way it came: by itself, in a batch, in a stream. What goes on says who acts, which is
 * who the token says, and names nothing that is not theirs. Any thread that may wait for the records' disk.
 */
public final class CommandAccess {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int ACTOR = HEADER_BYTES + RequestDecoder.actorEncodingOffset();
    private static final int ON_BEHALF_OF = HEADER_BYTES + RequestDecoder.onBehalfOfEncodingOffset();
    private static final int CHANNEL = HEADER_BYTES + RequestDecoder.channelEncodingOffset();
    private static final int APPLICANT = HEADER_BYTES + SubmitApplicationDecoder.applicantEncodingOffset();
    private static final int WRITER = HEADER_BYTES + SendMessageDecoder.writerEncodingOffset();
    private static final int TAKES_OVER = HEADER_BYTES + AssignApplicationDecoder.takesOverEncodingOffset();
    private static final int SCAN = HEADER_BYTES + RecordDocumentDecoder.scanEncodingOffset();
    private static final int KIND = HEADER_BYTES + RecordDocumentDecoder.kindEncodingOffset();
    private static final int MEANS = HEADER_BYTES + StartPaymentDecoder.meansEncodingOffset();

    private final Access access;

    CommandAccess(final Access access) {
        this.access = access;
    }

    /**
     * @param command which was checked, with numbers in the place of references; it is changed to what may go on
     * @param at      where its header begins
     * @return OK; UNAUTHENTICATED, FORBIDDEN, or READ_MODEL_BEHIND: try again when {@link Access#position} is at what is durable now. UNAVAILABLE, STORAGE_FULL: why it is done is to be in the log first, and cannot be written
     */
    public Result judge(final Caller caller, final CommandTemplate template, final MutableDirectBuffer command, final int at) {
        final long onBehalfOf = onBehalfOf(caller, command, at);
        final Caller acting = caller.saying(onBehalfOf, caller.reasonCode());
        if (template == CommandTemplate.SUBMIT_APPLICATION && command.getLong(at + APPLICANT, ORDER) == 0) {
            command.putLong(at + APPLICANT, onBehalfOf != 0 ? onBehalfOf : caller.person(), ORDER);
        }
        final Channel channel = Channel.get((short) (command.getByte(at + CHANNEL) & 0xFF));
        final List<Target> targets = CommandFields.read(template, command, at);
        final Operation operation = Operation.of(template);
        final Verdict inRole = access.judge(caller, operation, channel, onBehalfOf, targets);
        final Whose whose = inRole.role() == null ? Whose.NONE : AccessTable.cell(operation, inRole.role());
        final Verdict first = template == CommandTemplate.SEND_MESSAGE && whose != Whose.POST ? access.toItsPosts(inRole, targets) : inRole;
        final Verdict verdict = access.written(acting, operation, targets, first.result() != Result.OK || isSaidRightly(caller, template, whose, command, at) && !isTaken(targets, first) ? first : Verdict.FORBIDDEN);
        if (verdict.result() != Result.OK) {
            return verdict.result();
        }
        if (command.getLong(at + ACTOR, ORDER) == 0) {
            command.putLong(at + ACTOR, caller.key(), ORDER);
        }
        if (whose == Whose.USER) {
            command.putLong(at + ON_BEHALF_OF, onBehalfOf, ORDER);
        }
        if (verdict.strange() != 0) {
            CommandFields.mask(template, command, at, verdict, access);
        }
        access.comes(acting);
        return access.record(acting, operation, verdict, targets, 0).getNow(Result.OK); // what was admitted is before the command
    }

    /** What goes with an answer of {@link #judge}, or of {@link AccessLog#allowed}: there is one reason only why it may be UNAVAILABLE. @return number of the cause, else 0 */
    public static long detail(final Result verdict) {
        return verdict == Result.UNAVAILABLE ? Cause.UNWRITTEN.number() : 0;
    }

    /** What a command of the log names, in a fixed order. @param at where its header begins */
    public static List<Target> named(final CommandTemplate template, final DirectBuffer command, final int at) {
        return CommandFields.read(template, command, at);
    }

    /** Key of the person whom a command is for, as it says itself, else the call; 0 = none. @param at where its header begins */
    public static long onBehalfOf(final Caller caller, final DirectBuffer command, final int at) {
        final long said = command.getLong(at + ON_BEHALF_OF, ORDER);
        return said != 0 ? said : caller.onBehalfOf();
    }

    /** Nobody acts as somebody else, nor for money that they do not have in their hands; nobody but a post manager takes work from another officer, and no portal finds documents clean. */
    private static boolean isSaidRightly(final Caller caller, final CommandTemplate template, final Whose whose, final DirectBuffer command, final int at) {
        final long actor = command.getLong(at + ACTOR, ORDER);
        final boolean isPersonal = whose == Whose.OWN || whose == Whose.USER;
        if (actor != 0 && actor != caller.key() && !isRecord(template)) {
            return false;
        }
        if (whose == Whose.OWN && command.getLong(at + ON_BEHALF_OF, ORDER) != 0 && command.getLong(at + ON_BEHALF_OF, ORDER) != caller.person()) {
            return false;
        }
        return switch (template) {
            case SEND_MESSAGE -> MessageWriter.get((short) (command.getByte(at + WRITER) & 0xFF)) == writer(whose);
            case ASSIGN_APPLICATION -> command.getByte(at + TAKES_OVER) == 0 || caller.roles().contains(Role.POST_MANAGER);
            case RECORD_DOCUMENT -> !isPersonal || !decides(command, at);
            case START_PAYMENT -> !isPersonal || PaymentMeans.get((short) (command.getByte(at + MEANS) & 0xFF)) == PaymentMeans.ONLINE;
            default -> true;
        };
    }

    /** Whether a number is somebody else's that need not be there yet: one that nobody has in its place would be defined. */
    private static boolean isTaken(final List<Target> targets, final Verdict verdict) {
        return IntStream.range(0, targets.size()).anyMatch(i -> verdict.isStrange(i) && targets.get(i).mayBeNew());
    }

    /** What was done while the link was down, by whoever was there: the post that tells it now vouches for who that was. */
    private static boolean isRecord(final CommandTemplate template) {
        return template == CommandTemplate.RECORD_VISIT || template == CommandTemplate.RECORD_WALK_IN || template == CommandTemplate.RECORD_CONSUMPTION;
    }

    /** Whether a document counts towards a validation by rule: what is clean is for posts to say, and for this server's own scanner. */
    private static boolean decides(final DirectBuffer command, final int at) {
        final int block = command.getShort(at + MessageHeaderDecoder.blockLengthEncodingOffset(), ORDER) & 0xFFFF;
        return block > RecordDocumentDecoder.kindEncodingOffset() && command.getByte(at + KIND) != 0 && command.getByte(at + SCAN) == ScanState.CLEAN.value();
    }

    private static MessageWriter writer(final Whose whose) {
        return switch (whose) {
            case OWN, USER -> MessageWriter.APPLICANT;
            case REASON -> MessageWriter.CALL_CENTRE;
            default -> MessageWriter.POST;
        };
    }
}
