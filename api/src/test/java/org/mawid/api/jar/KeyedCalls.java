package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.mawid.api.testkit.OnePost;

/** Visits held over HTTP, each call under a key of the caller, and what it was answered. One thread at a time. */
final class KeyedCalls {
    private static final long FIRST_PERSON = 1L << 48;
    /** What an answer tells of the moment, and not of what was done. */
    private static final List<String> OF_NOW = List.of("position", "now", "nowMs", "repeatedAnswer");

    private record Call(String path, String body, String key, HttpResponse<String> answer) {
    }

    private final int day;
    private final List<Call> calls = new ArrayList<>();
    private int held;

    /** @param day of {@link OnePost} with room for all of them */
    KeyedCalls(final int day) {
        this.day = day;
    }

    /** Applications, validated lines, holds and stamps: one each. */
    int held() {
        return held;
    }

    void hold(final Server server) throws Exception {
        final String application = call(server, "/v1/applications", 201, new JsonObject().put("postId", OnePost.POST).put("lines", new JsonArray().add(
                new JsonObject().put("personKey", String.format("%016x", FIRST_PERSON + held)).put("serviceId", OnePost.SERVICE)))).getString("application");
        call(server, "/v1/applications/" + application + "/validate", 200, new JsonObject().put("lines", new JsonArray().add(0)));
        final JsonObject hold = call(server, "/v1/holds", 201, new JsonObject().put("application", application).put("issueStamps", true).put("legs",
                new JsonArray().add(new JsonObject().put("deskId", OnePost.DESK).put("lines", new JsonArray().add(0))
                        .put("date", LocalDate.ofEpochDay(OnePost.FIRST_DAY + day).toString()).put("startUnit", 0).put("units", OnePost.VISIT_UNITS))));
        assertThat(hold.getJsonArray("stamps")).hasSize(1);
        held++;
    }

    /** Each of them once more: it is answered as it was. */
    void assertAgain(final Server server) throws Exception {
        for (final Call call : calls) {
            final HttpResponse<String> again = server.post(call.path(), call.body(), "Idempotency-Key", call.key());
            assertThat(again.statusCode()).as("%s: %s", call, again.body()).isEqualTo(call.answer().statusCode());
            final JsonObject is = new JsonObject(again.body());
            final JsonObject was = new JsonObject(call.answer().body());
            assertThat(is.getBoolean("repeatedAnswer")).as("%s", call).isTrue();
            OF_NOW.forEach(name -> {
                is.remove(name);
                was.remove(name);
            });
            assertThat(is).as("%s", call).isEqualTo(was);
            assertThat(again.headers().allValues("Location")).isEqualTo(call.answer().headers().allValues("Location"));
        }
    }

    private JsonObject call(final Server server, final String path, final int status, final JsonObject json) throws Exception {
        final String key = UUID.randomUUID().toString(); // says nothing of when: only the log knows that after a crash
        final HttpResponse<String> answer = server.post(path, json.encode(), "Idempotency-Key", key);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        calls.add(new Call(path, json.encode(), key, answer));
        return new JsonObject(answer.body());
    }
}
