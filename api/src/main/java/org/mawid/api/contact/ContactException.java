package org.mawid.api.contact;

/** An address or a number that is not taken. The message has nothing of it. */
public final class ContactException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Told to clients: names are never reused. */
    public enum Reason {
        /** Neither an address nor a number: whoever wants to be reached nowhere has theirs deleted. */
        NOTHING("", "neither an e-mail address nor a mobile number is given"),
        /** More than {@link ContactDetails#MAX_EMAIL} characters. */
        EMAIL_LENGTH("email", "it has more than " + ContactDetails.MAX_EMAIL + " characters"),
        /** A control character, also the end of a line. */
        EMAIL_CONTROL("email", "it has a control character"),
        /** More than one recipient. */
        EMAIL_SEVERAL("email", "it has more than one recipient"),
        /** Not NAME@DOMAIN: also with a name in front of it, in quotes, or with letters that mail servers need not take. */
        EMAIL_SYNTAX("email", "it is no address as name@example.org"),
        /** No number with its country code, as +212 6 61 44 77 89. */
        MOBILE_SYNTAX("mobile", "it is no number with its country code in front, as +212 6 61 44 77 89"),
        /** There is no such number. */
        MOBILE_UNKNOWN("mobile", "there is no such number"),
        /** Nothing can be written to it. */
        MOBILE_FIXED("mobile", "it is not a mobile number");

        private final String field;
        private final String words;

        Reason(final String field, final String words) {
            this.field = field;
            this.words = words;
        }

        /** What it is about; empty = all of it. */
        public String field() {
            return field;
        }
    }

    private final Reason reason;

    ContactException(final Reason reason) {
        super(reason.words);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
