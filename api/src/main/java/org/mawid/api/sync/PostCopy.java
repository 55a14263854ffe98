package org.mawid.api.sync;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mawid.grpc.AppointmentChanged;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.Closure;
import org.mawid.grpc.Day;
import org.mawid.grpc.DayPublished;
import org.mawid.grpc.Event;
import org.mawid.grpc.Leg;
import org.mawid.grpc.MessageSent;
import org.mawid.grpc.QuotaMove;
import org.mawid.grpc.QuotaSpilled;
import org.mawid.grpc.QuotasSet;
import org.mawid.grpc.Room;
import org.mawid.grpc.Run;
import org.mawid.grpc.Visit;
import org.mawid.grpc.WithheldSet;

/** What snapshots and events make of the files of a post. A file that is of the event's place or a later one is left as it is. One thread. */
final class PostCopy {
    /** Of a visit whose applicant has said that they come; of others absent. */
    private static final String ATTENDANCE = "attendanceConfirmed";
    private static final long DAY_MS = 86_400_000L;
    private static final int LINES = 16;

    private final PostFolder folder;
    private final int postId;

    PostCopy(final PostFolder folder, final int postId) {
        this.folder = folder;
        this.postId = postId;
    }

    // ---- as it stands

    /** @param next events behind it come next @return its reference */
    String visit(final Changes changes, final Visit visit, final Place place, final Place next) throws IOException {
        final String date = LocalDate.ofEpochDay(visit.getEpochDay()).toString();
        final JsonObject json = json(visit.getAppointment(), visit.getApplication(), date, visit.getStartMs(), visit.getState(), visit.getTicket(), visit.getCounter(), visit.getOverflow(),
                visit.getLegsList());
        if (visit.getAttendanceConfirmed()) {
            json.put(ATTENDANCE, true);
        }
        final boolean isKept = place.compareTo(next) <= 0 && date.equals(folder.dateOf(visit.getAppointment())) && isSame(json, changes.get(folder.visit(visit.getAppointment(), date)));
        if (!isKept) {
            put(changes, json, place);
        }
        return visit.getAppointment();
    }

    /** @param next as in {@link #visit} @return its date */
    String day(final Changes changes, final Day day, final Place next) throws IOException {
        final String date = LocalDate.ofEpochDay(day.getEpochDay()).toString();
        final JsonObject json = KeptCopy.put(new JsonObject().put("startMs", day.getStartMs()).put("releasedAtMs", day.getReleasedAtMs()).put("alignUnits", day.getAlignUnits())
                .put("room", new JsonArray(day.getRoomList())).put("open", new JsonArray(day.getOpenList())).put("withheld", new JsonArray(day.getWithheldList())), day.getKeptList());
        final Place place = Place.after(day.getPosition());
        if (place.compareTo(next) > 0 || !isSame(json, pool(changes, date, day.getPoolId()))) {
            pool(changes, date, day.getPoolId(), place.in(json));
        }
        return date;
    }

    /** But for their places: what is so since an earlier one need not be written, unless events come next that it has already. */
    private static boolean isSame(final JsonObject told, final JsonObject kept) {
        if (kept == null) {
            return false;
        }
        final JsonObject bare = kept.copy();
        bare.remove("position");
        bare.remove("ordinal");
        return new JsonObject(told.encode()).equals(bare);
    }

    void closure(final Changes changes, final Closure closure) {
        final JsonObject json = new JsonObject().put("closureId", closure.getClosureId()).put("poolId", closure.getPoolId()).put("from", text(closure.getFromMs()))
                .put("to", text(closure.getToMs())).put("capacity", closure.getCapacity()).put("reasonCode", closure.getReasonCode())
                .put("state", closure.getState().name().replace("CLOSURE_STATE_", ""));
        changes.put(folder.closure(closure.getClosureId()), json);
    }

    // ---- as it changes

    /** False for a visit that moves between other posts: every post is told, for it may have left this one. */
    boolean concerns(final Event event) {
        return event.getEventCase() != Event.EventCase.RESCHEDULED || event.getPostId() == postId || folder.dateOf(event.getRescheduled().getAppointment()) != null;
    }

    void event(final Changes changes, final Event event) throws IOException {
        final Place place = Place.of(event.getCursor());
        switch (event.getEventCase()) {
            case CONFIRMED -> come(changes, place, json(event.getConfirmed().getAppointment(), event.getConfirmed().getApplication(), date(event.getConfirmed().getLegsList(), 0),
                    event.getConfirmed().getStartMs(), AppointmentState.APPOINTMENT_STATE_CONFIRMED, 0, 0, false, event.getConfirmed().getLegsList()));
            case WALKED_IN -> come(changes, place, json(event.getWalkedIn().getAppointment(), event.getWalkedIn().getApplication(),
                    date(event.getWalkedIn().getLegsList(), event.getWalkedIn().getStartMs()), event.getWalkedIn().getStartMs(), AppointmentState.APPOINTMENT_STATE_CHECKED_IN,
                    event.getWalkedIn().getTicket(), 0, event.getWalkedIn().getOverflow(), event.getWalkedIn().getLegsList()));
            case RESCHEDULED -> {
                if (event.getPostId() == postId) {
                    come(changes, place, json(event.getRescheduled().getAppointment(), event.getRescheduled().getApplication(), date(event.getRescheduled().getLegsList(), 0),
                            event.getRescheduled().getStartMs(), AppointmentState.APPOINTMENT_STATE_CONFIRMED, 0, 0, false, event.getRescheduled().getLegsList()));
                } else {
                    go(changes, place, event.getRescheduled().getAppointment());
                }
            }
            case ATTENDANCE_CONFIRMED -> attendance(changes, place, event.getAttendanceConfirmed().getAppointment());
            case APPOINTMENT_CHANGED -> changed(changes, place, event.getNowMs(), event.getAppointmentChanged());
            case DAY_PUBLISHED -> published(changes, place, event.getDayPublished());
            case ROOM_CHANGED -> rooms(changes, place, event.getRoomChanged().getRoomsList());
            case WITHHELD_SET -> withheld(changes, place, event.getWithheldSet());
            case MESSAGE_SENT -> message(changes, place, event.getNowMs(), event.getMessageSent());
            case QUOTAS_SET -> quotas(changes, place, event.getQuotasSet());
            case QUOTA_CHANGED -> quotas(changes, place, event.getQuotaChanged().getQuotasList());
            case QUOTA_SPILLED -> quotas(changes, place, event.getQuotaSpilled());
            default -> { }
        }
    }

    /** Behind those of its date, each once: the last of them says of which place the file is. */
    private void message(final Changes changes, final Place place, final long nowMs, final MessageSent event) throws IOException {
        final String date = LocalDate.ofEpochDay(Math.floorDiv(nowMs, DAY_MS)).toString();
        final JsonObject before = changes.get(folder.messages(date));
        if (before != null && Place.of(before).compareTo(place) >= 0) {
            return;
        }
        final JsonArray messages = before == null ? new JsonArray() : before.getJsonArray("messages").copy();
        final JsonObject message = new JsonObject().put("number", place.position()).put("at", text(nowMs)).put("application", event.getApplication())
                .put("writer", event.getWriter().name().replace("MESSAGE_WRITER_", "")).put("topicCode", event.getTopicCode());
        if (event.getTextHash() != 0) {
            MessageTexts.isToBeAskedFor(message.put(MessageTexts.HASH, String.format("%016x", event.getTextHash())));
        }
        changes.put(folder.messages(date), place.in(new JsonObject().put("date", date).put("messages", messages.add(message))));
    }

    private static String date(final List<Leg> legs, final long startMs) {
        return LocalDate.ofEpochDay(legs.isEmpty() ? Math.floorDiv(startMs, DAY_MS) : legs.get(0).getEpochDay()).toString();
    }

    private static JsonObject json(final String appointment, final String application, final String date, final long startMs, final AppointmentState state, final int ticket,
                                   final int counter, final boolean overflow, final List<Leg> legs) {
        final JsonArray told = new JsonArray();
        for (final Leg leg : legs) {
            final JsonArray lines = new JsonArray();
            for (int line = 0; line < LINES; line++) {
                if ((leg.getLines() >>> line & 1) != 0) {
                    lines.add(line);
                }
            }
            told.add(new JsonObject().put("deskId", leg.getDeskId()).put("startUnit", leg.getStartUnit()).put("units", leg.getUnits()).put("lines", lines));
        }
        return new JsonObject().put("appointment", appointment).put("application", application).put("date", date).put("start", text(startMs)).put("state", bare(state))
                .put("ticket", ticket).put("counter", counter).put("overflow", overflow).put("legs", told);
    }

    private static String bare(final AppointmentState state) {
        return state.name().replace("APPOINTMENT_STATE_", "");
    }

    private static String text(final long ms) {
        return Instant.ofEpochMilli(ms).toString();
    }

    private void come(final Changes changes, final Place place, final JsonObject visit) throws IOException {
        if (isNews(changes, place, visit.getString("appointment"))) {
            put(changes, visit, place);
        }
    }

    private void go(final Changes changes, final Place place, final String appointment) throws IOException {
        final String date = folder.dateOf(appointment);
        if (date != null && isNews(changes, place, appointment)) {
            changes.delete(folder.visit(appointment, date));
            folder.moved(appointment, null);
        }
    }

    private boolean isNews(final Changes changes, final Place place, final String appointment) throws IOException {
        final String date = folder.dateOf(appointment);
        return date == null || Place.of(changes.get(folder.visit(appointment, date))).compareTo(place) < 0;
    }

    private void put(final Changes changes, final JsonObject visit, final Place place) {
        final String appointment = visit.getString("appointment");
        final String date = visit.getString("date");
        final String before = folder.dateOf(appointment);
        if (before != null && !before.equals(date)) {
            changes.delete(folder.visit(appointment, before));
        }
        changes.put(folder.visit(appointment, date), place.in(visit));
        folder.moved(appointment, date);
    }

    private void attendance(final Changes changes, final Place place, final String appointment) throws IOException {
        final String date = folder.dateOf(appointment);
        if (date != null && isNews(changes, place, appointment)) {
            final Path file = folder.visit(appointment, date);
            changes.put(file, place.in(changes.get(file).copy().put(ATTENDANCE, true)));
        }
    }

    private void changed(final Changes changes, final Place place, final long nowMs, final AppointmentChanged event) throws IOException {
        final String date = folder.dateOf(event.getAppointment());
        if (date == null || !isNews(changes, place, event.getAppointment())) {
            return;
        }
        final AppointmentState state = event.getState();
        final boolean isServedElsewhere = state == AppointmentState.APPOINTMENT_STATE_SERVED && LocalDate.parse(date).toEpochDay() > Math.floorDiv(nowMs, DAY_MS) + 1;
        if (state == AppointmentState.APPOINTMENT_STATE_CANCELLED || state == AppointmentState.APPOINTMENT_STATE_DISPLACED || isServedElsewhere) {
            go(changes, place, event.getAppointment());
        } else {
            final Path file = folder.visit(event.getAppointment(), date);
            changes.put(file, place.in(changes.get(file).copy().put("state", bare(state)).put("ticket", event.getTicket()).put("counter", event.getCounter())));
        }
    }

    // ---- calendars

    private void published(final Changes changes, final Place place, final DayPublished event) throws IOException {
        final String date = LocalDate.ofEpochDay(event.getEpochDay()).toString();
        final JsonObject before = pool(changes, date, event.getPoolId());
        if (before != null && Place.of(before).compareTo(place) >= 0) {
            return;
        }
        final int[] open = new int[event.getUnitCount()];
        final int[] withheld = new int[event.getUnitCount()];
        for (final Run run : event.getRunsList()) {
            for (int unit = run.getStartUnit(); unit < run.getStartUnit() + run.getUnits(); unit++) {
                open[unit] = run.getCapacity() - run.getWithheld();
                withheld[unit] = run.getWithheld();
            }
        }
        final JsonArray room = new JsonArray();
        for (int unit = 0; unit < open.length; unit++) {
            final boolean wasThere = before != null && unit < before.getJsonArray("open").size();
            room.add(open[unit] - (wasThere ? before.getJsonArray("open").getInteger(unit) - before.getJsonArray("room").getInteger(unit) : 0));
        }
        final JsonObject pool = new JsonObject().put("startMs", event.getStartMs()).put("releasedAtMs", event.getReleasedAtMs())
                .put("alignUnits", event.getAlignUnits()).put("room", room).put("open", array(open)).put("withheld", withheld(withheld));
        pool(changes, date, event.getPoolId(), place.in(before == null ? pool : KeptCopy.published(pool, before)));
    }

    /** A day may be in several runs of an event: all of them are news, or none. */
    private void rooms(final Changes changes, final Place place, final List<Room> rooms) throws IOException {
        final Map<PoolDay, JsonObject> news = new LinkedHashMap<>();
        for (final Room room : rooms) {
            final PoolDay key = new PoolDay(LocalDate.ofEpochDay(room.getEpochDay()).toString(), room.getPoolId());
            final JsonObject pool = news.containsKey(key) ? news.get(key) : pool(changes, key.date(), key.poolId());
            if (pool != null && Place.of(pool).compareTo(place) < 0) {
                news.put(key, pool);
                add(pool.getJsonArray("room"), room.getStartUnit(), room.getUnits(), room.getDelta());
                add(pool.getJsonArray("open"), room.getStartUnit(), room.getUnits(), room.getOpenDelta());
            }
        }
        for (final var one : news.entrySet()) {
            pool(changes, one.getKey().date(), one.getKey().poolId(), place.in(one.getValue()));
        }
    }

    private record PoolDay(String date, int poolId) {
    }

    private static void add(final JsonArray places, final int from, final int units, final int delta) {
        for (int unit = from; unit < from + units && delta != 0; unit++) {
            places.set(unit, places.getInteger(unit) + delta);
        }
    }

    private void withheld(final Changes changes, final Place place, final WithheldSet event) throws IOException {
        final String date = LocalDate.ofEpochDay(event.getEpochDay()).toString();
        final JsonObject pool = pool(changes, date, event.getPoolId());
        if (pool == null || Place.of(pool).compareTo(place) >= 0) {
            return;
        }
        final int[] withheld = new int[pool.getJsonArray("open").size()];
        for (int unit = 0; unit < pool.getJsonArray("withheld").size(); unit++) {
            withheld[unit] = pool.getJsonArray("withheld").getInteger(unit);
        }
        for (int unit = event.getStartUnit(); unit < event.getStartUnit() + event.getUnits(); unit++) {
            withheld[unit] = event.getWithheld() + KeptCopy.left(pool, unit);
        }
        pool(changes, date, event.getPoolId(), place.in(pool.put("withheld", withheld(withheld))));
    }

    /** Of a day that waits for its change nothing is kept here: it is read when that is in force. */
    private void quotas(final Changes changes, final Place place, final QuotasSet event) throws IOException {
        final String date = LocalDate.ofEpochDay(event.getEpochDay()).toString();
        final JsonObject pool = event.getChange().isEmpty() ? pool(changes, date, event.getPoolId()) : null;
        if (pool != null && Place.of(pool).compareTo(place) < 0) {
            pool(changes, date, event.getPoolId(), place.in(KeptCopy.set(pool, event.getQuotasList())));
        }
    }

    private void quotas(final Changes changes, final Place place, final QuotaSpilled event) throws IOException {
        final String date = LocalDate.ofEpochDay(event.getEpochDay()).toString();
        final JsonObject pool = event.getChange().isEmpty() ? pool(changes, date, event.getPoolId()) : null;
        if (pool != null && Place.of(pool).compareTo(place) < 0) {
            pool(changes, date, event.getPoolId(), place.in(KeptCopy.spilled(pool, event.getClassesList())));
        }
    }

    /** As {@link #rooms}. */
    private void quotas(final Changes changes, final Place place, final List<QuotaMove> moves) throws IOException {
        final Map<PoolDay, JsonObject> news = new LinkedHashMap<>();
        for (final QuotaMove move : moves) {
            final PoolDay key = new PoolDay(LocalDate.ofEpochDay(move.getEpochDay()).toString(), move.getPoolId());
            final JsonObject pool = news.containsKey(key) ? news.get(key) : pool(changes, key.date(), key.poolId());
            if (pool != null && Place.of(pool).compareTo(place) < 0) {
                news.put(key, KeptCopy.moved(pool, move));
            }
        }
        for (final var one : news.entrySet()) {
            pool(changes, one.getKey().date(), one.getKey().poolId(), place.in(one.getValue()));
        }
    }

    /** None when nothing is, as the server tells it. */
    static JsonArray withheld(final int[] byUnit) {
        return Arrays.stream(byUnit).allMatch(places -> places == 0) ? new JsonArray() : array(byUnit);
    }

    static JsonArray array(final int[] places) {
        final JsonArray array = new JsonArray();
        Arrays.stream(places).forEach(array::add);
        return array;
    }

    /** A copy; null when that pool has no such day. */
    private JsonObject pool(final Changes changes, final String date, final int poolId) throws IOException {
        final JsonObject day = changes.get(folder.calendar(date));
        final JsonObject pool = day == null ? null : day.getJsonObject("pools").getJsonObject(String.valueOf(poolId));
        return pool == null ? null : pool.copy();
    }

    private void pool(final Changes changes, final String date, final int poolId, final JsonObject pool) throws IOException {
        final JsonObject before = changes.get(folder.calendar(date));
        final JsonObject day = before == null ? new JsonObject().put("date", date).put("pools", new JsonObject()) : before.copy();
        day.getJsonObject("pools").put(String.valueOf(poolId), pool);
        changes.put(folder.calendar(date), day);
    }
}
