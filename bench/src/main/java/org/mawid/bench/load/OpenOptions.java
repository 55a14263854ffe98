package org.mawid.bench.load;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Option;

/** The options of an open loop: its rate, and the search for the highest one. */
public final class OpenOptions {
    private static final int TRIALS = 6;
    /** Above what a closed loop reaches nothing is to be found; a little is left to it, for its answers may have come slowly. */
    private static final double ABOVE_CLOSED = 1.2;
    private static final int MOST_SECONDS = 3;
    /** About what passes before a window begins. */
    private static final long SETTLE_MS = 1_000;
    /** About what passes after one, until all is answered. */
    private static final double CATCH_UP_SECONDS = 0.5;

    @Option(names = "--rate", paramLabel = "N", description = "Due a second in the open loop, timed from when each was due; default: half of what the closed loop reached.")
    private Double rate;

    @Option(names = "--search", description = "Also look for the highest rate whose p99 in the open loop stays below --p99-ms, with the schedule kept.")
    private boolean search;

    @Option(names = "--p99-ms", paramLabel = "MS", defaultValue = "10", description = "What p99 must stay below in the search, milliseconds: ${DEFAULT-VALUE}.")
    private double mostP99Ms;

    /** What became of a load that was offered at a stated rate. */
    public interface Run {
        /** Whether the schedule was kept, with p99 below a limit. */
        boolean holds(double mostP99Us);

        double p99Us();

        JsonObject figures();
    }

    /** One measurement of the open loop. */
    @FunctionalInterface
    public interface At {
        /**
         * @param what  for the progress line
         * @param after what is to be measured after it, ns
         */
        Run at(double perSecond, int seconds, String what, long after) throws Exception;
    }

    public void check(final Output output) {
        check(output, "--rate");
    }

    /** @param option that says the rate */
    public void check(final Output output, final String option) {
        output.require(rate == null || rate >= 1 && rate <= 100_000_000, option + " must be 1 to 100 000 000");
        output.require(mostP99Ms >= 0.1 && mostP99Ms <= 60_000, "--p99-ms must be 0.1 to 60 000");
    }

    /** What is due a second. @param closedPerSecond what a closed loop reached */
    public double rate(final double closedPerSecond) {
        return rate != null ? rate : closedPerSecond / 2;
    }

    /** The same search, for a load that has a rate of its own. @param perSecond due, null = half of what its closed loop reached */
    public OpenOptions withRate(final Double perSecond) {
        final OpenOptions other = new OpenOptions();
        other.rate = perSecond;
        other.search = search;
        other.mostP99Ms = mostP99Ms;
        return other;
    }

    public boolean isSearch() {
        return search;
    }

    /** Of the search, 0 where it was not asked for: a rate that does not hold is tried twice. @param seconds of a measured part */
    public double plannedSeconds(final int seconds) {
        return search ? 1.5 * TRIALS * (Math.min(MOST_SECONDS, seconds) + SETTLE_MS / 1e3 + CATCH_UP_SECONDS) : 0;
    }

    /** Adds {@code highestSustainable} to a result when it was asked for. @param closedPerSecond what a closed loop reached @param seconds of a measured part */
    public void addHighest(final JsonObject result, final double closedPerSecond, final int seconds, final Output output, final At at) throws Exception {
        if (search) {
            result.put("highestSustainable", highest(closedPerSecond, Math.min(MOST_SECONDS, seconds), output, at));
        }
    }

    private JsonObject highest(final double closedPerSecond, final int seconds, final Output output, final At at) throws Exception {
        final JsonArray tried = new JsonArray();
        final double most = Math.max(closedPerSecond, rate == null ? 0 : rate) * ABOVE_CLOSED;
        final double highest = Search.highest(most, TRIALS, perSecond -> {
            final long after = Math.max(0, TRIALS - 1 - tried.size()) * (seconds * 1_000_000_000L + SETTLE_MS * 1_000_000L);
            final Run run = at.at(perSecond, seconds, String.format("searching, %,.0f/s due", perSecond), after);
            final boolean holds = run.holds(mostP99Ms * 1_000);
            tried.add(new JsonObject().put("duePerSecond", Output.rounded(perSecond)).put("isBelow", holds).mergeIn(run.figures()));
            output.note("%,.0f/s due: p99 %,.1f ms, %s", perSecond, run.p99Us() / 1_000, holds ? "holds" : "too much");
            return holds;
        });
        return new JsonObject().put("perSecond", Output.rounded(highest)).put("p99BelowMs", mostP99Ms).put("secondsEach", seconds).put("tried", tried);
    }
}
