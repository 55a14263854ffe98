package org.mawid.api.sync;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mawid.grpc.Cursor;

/**
 * What is kept of a post: visits, calendars and messages by date, closures, what came, and up to where. The cursor is written last: whatever stops before it is done
 * again, and every file knows of which place it is. One thread.
 */
final class PostFolder {
    static final String CURSOR = "cursor.json";
    private static final String JSON = ".json";
    /** How long a message is kept here beyond what else is past. */
    private static final int MESSAGE_DAYS = 28;

    private final Shelf shelf;
    private final Path days;
    private final Path calendar;
    private final Path closures;
    private final Path messages;
    private final ArrivalLog log;
    private final Map<String, String> dates = new HashMap<>();
    /** Earlier dates than this have been dropped. */
    private String dropped;

    PostFolder(final Shelf shelf) {
        this.shelf = shelf;
        this.days = shelf.root.resolve("days");
        this.calendar = shelf.root.resolve("calendar");
        this.closures = shelf.root.resolve("closures");
        this.messages = shelf.root.resolve("messages");
        this.log = new ArrivalLog(shelf);
    }

    /** Whatever was there is found; a visit that was on its way to another date is where it was last. */
    void open() throws IOException {
        dates.clear();
        for (final Path folder : List.of(days, calendar, closures, messages)) {
            shelf.files.folder(folder); // also where nobody comes
        }
        shelf.forget(shelf.root.resolve(CURSOR)); // others write beside it
        shelf.clean(calendar);
        shelf.clean(closures);
        shelf.clean(messages);
        for (final String date : shelf.names(days)) {
            shelf.clean(days.resolve(date));
            for (final String name : shelf.names(days.resolve(date))) {
                final String appointment = name.substring(0, name.length() - JSON.length());
                final String other = dates.put(appointment, date);
                if (other != null) {
                    final boolean isNewer = Place.of(shelf.json(visit(appointment, date))).compareTo(Place.of(shelf.json(visit(appointment, other)))) > 0;
                    dates.put(appointment, isNewer ? date : other);
                    shelf.remove(visit(appointment, isNewer ? other : date));
                }
            }
        }
        log.open();
    }

    /** Null before the first snapshot was whole. */
    Cursor cursor() throws IOException {
        final JsonObject json = shelf.json(shelf.root.resolve(CURSOR));
        return json == null ? null : Cursor.newBuilder().setEpoch(json.getLong("epoch")).setPosition(json.getLong("position")).setOrdinal(json.getInteger("ordinal")).build();
    }

    /** From now on until there is a cursor, what is here is of several times. */
    void forgetCursor() throws IOException {
        shelf.remove(shelf.root.resolve(CURSOR));
    }

    // ---- what is there

    /** Date of a visit that is kept, null = it is not. */
    String dateOf(final String appointment) {
        return dates.get(appointment);
    }

    Path visit(final String appointment, final String date) {
        return days.resolve(date).resolve(appointment + JSON);
    }

    Path calendar(final String date) {
        return calendar.resolve(date + JSON);
    }

    Path closure(final long closureId) {
        return closures.resolve(closureId + JSON);
    }

    /** Those of a date in UTC. */
    Path messages(final String date) {
        return messages.resolve(date + JSON);
    }

    /** Dates of which there are messages, ascending. */
    List<String> messageDates() throws IOException {
        return shelf.names(messages).stream().map(name -> name.substring(0, name.length() - JSON.length())).toList();
    }

    /** To be known to {@link #dateOf} at once: if it is not written, open again. */
    void moved(final String appointment, final String date) {
        if (date == null) {
            dates.remove(appointment);
        } else {
            dates.put(appointment, date);
        }
    }

    Changes changes() {
        return new Changes(shelf);
    }

    // ---- what is written

    /** @param nowMs log time of the last of it */
    void write(final Changes changes, final List<ArrivalLog.Line> lines, final Cursor cursor, final long nowMs) throws IOException {
        log.add(lines);
        changes.write();
        dropPast(nowMs);
        write(cursor);
    }

    /** All there is, and nothing beside. @param nowMs what time it is here */
    void writeSnapshot(final Changes changes, final Set<String> visits, final Set<String> calendars, final Set<Long> closureIds, final Cursor cursor, final long nowMs)
            throws IOException {
        for (final String appointment : new HashSet<>(dates.keySet())) {
            if (!visits.contains(appointment)) {
                changes.delete(visit(appointment, dates.remove(appointment)));
            }
        }
        for (final String name : shelf.names(calendar)) {
            if (!calendars.contains(name.substring(0, name.length() - JSON.length()))) {
                changes.delete(calendar.resolve(name));
            }
        }
        keepClosures(changes, closureIds);
        changes.write();
        log.addBreak(new ArrivalLog.Line(Place.of(cursor), nowMs, new JsonObject().put("snapshot", true).put("nowMs", nowMs)));
        write(cursor);
    }

    /** Closures but these are over. */
    void keepClosures(final Changes changes, final Set<Long> closureIds) throws IOException {
        for (final String name : shelf.names(closures)) {
            if (!closureIds.contains(Long.parseLong(name.substring(0, name.length() - JSON.length())))) {
                changes.delete(closures.resolve(name));
            }
        }
    }

    /** Nothing but that it goes on from there. */
    void write(final Cursor cursor) throws IOException {
        shelf.put(shelf.root.resolve(CURSOR), new JsonObject().put("epoch", cursor.getEpoch()).put("position", cursor.getPosition()).put("ordinal", cursor.getOrdinal()));
    }

    /** As the server, which knows what time it is. */
    private void dropPast(final long nowMs) throws IOException {
        final String first = LocalDate.ofEpochDay(firstKept(nowMs)).toString();
        if (first.equals(dropped)) {
            return;
        }
        for (final String date : shelf.names(days)) {
            if (date.compareTo(first) < 0) {
                for (final String name : shelf.files.list(days.resolve(date))) {
                    shelf.files.delete(days.resolve(date).resolve(name));
                }
                shelf.remove(days.resolve(date));
            }
        }
        dates.values().removeIf(date -> date.compareTo(first) < 0);
        dropBefore(calendar, first);
        dropBefore(messages, LocalDate.ofEpochDay(firstKept(nowMs)).minusDays(MESSAGE_DAYS).toString());
        dropped = first;
    }

    private void dropBefore(final Path folder, final String first) throws IOException {
        for (final String name : shelf.names(folder)) {
            if (name.compareTo(first) < 0) {
                shelf.remove(folder.resolve(name));
            }
        }
    }

    /** Yesterday is there wherever the post is. */
    static long firstKept(final long nowMs) {
        return Math.floorDiv(nowMs, 86_400_000L) - 2;
    }
}
