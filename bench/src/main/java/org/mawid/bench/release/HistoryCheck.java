package org.mawid.bench.release;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at a history alone: every line is complete, no request id comes twice, nothing is answered before it was sent, a client does one thing
 * at a time, what is confirmed was held by the same person and not given back, and no unit ever had more certain takers than places.
 * <p>Certain is a hold from its answer on, until it is asked to be given back, or its time is over, or, once confirmed, for ever.
 */
final class HistoryCheck {
    /** Places of a unit of a desk's day that were free before the history began. */
    @FunctionalInterface
    interface Places {
        int of(int deskId, int epochDay, int unit);
    }

    private record Hold(int deskId, int epochDay, int startUnit, int units, String person, long fromNs, long expiresNs) {
    }

    private static final List<String> FIELDS = List.of("op", "client", "id", "units", "person", "ttl_ns", "invoke_ns", "complete_ns", "result");
    private static final Set<String> OPS = Set.of("hold", "confirm", "release");
    private static final Set<String> RESULTS = Set.of("ok", "fail", "unknown");
    /** The server's clock may run so much faster than ours while it is drawn towards wall time: by a thousandth. */
    private static final double SURE = 0.999;
    private static final int MOST_TOLD = 10;

    private final Places places;
    private final Set<String> ids = new HashSet<>();
    private final Map<String, Hold> holds = new HashMap<>();
    private final Map<String, Long> endsNs = new HashMap<>();
    private final Set<String> confirmed = new HashSet<>();
    private final Map<String, List<long[]>> byClient = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private long lines;

    private HistoryCheck(final Places places) {
        this.places = places;
    }

    /** @return what is wrong, the first {@value #MOST_TOLD}; empty when all is well */
    static List<String> of(final Path file, final Places places) throws IOException {
        final HistoryCheck check = new HistoryCheck(places);
        final List<JsonObject> later = new ArrayList<>();
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                final JsonObject line = check.parse(text);
                if (line != null && "hold".equals(line.getString("op"))) {
                    check.hold(line);
                } else if (line != null) {
                    later.add(line);
                }
            }
        }
        later.forEach(check::after); // a hold's answer may come behind the confirmation's that followed from it: no two transports are alike
        check.oneThingAtATime();
        check.oversold();
        return check.wrong;
    }

    private JsonObject parse(final String text) {
        lines++;
        final JsonObject line;
        try {
            line = new JsonObject(text);
        } catch (final DecodeException e) {
            wrong("line " + lines + " is not JSON");
            return null;
        }
        for (final String field : FIELDS) {
            if (!line.containsKey(field)) {
                wrong("line " + lines + " has no " + field);
                return null;
            }
        }
        final boolean isUnknown = "unknown".equals(line.getString("result"));
        if (!OPS.contains(line.getString("op")) || !RESULTS.contains(line.getString("result")) || !line.containsKey("slot") && !line.containsKey("ref")) {
            wrong("line " + lines + " is no operation");
            return null;
        }
        if (isUnknown != (line.getLong("complete_ns") == null)) {
            wrong("line " + lines + ": what is unknown has no answer's time, and nothing else");
            return null;
        }
        if (!isUnknown && line.getLong("complete_ns") < line.getLong("invoke_ns")) {
            wrong("line " + lines + " was answered before it was sent");
        }
        if (!ids.add(line.getString("id"))) {
            wrong("line " + lines + ": request id " + line.getString("id") + " came before");
        }
        byClient.computeIfAbsent(line.getString("client"), nothing -> new ArrayList<>())
                .add(new long[] {line.getLong("invoke_ns"), isUnknown ? Long.MAX_VALUE : line.getLong("complete_ns")});
        return line;
    }

    private void hold(final JsonObject line) {
        if ("ok".equals(line.getString("result"))) {
            final String[] slot = line.getString("slot").split("/");
            final Long ttlNs = line.getLong("ttl_ns");
            final long expiresNs = ttlNs == null ? line.getLong("complete_ns") : line.getLong("invoke_ns") + (long) (ttlNs * SURE);
            final Hold before = holds.put(line.getString("ref"), new Hold(Integer.parseInt(slot[0]), (int) LocalDate.parse(slot[1]).toEpochDay(),
                    Integer.parseInt(slot[2]), line.getInteger("units"), line.getString("person"), line.getLong("complete_ns"), expiresNs));
            if (before != null) {
                wrong("hold " + line.getString("ref") + " was given twice");
            }
        }
    }

    private void after(final JsonObject line) {
        final String hold = line.getString("ref");
        final boolean isOk = "ok".equals(line.getString("result"));
        if ("confirm".equals(line.getString("op"))) {
            if (isOk && (!holds.containsKey(hold) || !holds.get(hold).person().equals(line.getString("person")))) {
                wrong("hold " + hold + " was confirmed and the same person never had it");
            }
            if (isOk && !confirmed.add(hold)) {
                wrong("hold " + hold + " was confirmed twice");
            }
        } else if (!"fail".equals(line.getString("result"))) {
            endsNs.merge(hold, line.getLong("invoke_ns"), Math::min);
        }
        if (isOk && confirmed.contains(hold) && endsNs.containsKey(hold)) {
            wrong("hold " + hold + " was confirmed and given back");
        }
    }

    private void oneThingAtATime() {
        byClient.forEach((client, all) -> {
            all.sort(java.util.Comparator.comparingLong(each -> each[0]));
            for (int i = 1; i < all.size(); i++) {
                if (all.get(i)[0] < all.get(i - 1)[1] && all.get(i - 1)[1] != Long.MAX_VALUE) {
                    wrong("client " + client + " did two things at a time");
                }
            }
        });
    }

    private void oversold() {
        final Map<Long, List<long[]>> byUnit = new HashMap<>();
        holds.forEach((reference, hold) -> {
            final long toNs = confirmed.contains(reference) ? Long.MAX_VALUE : Math.min(hold.expiresNs(), endsNs.getOrDefault(reference, Long.MAX_VALUE));
            for (int unit = hold.startUnit(); toNs > hold.fromNs() && unit < hold.startUnit() + hold.units(); unit++) {
                final List<long[]> changes = byUnit.computeIfAbsent(PoolDay.key(hold.deskId(), hold.epochDay()) << 8 | unit, nothing -> new ArrayList<>());
                changes.add(new long[] {hold.fromNs(), 1});
                changes.add(new long[] {toNs, -1});
            }
        });
        byUnit.forEach((key, changes) -> {
            final int deskId = (int) (key >>> 40);
            final int epochDay = (int) (key >>> 8);
            final int unit = (int) (key & 0xFF);
            changes.sort((a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1], b[1])); // what ends makes room first
            long takers = 0;
            long most = 0;
            for (final long[] change : changes) {
                takers += change[1];
                most = Math.max(most, takers);
            }
            if (most > places.of(deskId, epochDay, unit)) {
                wrong("desk " + deskId + " on " + LocalDate.ofEpochDay(epochDay) + " unit " + unit + " had " + most + " takers at once and "
                        + places.of(deskId, epochDay, unit) + " places: oversold");
            }
        });
    }

    private void wrong(final String what) {
        if (wrong.size() < MOST_TOLD) {
            wrong.add(what);
        }
    }
}
