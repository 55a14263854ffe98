package org.mawid.bench.capacity.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.Prose;
import org.mawid.bench.capacity.result.DeskFigures;
import org.mawid.bench.capacity.result.PlanResult;
import org.mawid.bench.load.Output;

/** What overbooking by rule costs those who come, and what it brings: of plans side by side of which one has a rule at least. Bounds are of all their rules, and each plan is held against each. */
final class OverbookedWaits {
    /** A line of a table, and its cell for each plan. */
    interface Rows {
        void row(String label, Function<PlanResult, String> cell);
    }

    private final List<PlanResult> results;
    private final List<Integer> bounds;

    OverbookedWaits(final List<PlanResult> results) {
        this.results = results;
        this.bounds = results.stream().map(PlanResult::plan).filter(OverbookedWaits::hasRule).map(plan -> plan.overbooked().rule().maxWaitMinutes()).distinct().sorted().toList();
    }

    private static boolean hasRule(final Plan plan) {
        return plan.overbooked().rule() != null;
    }

    void tell(final Rows rows) {
        if (bounds.isEmpty()) {
            return;
        }
        final long before = results.get(0).all().served;
        rows.row("more served", result -> Prose.text("%+.1f %%", before == 0 ? 0 : 100.0 * (result.all().served - before) / before));
        rows.row("queue, mean", result -> Prose.text("%.1f min", result.all().queueMinutes.mean()));
        rows.row("worst start, mean", result -> Prose.text("%.1f min", result.all().longestAtAStart()));
        for (final int bound : bounds) {
            rows.row("people over " + bound + " min", result -> Prose.text("%.1f %%", overPercent(result.all(), bound)));
            rows.row("starts over " + bound + " min", result -> Prose.text("%d of %d", result.all().startsAbove(bound), result.all().starts()));
        }
    }

    JsonObject json(final PlanResult result) {
        final DeskFigures all = result.all();
        final JsonArray against = new JsonArray();
        bounds.forEach(bound -> against.add(new JsonObject().put("minutes", bound).put("peopleOverPercent", Output.rounded(overPercent(all, bound))).put("startsOver", all.startsAbove(bound))));
        return new JsonObject().put("maxWaitMinutes", hasRule(result.plan()) ? result.plan().overbooked().rule().maxWaitMinutes() : null).put("served", all.served)
                .put("queueMinutesMean", Output.rounded(all.queueMinutes.mean())).put("queueMinutesP90", Output.rounded(all.queueMinutes.percentile(90)))
                .put("worstStartMinutesMean", Output.rounded(all.longestAtAStart())).put("starts", all.starts()).put("bounds", against);
    }

    private static double overPercent(final DeskFigures of, final int bound) {
        return of.queueMinutes.count() == 0 ? 0 : 100.0 * of.queueMinutes.above(bound) / of.queueMinutes.count();
    }

    boolean isEmpty() {
        return bounds.isEmpty();
    }

    JsonArray plots() {
        return bounds.isEmpty() ? new JsonArray() : new JsonArray()
                .add(columns("Minutes from the start of the visit until called, by plan", "min", List.of("mean", "nine in ten", "at the worst start, mean"),
                        List.of(of -> of.queueMinutes.mean(), of -> of.queueMinutes.percentile(90), DeskFigures::longestAtAStart)))
                .add(columns("Visits served, by plan", "visits", List.of("served"), List.of(of -> of.served)))
                .add(columns("Overtime of all counters on an open day, by plan", "min", List.of("overtime"), List.of(of -> of.perOpenDay(of.overtimeMinutes))));
    }

    private JsonObject columns(final String title, final String unit, final List<String> names, final List<ToDoubleFunction<DeskFigures>> figures) {
        final JsonArray plans = new JsonArray();
        results.forEach(result -> plans.add(result.plan().name()));
        final JsonArray series = new JsonArray();
        for (int i = 0; i < names.size(); i++) {
            final ToDoubleFunction<DeskFigures> figure = figures.get(i);
            final JsonArray values = new JsonArray();
            results.forEach(result -> values.add(Output.rounded(figure.applyAsDouble(result.all()))));
            series.add(new JsonObject().put("name", names.get(i)).put("values", values));
        }
        return new JsonObject().put("plot", "columns").put("title", title).put("unit", unit).put("x", plans).put("series", series);
    }
}
