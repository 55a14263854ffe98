package org.mawid.engine.snapshot;

/** A record of the journal makes the core break a promise, at every replay. The message says what to do about it. */
public final class PoisonedPositionException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final long position;

    PoisonedPositionException(final long position, final Throwable cause) {
        super("position " + position + " cannot be applied: " + cause + "; keep a copy of the directory, report this line, and pass the"
                + " position over with mawid repair --skip " + position + " (mawid inspect says how)", cause);
        this.position = position;
    }

    public long position() {
        return position;
    }
}
