package org.mawid.bench.wire.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.Starts;

/** The same few pages again and again. */
final class Gets implements HttpTalk {
    /** Of so many answers on a connection one is read. */
    private static final int READ_EACH = 256;

    private final List<Buffer> requests;
    private final Starts starts;
    private int next;
    /** Whose answer comes next: they come in order. */
    private int answered;
    private int answers;

    private Gets(final List<Buffer> requests, final int first, final Starts starts) {
        this.requests = requests;
        this.starts = starts;
        this.next = first;
        this.answered = first;
    }

    /** The empty page. */
    static Gets emptyPage() {
        return new Gets(List.of(get("/")), 0, null);
    }

    /** Starts counted on 60 dates at one desk with its seats, desk after desk. @param first which one comes first @param starts that some of the answers are held against, null = none */
    static Gets availability(final int desks, final int first, final Starts starts) {
        final List<Buffer> requests = new ArrayList<>();
        for (int desk = 0; desk < desks; desk++) {
            requests.add(get("/v1/availability/counts?desks=" + ModelNetwork.deskId(desk) + "&from=" + LocalDate.ofEpochDay(ModelNetwork.FIRST_DAY)
                    + "&days=" + Starts.DATES + "&services=SERVICE-" + Starts.SERVICE));
        }
        return new Gets(requests, first % desks, starts);
    }

    private static Buffer get(final String uri) {
        return Buffer.buffer("GET " + uri + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n\r\n");
    }

    @Override
    public Buffer next() {
        final Buffer request = requests.get(next);
        next = next + 1 == requests.size() ? 0 : next + 1;
        return request;
    }

    @Override
    public void done(final Buffer data, final int body, final int bytes) {
        final int desk = nextAnswered();
        if (starts != null && answers++ % READ_EACH == 0) {
            final JsonArray days = new JsonObject(data.slice(body, body + bytes)).getJsonArray("days");
            final int[] counted = new int[days.size()];
            for (int date = 0; date < counted.length; date++) {
                counted[date] = days.getJsonObject(date).getInteger("starts");
            }
            final String difference = starts.differenceOf(desk, counted);
            if (!difference.isEmpty()) {
                throw new IllegalStateException(difference);
            }
        }
    }

    @Override
    public void notAdmitted() {
        nextAnswered();
    }

    private int nextAnswered() {
        final int desk = answered;
        answered = answered + 1 == requests.size() ? 0 : answered + 1;
        return desk;
    }
}
