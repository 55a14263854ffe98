package org.mawid.api.document;

/** A document that is not taken. The message has nothing of it. */
public final class DocumentException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Told to clients: names are never reused. */
    public enum Reason {
        /** None of the types that there may be, by its content. */
        TYPE("is neither a PDF nor a picture (JPEG, PNG, HEIC) by its content"),
        /** It ends too early, or cannot be read as what it begins as. */
        BROKEN("cannot be read to its end"),
        /** It is something else besides: what one program shows, another would open as something else. */
        POLYGLOT("is something else besides what it begins as, or has something behind its end"),
        /** A password is needed to read it. */
        ENCRYPTED("needs a password"),
        /** Programs, forms that send or fetch something, or other files within it. */
        ACTIVE("has programs or other files in it"),
        /** More pages than there may be. */
        PAGES("has too many pages"),
        /** A picture, its own or one within it, that would take more memory than there may be. */
        PIXELS("has too large a picture"),
        /** More bytes than there may be, or than were announced; or more of what a PDF unpacks to. */
        BYTES("has too many bytes"),
        /** As many documents of this application, or as many that are on their way, as there may be. */
        COUNT("is one too many of this application"),
        /** A scanner knows it as malware. */
        INFECTED("is known as malware"),
        /** Not the bytes that were announced with their hash. */
        HASH("is not what was announced"),
        /** No such line of the application. */
        LINE("is for a line that the application does not have");

        private final String words;

        Reason(final String words) {
            this.words = words;
        }
    }

    private final Reason reason;
    private final long retryMs;

    DocumentException(final Reason reason) {
        this(reason, 0);
    }

    /** @param retryMs after which the same is worth another try, 0 = it is not */
    DocumentException(final Reason reason, final long retryMs) {
        super("the document " + reason.words);
        this.reason = reason;
        this.retryMs = retryMs;
    }

    public Reason reason() {
        return reason;
    }

    /** After which the same is worth another try though nothing else is done, ms; 0 = it is not. */
    public long retryMs() {
        return retryMs;
    }
}
