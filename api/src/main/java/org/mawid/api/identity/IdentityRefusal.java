package org.mawid.api.identity;

import org.mawid.api.sealed.IdentityException;
import org.mawid.sbe.Result;

/** Identities or a profile that are not taken. The message has nothing of them. */
public final class IdentityRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    /** Told to clients: names are never reused. */
    public enum Reason {
        /** No identity is given. */
        NOTHING(Result.MALFORMED, "no identity is given"),
        /** Of one person, or at once. */
        TOO_MANY(Result.LIMIT_REACHED, "a person has " + Identities.MOST + " identities at most"),
        /** One of them is another person's, or they are of several persons: neither is told. */
        LINKED_TO_OTHERS(Result.CONFLICT, "these identities are not of one person here"),
        /** A person keeps one at least. */
        LAST(Result.CONFLICT, "it is all by which the person is known"),
        /** The person was erased; whoever comes again is somebody new. */
        ERASED(Result.APPLICATION_UNKNOWN, "no such person"),
        /** What a kind is known by is missing, or something else is given. */
        INCOMPLETE(Result.MALFORMED, "a number, and the country of a passport; of a newborn a parent, the date of birth and the rank, 1 to 9"),
        /** As {@link IdentityException.Reason#LENGTH}. */
        NUMBER_LENGTH(Result.MALFORMED, "a number has 4 to 32 letters and digits"),
        /** As {@link IdentityException.Reason#CONTROL}. */
        NUMBER_CONTROL(Result.MALFORMED, "the number has a control character"),
        /** As {@link IdentityException.Reason#CHARACTER}. */
        NUMBER_CHARACTER(Result.MALFORMED, "the number has what is neither a Latin letter nor a digit"),
        /** None of ISO 3166-1 alpha-3, or not Morocco's for a number that only Morocco gives. */
        COUNTRY(Result.MALFORMED, "no such country: three letters as ISO 3166-1 has them"),
        /** There is no such date, it is to come, or before 1880. */
        DATE_OF_BIRTH(Result.MALFORMED, "nobody was born then"),
        /** Not 1 to {@link Profile#MAX_NAME} code points. */
        NAME_LENGTH(Result.MALFORMED, "a name has 1 to " + Profile.MAX_NAME + " characters"),
        /** Something that is neither a letter, a mark, a space, an apostrophe, a hyphen nor a full stop; or no letter at all. */
        NAME_CHARACTER(Result.MALFORMED, "a name has letters, spaces, apostrophes, hyphens and full stops"),
        /** What turns the direction of others. */
        NAME_DIRECTION(Result.MALFORMED, "the name has a character that turns the direction of others"),
        /** Nobody sees it: also joiners (ZWJ, ZWNJ), which some scripts need and Arabic names do not. */
        NAME_INVISIBLE(Result.MALFORMED, "the name has a character that nobody sees"),
        /** A letter of another script than the name is in. */
        NAME_SCRIPT(Result.MALFORMED, "the name has a letter of another script");

        private final Result result;
        private final String words;

        Reason(final Result result, final String words) {
            this.result = result;
            this.words = words;
        }

        /** As which it is answered. */
        public Result result() {
            return result;
        }
    }

    private final Reason reason;
    private final String field;

    IdentityRefusal(final Reason reason, final String field) {
        super(reason.words);
        this.reason = reason;
        this.field = field;
    }

    IdentityRefusal(final Reason reason) {
        this(reason, "");
    }

    static IdentityRefusal of(final IdentityException no) {
        return switch (no.reason()) {
            case LENGTH -> new IdentityRefusal(Reason.NUMBER_LENGTH, IdentityJson.NUMBER);
            case CONTROL -> new IdentityRefusal(Reason.NUMBER_CONTROL, IdentityJson.NUMBER);
            case CHARACTER -> new IdentityRefusal(Reason.NUMBER_CHARACTER, IdentityJson.NUMBER);
            case ISSUER -> new IdentityRefusal(Reason.COUNTRY, IdentityJson.COUNTRY);
        };
    }

    public Reason reason() {
        return reason;
    }

    /** What it is about, by its name in JSON; empty = all of it. */
    public String field() {
        return field;
    }
}
