package org.mawid.api.treasury.statement;

import java.io.IOException;

/** A file that cannot be read as a statement, with the place where that was seen. Nothing of it was handed over. */
public final class StatementException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final long line;
    private final long column;

    /** What is wrong. */
    public enum Reason {
        /** Larger than is taken; see {@link StatementLimits}. */
        TOO_LARGE,
        /** More lines than are taken. */
        TOO_MANY_LINES,
        /** Not in the encoding that it declares, or in one that is not taken. */
        ENCODING,
        /** A DOCTYPE: no statement has one, and it is what attacks begin with. */
        DOCTYPE,
        /** An entity beside the five of XML itself. */
        ENTITY,
        /** One tag, text, comment or instruction that does not end. */
        TOO_LONG,
        /** Elements within elements beyond what a statement has. */
        TOO_DEEP,
        /** More kinds of elements than a statement has. */
        TOO_MANY_NAMES,
        /** No well-formed XML, or cut off. */
        NOT_XML,
        /** Well-formed, and neither camt.053 nor camt.054. */
        NOT_A_STATEMENT,
        /** An element that has to be there is not. */
        MISSING,
        /** No amount of its currency: empty, signed, too many decimals, too large. */
        AMOUNT,
        /** No currency of ISO 4217. */
        CURRENCY,
        /** A date that is none. */
        DATE,
        /** A code or number that is none. */
        CODE
    }

    StatementException(final Reason reason, final String what, final long line, final long column) {
        super(what + " (line " + line + ", column " + column + "): nothing of the file was taken; ask the treasury for it anew");
        this.reason = reason;
        this.line = line;
        this.column = column;
    }

    public Reason reason() {
        return reason;
    }

    /** From 1. */
    public long line() {
        return line;
    }

    /** From 1, in characters. */
    public long column() {
        return column;
    }
}
