package org.mawid.bench.capacity;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Map;

/**
 * What a journal tells of the demand at one post, in the place of the model. The month's season stays the model's, relative to that of the
 * days observed; visit sizes stay as in the files.
 *
 * @param visitsADay    mean over the days observed
 * @param units         by service code: how many were asked for
 * @param weekdays      by weekday from Monday on: of the mean of all
 * @param minutes       by service code, from called to served, where often enough seen alone
 * @param ratio         of minutes from called to served to nominal ones, over all visits
 * @param season        of the model, mean over the days observed
 * @param from          first day observed
 * @param to            last day observed
 * @param requests      that were seen
 */
record Observed(double visitsADay, Map<String, Double> units, double[] weekdays, Map<String, Double> minutes, double ratio, double season,
                LocalDate from, LocalDate to, long requests) {
    double shareOf(final String service) {
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
