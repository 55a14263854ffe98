package org.mawid.bench.core;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealVector;
import org.mawid.bench.load.Output;

/**
 * How memory grows with the number of things: bytes = a + b · n, what is there at once and what each of them adds. Each size counts for as much
 * as the others: it is the least squares of what a measured size is off, as a share of it. Otherwise the largest would decide alone.
 */
final class Footprint {
    private static final double MIB = 1 << 20;

    private final List<double[]> sizes = new ArrayList<>();
    private final String things;
    private final String against;

    /** @param things what is counted, as the list in the result is called @param against what in each of its elements says how many there were */
    Footprint(final String things, final String against) {
        this.things = things;
        this.against = against;
    }

    /** @param bytes 1 or more */
    Footprint add(final long count, final long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException(count + " " + things + " take " + bytes + " bytes: nothing was counted");
        }
        sizes.add(new double[] {count, bytes});
        return this;
    }

    /** What is there at once and what each adds, bytes; NaN with fewer than two sizes. */
    double[] fitted() {
        if (sizes.stream().mapToDouble(size -> size[0]).distinct().count() < 2) {
            return new double[] {Double.NaN, Double.NaN};
        }
        final Array2DRowRealMatrix shares = new Array2DRowRealMatrix(sizes.size(), 2);
        final RealVector whole = new ArrayRealVector(sizes.size(), 1);
        for (int i = 0; i < sizes.size(); i++) {
            shares.setRow(i, new double[] {1 / sizes.get(i)[1], sizes.get(i)[0] / sizes.get(i)[1]});
        }
        return new QRDecomposition(shares).getSolver().solve(whole).toArray();
    }

    /** How far a size is off at most, as a share of what it was. */
    double furthestOff() {
        final double[] curve = fitted();
        return sizes.stream().mapToDouble(size -> Math.abs(curve[0] + curve[1] * size[0] - size[1]) / size[1]).max().orElse(Double.NaN);
    }

    /** As the report draws it: MiB, and for people bytes each. */
    JsonObject json() {
        final double[] curve = fitted();
        return new JsonObject().put("of", things).put("against", against).put("figure", "stateMiB").put("isLinear", true).put("a", rounded(curve[0] / MIB)).put("b", rounded(curve[1] / MIB))
                .put("addsBytesEach", rounded(curve[1])).put("furthestOff", rounded(furthestOff()))
                .put("formula", String.format(Locale.ROOT, "%.3g MiB + %.4g B · %s, at most %.0f %% off", curve[0] / MIB, curve[1], things, 100 * furthestOff()));
    }

    /** @return null for what cannot be said: JSON has no word for it */
    private static Double rounded(final double value) {
        return Double.isFinite(value) ? Output.rounded(value) : null;
    }
}
