package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.Watch;
import org.mawid.client.WatchListener;
import org.mawid.grpc.Command;
import org.mawid.grpc.Day;
import org.mawid.grpc.Event;
import org.mawid.grpc.GetDayRequest;
import org.mawid.grpc.InventoryServiceGrpc;
import org.mawid.grpc.Overbooked;
import org.mawid.grpc.OverbookedSet;
import org.mawid.grpc.OverbookedWithdrawn;
import org.mawid.grpc.PlacesWithdrawn;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.Run;

/** A post offers more places than it has counters: both edges say which, a restart forgets none, and who follows is told when they are withdrawn. */
@Timeout(120)
class OverbookedOverEdgesTest extends ServiceFixture {
    private static final int TWELVE = 12;
    private static final Overbooked ONE = Overbooked.newBuilder().setStartUnit(3).setUnits(6).setPlaces(1).build();

    private PublishDay day(final long untilMs) {
        return PublishDay.newBuilder().setPoolId(OnePost.DESK).setEpochDay(OnePost.FIRST_DAY).setStartMs(OnePost.FIRST_DAY * 86_400_000L + 8 * 3_600_000L).setUnitCount(TWELVE)
                .setAlignUnits(OnePost.VISIT_UNITS).addRuns(Run.newBuilder().setUnits(TWELVE).setCapacity(3)).addOverbooked(ONE.toBuilder().setUntilMs(untilMs)).build();
    }

    private void goOver() throws Exception {
        service.engine().setCoreVersion(service.engine().newestCoreVersion());
        OnePost.define(client);
    }

    @Test
    void givenAnOverbookedDay_whenItIsReadOverEachEdge_thenItsPlacesAreToldAlsoAfterARestart() throws Exception {
        goOver();
        final String body = "{\"startMs\":" + day(0).getStartMs() + ",\"releasedAtMs\":0,\"unitCount\":12,\"alignUnits\":3,\"runs\":[{\"startUnit\":0,\"units\":12,\"capacity\":3}],"
                + "\"overbooked\":[{\"startUnit\":3,\"units\":6,\"places\":1,\"untilMs\":4102444800000}]}";
        assertThat(http.send(HttpRequest.newBuilder(edge(path())).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        assertRead();
        stop();
        start();
        assertRead();
    }

    private void assertRead() throws Exception {
        final List<Integer> overbooked = List.of(0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0);
        final Day day = read();
        assertThat(day.getOverbookedList()).isEqualTo(overbooked);
        assertThat(day.getOverbookedUntilMs()).isEqualTo(4_102_444_800_000L);
        assertThat(day.getOpenList()).isEqualTo(Collections.nCopies(TWELVE, 3));
        final JsonObject json = new JsonObject(http.send(HttpRequest.newBuilder(edge(path())).build(), BodyHandlers.ofString()).body());
        assertThat(json.getJsonArray("overbooked")).isEqualTo(new JsonArray(overbooked));
        assertThat(json.getLong("overbookedUntilMs")).isEqualTo(4_102_444_800_000L);
    }

    private Day read() {
        return InventoryServiceGrpc.newBlockingStub(channel).getDay(GetDayRequest.newBuilder().setPoolId(OnePost.DESK).setEpochDay(OnePost.FIRST_DAY)
                .setMinPosition(service.engine().status().durablePosition()).build());
    }

    @Test
    void givenAWatch_whenTheirTimeHasCome_thenItIsToldWhatIsWithdrawnAndTheDayIsWithoutThem() throws Exception {
        goOver();
        OnePost.done(client, Command.newBuilder().setPublishDay(day(0)));
        read(); // as of it: the watch begins behind it
        final List<Event> events = new CopyOnWriteArrayList<>();
        final AtomicBoolean isWhole = new AtomicBoolean();
        try (Watch watch = client.watch(OnePost.POST, OnePost.FIRST_DAY, 1, new WatchListener() {
            @Override
            public void onSnapshot() {
                // what comes is whole
            }

            @Override
            public void onDays(final List<Day> told) {
                assertThat(told).allSatisfy(day -> assertThat(day.getOverbookedCount()).isEqualTo(TWELVE));
            }

            @Override
            public void onSnapshotComplete() {
                isWhole.set(true);
            }

            @Override
            public void onEvents(final List<Event> told) {
                events.addAll(told);
            }
        })) {
            Awaitility.await().untilTrue(isWhole);
            OnePost.done(client, Command.newBuilder().setPublishDay(day(1))); // long ago
            Awaitility.await().until(() -> events.stream().anyMatch(Event::hasOverbookedWithdrawn));
        }
        assertThat(events).filteredOn(Event::hasOverbookedSet).singleElement().extracting(Event::getOverbookedSet)
                .isEqualTo(OverbookedSet.newBuilder().setPoolId(OnePost.DESK).setEpochDay(OnePost.FIRST_DAY).addOverbooked(ONE.toBuilder().setUntilMs(1)).build());
        assertThat(events).filteredOn(Event::hasOverbookedWithdrawn).singleElement().extracting(Event::getOverbookedWithdrawn)
                .isEqualTo(OverbookedWithdrawn.newBuilder().setPoolId(OnePost.DESK).setEpochDay(OnePost.FIRST_DAY).addWithdrawn(PlacesWithdrawn.newBuilder().setStartUnit(3).setUnits(6).setPlaces(1)).build());
        final Day day = read();
        assertThat(day.getOpenList()).isEqualTo(List.of(3, 3, 3, 2, 2, 2, 2, 2, 2, 3, 3, 3));
        assertThat(day.getWithheldList()).isEqualTo(List.of(0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0));
        assertThat(day.getOverbookedCount()).isZero();
    }

    private static String path() {
        return "/v1/pools/" + OnePost.DESK + "/days/" + LocalDate.ofEpochDay(OnePost.FIRST_DAY);
    }

    private URI edge(final String path) {
        return URI.create("http://127.0.0.1:" + service.httpPort() + path);
    }
}
