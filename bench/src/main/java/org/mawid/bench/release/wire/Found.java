package org.mawid.bench.release.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.mawid.bench.release.visit.Start;
import org.mawid.grpc.CountStartsReply;
import org.mawid.grpc.DayCount;
import org.mawid.grpc.FirstStartsReply;
import org.mawid.grpc.Slot;

/**
 * What a read came back with. It is taken apart only when somebody looks: most of those who look at a page do not choose anything, and a client
 * that reads every answer to the end costs more than the server. Only the thread that decides looks.
 */
public final class Found {
    private static final JsonFactory JSON = new JsonFactory();
    public static final Found NOTHING = new Found(null, false, false);

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
    public List<Start> starts() {
        look();
        return starts;
    }

    /** How many starts it names or counts. */
    public long seen() {
        look();
        return seen;
    }

    /** Log position that it reflects. */
    public long position() {
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

    /** As a stream: with a history every answer is looked at, and trees of them would cost more than all the rest. */
    private void readJson(final List<Start> named) {
        try (JsonParser in = JSON.createParser(answer)) {
            int deskId = 0;
            int epochDay = 0;
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    switch (in.currentName()) {
                        case "position" -> position = in.nextLongValue(0);
                        case "starts" -> seen += in.nextIntValue(0);
                        case "deskId" -> deskId = in.nextIntValue(0);
                        case "date" -> epochDay = epochDay(in.nextTextValue());
                        case "startUnit" -> named.add(new Start(deskId, epochDay, in.nextIntValue(0)));
                        default -> in.nextToken();
                    }
                }
            }
        } catch (final IOException e) {
            throw new IllegalStateException("an answer cannot be read: " + e.getMessage(), e);
        }
        seen += named.size();
    }

    /** @param date as in 2026-11-30 */
    private static int epochDay(final String date) {
        return (int) LocalDate.of(Integer.parseInt(date, 0, 4, 10), Integer.parseInt(date, 5, 7, 10), Integer.parseInt(date, 8, 10, 10)).toEpochDay();
    }
}
