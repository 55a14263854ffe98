package org.mawid.bench.capacity.result;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mawid.bench.capacity.plan.PlanRefusedException;

/**
 * What a desk should reach.
 *
 * @param orEqual whether the limit itself is good enough
 */
public record Target(Measure measure, boolean orEqual, double limit) {
    private static final Pattern FORM = Pattern.compile("\\s*([a-z0-9-]+)\\s*(<=|<)\\s*([0-9]+(?:\\.[0-9]+)?)\\s*(d|days|%|min|minutes)?\\s*");

    /** @param text as in {@code third-next-available <= 5d} */
    public static Target parse(final String text) {
        final Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new PlanRefusedException("--target '" + text + "' is not like 'third-next-available <= 5d'; measures: " + String.join(", ", Measure.keys()));
        }
        final Measure measure = Arrays.stream(Measure.values()).filter(one -> one.key().equals(parts.group(1))).findFirst()
                .orElseThrow(() -> new PlanRefusedException("--target: no measure is called '" + parts.group(1) + "': there are " + String.join(", ", Measure.keys())));
        final String unit = parts.group(4);
        final boolean fits = unit == null || unit.equals(measure.unit()) || unit.startsWith(measure.unit());
        if (!fits) {
            throw new PlanRefusedException("--target: " + measure.key() + " is in " + measure.unit() + ", not in " + unit);
        }
        return new Target(measure, parts.group(2).equals("<="), Double.parseDouble(parts.group(3)));
    }

    boolean isMet(final double figure) {
        return orEqual ? figure <= limit : figure < limit;
    }

    @Override
    public String toString() {
        return measure.key() + (orEqual ? " <= " : " < ") + (limit == Math.rint(limit) ? String.valueOf((long) limit) : String.valueOf(limit)) + (measure.unit().equals("%") ? "%" : measure.unit().equals("d") ? "d" : " min");
    }
}
