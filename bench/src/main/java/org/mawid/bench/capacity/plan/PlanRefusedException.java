package org.mawid.bench.capacity.plan;

/** Something of a plan that cannot be meant, with what would be right as message. */
public final class PlanRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PlanRefusedException(final String reason) {
        super(reason);
    }
}
