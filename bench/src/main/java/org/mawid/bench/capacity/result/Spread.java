package org.mawid.bench.capacity.result;

import java.util.Arrays;

/** Values of which percentiles are asked. Kept all of them: exact, and a year of the network is two million. */
public final class Spread {
    private double[] values = new double[16];
    private int count;
    private boolean sorted;

    public void add(final double value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = value;
        sorted = false;
    }

    void addAll(final Spread other) {
        for (int i = 0; i < other.count; i++) {
            add(other.values[i]);
        }
    }

    public int count() {
        return count;
    }

    /** The smallest value that so many percent do not pass. @param percent above 0 to 100 @return 0 when there are none */
    public double percentile(final double percent) {
        if (count == 0) {
            return 0;
        }
        if (!sorted) {
            Arrays.sort(values, 0, count);
            sorted = true;
        }
        return values[Math.min(count - 1, (int) Math.ceil(count * percent / 100) - 1)];
    }

    /** How many are larger. */
    public int above(final double value) {
        int above = 0;
        for (int i = 0; i < count; i++) {
            above += values[i] > value ? 1 : 0;
        }
        return above;
    }

    public double mean() {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += values[i];
        }
        return count == 0 ? 0 : sum / count;
    }
}
