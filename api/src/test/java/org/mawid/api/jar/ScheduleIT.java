package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.Command;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.PoolKind;

/** A server that is killed while it applies a schedule: what it had staged is nobody's, and the same schedule is sent again. */
@Timeout(300)
class ScheduleIT {
    private static final LocalDate FIRST = LocalDate.ofEpochDay(OnePost.FIRST_DAY);
    private static final int DESKS = 40;
    private static final int DAYS = 365;

    @Test
    void givenAServerThatIsKilledWithDaysStaged_whenItStartsAgain_thenNothingIsLeftOpenAndTheSameScheduleIsInForceOnceSent(@TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        final Path data = folder.resolve("data");
        final Path unfinished = data.resolve("edge").resolve("schedule.unfinished");
        try (Server server = Server.start(data)) {
            OnePost.define(server.client());
            for (int desk = 1; desk < DESKS; desk++) {
                OnePost.done(server.client(), Command.newBuilder().setDefinePool(DefinePool.newBuilder().setPoolId(OnePost.DESK + desk).setPostId(OnePost.POST).setKind(PoolKind.POOL_KIND_DESK)
                        .setCode("paris/" + (desk + 1))));
            }
            final CompletableFuture<HttpResponse<String>> put = put(server);
            while (!put.isDone() && !(Files.exists(unfinished) && Files.readString(unfinished).contains("change "))) {
                Thread.sleep(1);
            }
            server.kill();
            assertThatThrownBy(put::join).as("nobody was answered").hasRootCauseInstanceOf(IOException.class);
            assertThat(unfinished).as("killed while days were being staged").exists();
        }
        try (Server server = Server.start(data)) {
            assertThat(new JsonObject(server.get("/v1/changes").body()).getJsonArray("changes")).isEmpty();
            assertThat(unfinished).doesNotExist();
            assertThat(days(server)).as("all of it or nothing").isIn(0, DESKS * DAYS);
            final HttpResponse<String> again = put(server).join();
            assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
            assertThat(days(server)).isEqualTo(DESKS * DAYS);
            server.terminate();
        }
        assertThat(Inspected.whole(data).count("changes.OPEN")).isZero();
    }

    private static CompletableFuture<HttpResponse<String>> put(final Server server) {
        final JsonArray pools = new JsonArray();
        final JsonArray days = new JsonArray(List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"));
        for (int desk = 1; desk <= DESKS; desk++) {
            pools.add(new JsonObject().put("pool", "paris/" + desk).put("alignMinutes", 15)
                    .put("weekly", new JsonArray().add(new JsonObject().put("days", days).put("open", "09:00").put("close", "12:00").put("places", 2))));
        }
        final JsonObject schedule = new JsonObject().put("holidays", new JsonObject().put("host", false).put("morocco", false)).put("pools", pools);
        return HttpClient.newHttpClient().sendAsync(HttpRequest.newBuilder(uri(server)).header("Content-Type", "application/json").timeout(Server.PATIENCE)
                .PUT(BodyPublishers.ofString(schedule.encode())).build(), BodyHandlers.ofString());
    }

    private static int days(final Server server) throws Exception {
        return new JsonObject(HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri(server)).build(), BodyHandlers.ofString()).body()).getJsonArray("days").size();
    }

    private static URI uri(final Server server) {
        return URI.create("http://127.0.0.1:" + server.httpPort + "/v1/posts/paris/schedule?from=" + FIRST + "&to=" + FIRST.plusDays(DAYS - 1));
    }
}
