package org.mawid.engine.twin;

import org.mawid.sbe.Result;

/** Why a command is not done. Thrown while deciding, so that the guards read as a list. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final Result result;
    final long number1;
    final long number2;

    Refusal(final Result result, final long number1, final long number2) {
        super(result.name(), null, false, false);
        this.result = result;
        this.number1 = number1;
        this.number2 = number2;
    }

    static void when(final boolean refused, final Result result) {
        if (refused) {
            throw new Refusal(result, 0, 0);
        }
    }

    static void when(final boolean refused, final Result result, final long number1) {
        if (refused) {
            throw new Refusal(result, number1, 0);
        }
    }

    static void when(final boolean refused, final Result result, final long number1, final long number2) {
        if (refused) {
            throw new Refusal(result, number1, number2);
        }
    }
}
