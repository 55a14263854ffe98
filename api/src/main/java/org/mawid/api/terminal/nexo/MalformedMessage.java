package org.mawid.api.terminal.nexo;

/** What came is no message that can be used. Says where it is wrong and nothing of what stood there, which may be a card number. */
public final class MalformedMessage extends Exception {
    private static final long serialVersionUID = 1L;

    /** In which way. */
    public enum Fault {
        /** No JSON, or JSON that is nested too deeply, too long, or names a field twice. */
        NOT_JSON,
        /** Beyond {@link NexoReader#MAX_BYTES}. */
        TOO_LARGE,
        /** A field that the till needs is not there. */
        MISSING,
        /** A field that the till uses is not of its type, or has a value that it cannot have. */
        WRONG_VALUE
    }

    private final Fault fault;

    MalformedMessage(final Fault fault, final String where) {
        super(fault + " at " + where, null, false, false);
        this.fault = fault;
    }

    /** A message of so many bytes will not be read. */
    public static MalformedMessage tooLarge(final long bytes) {
        return new MalformedMessage(Fault.TOO_LARGE, bytes + " bytes");
    }

    public Fault fault() {
        return fault;
    }
}
