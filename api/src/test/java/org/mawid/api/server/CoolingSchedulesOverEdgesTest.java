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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.network.PlannedDay;
import org.mawid.api.testkit.OnePost;
import org.mawid.engine.readmodel.Availability.DayView;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.Command;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.Run;

/** Room that cools is nobody's place: a day may be set anew as if it were free, and the edge says so before the core does. */
@Timeout(120)
class CoolingSchedulesOverEdgesTest extends ServiceFixture {
    private static final int PLACES = 2;
    private static final int ROUNDS = 60;
    /** Units of two visits. */
    private static final int STRETCH = 6;
    private static final long UNIT_MS = 300_000;

    @BeforeEach
    void define() {
        OnePost.define(client);
    }

    @Test
    void givenACancelledVisitCools_whenLessIsWantedThere_thenItIsTakenAndALaterPublicationTheSame() throws Exception {
        schedule(PLACES, 200);
        final List<String> applications = OnePost.validated(client, 1, 2);
        final String stays = booked(applications.get(0), 0, 0);
        final String goes = booked(applications.get(1), 0, 0);
        assertThat(schedule(1, 409).getString("result")).as("both have a place").isEqualTo("CAPACITY_BELOW_TAKEN");

        cancel(goes);
        assertThat(cooling(0)[0]).isOne();
        assertThat(schedule(1, 200).getInteger("changed")).isOne();
        assertThat(service.engine().readModel().cooling().count()).as("it cools no more").isZero();
        assertThat(schedule(0, 409).getString("result")).as("one still has a place").isEqualTo("CAPACITY_BELOW_TAKEN");

        cancel(stays);
        OnePost.open(client, 0, 0); // the core, past the edge
        assertThat(day(0).open()).containsOnly(0);
    }

    @Test
    void givenAnyDayOnWhichRoomCools_whenItIsSetAnew_thenTheEdgeSaidWhatTheCoreSays() {
        final Random dice = new Random(12);
        final int[] verdicts = new int[3];
        int cooled = 0;
        final List<String> applications = OnePost.validated(client, 1, ROUNDS * 4);
        for (int round = 0; round < ROUNDS; round++) {
            OnePost.open(client, round, PLACES);
            for (int i = 0; i < 4; i++) {
                final String appointment = booked(applications.get(round * 4 + i), round, dice.nextInt(2) * 2 + i / 2);
                if (dice.nextInt(3) > 0) {
                    cancel(appointment);
                }
            }
            final PlannedDay plan = plan(round, dice);
            final int[] cooling = cooling(round);
            final String said = plan.whyNot(day(round), cooling).name();
            assertThat(client.execute(Command.newBuilder().setPublishDay(published(plan)).build()).getResult().name()).as("round %s: %s", round, plan).isEqualTo(said);
            verdicts[List.of("OK", "CAPACITY_BELOW_TAKEN", "GRID_MISMATCH").indexOf(said)]++;
            cooled += cooling.length > 0 ? 1 : 0;
        }
        assertThat(cooled).as("days on which room cools").isPositive();
        assertThat(Arrays.stream(verdicts)).as("each verdict").allMatch(times -> times > 0);
    }

    // ---- as the tests say it

    /** Two stretches, of which the first is where visits are, sometimes on another grid. */
    private static PlannedDay plan(final int day, final Random dice) {
        final int[] capacity = new int[12 + OnePost.VISIT_UNITS * dice.nextInt(4)];
        Arrays.fill(capacity, 0, STRETCH, dice.nextInt(PLACES + 1));
        Arrays.fill(capacity, STRETCH, capacity.length, dice.nextInt(PLACES + 1));
        final long startMs = (OnePost.FIRST_DAY + day) * 86_400_000L + 8 * 3_600_000L + (dice.nextInt(3) == 0 ? UNIT_MS : 0);
        return new PlannedDay(OnePost.DESK, OnePost.FIRST_DAY + day, startMs, OnePost.VISIT_UNITS, 0, capacity, new int[capacity.length]);
    }

    private static PublishDay published(final PlannedDay plan) {
        final PublishDay.Builder day = PublishDay.newBuilder().setPoolId(plan.poolId()).setEpochDay(plan.epochDay()).setStartMs(plan.startMs()).setUnitCount(plan.units()).setAlignUnits(plan.alignUnits());
        day.addRuns(Run.newBuilder().setUnits(STRETCH).setCapacity(plan.capacity()[0]));
        return day.addRuns(Run.newBuilder().setStartUnit(STRETCH).setUnits(plan.units() - STRETCH).setCapacity(plan.capacity()[STRETCH])).build(); // a day has a run, if only of nothing
    }

    private String booked(final String application, final int day, final int start) {
        final String hold = client.execute(OnePost.hold(application, day, start)).getReference();
        return hold.isEmpty() ? "" : client.execute(Command.newBuilder().setConfirm(Confirm.newBuilder().setHold(hold)).build()).getReference();
    }

    private void cancel(final String appointment) {
        if (!appointment.isEmpty()) {
            OnePost.done(client, Command.newBuilder().setCancel(Cancel.newBuilder().setAppointment(appointment)));
        }
    }

    private DayView day(final int day) {
        service.engine().readModel().availability().awaitPosition(service.engine().status().durablePosition(), 5_000);
        return service.engine().readModel().availability().day(OnePost.DESK, OnePost.FIRST_DAY + day);
    }

    private int[] cooling(final int day) {
        day(day);
        return service.engine().readModel().cooling().on(OnePost.DESK, OnePost.FIRST_DAY + day);
    }

    private JsonObject schedule(final int places, final int status) throws Exception {
        day(0); // whatever came before is seen
        final LocalDate date = LocalDate.ofEpochDay(OnePost.FIRST_DAY);
        final JsonObject opening = new JsonObject().put("days", new JsonArray(List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"))).put("open", "08:00").put("close", "10:00").put("places", places);
        final JsonObject wanted = new JsonObject().put("holidays", new JsonObject().put("host", false).put("morocco", false)).put("pools", new JsonArray().add(new JsonObject().put("pool", "paris/1")
                .put("alignMinutes", 15).put("weekly", places == 0 ? new JsonArray() : new JsonArray().add(opening))));
        final URI uri = URI.create("http://127.0.0.1:" + service.httpPort() + "/v1/posts/paris/schedule?from=" + date + "&to=" + date);
        final HttpResponse<String> response = http.send(HttpRequest.newBuilder(uri).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(wanted.encode())).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return new JsonObject(response.body());
    }
}
