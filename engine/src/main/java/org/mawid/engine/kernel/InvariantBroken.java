package org.mawid.engine.kernel;

/** A promise of the core that did not hold. Nobody catches it to go on: the host halts. */
public final class InvariantBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvariantBroken(final String promise) {
        super(promise);
    }
}
