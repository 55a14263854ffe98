package org.mawid.api.gateway;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.agrona.MutableDirectBuffer;
import org.mawid.engine.CommandSource;
import org.mawid.engine.core.CommandCheck;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.Result;

/**
 * One command while it is being written. The mappings of the capabilities put into it what came in; what does not fit is kept
 * as the reason to refuse, and they need not stop. Used again for every command; one thread at a time.
 */
public final class Draft {
    /** Bytes of the message's header and of the request composite behind it. */
    public static final int HEADER_BYTES = MessageHeaderDecoder.ENCODED_LENGTH;

    public static final int NO_PLACE = -1;

    /** ISO 4217: no currency is meant, or none is known. */
    public static final String NO_CURRENCY = "XXX";

    private final References references;
    private final SecretGuard guard;
    private final Supplier<String> caller;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private MutableDirectBuffer buffer;
    private int offset;
    private long callDeadlineMs;
    private ManyReferences together;
    private int place;
    private Result problem;

    /** Secret codes are compared however often. */
    public Draft(final References references) {
        this(references, SecretGuard.NONE, () -> "");
    }

    /** @param guard how often secret codes may be tried @param caller address of whose command is drafted, as text, without port */
    public Draft(final References references, final SecretGuard guard, final Supplier<String> caller) {
        this.references = references;
        this.guard = guard;
        this.caller = caller;
    }

    /**
     * @param buffer         {@link CommandSource#MAX_BYTES} are free from {@code offset} on
     * @param callDeadlineMs deadline of the call, ms since 1970-01-01 UTC, 0 = none
     */
    public Draft begin(final MutableDirectBuffer buffer, final int offset, final long callDeadlineMs) {
        this.buffer = buffer;
        this.offset = offset;
        this.callDeadlineMs = callDeadlineMs;
        this.together = null;
        this.place = NO_PLACE;
        this.problem = Result.OK;
        return this;
    }

    /**
     * As above, of one among many: the reference is written in its long form and added to the others, to be turned into a number with
     * them, and only then can the command be checked. What else is theirs together, as a deadline, is left to whoever does that.
     */
    public Draft begin(final MutableDirectBuffer buffer, final int offset, final ManyReferences together) {
        begin(buffer, offset, 0);
        this.together = together;
        return this;
    }

    /** Of the reference among the others, {@link #NO_PLACE} when there is none to be turned. */
    public int place() {
        return place;
    }

    public MutableDirectBuffer buffer() {
        return buffer;
    }

    public int offset() {
        return offset;
    }

    public MessageHeaderEncoder header() {
        return header;
    }

    /** The earlier of the request's deadline and the call's. */
    public long deadline(final long requestDeadlineMs) {
        if (requestDeadlineMs < 0) {
            refuse(Result.OUT_OF_RANGE);
        }
        if (callDeadlineMs == 0 || requestDeadlineMs > 0 && requestDeadlineMs < callDeadlineMs) {
            return requestDeadlineMs;
        }
        return callDeadlineMs;
    }

    /** The number behind a reference that must be there. */
    public long number(final ReferenceKind kind, final String reference) {
        final long number = numberOrNone(kind, reference);
        if (number == 0) {
            refuse(Result.MALFORMED);
        }
        return number;
    }

    /** The number behind a reference, 0 for an empty one. */
    public long numberOrNone(final ReferenceKind kind, final String reference) {
        final long number = together == null ? references.number(kind, reference) : References.longFormOf(kind, reference);
        if (number == References.INVALID) {
            refuse(Result.MALFORMED);
            return 0;
        }
        if (together != null && problem == Result.OK && number != 0) {
            place = together.add(kind, number);
        }
        return number;
    }

    /** The number behind one more reference of the command, turned at once; 0 for an empty one. */
    public long otherOrNone(final ReferenceKind kind, final String reference) {
        final long number = references.number(kind, reference);
        if (number == References.INVALID) {
            refuse(Result.MALFORMED);
            return 0;
        }
        return number;
    }

    /** As {@link #otherOrNone}, of one that must be there. */
    public long other(final ReferenceKind kind, final String reference) {
        final long number = otherOrNone(kind, reference);
        if (number == 0) {
            refuse(Result.MALFORMED);
        }
        return number;
    }

    /** The numbers behind references of one kind, in ascending order, as the core wants them; more than {@code max} are refused, and none is to be written. */
    public long[] ascending(final ReferenceKind kind, final List<String> each, final int max) {
        final long[] numbers = new long[count(each.size(), max)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = other(kind, each.get(i));
        }
        Arrays.sort(numbers);
        return numbers;
    }

    /**
     * Who uses a stamp has to know its secret code. It is not compared when the command is refused already: nobody would learn of it.
     *
     * @param stamp its reference, which may be no valid one
     */
    public void secret(final String stamp, final String code) {
        final long number = references.number(ReferenceKind.STAMP, stamp);
        if (number > 0 && problem == Result.OK) {
            problem = secretOf(number, references.secret().value(code));
        }
    }

    /** OK, SECRET_WRONG, or SECRET_TRIES_SPENT. @param stamp its number @param typed what the code stands for */
    public Result secretOf(final long stamp, final long typed) {
        final String from = caller.get();
        if (!guard.take(stamp, from)) {
            return Result.SECRET_TRIES_SPENT;
        }
        if (!references.secret().matches(stamp, typed)) {
            return Result.SECRET_WRONG;
        }
        guard.giveBack(stamp, from);
        return Result.OK;
    }

    /** Printable ASCII, up to {@code max} characters. */
    public String asciiOrNone(final String text, final int max) {
        return text.isEmpty() ? text : ascii(text, max);
    }

    /** Three capital letters. */
    public String currency(final String text) {
        if (text.length() != 3 || !text.chars().allMatch(letter -> letter >= 'A' && letter <= 'Z')) {
            refuse(Result.OUT_OF_RANGE);
            return NO_CURRENCY;
        }
        return text;
    }

    /** @param value as an unsigned 32-bit number. What does not fit is refused, not cut. */
    public short uint8(final int value) {
        if ((value & ~0xFF) != 0) {
            refuse(Result.OUT_OF_RANGE);
        }
        return (short) (value & 0xFF);
    }

    public int uint16(final int value) {
        if ((value & ~0xFFFF) != 0) {
            refuse(Result.OUT_OF_RANGE);
        }
        return value & 0xFFFF;
    }

    public long uint32(final int value) {
        return value & 0xFFFF_FFFFL;
    }

    /** Value of an enumeration that both vocabularies number alike, from 0 without gaps. @param last the highest */
    public short enumeration(final int value, final int last) {
        if (value < 0 || value > last) {
            refuse(Result.MALFORMED); // as a packed command with such a value is
            return 0;
        }
        return (short) value;
    }

    /** How many of a repeated field; more than {@code max} are refused and none is to be written. */
    public int count(final int count, final int max) {
        if (count > max) {
            refuse(Result.OUT_OF_RANGE);
            return 0;
        }
        return count;
    }

    /** Printable ASCII, 1 to {@code max} characters; otherwise refused, and empty. */
    public String ascii(final String text, final int max) {
        boolean printable = !text.isEmpty() && text.length() <= max;
        for (int i = 0; printable && i < text.length(); i++) {
            printable = text.charAt(i) > ' ' && text.charAt(i) < 0x7F;
        }
        if (!printable) {
            refuse(Result.OUT_OF_RANGE);
            return "";
        }
        return text;
    }

    /** The first reason stays. */
    public void refuse(final Result reason) {
        if (problem == Result.OK) {
            problem = reason;
        }
    }

    /** Why the command cannot be submitted; OK when it can. */
    public Result problem() {
        return problem;
    }

    /** @param bodyLength what the encoder wrote behind the header @return bytes of the whole message, 0 when there is a {@link #problem()} */
    public int end(final int bodyLength) {
        final int length = HEADER_BYTES + bodyLength;
        if (problem == Result.OK && together == null) {
            problem = CommandCheck.check(buffer, offset, length);
        }
        return problem == Result.OK ? length : 0;
    }
}
