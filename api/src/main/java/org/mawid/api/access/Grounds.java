package org.mawid.api.access;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mawid.sbe.Result;

/**
 * For what a call was refused at the edge, as the log has it. What a core refuses stands there as a command, with its result. Words are those that callers are told, in front of what is said of tokens and capabilities the
 * kind; numbers are in logs and are never given to something else.
 */
public enum Grounds {
    // What was brought is not what it has to be, and who looks at it says no more.
    MALFORMED(1), OUT_OF_RANGE(2), TOO_LARGE(3),
    // A token, see TokenTrouble.
    TOKEN_MISSING(101), TOKEN_TOO_LONG(102), TOKEN_MALFORMED(103), TOKEN_ALGORITHM(104), TOKEN_TYPE(105), TOKEN_HEADER(106), TOKEN_KEY_UNKNOWN(107), TOKEN_SIGNATURE(108), TOKEN_ISSUER(109), TOKEN_AUDIENCE(110),
    TOKEN_EXPIRED(111), TOKEN_NOT_YET(112), TOKEN_CERTIFICATE(113), TOKEN_NO_CERTIFICATE(114), TOKEN_CLAIMS(115),
    // A capability, see CapabilityTrouble.
    CAPABILITY_MISSING(201), CAPABILITY_MALFORMED(202), CAPABILITY_FORGED(203), CAPABILITY_EXPIRED(204), CAPABILITY_OTHER_APPLICATION(205), CAPABILITY_OTHER_POST(206), CAPABILITY_OTHER_SERVICE(207),
    // A document.
    TYPE(301), BROKEN(302), POLYGLOT(303), ENCRYPTED(304), ACTIVE(305), PAGES(306), PIXELS(307), BYTES(308), COUNT(309), INFECTED(310), HASH(311), LINE(312),
    // A text.
    EMPTY(401), TOO_LONG(402), CONTROL(403), DIRECTION(404), INVISIBLE(405),
    // An address.
    NOTHING(501), EMAIL_LENGTH(502), EMAIL_CONTROL(503), EMAIL_SEVERAL(504), EMAIL_SYNTAX(505), MOBILE_SYNTAX(506), MOBILE_UNKNOWN(507), MOBILE_FIXED(508),
    // Names and numbers of persons.
    LINKED_TO_OTHERS(601), LAST(602), TOO_MANY(603), INCOMPLETE(604), NUMBER_LENGTH(605), NUMBER_CONTROL(606), NUMBER_CHARACTER(607), COUNTRY(608), DATE_OF_BIRTH(609), NAME_LENGTH(610), NAME_CHARACTER(611), NAME_DIRECTION(612),
    NAME_INVISIBLE(613), NAME_SCRIPT(614),
    // Who looks somebody up, or is to call them back.
    NOT_ONE(701), LENGTH(702), CHARACTER(703), CHECK(704), WINDOW(705);

    /** Under which name callers are told what is wrong with what they brought. */
    public static final String REASON = "reason";
    private static final String TOKEN = "TOKEN_";
    private static final String CAPABILITY = "CAPABILITY_";
    private static final Map<String, Grounds> BY_WORD = Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));
    private static final Map<Long, Grounds> BY_NUMBER = Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Grounds::number, Function.identity()));

    private final int number;

    Grounds(final int number) {
        this.number = number;
    }

    /** 1 or more. */
    public long number() {
        return number;
    }

    /** Null when this program knows none. */
    public static Grounds of(final long number) {
        return BY_NUMBER.get(number);
    }

    /** @param trouble the name of a {@code TokenTrouble} */
    public static Grounds ofToken(final String trouble) {
        return BY_WORD.get(TOKEN + trouble);
    }

    /** @param trouble the name of a {@code CapabilityTrouble} */
    public static Grounds ofCapability(final String trouble) {
        return BY_WORD.get(CAPABILITY + trouble);
    }

    /**
     * Of a call that ends.
     *
     * @param capability what was said of one, null = nothing
     * @param reason     what was said under {@link #REASON}, null = nothing
     * @return null when that is no refusal that is written then: it is in the log as a command or since the caller was judged, or what was asked for is not there
     */
    public static Grounds of(final Result result, final String capability, final String reason) {
        if (capability != null) {
            return ofCapability(capability);
        }
        final Grounds said = reason == null || result == Result.APPLICATION_UNKNOWN ? null : BY_WORD.get(reason);
        return said != null ? said : result == Result.MALFORMED ? MALFORMED : result == Result.OUT_OF_RANGE ? OUT_OF_RANGE : null;
    }
}
