package org.mawid.bench.core;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.mawid.bench.load.Output;

/** How a cost grows with the number of things: the least squares of cost = a + b · log₂ n, and how much of what was measured that explains. */
final class Growth {
    private static final double LOG_2 = Math.log(2);

    private final SimpleRegression regression = new SimpleRegression();
    private final String things;
    private final String figure;

    /** @param things what is counted, as the list in the result is called @param figure what it costs, as in each of its elements */
    Growth(final String things, final String figure) {
        this.things = things;
        this.figure = figure;
    }

    /** @param count 1 or more */
    Growth add(final long count, final double cost) {
        regression.addData(Math.log(count) / LOG_2, cost);
        return this;
    }

    /** The cost where there is one thing; NaN with fewer than two sizes. */
    double a() {
        return regression.getIntercept();
    }

    /** What each doubling adds. */
    double b() {
        return regression.getSlope();
    }

    /** 0 to 1: the share of the differences that the curve explains. */
    double rSquared() {
        return regression.getRSquare();
    }

    /** As the report draws it. */
    JsonObject json() {
        return new JsonObject().put("of", things).put("figure", figure).put("a", rounded(a())).put("b", rounded(b())).put("rSquared", rounded(rSquared()))
                .put("formula", String.format(Locale.ROOT, "%.4g %s %.3g · log2(%s), R² %.2f", a(), b() < 0 ? "-" : "+", Math.abs(b()), things, rSquared()));
    }

    /** @return null for what cannot be said: JSON has no word for it */
    private static Double rounded(final double value) {
        return Double.isFinite(value) ? Output.rounded(value) : null;
    }
}
