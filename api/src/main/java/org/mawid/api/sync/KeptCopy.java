package org.mawid.api.sync;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.mawid.grpc.KeptPlaces;
import org.mawid.grpc.Quota;
import org.mawid.grpc.QuotaClass;
import org.mawid.grpc.QuotaMove;

/**
 * What a pool's day in the file of a calendar keeps for channels: by class what is kept, taken of it and left, unit by unit, and until when. What is left is part of
 * what the file says is withheld. Absent where nothing is kept, and nothing was taken of what was.
 */
final class KeptCopy {
    private static final String KEPT = "kept";
    private static final String TAKEN = "taken";
    private static final String LEFT = "left";
    private static final String SPILL = "spill";
    private static final String WITHHELD = "withheld";

    private KeptCopy() {
    }

    /** As it stands; what is open and withheld says it already. */
    static JsonObject put(final JsonObject pool, final List<KeptPlaces> told) {
        final JsonObject kept = new JsonObject();
        for (final KeptPlaces one : told) {
            final JsonObject ofClass = new JsonObject().put(KEPT, new JsonArray(one.getKeptList())).put(TAKEN, new JsonArray(one.getTakenList()));
            spill(ofClass, one.getSpillMs());
            kept.put(name(one.getQuotaClass()), ofClass);
        }
        return settled(pool, kept);
    }

    /** A day in full that was published just now: of what another one kept, what was taken stays taken. */
    static JsonObject published(final JsonObject pool, final JsonObject before) {
        final JsonObject kept = new JsonObject();
        before.getJsonObject(KEPT, new JsonObject()).forEach(ofClass -> kept.put(ofClass.getKey(), new JsonObject().put(TAKEN, ((JsonObject) ofClass.getValue()).getJsonArray(TAKEN))));
        return settled(pool, kept);
    }

    /** And what it keeps, in full. */
    static JsonObject set(final JsonObject pool, final List<Quota> quotas) {
        return changed(pool, true, kept -> {
            for (final Quota run : quotas) {
                final JsonObject ofClass = ofClass(kept, run.getQuotaClass());
                add(ofClass, KEPT, run.getStartUnit(), run.getUnits(), run.getPlaces(), units(pool));
                spill(ofClass, run.getSpillMs());
            }
        });
    }

    /** Places were taken from it, given back to it, or less is kept; room and what is open have moved already. */
    static JsonObject moved(final JsonObject pool, final QuotaMove move) {
        return changed(pool, false, kept -> {
            final JsonObject ofClass = ofClass(kept, move.getQuotaClass());
            add(ofClass, KEPT, move.getStartUnit(), move.getUnits(), move.getKept(), units(pool));
            add(ofClass, TAKEN, move.getStartUnit(), move.getUnits(), move.getTaken(), units(pool));
        });
    }

    /** Nothing is kept any more for these; as {@link #moved}. */
    static JsonObject spilled(final JsonObject pool, final List<QuotaClass> classes) {
        return changed(pool, false, kept -> classes.forEach(each -> {
            ofClass(kept, each).remove(KEPT);
            ofClass(kept, each).remove(SPILL);
        }));
    }

    /** Of all classes together. */
    static int left(final JsonObject pool, final int unit) {
        int left = 0;
        for (final var ofClass : pool.getJsonObject(KEPT, new JsonObject())) {
            left += at((JsonObject) ofClass.getValue(), LEFT, unit);
        }
        return left;
    }

    private static JsonObject changed(final JsonObject pool, final boolean openToo, final Consumer<JsonObject> change) {
        final int[] moved = new int[units(pool)];
        Arrays.setAll(moved, unit -> -left(pool, unit));
        final JsonObject kept = pool.getJsonObject(KEPT, new JsonObject());
        change.accept(kept);
        settled(pool, kept);
        final int[] withheld = new int[moved.length];
        for (int unit = 0; unit < moved.length; unit++) {
            moved[unit] += left(pool, unit);
            withheld[unit] = at(pool, WITHHELD, unit) + moved[unit];
            if (openToo) {
                pool.getJsonArray("open").set(unit, at(pool, "open", unit) - moved[unit]);
                pool.getJsonArray("room").set(unit, at(pool, "room", unit) - moved[unit]);
            }
        }
        return pool.put(WITHHELD, PostCopy.withheld(withheld));
    }

    /** With lists as long as the day, and what is left said. */
    private static JsonObject settled(final JsonObject pool, final JsonObject kept) {
        final JsonObject all = new JsonObject();
        kept.forEach(one -> {
            final JsonObject ofClass = (JsonObject) one.getValue();
            final int[] places = places(ofClass, KEPT, units(pool));
            final int[] taken = places(ofClass, TAKEN, units(pool));
            final int[] left = new int[places.length];
            Arrays.setAll(left, unit -> Math.max(0, places[unit] - taken[unit]));
            if (ofClass.containsKey(SPILL) || Arrays.stream(places).anyMatch(each -> each != 0) || Arrays.stream(taken).anyMatch(each -> each != 0)) {
                all.put(one.getKey(), ofClass.put(KEPT, PostCopy.array(places)).put(TAKEN, PostCopy.array(taken)).put(LEFT, PostCopy.array(left)));
            }
        });
        if (all.isEmpty()) {
            pool.remove(KEPT);
            return pool;
        }
        return pool.put(KEPT, all);
    }

    private static JsonObject ofClass(final JsonObject kept, final QuotaClass quotaClass) {
        if (!kept.containsKey(name(quotaClass))) {
            kept.put(name(quotaClass), new JsonObject());
        }
        return kept.getJsonObject(name(quotaClass));
    }

    private static void add(final JsonObject ofClass, final String list, final int from, final int units, final int places, final int all) {
        final int[] sum = places(ofClass, list, all);
        for (int unit = from; unit < from + units; unit++) {
            sum[unit] += places;
        }
        ofClass.put(list, PostCopy.array(sum));
    }

    private static void spill(final JsonObject ofClass, final long ms) {
        if (ms != 0) {
            ofClass.put(SPILL, Instant.ofEpochMilli(ms).toString());
        }
    }

    private static int[] places(final JsonObject json, final String list, final int units) {
        final int[] places = new int[units];
        Arrays.setAll(places, unit -> at(json, list, unit));
        return places;
    }

    /** 0 where the list ends before. */
    private static int at(final JsonObject json, final String list, final int unit) {
        final JsonArray places = json.getJsonArray(list);
        return places == null || unit >= places.size() ? 0 : places.getInteger(unit);
    }

    private static int units(final JsonObject pool) {
        return pool.getJsonArray("open").size();
    }

    private static String name(final QuotaClass quotaClass) {
        return quotaClass.name().replace("QUOTA_CLASS_", "");
    }
}
