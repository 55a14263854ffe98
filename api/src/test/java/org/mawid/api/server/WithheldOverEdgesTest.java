package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.fake.SseReader;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.Watch;
import org.mawid.client.WatchListener;
import org.mawid.grpc.Command;
import org.mawid.grpc.Day;
import org.mawid.grpc.Event;
import org.mawid.grpc.GetDayRequest;
import org.mawid.grpc.InventoryServiceGrpc;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.Run;
import org.mawid.grpc.WithheldSet;

/** An officer keeps places from the public and sees over both edges how many, who follows is told, and a restart forgets none of them. */
@Timeout(120)
class WithheldOverEdgesTest extends ServiceFixture {
    private static final int TWELVE = 12;

    @Test
    void givenPlacesThatAreWithheld_whenADayIsRead_thenBothEdgesTellThemApartFromWhatIsOpen() throws Exception {
        OnePost.define(client);
        publish(Run.newBuilder().setUnits(6).setCapacity(3).build(), Run.newBuilder().setStartUnit(6).setUnits(6).setCapacity(2).setWithheld(1).build());
        assertRead(List.of(3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1), List.of(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1));

        assertThat(capacity("{\"startUnit\":0,\"units\":8,\"capacity\":5,\"withheld\":4}")).isEqualTo(200);
        assertRead(List.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), List.of(4, 4, 4, 4, 4, 4, 4, 4, 1, 1, 1, 1));
        stop();
        start();
        assertRead(Collections.nCopies(TWELVE, 1), List.of(4, 4, 4, 4, 4, 4, 4, 4, 1, 1, 1, 1));

        assertThat(capacity("{\"startUnit\":0,\"units\":12,\"capacity\":1}")).isEqualTo(200);
        assertRead(Collections.nCopies(TWELVE, 1), List.of());
    }

    @Test
    void givenWatches_whenPlacesAreWithheld_thenTheyAreToldThoughNothingThatIsOpenMoves() throws Exception {
        OnePost.define(client);
        publish(Run.newBuilder().setUnits(TWELVE).setCapacity(3).build());
        assertRead(Collections.nCopies(TWELVE, 3), List.of()); // as of it: the watches begin behind it
        final List<Event> events = new CopyOnWriteArrayList<>();
        final List<Day> days = new CopyOnWriteArrayList<>();
        final AtomicBoolean isWhole = new AtomicBoolean();
        try (Watch watch = client.watch(OnePost.POST, OnePost.FIRST_DAY, 1, new WatchListener() {
            @Override
            public void onSnapshot() {
                days.clear();
            }

            @Override
            public void onDays(final List<Day> told) {
                days.addAll(told);
            }

            @Override
            public void onSnapshotComplete() {
                isWhole.set(true);
            }

            @Override
            public void onEvents(final List<Event> told) {
                events.addAll(told);
            }
        }); SseReader sse = SseReader.open(edge("/v1/posts/" + OnePost.POST + "/events"), null)) {
            Awaitility.await().untilTrue(isWhole);
            assertThat(days).singleElement().extracting(Day::getWithheldCount).isEqualTo(0);
            sse.await(1); // the snapshot's end: what comes now is seen
            assertThat(capacity("{\"startUnit\":2,\"units\":3,\"capacity\":5,\"withheld\":2}")).isEqualTo(200);
            Awaitility.await().until(() -> events.stream().anyMatch(Event::hasWithheldSet));
            assertThat(events).last().extracting(Event::getWithheldSet).isEqualTo(WithheldSet.newBuilder().setPoolId(OnePost.DESK)
                    .setEpochDay(OnePost.FIRST_DAY).setStartUnit(2).setUnits(3).setWithheld(2).build());
            final SseReader.Sse told = sse.await(3).get(2);
            assertThat(told.event()).isEqualTo("withheldSet");
            assertThat(new JsonObject(told.data()).toString()).contains("\"withheld\":2").contains("\"startUnit\":2").contains("\"units\":3");
        }
    }

    private void publish(final Run... runs) {
        OnePost.done(client, Command.newBuilder().setPublishDay(PublishDay.newBuilder().setPoolId(OnePost.DESK).setEpochDay(OnePost.FIRST_DAY)
                .setStartMs(OnePost.FIRST_DAY * 86_400_000L + 8 * 3_600_000L).setUnitCount(TWELVE).setAlignUnits(OnePost.VISIT_UNITS).addAllRuns(List.of(runs))));
    }

    private void assertRead(final List<Integer> open, final List<Integer> withheld) throws Exception {
        final long position = service.engine().status().durablePosition();
        final Day day = InventoryServiceGrpc.newBlockingStub(channel).getDay(
                GetDayRequest.newBuilder().setPoolId(OnePost.DESK).setEpochDay(OnePost.FIRST_DAY).setMinPosition(position).build());
        assertThat(day.getOpenList()).isEqualTo(open);
        assertThat(day.getWithheldList()).isEqualTo(withheld);
        final HttpResponse<String> response = http.send(HttpRequest.newBuilder(edge(path() + "?minPosition=" + position)).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        final JsonObject json = new JsonObject(response.body());
        assertThat(json.getJsonArray("open")).isEqualTo(new JsonArray(open));
        assertThat(json.getJsonArray("withheld")).isEqualTo(new JsonArray(withheld));
    }

    private int capacity(final String run) throws Exception {
        return http.send(HttpRequest.newBuilder(edge(path() + "/capacity")).header("Content-Type", "application/json").POST(BodyPublishers.ofString(run)).build(),
                BodyHandlers.ofString()).statusCode();
    }

    private static String path() {
        return "/v1/pools/" + OnePost.DESK + "/days/" + LocalDate.ofEpochDay(OnePost.FIRST_DAY);
    }

    private URI edge(final String path) {
        return URI.create("http://127.0.0.1:" + service.httpPort() + path);
    }
}
