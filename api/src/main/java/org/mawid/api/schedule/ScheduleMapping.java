package org.mawid.api.schedule;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.mawid.api.network.OpenDay;
import org.mawid.api.network.PlannedDay;
import org.mawid.grpc.GetScheduleReply;
import org.mawid.grpc.PresentDay;
import org.mawid.grpc.ProvisionalFeast;
import org.mawid.grpc.QuotaChannel;
import org.mawid.grpc.Result;
import org.mawid.grpc.Schedule;
import org.mawid.grpc.ScheduleChange;
import org.mawid.grpc.ScheduleChangeKind;
import org.mawid.grpc.ScheduleDay;
import org.mawid.grpc.ScheduleDifference;
import org.mawid.grpc.ScheduleException;
import org.mawid.grpc.ScheduleHolidays;
import org.mawid.grpc.ScheduleHours;
import org.mawid.grpc.ScheduleOpening;
import org.mawid.grpc.ScheduleOverbooking;
import org.mawid.grpc.SchedulePool;
import org.mawid.grpc.ScheduleQuota;
import org.mawid.grpc.ScheduleRefusal;
import org.mawid.grpc.ScheduleSpill;
import org.mawid.grpc.ScheduleSpillInstant;
import org.mawid.grpc.Weekday;

/** Between messages and schedules. What comes in is brought to the tree that JSON has, whose reader checks it. Any thread. */
final class ScheduleMapping {
    private static final String WEEKDAY = "WEEKDAY_";
    private static final String CHANNEL = "QUOTA_CHANNEL_";

    private ScheduleMapping() {
    }

    // ---- in

    static WrittenSchedule.Tree tree(final Schedule message) {
        final JsonObject json = new JsonObject().put("pools", array(message.getPoolsList(), ScheduleMapping::pool)).put("exceptions", array(message.getExceptionsList(), ScheduleMapping::exception));
        if (message.hasRelease()) {
            json.put("release", new JsonObject().put("daysAhead", message.getRelease().getDaysAhead()).put("at", message.getRelease().getAt())
                    .put("staggerMinutes", message.getRelease().getStaggerMinutes()));
        }
        if (message.hasHolidays()) {
            json.put("holidays", holidays(message.getHolidays()));
        }
        if (message.getSpillCount() > 0) {
            json.put("spill", spill(message.getSpillList()));
        }
        return new WrittenSchedule.Tree(json, Map.of());
    }

    private static JsonObject holidays(final ScheduleHolidays message) {
        final JsonObject json = new JsonObject().put("host", message.getHost()).put("morocco", message.getMorocco())
                .put("confirmed", array(message.getConfirmedList(), feast -> new JsonObject().put("expected", date(feast.getExpectedEpochDay())).put("date", date(feast.getEpochDay()))))
                .put("worked", array(message.getWorkedEpochDaysList(), ScheduleMapping::date));
        if (message.getRamadanCount() > 0) {
            json.put("ramadan", array(message.getRamadanList(), dates -> new JsonObject().put("from", date(dates.getFirstEpochDay())).put("to", date(dates.getLastEpochDay()))));
        }
        return json;
    }

    private static JsonObject pool(final SchedulePool message) {
        final JsonObject json = new JsonObject().put("pool", message.getPool()).put("weekly", array(message.getWeeklyList(), opening -> opening(opening, true)));
        if (message.getAlignMinutes() != 0) {
            json.put("alignMinutes", message.getAlignMinutes());
        }
        if (message.hasServices()) {
            json.put("services", new JsonArray(List.copyOf(message.getServices().getCodesList())));
        }
        if (message.hasRamadan()) {
            json.put("ramadan", array(message.getRamadan().getOpeningsList(), opening -> opening(opening, true)));
        }
        if (message.hasOverbooking()) {
            final ScheduleOverbooking rule = message.getOverbooking();
            json.put("overbooking", new JsonObject().put("maxWaitMinutes", rule.getMaxWaitMinutes()).put("maxShare", rule.getMaxShare()).put("untilHoursBefore", rule.getUntilHoursBefore()));
        }
        return message.hasSpill() ? json.put("spill", spill(message.getSpill().getRulesList())) : json;
    }

    private static JsonObject opening(final ScheduleOpening message, final boolean isOfWeek) {
        final JsonObject json = new JsonObject().put("open", message.getOpen()).put("close", message.getClose()).put("places", message.getPlaces());
        if (message.getQuotasCount() > 0) {
            final JsonObject quotas = new JsonObject();
            for (final ScheduleQuota quota : message.getQuotasList()) {
                quotas.put(channel(quota.getChannel()), quota.getPlaces());
            }
            json.put("quotas", quotas);
        }
        if (isOfWeek || message.getDaysCount() > 0) { // in an exception it is told as a mistake
            json.put("days", days(message.getDaysList()));
        }
        if (message.hasFirstEpochDay()) {
            json.put("from", date(message.getFirstEpochDay()));
        }
        if (message.hasLastEpochDay()) {
            json.put("to", date(message.getLastEpochDay()));
        }
        return message.getExceptEpochDaysCount() > 0 ? json.put("except", array(message.getExceptEpochDaysList(), ScheduleMapping::date)) : json;
    }

    private static JsonObject exception(final ScheduleException message) {
        final JsonObject json = new JsonObject().put("from", date(message.getFirstEpochDay())).put("to", date(message.getLastEpochDay())).put("days", days(message.getDaysList()))
                .put("pools", new JsonArray(List.copyOf(message.getPoolsList()))).put("hours", array(message.getHoursList(), hours -> opening(hours, false)));
        return message.getReason().isEmpty() ? json : json.put("reason", message.getReason());
    }

    private static JsonObject spill(final List<ScheduleSpill> rules) {
        final JsonObject json = new JsonObject();
        rules.forEach(rule -> json.put(channel(rule.getChannel()), new JsonObject().put("hoursBefore", rule.getHoursBefore())));
        return json;
    }

    private static JsonArray days(final List<Weekday> days) {
        return array(days, day -> day == Weekday.UNRECOGNIZED ? day.name() : day.name().substring(WEEKDAY.length()));
    }

    private static String channel(final QuotaChannel channel) {
        return channel == QuotaChannel.UNRECOGNIZED ? channel.name() : channel.name().substring(CHANNEL.length());
    }

    private static String date(final int epochDay) {
        return LocalDate.ofEpochDay(epochDay).toString();
    }

    private static <T> JsonArray array(final List<T> all, final Function<T, Object> each) {
        final JsonArray array = new JsonArray();
        all.forEach(one -> array.add(each.apply(one)));
        return array;
    }

    // ---- out

    static ScheduleDifference difference(final Difference difference) {
        final ScheduleDifference.Builder message = ScheduleDifference.newBuilder().setPost(difference.post()).setZone(difference.zone().getId())
                .setFirstEpochDay((int) difference.from().toEpochDay()).setLastEpochDay((int) difference.to().toEpochDay()).setCalendarVersion((int) difference.version())
                .setSame(difference.same()).addAllWords(Words.of(difference));
        for (final Difference.Change change : difference.changes()) {
            final ScheduleChange.Builder told = ScheduleChange.newBuilder().setKind(ScheduleChangeKind.valueOf("SCHEDULE_CHANGE_KIND_" + change.kind())).setPool(change.pool())
                    .setEpochDay((int) change.date().toEpochDay()).setWanted(day(change.wanted()));
            message.addChanges(change.there() == null ? told : told.setThere(day(change.there())));
        }
        for (final Difference.Refused refused : difference.refused()) {
            final ScheduleRefusal.Builder told = ScheduleRefusal.newBuilder().setPool(refused.pool()).setResult(result(refused.why())).setTodo(refused.told());
            message.addRefused(refused.date() == null ? told : told.setEpochDay((int) refused.date().toEpochDay()));
        }
        difference.provisional().forEach(feast -> message.addProvisional(ProvisionalFeast.newBuilder().setEpochDay((int) feast.date().toEpochDay()).setName(feast.name()).setOf(feast.of())));
        return message.build();
    }

    static GetScheduleReply present(final Present present) {
        final GetScheduleReply.Builder reply = GetScheduleReply.newBuilder().setPost(present.post()).setZone(present.zone().getId()).setCalendarVersion((int) present.version());
        present.days().forEach(one -> reply.addDays(PresentDay.newBuilder().setPool(one.pool()).setEpochDay((int) one.date().toEpochDay()).setDay(day(one.day()))));
        return reply.build();
    }

    static Result result(final org.mawid.sbe.Result result) {
        return Result.forNumber(result.value());
    }

    private static ScheduleDay day(final PlannedDay day) {
        final ScheduleDay.Builder message = ScheduleDay.newBuilder().setAlignMinutes(day.alignUnits() * OpenDay.UNIT_MINUTES).setReleasedAtMs(day.releasedAtMs());
        day.forEachOpenRun(run -> message.addHours(hours(day, run)));
        Quotas.spills(day).forEach((quota, ms) -> message.addSpill(ScheduleSpillInstant.newBuilder().setChannel(channel(quota)).setSpillMs(ms)));
        return message.setOverbookedUntilMs(day.overbooked().untilMs()).build();
    }

    private static ScheduleHours hours(final PlannedDay day, final PlannedDay.Run run) {
        final ScheduleHours.Builder hours = ScheduleHours.newBuilder().setFromMs(day.startMs() + run.from() * OpenDay.UNIT_MS).setToMs(day.startMs() + run.to() * OpenDay.UNIT_MS)
                .setPlaces(run.capacity()).setWithheld(run.withheld()).setOverbooked(day.overbookedOn(run.from()));
        Quotas.kept(day, run).forEach((quota, places) -> hours.addQuotas(ScheduleQuota.newBuilder().setChannel(channel(quota)).setPlaces(places)));
        return hours.build();
    }

    private static QuotaChannel channel(final WantedSchedule.Quota quota) {
        return QuotaChannel.valueOf(CHANNEL + quota);
    }
}
