package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.Watch;
import org.mawid.client.WatchListener;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.Command;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.Day;
import org.mawid.grpc.Event;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.Run;

/** A post is full, or an appointment is late: whoever waits sees where in line and since when, and has what comes. */
@Timeout(120)
class WaitlistOverEdgesTest extends LifeFixture {
    private static final String DATE = LocalDate.ofEpochDay(OnePost.FIRST_DAY).toString();
    private static final String QUEUE = "/v1/posts/paris/waiting";

    /** Room for two visits, both booked. @return the appointments */
    private List<String> full() {
        OnePost.done(client, Command.newBuilder().setPublishDay(PublishDay.newBuilder().setPoolId(OnePost.DESK).setEpochDay(OnePost.FIRST_DAY)
                .setStartMs(OnePost.FIRST_DAY * 86_400_000L + 8 * 3_600_000L).setUnitCount(2 * OnePost.VISIT_UNITS).setAlignUnits(OnePost.VISIT_UNITS)
                .addRuns(Run.newBuilder().setUnits(2 * OnePost.VISIT_UNITS).setCapacity(1))));
        final List<String> booked = OnePost.validated(client, 900, 2);
        return List.of(booked(booked.get(0), 0), booked(booked.get(1), 1));
    }

    private String booked(final String application, final int start) {
        final String hold = client.execute(OnePost.hold(application, 0, start)).getReference();
        return client.execute(Command.newBuilder().setConfirm(Confirm.newBuilder().setHold(hold)).build()).getReference();
    }

    private void cancel(final String appointment) {
        OnePost.done(client, Command.newBuilder().setCancel(Cancel.newBuilder().setAppointment(appointment)));
    }

    private static JsonObject dates() {
        return new JsonObject().put("fromDate", DATE).put("toDate", DATE);
    }

    private JsonObject waits(final String application) throws Exception {
        return get("/v1/applications/" + application + "/waiting" + soFar(), 200).getJsonArray("waiting").getJsonObject(0);
    }

    /** All that has been answered. */
    private String soFar() {
        return "?minPosition=" + service.engine().status().durablePosition();
    }

    private String offered(final String application) throws Exception {
        await().until(() -> "OFFERED".equals(waits(application).getString("state")));
        final JsonObject offer = waits(application).getJsonObject("offer");
        assertThat(offer.getLong("untilMs")).isPositive();
        return offer.getString("hold");
    }

    @Test
    void givenAFullPost_whenSomebodyCancels_thenTheFirstInLineHasItAndEverybodySeesTheOrderAndNobodyWhatCools() throws Exception {
        final List<String> booked = full();
        final List<String> applications = OnePost.validated(client, 1, 2);
        get(QUEUE + soFar(), 200); // as of them: the watch begins behind all of it
        final List<Event> events = new CopyOnWriteArrayList<>();
        final AtomicBoolean isWhole = new AtomicBoolean();
        try (Watch watch = client.watch(OnePost.POST, 0, 0, new WatchListener() {
            @Override
            public void onSnapshot() {
                // the days are of no concern here
            }

            @Override
            public void onDays(final List<Day> told) {
                // nor is how they are
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
            await().untilTrue(isWhole);
            final JsonObject wish = dates().put("post", "paris").put("lines", new JsonArray().add(0));
            final JsonObject first = post("/v1/applications/" + applications.get(0) + "/waiting", 200, wish);
            final JsonObject second = post("/v1/applications/" + applications.get(1) + "/waiting", 200, wish);
            assertThat(List.of(first.getLong("place"), second.getLong("place"))).containsExactly(1L, 2L);
            final JsonArray queue = get(QUEUE + at(second), 200).getJsonArray("waiting");
            for (int place = 0; place < 2; place++) {
                final JsonObject waiter = queue.getJsonObject(place);
                assertThat(waiter.getLong("waiterId")).isEqualTo(List.of(first, second).get(place).getLong("waiterId"));
                assertThat(waiter.getLong("before")).isEqualTo(place);
                assertThat(waiter.getLong("sinceMs")).isEqualTo(List.of(first, second).get(place).getLong("nowMs"));
                assertThat(waiter.getString("fromDate")).isEqualTo(DATE);
            }

            cancel(booked.get(0));
            final String offer = offered(applications.get(0));
            post("/v1/holds", 409, new JsonObject().put("application", applications.get(1)).put("legs", new JsonArray().add(new JsonObject().put("deskId", OnePost.DESK)
                    .put("lines", new JsonArray().add(0)).put("date", DATE).put("startUnit", 0).put("units", OnePost.VISIT_UNITS))));
            final JsonObject confirmed = post("/v1/holds/" + offer + "/confirm", 201, null);
            assertThat(get("/v1/appointments/" + confirmed.getString("appointment") + at(confirmed), 200).getString("state")).isEqualTo("CONFIRMED");
            assertThat(get(QUEUE + at(confirmed), 200).getInteger("count")).isEqualTo(1);
            await().until(() -> events.stream().anyMatch(Event::hasWaitingEnded));
        }
        assertThat(events).anyMatch(Event::hasWaitlistJoined).anyMatch(Event::hasOfferMade).as("what cools, and by which secret, is told to nobody").noneMatch(Event::hasCatalogueChanged);
    }

    @Test
    void givenALateAppointment_whenAnEarlierTimeIsTaken_thenTheAppointmentMovesAndTheExplanationSaysSo() throws Exception {
        final List<String> booked = full();
        final String application = get("/v1/appointments/" + booked.get(1) + soFar(), 200).getString("application");
        post("/v1/applications/" + application + "/waiting", 200, dates().put("appointment", booked.get(1)));
        cancel(booked.get(0));
        final JsonObject moved = post("/v1/holds/" + offered(application) + "/confirm", 201, null);
        assertThat(moved.getString("appointment")).isEqualTo(booked.get(1));
        final JsonObject appointment = get("/v1/appointments/" + booked.get(1) + at(moved), 200);
        assertThat(appointment.getLong("startMs")).isEqualTo(OnePost.FIRST_DAY * 86_400_000L + 8 * 3_600_000L);
        final JsonArray firsts = get("/v1/desks/" + OnePost.DESK + "/days/" + DATE + "/explanation?at=08:00&services=passport&minPosition=" + moved.getLong("position"), 200).getJsonArray("firsts");
        assertThat(firsts).hasSize(1);
        assertThat(firsts.getJsonObject(0).getString("how")).isEqualTo("MOVED_THERE");
    }
}
