package org.mawid.bench.floor;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * One promise of the design: what is measured, the least that is accepted and what is wanted.
 *
 * @param what   in words
 * @param run    the benchmark whose result holds it
 * @param path   where in that result, steps parted by dots; {@code [0]} takes an element of a list
 * @param unit   of floor, goal and measured value
 * @param isMost true: the floor is the most that is accepted, as for a time
 */
record Floor(String what, String run, String path, String unit, double floor, double goal, boolean isMost) {
    /** More is better. */
    static Floor least(final String what, final String run, final String path, final String unit, final double floor, final double goal) {
        return new Floor(what, run, path, unit, floor, goal, false);
    }

    /** Less is better. */
    static Floor most(final String what, final String run, final String path, final String unit, final double floor, final double goal) {
        return new Floor(what, run, path, unit, floor, goal, true);
    }

    /** @return NaN when the result does not have it */
    double measured(final JsonObject result) {
        Object at = result;
        for (final String step : path.split("\\.")) {
            if (at instanceof JsonObject object) {
                at = object.getValue(step);
            } else if (at instanceof JsonArray array && step.matches("\\[\\d+]")) {
                final int index = Integer.parseInt(step.substring(1, step.length() - 1));
                at = index < array.size() ? array.getValue(index) : null;
            } else {
                at = null;
            }
        }
        return at instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    boolean isMet(final double measured) {
        return isMost ? measured <= floor : measured >= floor;
    }

    boolean reachesGoal(final double measured) {
        return isMost ? measured <= goal : measured >= goal;
    }
}
