package org.mawid.bench.capacity.post;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the cities of posts are that share their country with another: {@code city-coordinates.csv}, by code of the post, degrees rounded to a tenth or, where
 * posts are close, a hundredth. Of cities, not of buildings. Source: rounded facts of general knowledge [A], copied from no file, so that no licence goes with
 * them; the seventeen whose city the table of Moroccan missions has too (Wikidata, CC0, 16 November 2022) are within a tenth of a degree of it. Immutable.
 */
public final class Coordinates {
    private static final double EARTH_KM = 6_371;

    private final Map<String, double[]> byCode;

    private Coordinates(final Map<String, double[]> byCode) {
        this.byCode = byCode;
    }

    public static Coordinates bundled() {
        final Map<String, double[]> byCode = new HashMap<>();
        try (InputStream file = Coordinates.class.getResourceAsStream("/org/mawid/bench/capacity/city-coordinates.csv");
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            lines.lines().skip(1).map(line -> line.split(",")).forEach(row -> byCode.put(row[0], new double[] {Math.toRadians(Double.parseDouble(row[1])), Math.toRadians(Double.parseDouble(row[2]))}));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Coordinates(byCode);
    }

    /** As the crow flies. @return infinite when one of them is not known: the last, then */
    double km(final String one, final String other) {
        final double[] from = byCode.get(one);
        final double[] to = byCode.get(other);
        if (from == null || to == null) {
            return Double.POSITIVE_INFINITY;
        }
        final double half = square(StrictMath.sin((to[0] - from[0]) / 2)) + StrictMath.cos(from[0]) * StrictMath.cos(to[0]) * square(StrictMath.sin((to[1] - from[1]) / 2));
        return 2 * EARTH_KM * StrictMath.asin(Math.min(1, StrictMath.sqrt(half)));
    }

    private static double square(final double value) {
        return value * value;
    }
}
