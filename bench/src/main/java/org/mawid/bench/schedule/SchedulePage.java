package org.mawid.bench.schedule;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Set;
import org.mawid.api.schedule.WantedSchedule;
import org.mawid.api.schedule.WantedSchedule.ExceptionalDays;
import org.mawid.api.schedule.WantedSchedule.Opening;
import org.mawid.api.schedule.WantedSchedule.PoolHours;

/** A schedule as the network's files say it, as JSON: no quotas, no seasons, release and holidays as ever. */
final class SchedulePage {
    private SchedulePage() {
    }

    static JsonObject of(final WantedSchedule wanted) {
        final JsonArray pools = new JsonArray();
        for (final PoolHours pool : wanted.pools()) {
            pools.add(new JsonObject().put("pool", pool.pool()).put("alignMinutes", pool.alignMinutes()).put("weekly", openings(pool.weekly(), true)).put("ramadan", openings(pool.ramadan(), true)));
        }
        final JsonArray exceptions = new JsonArray();
        for (final ExceptionalDays one : wanted.exceptions()) {
            exceptions.add(new JsonObject().put("from", one.from().toString()).put("to", one.to().toString()).put("days", days(one.weekdays())).put("pools", new JsonArray(List.copyOf(one.pools())))
                    .put("hours", openings(one.hours(), false)).put("reason", one.reason()));
        }
        return new JsonObject().put("pools", pools).put("exceptions", exceptions);
    }

    private static JsonArray openings(final List<Opening> openings, final boolean ofWeek) {
        final JsonArray all = new JsonArray();
        for (final Opening opening : openings) {
            final JsonObject json = new JsonObject().put("open", opening.open().toString()).put("close", opening.close().toString()).put("places", opening.places());
            all.add(ofWeek ? json.put("days", days(opening.days())) : json);
        }
        return all;
    }

    private static JsonArray days(final Set<DayOfWeek> days) {
        return new JsonArray(days.stream().map(day -> day.name().substring(0, 3)).toList());
    }
}
