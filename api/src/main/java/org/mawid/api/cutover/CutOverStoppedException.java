package org.mawid.api.cutover;

/** A cut-over was broken off in the middle. The same command goes on where it was, and does nothing twice. */
public final class CutOverStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CutOverStoppedException(final String why) {
        super("the cut-over was broken off: " + why + "; the same command goes on with it");
    }
}
