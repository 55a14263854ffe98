package org.mawid.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.ZoneId;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.engine.readmodel.Availability;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.ChannelPlaces;
import org.mawid.grpc.AbandonChange;
import org.mawid.grpc.AddToChange;
import org.mawid.grpc.ApplyChange;
import org.mawid.grpc.BeginChange;
import org.mawid.grpc.Command;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.Request;
import org.mawid.grpc.SetCapacity;
import org.mawid.sbe.QuotaClass;

/** Days, capacity and staged changes. */
final class InventoryRoutes {
    private InventoryRoutes() {
    }

    static JsonObject day(final Call call) {
        final Availability.DayView view = call.loop().readModel().availability().day(call.integer("poolId"), Times.epochDay(call.text("date")));
        if (view == null) {
            return null;
        }
        final JsonObject json = day(view, call.loop().zoneOfPool(view.poolId()));
        final String calendar = DeskCalendarRoutes.link(call, view.poolId());
        return calendar == null ? json : json.put("calendar", calendar);
    }

    /** Also what a stream of events begins with. */
    static JsonObject day(final Availability.DayView view, final ZoneId zone) {
        final JsonObject json = new JsonObject().put("poolId", view.poolId()).put("date", Times.date(view.epochDay()));
        Times.put(json, "start", view.startMs(), zone);
        Times.put(json, "releasedAt", view.releasedAtMs(), zone);
        if (view.overbooked().places().length > 0) {
            json.put("overbooked", places(view.overbooked().places()));
        }
        if (view.overbooked().untilMs() != 0) {
            Times.put(json, "overbookedUntil", view.overbooked().untilMs(), zone);
        }
        return json.put("alignUnits", view.alignUnits()).put("room", places(view.room())).put("open", places(view.open()))
                .put("withheld", places(view.withheld())).put("position", view.position()).mergeIn(kept(view, zone));
    }

    private static JsonObject kept(final Availability.DayView view, final ZoneId zone) {
        final JsonArray kept = new JsonArray();
        for (int i = 1; i <= ChannelPlaces.CLASSES; i++) {
            final int quotaClass = i;
            if (view.channels().has(quotaClass)) {
                final JsonObject json = new JsonObject().put("quotaClass", QuotaClass.get((short) quotaClass).name());
                if (view.channels().spillMs(quotaClass) != 0) {
                    Times.put(json, "spill", view.channels().spillMs(quotaClass), zone);
                }
                kept.add(json.put("kept", places(view, unit -> view.channels().kept(quotaClass, unit))).put("taken", places(view, unit -> view.channels().taken(quotaClass, unit)))
                        .put("left", places(view, unit -> view.channels().left(quotaClass, unit))));
            }
        }
        return kept.isEmpty() ? new JsonObject() : new JsonObject().put("kept", kept);
    }

    private static JsonArray places(final Availability.DayView view, final IntUnaryOperator byUnit) {
        return places(IntStream.range(0, view.open().length).map(byUnit).toArray());
    }

    private static JsonArray places(final int[] byUnit) {
        final JsonArray places = new JsonArray();
        for (final int unit : byUnit) {
            places.add(unit);
        }
        return places;
    }

    static JsonObject changes(final Call call) {
        final long position = call.loop().readModel().position();
        final CatalogueView.Post post = call.has("post") ? call.post(call.text("post")) : null;
        final ZoneId zone = post == null ? Times.utc() : call.loop().zone(post.postId());
        final JsonArray changes = new JsonArray();
        for (final CatalogueView.OpenChange change : call.loop().catalogue().openChanges()) {
            if (post == null || post.postId() == change.postId()) {
                changes.add(change(call, change, zone));
            }
        }
        return new JsonObject().put("changes", changes).put("position", position);
    }

    private static JsonObject change(final Call call, final CatalogueView.OpenChange change, final ZoneId zone) {
        final CatalogueView.Post post = call.loop().catalogue().post(change.postId());
        final JsonObject json = new JsonObject().put("change", call.loop().references().text(ReferenceKind.CHANGE, change.changeId()))
                .put("postId", post.postId()).put("post", post.code()).put("stagedDays", change.days());
        if (change.days() > 0) {
            json.put("firstDate", Times.date(change.firstEpochDay())).put("lastDate", Times.date(change.lastEpochDay()));
        }
        if (change.begunPosition() > 0) {
            Times.put(json, "begun", change.begunMs(), zone).put("begunPosition", change.begunPosition());
        }
        return json.put("calendarVersion", post.calendarVersion());
    }

    static void publishDay(final Call call, final Request request, final Command.Builder command) {
        final PublishDay.Builder day = PublishDay.newBuilder().setRequest(request)
                .setPoolId(call.integer("poolId"))
                .setEpochDay(Times.epochDay(call.text("date")))
                .setStartMs(call.body().getLong("startMs"))
                .setReleasedAtMs(call.body().getLong("releasedAtMs"))
                .setUnitCount(call.body().getInteger("unitCount"))
                .setAlignUnits(call.body().getInteger("alignUnits"));
        call.body().getJsonArray("runs").forEach(run -> day.addRuns(Bodies.run((JsonObject) run)));
        day.addAllQuotas(Bodies.quotas(call.body()));
        day.addAllOverbooked(Bodies.overbooked(call.body()));
        command.setPublishDay(day);
    }

    static void setCapacity(final Call call, final Request request, final Command.Builder command) {
        command.setSetCapacity(SetCapacity.newBuilder().setRequest(request)
                .setPoolId(call.integer("poolId"))
                .setEpochDay(Times.epochDay(call.text("date")))
                .setRun(Bodies.run(call.body())));
    }

    static void beginChange(final Call call, final Request request, final Command.Builder command) {
        command.setBeginChange(BeginChange.newBuilder().setRequest(request).setPostId(call.post(call.text("post")).postId()));
    }

    static void begun(final Call call, final Answer answer, final JsonObject json) {
        json.put("change", answer.reference(call.loop().references())).put("presentVersion", answer.number2());
    }

    static void addToChange(final Call call, final Request request, final Command.Builder command) {
        final AddToChange.Builder day = AddToChange.newBuilder().setRequest(request)
                .setChange(call.text("change"))
                .setPoolId(call.integer("poolId"))
                .setEpochDay(Times.epochDay(call.text("date")))
                .setStartMs(call.body().getLong("startMs"))
                .setReleasedAtMs(call.body().getLong("releasedAtMs"))
                .setUnitCount(call.body().getInteger("unitCount"))
                .setAlignUnits(call.body().getInteger("alignUnits"));
        call.body().getJsonArray("runs").forEach(run -> day.addRuns(Bodies.run((JsonObject) run)));
        day.addAllQuotas(Bodies.quotas(call.body()));
        day.addAllOverbooked(Bodies.overbooked(call.body()));
        command.setAddToChange(day);
    }

    static void applyChange(final Call call, final Request request, final Command.Builder command) {
        command.setApplyChange(ApplyChange.newBuilder().setRequest(request).setChange(call.text("change"))
                .setExpectedVersion((int) (long) call.body().getLong("expectedVersion")));
    }

    static void abandonChange(final Call call, final Request request, final Command.Builder command) {
        command.setAbandonChange(AbandonChange.newBuilder().setRequest(request).setChange(call.text("change")));
    }
}
