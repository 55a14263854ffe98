package org.mawid.bench.wire.http;

import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.mawid.bench.load.ModelNetwork;

/** The same few pages again and again. */
final class Gets implements HttpTalk {
    private final List<Buffer> requests;
    private int next;

    private Gets(final List<Buffer> requests, final int first) {
        this.requests = requests;
        this.next = first;
    }

    /** The empty page. */
    static Gets emptyPage() {
        return new Gets(List.of(get("/")), 0);
    }

    /** Starts counted on 60 dates at one desk with its seats, desk after desk. @param first which one comes first */
    static Gets availability(final int desks, final int first) {
        final List<Buffer> requests = new ArrayList<>();
        for (int desk = 0; desk < desks; desk++) {
            requests.add(get("/v1/availability/counts?desks=" + ModelNetwork.deskId(desk) + "&from=" + LocalDate.ofEpochDay(ModelNetwork.FIRST_DAY)
                    + "&days=60&services=SERVICE-4"));
        }
        return new Gets(requests, first % desks);
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
}
