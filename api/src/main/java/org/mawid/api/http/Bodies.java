package org.mawid.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.mawid.grpc.AgeBand;
import org.mawid.grpc.Leg;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.Overbooked;
import org.mawid.grpc.Priority;
import org.mawid.grpc.Quota;
import org.mawid.grpc.QuotaClass;
import org.mawid.grpc.Run;
import org.mawid.sbe.DocumentKind;

/** Parts of bodies that several commands have. What is absent has the default that the contract says. */
final class Bodies {
    private Bodies() {
    }

    /** Bit i = line i. */
    static int lineSet(final JsonArray lines) {
        int set = 0;
        for (int i = 0; i < lines.size(); i++) {
            set |= 1 << lines.getInteger(i);
        }
        return set;
    }

    /** As numbers of the contract; none when there are none. */
    static List<Integer> documentKinds(final JsonObject body) {
        final List<Integer> kinds = new ArrayList<>();
        body.getJsonArray("kinds").forEach(kind -> kinds.add((int) DocumentKind.valueOf((String) kind).value()));
        return kinds;
    }

    static JsonArray lines(final int lineSet) {
        final JsonArray lines = new JsonArray();
        for (int line = 0; line < Integer.SIZE; line++) {
            if ((lineSet >>> line & 1) != 0) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** 64 bits as 16 hexadecimal digits; 0 when absent. */
    static long key(final JsonObject body, final String name) {
        final String text = body.getString(name);
        return text == null ? 0 : Long.parseUnsignedLong(text, 16);
    }

    static String key(final long key) {
        final String digits = Long.toHexString(key);
        return "0".repeat(16 - digits.length()) + digits;
    }

    static List<String> texts(final JsonArray array) {
        final List<String> texts = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            texts.add(array.getString(i));
        }
        return texts;
    }

    static Leg leg(final JsonObject leg) {
        return Leg.newBuilder()
                .setDeskId(leg.getInteger("deskId"))
                .setLines(lineSet(leg.getJsonArray("lines")))
                .setEpochDay(Times.epochDay(leg.getString("date")))
                .setStartUnit(leg.getInteger("startUnit"))
                .setUnits(leg.getInteger("units"))
                .build();
    }

    static NewLine newLine(final JsonObject line) {
        return NewLine.newBuilder()
                .setPersonKey(key(line, "personKey"))
                .setServiceId(line.getInteger("serviceId"))
                .setRegisteredPostId(line.getInteger("registeredPostId", 0))
                .setQuantity(line.getInteger("quantity", 1))
                .setAgeBand(AgeBand.valueOf("AGE_BAND_" + line.getString("ageBand", "ADULT")))
                .setPriority(Priority.valueOf("PRIORITY_" + line.getString("priority", "NONE")))
                .setRepresentative(line.getBoolean("representative", false))
                .build();
    }

    /** Nothing when absent. */
    static List<Quota> quotas(final JsonObject day) {
        return day.getJsonArray("quotas", new JsonArray()).stream().map(JsonObject.class::cast).map(quota -> Quota.newBuilder()
                .setStartUnit(quota.getInteger("startUnit"))
                .setUnits(quota.getInteger("units"))
                .setQuotaClass(QuotaClass.valueOf("QUOTA_CLASS_" + quota.getString("quotaClass")))
                .setPlaces(quota.getInteger("places"))
                .setSpillMs(quota.getLong("spillMs", 0L))
                .build()).toList();
    }

    /** Nothing when absent. */
    static List<Overbooked> overbooked(final JsonObject day) {
        return day.getJsonArray("overbooked", new JsonArray()).stream().map(JsonObject.class::cast).map(run -> Overbooked.newBuilder()
                .setStartUnit(run.getInteger("startUnit"))
                .setUnits(run.getInteger("units"))
                .setPlaces(run.getInteger("places"))
                .setUntilMs(run.getLong("untilMs", 0L))
                .build()).toList();
    }

    static Run run(final JsonObject run) {
        return Run.newBuilder()
                .setStartUnit(run.getInteger("startUnit"))
                .setUnits(run.getInteger("units"))
                .setCapacity(run.getInteger("capacity"))
                .setWithheld(run.getInteger("withheld", 0))
                .build();
    }
}
