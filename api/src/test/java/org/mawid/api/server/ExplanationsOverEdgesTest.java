package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.AvailabilityServiceGrpc;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.Channel;
import org.mawid.grpc.CloseDays;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.ExplainQuery;
import org.mawid.grpc.Explanation;
import org.mawid.grpc.First;
import org.mawid.grpc.Hold;
import org.mawid.grpc.HowFirst;
import org.mawid.grpc.KeptThen;
import org.mawid.grpc.LackingUnit;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.Quota;
import org.mawid.grpc.QuotaClass;
import org.mawid.grpc.Release;
import org.mawid.grpc.Reschedule;
import org.mawid.grpc.Result;
import org.mawid.grpc.Run;
import org.mawid.grpc.ServiceNeed;
import org.mawid.grpc.SetCapacity;

/** Somebody asks why 08:15 was not for them, and is told from the log: what the calendar was like at that moment, and who was first. */
@Timeout(180)
class ExplanationsOverEdgesTest extends LifeFixture {
    private static final long DAY_MS = 86_400_000L;
    private static final String DATE = LocalDate.ofEpochDay(OnePost.FIRST_DAY).toString();
    private static final int STARTS = 6;

    /** Positions are counted here: no era may begin in between. */
    @Override
    Map<String, String> settings() {
        return Map.of(EdgeSetting.COOLING.key(), "false");
    }

    @Test
    void givenSomebodyWasFirst_whenTheOtherAsksWhy_thenBothPositionsAreToldAndNobodyIsNamed() throws Exception {
        OnePost.open(client, 0, 1);
        final List<String> applications = OnePost.validated(client, 1, 2);
        final CommandReply held = client.execute(OnePost.hold(applications.get(0), 0, 1));
        final CommandReply booked = confirm(held.getReference());
        final String refused = refusedHold(applications.get(1), 1);
        client.execute(Command.newBuilder().setCancel(Cancel.newBuilder().setAppointment(booked.getReference())).build());

        final JsonObject told = get(why(1) + "&requestId=" + refused, 200);
        assertThat(told.getJsonObject("request").getString("result")).isEqualTo("SOLD_OUT");
        assertThat(told.getString("verdict")).isEqualTo("SOLD_OUT");
        final JsonObject first = only(told, "firsts");
        assertThat(first.getLong("position")).isEqualTo(held.getPosition());
        assertThat(first.getLong("bookedPosition")).isEqualTo(booked.getPosition());
        assertThat(told.getLong("position")).as("the refusal itself").isEqualTo(booked.getPosition() + 1);
        assertThat(told.getJsonArray("lacking")).hasSize(OnePost.VISIT_UNITS);
        assertThat(told.getJsonArray("lacking").getJsonObject(0)).isEqualTo(new JsonObject(Map.of("poolId", OnePost.DESK, "pool", "paris/1", "unit", 3, "wanted", 1, "open", 1,
                "withheld", 0, "taken", 1, "takenBefore", 0, "kept", new JsonArray())));
        final Explanation overGrpc = AvailabilityServiceGrpc.newBlockingStub(channel).explain(ExplainQuery.newBuilder().setDeskId(OnePost.DESK).setEpochDay(OnePost.FIRST_DAY)
                .setStartMs(told.getLong("startMs")).addServices(ServiceNeed.newBuilder().setServiceId(OnePost.SERVICE)).setPosition(booked.getPosition()).build());
        assertThat(overGrpc.getVerdict()).isEqualTo(Result.SOLD_OUT);
        assertThat(overGrpc.getFirstsList()).containsExactly(First.newBuilder().setPosition(held.getPosition()).setNowMs(held.getNowMs()).setHow(HowFirst.HOW_FIRST_HELD)
                .setBookedPosition(booked.getPosition()).addPoolIds(OnePost.DESK).build());
        assertThat(overGrpc.getLacking(0).getTaken()).isEqualTo(1);
        assertThat(told.encode()).doesNotContain(applications.get(0), held.getReference(), booked.getReference());

        final JsonObject between = get(why(1) + "&position=" + held.getPosition() + "&when=1999-01-01T00:00:00Z", 200);
        assertThat(between.getLong("position")).as("a position counts before an instant").isEqualTo(held.getPosition());
        assertThat(between.getString("verdict")).isEqualTo("HELD_BY_OTHER");
        assertThat(only(between, "firsts").getLong("untilMs")).isPositive();
        assertThat(get(why(1) + "&position=" + (held.getPosition() - 1), 200).getString("verdict")).isEqualTo("OK");
        final JsonObject now = get(why(1), 200);
        assertThat(now.getString("verdict")).as("what was given back is kept for those who wait").isEqualTo("HELD_BY_OTHER");
        assertThat(only(now, "firsts").getString("how")).isEqualTo("COOLING");
        assertThat(only(now, "firsts").containsKey("untilMs")).as("when it comes is nobody's to know").isFalse();
    }

    @Test
    void givenARuleStoodInTheWay_thenItIsTheRuleThatIsTold() throws Exception {
        OnePost.open(client, 0, 2);
        OnePost.done(client, Command.newBuilder().setSetCapacity(SetCapacity.newBuilder().setPoolId(OnePost.DESK).setEpochDay(OnePost.FIRST_DAY).setRun(
                Run.newBuilder().setStartUnit(3).setUnits(3).setCapacity(2).setWithheld(2))));
        final JsonObject kept = get(why(1), 200);
        assertThat(kept.getString("verdict")).isEqualTo("SOLD_OUT");
        assertThat(kept.getJsonArray("firsts")).isEmpty();
        assertThat(kept.getJsonArray("lacking").getJsonObject(0).getInteger("withheld")).isEqualTo(2);
        assertThat(get(why(1).replace("08:15", "08:20"), 200).getString("verdict")).isEqualTo("NOT_ALIGNED");
        assertThat(get(why(1).replace("08:15", "07:45"), 200).getString("verdict")).isEqualTo("CLOSED");
        assertThat(get(why(1).replace(DATE, LocalDate.ofEpochDay(OnePost.FIRST_DAY + 1).toString()), 200).getString("verdict")).isEqualTo("SLOT_UNKNOWN");

        final CommandReply closed = client.execute(Command.newBuilder().setCloseDays(CloseDays.newBuilder().setPostId(OnePost.POST)
                .setFromMs(OnePost.FIRST_DAY * DAY_MS).setToMs((OnePost.FIRST_DAY + 1) * DAY_MS).setReasonCode(4)).build());
        await().until(() -> "CLOSED_BY_CLOSURE".equals(get(why(2), 200).getString("verdict"))); // its days are closed by Ticks
        final JsonObject shut = get(why(2), 200);
        assertThat(only(shut, "closures").getLong("position")).isEqualTo(closed.getPosition());
        assertThat(only(shut, "closures").getInteger("reasonCode")).isEqualTo(4);

        final long releasedAtMs = System.currentTimeMillis() + 3_600_000;
        OnePost.done(client, Command.newBuilder().setPublishDay(PublishDay.newBuilder().setPoolId(OnePost.DESK).setEpochDay(OnePost.FIRST_DAY + 2)
                .setStartMs((OnePost.FIRST_DAY + 2) * DAY_MS + 8 * 3_600_000L).setReleasedAtMs(releasedAtMs).setUnitCount(OnePost.UNITS).setAlignUnits(OnePost.VISIT_UNITS)
                .addRuns(Run.newBuilder().setUnits(OnePost.UNITS).setCapacity(1))));
        final JsonObject early = get(why(1).replace(DATE, LocalDate.ofEpochDay(OnePost.FIRST_DAY + 2).toString()), 200);
        assertThat(early.getString("verdict")).isEqualTo("NOT_YET_RELEASED");
        assertThat(early.getLong("releasedAtMs")).isEqualTo(releasedAtMs);
    }

    /** Two places, both kept for the call centre until the day before: nobody else is told "sold out" without a word of them. */
    @Test
    void givenPlacesThatAreKeptForTheCallCentre_whenSomebodyAsksWhy_thenIsToldHowManyWereLeftThenAndUntilWhen() throws Exception {
        final long spillMs = (OnePost.FIRST_DAY - 1) * DAY_MS;
        final PublishDay day = PublishDay.newBuilder().setPoolId(OnePost.DESK).setEpochDay(OnePost.FIRST_DAY).setStartMs(OnePost.FIRST_DAY * DAY_MS + 8 * 3_600_000L)
                .setUnitCount(OnePost.UNITS).setAlignUnits(OnePost.VISIT_UNITS).addRuns(Run.newBuilder().setUnits(OnePost.UNITS).setCapacity(2))
                .addQuotas(Quota.newBuilder().setStartUnit(OnePost.VISIT_UNITS).setUnits(OnePost.VISIT_UNITS).setQuotaClass(QuotaClass.QUOTA_CLASS_CALL_CENTRE).setPlaces(2).setSpillMs(spillMs)).build();
        OnePost.done(client, Command.newBuilder().setPublishDay(day));
        final List<String> applications = OnePost.validated(client, 1, 3);
        assertThat(client.execute(OnePost.hold(applications.get(0), 0, 1)).getResult()).isEqualTo(Result.KEPT_FOR_CHANNEL);
        final JsonObject before = get(why(1), 200);
        assertThat(before.getString("verdict")).isEqualTo("KEPT_FOR_CHANNEL");
        assertKept(before, 0, 0, 2, spillMs);

        final CommandReply held = byPhone(applications.get(1));
        final CommandReply booked = confirm(held.getReference());
        assertKept(get(why(1) + "&position=" + (held.getPosition() - 1), 200), 0, 0, 2, spillMs);
        final JsonObject now = get(why(1) + "&minPosition=" + booked.getPosition(), 200);
        assertThat(now.getString("verdict")).isEqualTo("KEPT_FOR_CHANNEL");
        assertKept(now, 1, 1, 1, spillMs);
        assertThat(only(now, "firsts").getLong("position")).as("who has one of the places that were kept").isEqualTo(held.getPosition());
        final LackingUnit unit = AvailabilityServiceGrpc.newBlockingStub(channel).explain(ExplainQuery.newBuilder().setDeskId(OnePost.DESK).setEpochDay(OnePost.FIRST_DAY)
                .setStartMs(now.getLong("startMs")).addServices(ServiceNeed.newBuilder().setServiceId(OnePost.SERVICE)).setPosition(booked.getPosition()).build()).getLacking(0);
        assertThat(unit.getKeptList()).containsExactly(KeptThen.newBuilder().setQuotaClass(QuotaClass.QUOTA_CLASS_CALL_CENTRE).setPlaces(2).setLeft(1).setUntilMs(spillMs).build());

        // Published anew, without them: what was so before is still told as it was, and what was taken stays taken.
        OnePost.done(client, Command.newBuilder().setPublishDay(day.toBuilder().clearQuotas()));
        final JsonObject then = get(why(1) + "&position=" + booked.getPosition(), 200);
        assertThat(then.getJsonArray("lacking")).isEqualTo(now.getJsonArray("lacking"));
        assertThat(then.getString("verdict")).isEqualTo("KEPT_FOR_CHANNEL");
        assertThat(get(why(1), 200).getString("verdict")).isEqualTo("OK");
    }

    private CommandReply byPhone(final String application) {
        final Hold hold = OnePost.hold(application, 0, 1).getHold();
        final CommandReply reply = client.execute(Command.newBuilder().setHold(hold.toBuilder().setRequest(client.newRequest().toBuilder().setChannel(Channel.CHANNEL_CALL_CENTRE))).build());
        assertThat(reply.getResult()).isEqualTo(Result.OK);
        return reply;
    }

    private static void assertKept(final JsonObject told, final int open, final int taken, final int left, final long untilMs) {
        assertThat(told.getJsonArray("lacking")).hasSize(OnePost.VISIT_UNITS);
        final JsonObject unit = told.getJsonArray("lacking").getJsonObject(0);
        assertThat(unit.getInteger("open")).as("%s", told).isEqualTo(open);
        assertThat(unit.getInteger("taken")).as("%s", told).isEqualTo(taken);
        assertThat(unit.getInteger("takenBefore")).as("%s", told).isZero();
        assertThat(unit.getInteger("withheld")).as("%s", told).isEqualTo(left);
        final JsonObject kept = only(unit, "kept");
        assertThat(kept.getString("for")).isEqualTo("CALL_CENTRE");
        assertThat(kept.getInteger("places")).isEqualTo(2);
        assertThat(kept.getInteger("left")).as("%s", told).isEqualTo(left);
        assertThat(kept.getLong("untilMs")).isEqualTo(untilMs);
    }

    @Test
    void givenWhatCannotBeAnswered_thenItIsRefusedInWords() throws Exception {
        OnePost.open(client, 0, 1);
        assertThat(get(why(1) + "&requestId=" + UUID.randomUUID(), 404).getString("result")).isEqualTo("REQUEST_UNKNOWN");
        assertThat(refusal(() -> AvailabilityServiceGrpc.newBlockingStub(channel).explain(ExplainQuery.newBuilder().setDeskId(OnePost.DESK).setRequestIdLow(1).build())).getReason())
                .isEqualTo("REQUEST_UNKNOWN");
        assertThat(get(why(1) + "&position=1000000", 503).getString("result")).isEqualTo("READ_MODEL_BEHIND");
        assertThat(get(why(1) + "&when=1999-01-01T00:00:00Z", 410).getString("result")).isEqualTo("START_AGAIN");
        assertThat(get(why(1).replace("/11/", "/12/"), 404).getString("result")).isEqualTo("POOL_UNKNOWN");
        assertThat(get(why(1).replace("08:15", "08:17"), 400).getString("result")).isEqualTo("MALFORMED");
        assertThat(get(why(1).replace("passport", "passport:200"), 422).getString("result")).as("longer than a day").isEqualTo("OUT_OF_RANGE");
        assertThat(get(why(1).replace("passport", "nothing"), 404).getString("result")).isEqualTo("SERVICE_UNKNOWN");
    }

    /** Whatever happened since: what is told of a moment is what a model that was kept meanwhile has of it. */
    @Test
    void givenADayOnWhichMuchHappened_whenAnyMomentIsAskedAbout_thenItIsToldAsItWas() throws Exception {
        final Random dice = new Random(20_261_128);
        final int[] capacity = new int[STARTS];
        final int[] taken = new int[STARTS];
        final int[] cooling = new int[STARTS];
        final Map<Long, int[]> room = new HashMap<>();
        final List<Long> positions = new ArrayList<>();
        final Map<String, Integer> held = new HashMap<>();
        final Map<String, Integer> booked = new HashMap<>();
        final List<String> free = new ArrayList<>(OnePost.validated(client, 100, 40));
        final Map<String, String> applicationOf = new HashMap<>();
        publish(capacity, 2);
        for (int step = 0; step < 250; step++) {
            final int start = dice.nextInt(STARTS);
            CommandReply reply = null;
            switch (dice.nextInt(8)) {
                case 0, 1, 2 -> {
                    if (!free.isEmpty()) {
                        reply = client.execute(OnePost.hold(free.get(0), 0, start));
                        assertThat(reply.getResult() == Result.OK).isEqualTo(capacity[start] > taken[start] + cooling[start]);
                        if (reply.getResult() == Result.OK) {
                            taken[start]++;
                            held.put(reply.getReference(), start);
                            applicationOf.put(reply.getReference(), free.remove(0));
                        }
                    }
                }
                case 3 -> {
                    if (!held.isEmpty()) {
                        final String hold = held.keySet().iterator().next();
                        reply = confirm(hold);
                        booked.put(reply.getReference(), held.remove(hold));
                        applicationOf.put(reply.getReference(), applicationOf.remove(hold));
                    }
                }
                case 4 -> {
                    if (!held.isEmpty()) {
                        final String hold = held.keySet().iterator().next();
                        reply = client.execute(Command.newBuilder().setRelease(Release.newBuilder().setHold(hold)).build());
                        final int was = held.remove(hold);
                        taken[was]--;
                        cooling[was]++;
                        free.add(applicationOf.remove(hold));
                    }
                }
                case 5 -> {
                    if (!booked.isEmpty()) {
                        final String appointment = booked.keySet().iterator().next();
                        reply = client.execute(Command.newBuilder().setCancel(Cancel.newBuilder().setAppointment(appointment)).build());
                        final int was = booked.remove(appointment);
                        taken[was]--;
                        cooling[was]++;
                        free.add(applicationOf.remove(appointment));
                    }
                }
                case 6 -> {
                    if (!booked.isEmpty()) {
                        final String appointment = booked.keySet().iterator().next();
                        reply = client.execute(Command.newBuilder().setReschedule(Reschedule.newBuilder().setAppointment(appointment).addLegs(OnePost.leg(0, start))).build());
                        if (reply.getResult() == Result.OK) {
                            final int was = booked.put(appointment, start);
                            taken[was]--;
                            taken[start]++;
                            cooling[was] += was == start ? 0 : 1;
                        }
                    }
                }
                default -> {
                    final int places = taken[start] + dice.nextInt(3);
                    if (dice.nextInt(4) == 0) {
                        reply = publish(capacity, max(taken) + dice.nextInt(2));
                        Arrays.fill(cooling, 0);
                    } else {
                        reply = client.execute(Command.newBuilder().setSetCapacity(SetCapacity.newBuilder().setPoolId(OnePost.DESK).setEpochDay(OnePost.FIRST_DAY)
                                .setRun(Run.newBuilder().setStartUnit(start * OnePost.VISIT_UNITS).setUnits(OnePost.VISIT_UNITS).setCapacity(places))).build());
                        assertThat(reply.getResult()).isEqualTo(Result.OK);
                        capacity[start] = places;
                        cooling[start] = 0;
                    }
                }
            }
            if (reply != null) {
                final int[] now = new int[STARTS];
                for (int i = 0; i < STARTS; i++) {
                    now[i] = capacity[i] - taken[i] - cooling[i];
                }
                room.put(reply.getPosition(), now);
                positions.add(reply.getPosition());
            }
        }
        for (int asked = 0; asked < 150; asked++) {
            final long position = positions.get(dice.nextInt(positions.size()));
            final int start = dice.nextInt(STARTS);
            final int there = room.get(position)[start];
            final JsonObject told = get(why(start) + "&position=" + position, 200);
            assertThat("OK".equals(told.getString("verdict"))).as("position %d, start %d, room %d: %s", position, start, there, told).isEqualTo(there > 0);
            for (int i = 0; i < told.getJsonArray("lacking").size(); i++) {
                final JsonObject unit = told.getJsonArray("lacking").getJsonObject(i);
                assertThat(unit.getInteger("open") - unit.getInteger("taken")).as("%s", told).isEqualTo(there);
                assertThat(unit.getInteger("taken")).as("%s", told).isEqualTo(told.getJsonArray("firsts").size());
                assertThat(unit.getInteger("takenBefore")).isZero();
            }
        }
    }

    private CommandReply publish(final int[] capacity, final int places) {
        final CommandReply reply = client.execute(Command.newBuilder().setPublishDay(PublishDay.newBuilder().setPoolId(OnePost.DESK).setEpochDay(OnePost.FIRST_DAY)
                .setStartMs(OnePost.FIRST_DAY * DAY_MS + 8 * 3_600_000L).setUnitCount(OnePost.UNITS).setAlignUnits(OnePost.VISIT_UNITS)
                .addRuns(Run.newBuilder().setUnits(OnePost.UNITS).setCapacity(places))).build());
        assertThat(reply.getResult()).isEqualTo(Result.OK);
        Arrays.fill(capacity, places);
        return reply;
    }

    private static int max(final int[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }

    private CommandReply confirm(final String hold) {
        return client.execute(Command.newBuilder().setConfirm(Confirm.newBuilder().setHold(hold)).build());
    }

    /** Its request id. */
    private String refusedHold(final String application, final int start) throws Exception {
        final UUID id = UUID.randomUUID();
        final JsonObject leg = new JsonObject().put("deskId", OnePost.DESK).put("lines", new JsonArray().add(0)).put("date", DATE)
                .put("startUnit", start * OnePost.VISIT_UNITS).put("units", OnePost.VISIT_UNITS);
        final var request = HttpRequest.newBuilder(edge("/v1/holds")).header("Content-Type", "application/json").header("Idempotency-Key", id.toString())
                .POST(BodyPublishers.ofString(new JsonObject().put("application", application).put("legs", new JsonArray().add(leg)).encode()));
        send(request, "/v1/holds", 409);
        return id.toString();
    }

    private static String why(final int start) {
        return "/v1/desks/" + OnePost.DESK + "/days/" + DATE + "/explanation?services=passport&at="
                + LocalTime.of(8, 0).plusMinutes(start * OnePost.VISIT_UNITS * 5L);
    }

    private static JsonObject only(final JsonObject told, final String name) {
        assertThat(told.getJsonArray(name)).as("%s", told).hasSize(1);
        return told.getJsonArray(name).getJsonObject(0);
    }
}
