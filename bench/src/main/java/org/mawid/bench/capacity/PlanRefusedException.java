package org.mawid.bench.capacity;

/** Something of a plan that cannot be meant, with what would be right as message. */
final class PlanRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PlanRefusedException(final String reason) {
        super(reason);
    }
}
