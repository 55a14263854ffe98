package org.mawid.api.document;

/** A part does not go on where the document stands, or the document is not whole yet. */
public final class OffsetException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;

    OffsetException(final int offset) {
        super("the document stands at " + offset);
        this.offset = offset;
    }

    /** How many of its bytes are durable here: where the next part begins. */
    public int offset() {
        return offset;
    }
}
