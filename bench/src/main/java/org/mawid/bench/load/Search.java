package org.mawid.bench.load;

/** Looks for the highest rate that still holds, by halving what lies between one that does and one that does not. */
public final class Search {
    /** As close as it looks: beyond, one trial differs from the next by more. */
    private static final double CLOSE = 0.05;

    private Search() {
    }

    /** Tries a rate. */
    @FunctionalInterface
    public interface Trial {
        /** @return whether it can be sustained */
        boolean holds(double perSecond) throws Exception;
    }

    /**
     * A rate that does not hold is tried once more: a noisy neighbour spoils a trial, not a rate.
     *
     * @param most  above what may be found
     * @param rates how many it tries at most, 1 or more
     * @return the highest that held, 0 when none did
     */
    public static double highest(final double most, final int rates, final Trial trial) throws Exception {
        double holds = 0;
        double fails = most;
        for (int tried = 0; tried < rates && fails - holds > CLOSE * fails; tried++) {
            final double rate = (holds + fails) / 2;
            if (trial.holds(rate) || trial.holds(rate)) {
                holds = rate;
            } else {
                fails = rate;
            }
        }
        return holds;
    }
}
