package org.mawid.api.message;

/** A text that is not taken. The message has nothing of it. */
public final class MessageTextException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Told to clients: names are never reused. */
    public enum Reason {
        /** Nothing that can be seen. */
        EMPTY("has nothing that can be seen"),
        /** More than {@link MessageText#MAX_CHARACTERS} characters. */
        TOO_LONG("has more than " + MessageText.MAX_CHARACTERS + " characters"),
        /** A control character other than a new line or a tab, half a character, or what Unicode has for nobody. */
        CONTROL("has a control character"),
        /** A character that turns the direction of others (embedding, override), or an isolate that does not end in its line: what is read would not be what was written. */
        DIRECTION("has a character that turns the direction of others"),
        /** A character that nobody sees and no script needs. */
        INVISIBLE("has a character that cannot be seen"),
        /** The same request was sent before, with another text. */
        REPEATED_OTHERWISE("is not that of the same request before");

        private final String words;

        Reason(final String words) {
            this.words = words;
        }
    }

    private final Reason reason;
    private final int at;

    MessageTextException(final Reason reason, final int at) {
        super("the text " + reason.words + (at < 0 ? "" : ", at " + at));
        this.reason = reason;
        this.at = at;
    }

    public Reason reason() {
        return reason;
    }

    /** Where, in UTF-16 units from 0; -1 = it is about all of it. */
    public int at() {
        return at;
    }
}
