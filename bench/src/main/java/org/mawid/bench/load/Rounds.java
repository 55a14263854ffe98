package org.mawid.bench.load;

import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One figure, taken once in each round. What counts is the one in the middle: a noisy neighbour spoils a round, not the run. */
public final class Rounds {
    private final List<Double> values = new ArrayList<>();

    public Rounds add(final double value) {
        values.add(value);
        return this;
    }

    public double median() {
        final double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : Output.rounded((sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2);
    }

    /** All of them, in the order in which they were taken. */
    public JsonArray all() {
        return new JsonArray(values.stream().map(Output::rounded).toList());
    }

    /** Round by round, this divided by the other, which was measured right beside it. */
    public Rounds dividedBy(final Rounds other) {
        final Rounds ratios = new Rounds();
        for (int round = 0; round < values.size(); round++) {
            ratios.add(values.get(round) / other.values.get(round));
        }
        return ratios;
    }

    /** Round by round, this less the other. */
    public Rounds minus(final Rounds other) {
        final Rounds differences = new Rounds();
        for (int round = 0; round < values.size(); round++) {
            differences.add(values.get(round) - other.values.get(round));
        }
        return differences;
    }

    /** For what others can only make slower. */
    public double least() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    /** So near to the middle one are half of them, as a part of it: a difference below it cannot be told from noise. */
    public double noise() {
        final double middle = median();
        return median(values.stream().mapToDouble(value -> Math.abs(value - middle)).toArray()) / middle;
    }

    /** How many rounds there were. */
    public int size() {
        return values.size();
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The median of some numbers. @param values at least one; not changed */
    public static double median(final double... values) {
        final Rounds rounds = new Rounds();
        Arrays.stream(values).forEach(rounds::add);
        return rounds.median();
    }
}
