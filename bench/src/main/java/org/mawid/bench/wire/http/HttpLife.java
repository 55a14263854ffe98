package org.mawid.bench.wire.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import org.mawid.bench.load.Life;
import org.mawid.bench.load.LifeBooks;
import org.mawid.bench.load.Lives;
import org.mawid.bench.load.ModelNetwork;

/** An appointment's life as JSON, one request after the other: the same steps as {@link Life}. */
final class HttpLife implements HttpTalk {
    private static final String[] MADE = {"application", null, "hold", "appointment", null};

    private final Life life;
    private final LifeBooks books;

    HttpLife(final Life life, final LifeBooks books) {
        this.life = life;
        this.books = books;
    }

    @Override
    public Buffer next() {
        final String reference = life.reference();
        books.said(life.step(), 1);
        return switch (life.step()) {
            case Lives.SUBMIT -> post("/v1/applications", "{" + (life.choosesItsPost() ? "\"postId\":" + life.postId() + ',' : "") + "\"lines\":[{\"personKey\":\"" + String.format("%016x", life.personKey()) + "\",\"serviceId\":1}]}");
            case Lives.VALIDATE -> post("/v1/applications/" + reference + "/validate", "{\"lines\":[0]}");
            case Lives.HOLD -> post("/v1/holds", "{\"application\":\"" + reference + "\",\"issueStamps\":true,\"legs\":[{\"deskId\":" + life.deskId()
                    + ",\"lines\":[0],\"date\":\"" + LocalDate.ofEpochDay(life.epochDay()) + "\",\"startUnit\":" + life.startUnit()
                    + ",\"units\":" + ModelNetwork.unitsOf(Life.SERVICE) + "}]}");
            case Lives.CONFIRM -> post("/v1/holds/" + reference + "/confirm", "{}");
            default -> post("/v1/appointments/" + reference + "/cancel", "");
        };
    }

    private static Buffer post(final String uri, final String body) {
        return Buffer.buffer("POST " + uri + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + (body.isEmpty() ? "" : "Content-Type: application/json\r\n")
                + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    @Override
    public void done(final Buffer data, final int body, final int bytes) {
        books.done(life.step(), 1);
        final String made = MADE[life.step()];
        life.done(made == null ? "" : new JsonObject(data.slice(body, body + bytes)).getString(made));
    }

    @Override
    public void notAdmitted() {
        books.notDone(life.step(), 1);
    }
}
