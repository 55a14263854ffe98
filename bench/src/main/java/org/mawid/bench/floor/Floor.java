package org.mawid.bench.floor;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Predicate;

/**
 * One promise of the design: what is measured, the least that is accepted and what is wanted.
 *
 * @param what     in words
 * @param run      the benchmark whose result holds it
 * @param path     where in that result, steps parted by dots; {@code [0]} takes an element of a list
 * @param unit     of floor, goal and measured value
 * @param isMost   true: the floor is the most that is accepted, as for a time
 * @param floorPath where in the result the floor is, when it depends on what was measured beside it; else empty
 * @param goalPath the same for the goal
 * @param needs    what must be installed for it to be measured; else empty
 * @param load     what the load must be like, beyond that of the run, for a result to be held to it
 */
record Floor(String what, String run, String path, String unit, double floor, double goal, boolean isMost, String floorPath, String goalPath, String needs, Predicate<Load> load) {
    static final String NOT_MEASURED = "NOT MEASURED";
    static final String LEFT_OUT = "left out";
    static final String MISSED = "MISSED";
    static final String MET = "met";
    static final String GOAL = "goal";
    private static final Predicate<Load> OF_ALL = load -> true;

    /** More is better. */
    static Floor least(final String what, final String run, final String path, final String unit, final double floor, final double goal) {
        return new Floor(what, run, path, unit, floor, goal, false, "", "", "", OF_ALL);
    }

    /** Less is better. */
    static Floor most(final String what, final String run, final String path, final String unit, final double floor, final double goal) {
        return new Floor(what, run, path, unit, floor, goal, true, "", "", "", OF_ALL);
    }

    /** Less is better, and how little is told by the result itself. */
    static Floor mostOf(final String what, final String run, final String path, final String unit, final String floorInResult, final String goalInResult) {
        return new Floor(what, run, path, unit, Double.NaN, Double.NaN, true, floorInResult, goalInResult, "", OF_ALL);
    }

    /** The same, with a goal that the result itself tells. */
    Floor withGoalAt(final String inResult) {
        return new Floor(what, run, path, unit, floor, goal, isMost, floorPath, inResult, needs, load);
    }

    /** The same, not measured where something is missing: the result tells under {@code install} how it gets there. */
    Floor needing(final String program) {
        return new Floor(what, run, path, unit, floor, goal, isMost, floorPath, goalPath, program, load);
    }

    /** The same, about some of the loads only that the others of its run are about. */
    Floor onlyOf(final Predicate<Load> some) {
        return new Floor(what, run, path, unit, floor, goal, isMost, floorPath, goalPath, needs, some);
    }

    /** @return NaN when the result does not have it */
    double measured(final JsonObject result) {
        return at(path, result);
    }

    /** @return NaN when it hangs on what the result does not have */
    double floor(final JsonObject result) {
        return floorPath.isEmpty() ? floor : at(floorPath, result);
    }

    /** As {@link #floor(JsonObject)}. */
    double goal(final JsonObject result) {
        return goalPath.isEmpty() ? goal : at(goalPath, result);
    }

    /** Of a floor that hangs on no result. */
    boolean isMet(final double measured) {
        return isAsGood(measured, floor);
    }

    private boolean isAsGood(final double measured, final double wanted) {
        return isMost ? measured <= wanted : measured >= wanted;
    }

    /** What the result says of it, as {@link Floors#held} hands it out. */
    JsonObject held(final JsonObject result) {
        final double measured = measured(result);
        final double accepted = floor(result);
        final double wanted = goal(result);
        final boolean isMet = isAsGood(measured, accepted);
        final boolean reachesGoal = isMet && isAsGood(measured, wanted);
        final String install = needs.isEmpty() ? null : result.getJsonObject("install", new JsonObject()).getString(needs);
        final boolean isHeld = !Double.isNaN(measured) && !Double.isNaN(accepted);
        final String verdict = !isHeld ? install == null ? NOT_MEASURED : LEFT_OUT : reachesGoal ? GOAL : isMet ? MET : MISSED;
        final JsonObject row = new JsonObject().put("run", run).put("what", what).put("path", path).put("unit", unit).put("isMost", isMost).put("floor", orNull(accepted))
                .put("goal", orNull(wanted)).put("measured", orNull(measured)).put("verdict", verdict);
        return LEFT_OUT.equals(verdict) ? row.put("install", install) : row;
    }

    private static Double orNull(final double value) {
        return Double.isNaN(value) ? null : value;
    }

    /** @return NaN when the result does not have it */
    static double at(final String path, final JsonObject result) {
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
}
