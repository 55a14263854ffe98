package org.mawid.bench.release;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.mawid.grpc.CountStartsReply;
import org.mawid.grpc.DayCount;
import org.mawid.grpc.FirstStartsReply;
import org.mawid.grpc.Slot;

/**
 * What a read came back with. It is taken apart only when somebody looks: most of those who look at a page do not choose anything, and a client
 * that reads every answer to the end costs more than the server. Only the thread that decides looks.
 */
final class Found {
    static final Found NOTHING = new Found(null, false, false);

    private final byte[] answer;
    private final boolean isJson;
    private final boolean isCounts;
    private List<Start> starts;
    private long seen;
    private long position;

    private Found(final byte[] answer, final boolean isJson, final boolean isCounts) {
        this.answer = answer;
        this.isJson = isJson;
        this.isCounts = isCounts;
        this.starts = answer == null ? List.of() : null;
    }

    /** @param answer a reply as it came over gRPC; kept */
    static Found ofProtobuf(final Exchange.Kind kind, final byte[] answer) {
        return new Found(answer, false, kind == Exchange.Kind.COUNTS);
    }

    /** @param answer a body as it came over HTTP; kept */
    static Found ofJson(final Exchange.Kind kind, final byte[] answer) {
        return new Found(answer, true, kind == Exchange.Kind.COUNTS);
    }

    /** None of one that only counts. */
    List<Start> starts() {
        look();
        return starts;
    }

    /** How many starts it names or counts. */
    long seen() {
        look();
        return seen;
    }

    /** Log position that it reflects. */
    long position() {
        look();
        return position;
    }

    /** @throws IllegalStateException it cannot be read */
    private void look() {
        if (starts == null) {
            final List<Start> named = new ArrayList<>();
            if (isJson) {
                readJson(named);
            } else {
                readProtobuf(named);
            }
            starts = named;
        }
    }

    private void readProtobuf(final List<Start> named) {
        try {
            if (isCounts) {
                final CountStartsReply reply = CountStartsReply.parseFrom(answer);
                seen = reply.getDaysList().stream().mapToLong(DayCount::getStarts).sum();
                position = reply.getPosition();
                return;
            }
            final FirstStartsReply reply = FirstStartsReply.parseFrom(answer);
            for (final Slot slot : reply.getSlotsList()) {
                named.add(new Start(slot.getDeskId(), slot.getEpochDay(), slot.getStartUnit()));
            }
            seen = named.size();
            position = reply.getPosition();
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException("an answer cannot be read: " + e.getMessage(), e);
        }
    }

    private void readJson(final List<Start> named) {
        final JsonObject reply = new JsonObject(Buffer.buffer(answer));
        position = reply.getLong("position", 0L);
        if (isCounts) {
            final JsonArray days = reply.getJsonArray("days");
            for (int i = 0; i < days.size(); i++) {
                seen += days.getJsonObject(i).getInteger("starts");
            }
            return;
        }
        final JsonArray slots = reply.getJsonArray("slots");
        for (int i = 0; i < slots.size(); i++) {
            final JsonObject slot = slots.getJsonObject(i);
            named.add(new Start(slot.getInteger("deskId"), (int) LocalDate.parse(slot.getString("date")).toEpochDay(), slot.getInteger("startUnit")));
        }
        seen = named.size();
    }
}
