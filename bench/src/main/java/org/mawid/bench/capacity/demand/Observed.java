package org.mawid.bench.capacity.demand;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.plan.Prose;

/**
 * What a journal tells of the demand at one post, in the place of the model. The month's season stays the model's, relative to that of the
 * days observed.
 *
 * @param visitsADay    mean over the days observed
 * @param sizes         services and persons of a request; null = too few were seen, those of the files
 * @param units         by service code: how many were asked for
 * @param weekdays      by weekday from Monday on: of the mean of all
 * @param minutes       by service code, from called to served, where often enough seen alone
 * @param ratio         of minutes from called to served to nominal ones, over all visits
 * @param isTimed       whether {@code minutes} and {@code ratio} were told; otherwise services take their nominal time
 * @param stepMs        of log time, as far as service times show it
 * @param season        of the model, mean over the days observed
 * @param from          first day observed
 * @param to            last day observed
 * @param requests      that were seen
 * @param shares        of people who were rejected, did not come, came without an appointment and the like, where often enough seen
 */
public record Observed(double visitsADay, VisitSizes sizes, Map<String, Double> units, double[] weekdays, Map<String, Double> minutes, double ratio, boolean isTimed, long stepMs, double season,
                LocalDate from, LocalDate to, long requests, Map<PlanKey, Double> shares) {
    /** As a sentence for the planner. */
    String told() {
        final String asked = Prose.text("%,d requests from %s to %s, %.1f a day", requests, from, to, visitsADay);
        final String did = shares.isEmpty() ? "" : "; " + shares.entrySet().stream().map(entry -> entry.getKey().key() + " " + percent(entry.getValue())).collect(Collectors.joining(", "));
        return asked + sized() + did + timed();
    }

    private String sized() {
        return sizes == null ? ", too few to tell how many services and persons each is for: as modelled"
                : Prose.text(", each for %.2f services and %.2f persons", sizes.meanServices(), sizes.meanPersons());
    }

    private String timed() {
        if (isTimed) {
            return Prose.text("; services took %.2f times what is planned", ratio);
        }
        return stepMs == 0 ? "; it tells nothing of how long services take: as planned"
                : Prose.text("; its time goes in steps of %.0f min, too coarse to tell how long services take: as planned", stepMs / 60_000.0);
    }

    private static String percent(final double share) {
        return Prose.text("%.1f%%", share * 100);
    }

    /** People behave as they did, where the plan does not say otherwise. */
    public Plan on(final Plan plan) {
        Plan seen = plan;
        for (final Map.Entry<PlanKey, Double> share : shares.entrySet()) {
            seen = plan.isSaid(share.getKey()) ? seen : seen.with(share.getKey(), percent(share.getValue()));
        }
        return seen.whole();
    }

    public double shareOf(final String service) {
        return units.getOrDefault(service, 0.0);
    }

    double season(final LocalDate date, final double[] months) {
        return months[date.getMonthValue() - 1] / season;
    }

    double weekday(final DayOfWeek day) {
        return weekdays[day.getValue() - 1];
    }

    double minutes(final String service, final double nominal) {
        return minutes.getOrDefault(service, nominal * ratio);
    }
}
