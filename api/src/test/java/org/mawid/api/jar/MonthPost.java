package org.mawid.api.jar;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.mawid.api.sync.SyncRig;

/** A post, the services that are asked for there, and the folder of its own software. */
final class MonthPost {
    final String code;
    final ZoneId zone;
    /** Its desks that are asked for, how many counters each has, and the seats. */
    final TreeMap<String, Integer> places;
    final List<String> services;
    /** Who comes with a new wish, on an open day. */
    final int arrivals;
    /** Local dates on which its line is down. */
    final Set<LocalDate> offline;
    final SyncRig rig;
    /** Desks and resources by code. */
    final Map<String, Integer> pools = new HashMap<>();
    int postId;
    private int records;

    MonthPost(final String code, final ZoneId zone, final TreeMap<String, Integer> places, final List<String> services, final int arrivals, final Set<LocalDate> offline, final SyncRig rig) {
        this.code = code;
        this.zone = zone;
        this.places = places;
        this.services = services;
        this.arrivals = arrivals;
        this.offline = offline;
        this.rig = rig;
    }

    LocalDate date(final long ms) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(ms), zone);
    }

    boolean isOffline(final long ms) {
        return offline.contains(date(ms));
    }

    /** Local time as an instant. */
    long ms(final LocalDate date, final int hour, final int minute) {
        return date.atTime(hour, minute).atZone(zone).toInstant().toEpochMilli();
    }

    /** What the officer writes down while the line is down, in the order of time. */
    void record(final long atMs, final JsonObject what) throws IOException {
        what.put("at", Instant.ofEpochMilli(atMs).atZone(zone).toOffsetDateTime().toString());
        rig.record(String.format("%08d.json", ++records), what.encode());
    }

    /** Who comes on a date, as the folder has it: appointment by its file. */
    TreeMap<String, JsonObject> list(final LocalDate date) throws IOException {
        final TreeMap<String, JsonObject> visits = new TreeMap<>();
        final Path folder = rig.folder.resolve("days").resolve(date.toString());
        if (Files.isDirectory(folder)) {
            for (final String name : rig.names("days/" + date)) {
                final JsonObject visit = new JsonObject(Files.readString(folder.resolve(name)));
                visits.put(visit.getString("appointment"), visit);
            }
        }
        return visits;
    }
}
