package org.mawid.engine.kernel;

/** Promises that are always checked. A broken one is our bug: the process stops and the journal stays whole. */
public final class Invariant {
    private Invariant() {
    }

    /** @throws InvariantBroken unless {@code holds}; takes longs so that nothing is built while all is well */
    public static void that(final boolean holds, final String promise, final long first, final long second) {
        if (!holds) {
            throw new InvariantBroken(promise + " (" + first + ", " + second + ')');
        }
    }

    /** @throws InvariantBroken unless {@code holds} */
    public static void that(final boolean holds, final String promise, final long value) {
        if (!holds) {
            throw new InvariantBroken(promise + " (" + value + ')');
        }
    }

    /** @throws InvariantBroken unless {@code holds} */
    public static void that(final boolean holds, final String promise) {
        if (!holds) {
            throw new InvariantBroken(promise);
        }
    }
}
