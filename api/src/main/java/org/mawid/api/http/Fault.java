package org.mawid.api.http;

import org.mawid.sbe.Result;

/**
 * Ends the making of an answer with a refusal.
 *
 * <p>Not an accident, so without the trace of calls.
 */
final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    Fault(final Problem problem) {
        super(problem.result().name(), null, false, false);
        this.problem = problem;
    }

    Fault(final Result result) {
        this(Problem.of(result));
    }

    Problem problem() {
        return problem;
    }
}
