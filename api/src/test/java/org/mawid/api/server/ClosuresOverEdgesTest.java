package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.rpc.ErrorInfo;
import io.grpc.StatusRuntimeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.fake.SseReader;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.Watch;
import org.mawid.client.WatchListener;
import org.mawid.grpc.AcceptPosts;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.ChooseAnother;
import org.mawid.grpc.CloseDays;
import org.mawid.grpc.ClosurePreview;
import org.mawid.grpc.ClosureServiceGrpc;
import org.mawid.grpc.ClosureState;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.Day;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.Event;
import org.mawid.grpc.GetOfferRulesRequest;
import org.mawid.grpc.GetWaitingRequest;
import org.mawid.grpc.HoldReply;
import org.mawid.grpc.Instants;
import org.mawid.grpc.LineState;
import org.mawid.grpc.ListClosuresRequest;
import org.mawid.grpc.ListWaitingRequest;
import org.mawid.grpc.LocalDates;
import org.mawid.grpc.LocalTimes;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.PreviewClosureRequest;
import org.mawid.grpc.Priority;
import org.mawid.grpc.Release;
import org.mawid.grpc.ReopenDays;
import org.mawid.grpc.Result;
import org.mawid.grpc.SetOfferRules;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.TouchedAppointment;
import org.mawid.grpc.WaiterState;
import org.mawid.grpc.Waiting;

/** A post closes a day: both edges say before whom it touches, and afterwards what those are offered; both can answer for them. */
@Timeout(120)
class ClosuresOverEdgesTest extends LifeFixture {
    private static final long DAY_MS = 86_400_000L;
    private static final String CLOSED = LocalDate.ofEpochDay(OnePost.FIRST_DAY).toString();
    private static final String NEXT = LocalDate.ofEpochDay(OnePost.FIRST_DAY + 1).toString();
    private static final int LYON = 2;

    private ClosureServiceGrpc.ClosureServiceBlockingStub closures;

    @BeforeEach
    void openDays() {
        closures = ClosureServiceGrpc.newBlockingStub(channel);
        OnePost.open(client, 0, 2);
        OnePost.open(client, 1, 2);
        OnePost.done(client, Command.newBuilder().setDefinePost(DefinePost.newBuilder().setPostId(LYON).setCode("lyon").setCurrency("EUR").setMinorDigits(2).setRoundToMinor(50)));
    }

    @Test
    void givenADayWithVisits_whenItIsClosedDry_thenBothEdgesTellWhomItTouchesAndNobodyIs() throws Exception {
        final String first = booked(validated(1, Priority.PRIORITY_NONE), 0, 0);
        final String second = booked(validated(2, Priority.PRIORITY_SENIOR), 0, 1);
        booked(validated(3, Priority.PRIORITY_NONE), 1, 0);
        final CommandReply held = client.execute(OnePost.hold(validated(4, Priority.PRIORITY_NONE), 0, 0));

        final JsonObject told = post("/v1/posts/paris/closures?dryRun=true", 200, dates(CLOSED, CLOSED));
        assertThat(told.getLong("fromMs")).isEqualTo(OnePost.FIRST_DAY * DAY_MS);
        assertThat(told.getLong("toMs")).isEqualTo((OnePost.FIRST_DAY + 1) * DAY_MS);
        assertThat(objects(told, "appointments")).extracting(one -> one.getString("appointment")).containsExactly(first, second);
        assertThat(objects(told, "appointments")).extracting(one -> one.getBoolean("prioritised")).containsExactly(false, true);
        assertThat(objects(told, "appointments").get(0).getString("start")).isEqualTo(CLOSED + "T08:00:00Z");
        assertThat(objects(told, "holds")).extracting(one -> one.getString("hold")).containsExactly(held.getReference());
        assertThat(objects(told, "days")).containsExactly(new JsonObject(Map.of("date", CLOSED, "appointments", 2, "persons", 2, "prioritised", 1, "holds", 1)));
        assertThat(objects(told, "free")).containsExactly(new JsonObject(Map.of("date", NEXT, "freeUnits", 2 * OnePost.UNITS - OnePost.VISIT_UNITS)));

        final ClosurePreview byDates = closures.previewClosure(PreviewClosureRequest.newBuilder().setPostId(OnePost.POST).setMinPosition(held.getPosition())
                .setLocalDates(LocalDates.newBuilder().setFirstEpochDay(OnePost.FIRST_DAY).setLastEpochDay(OnePost.FIRST_DAY)).build());
        assertThat(byDates.getAppointmentsList()).extracting(TouchedAppointment::getAppointment).containsExactly(first, second);
        assertThat(byDates.getHolds(0).getHold()).isEqualTo(held.getReference());
        assertThat(byDates.getDays(0).getPersons()).isEqualTo(2);
        assertThat(byDates.getFree(0).getFreeUnits()).isEqualTo(2 * OnePost.UNITS - OnePost.VISIT_UNITS);
        assertThat(closures.previewClosure(PreviewClosureRequest.newBuilder().setPostId(OnePost.POST)
                .setInstants(Instants.newBuilder().setFromMs(byDates.getFromMs()).setToMs(byDates.getToMs())).build()).toBuilder().setPosition(byDates.getPosition()).build()).isEqualTo(byDates);
        final ClosurePreview quarter = closures.previewClosure(PreviewClosureRequest.newBuilder().setPostId(OnePost.POST).setPoolId(OnePost.DESK)
                .setLocalTimes(LocalTimes.newBuilder().setFrom(CLOSED + "T08:15").setTo(CLOSED + "T08:20")).build());
        assertThat(quarter.getAppointmentsList()).extracting(TouchedAppointment::getAppointment).containsExactly(second);
        assertThat(quarter.getHoldsList()).isEmpty();

        // One place is left at 08:00, where two are taken: the hold goes, and nobody has to.
        final JsonObject oneLeft = post("/v1/posts/1/closures?dryRun=true", 200, new JsonObject().put("fromLocal", CLOSED + "T08:00").put("toLocal", CLOSED + "T09:00")
                .put("pool", "paris/1").put("capacity", 1));
        assertThat(oneLeft.getJsonArray("appointments")).isEmpty();
        assertThat(oneLeft.getJsonArray("holds")).hasSize(1);

        assertVisit(first, 0, AppointmentState.APPOINTMENT_STATE_CONFIRMED, false);
        assertThat(get("/v1/posts/paris/closures", 200).getJsonArray("closures")).isEmpty();
    }

    @Test
    void givenADayThatIsClosed_whenItsVisitsAreLost_thenBothEdgesTellTheOffersAndTakeTheAnswers() throws Exception {
        final String early = validated(1, Priority.PRIORITY_NONE);
        final String senior = validated(2, Priority.PRIORITY_SENIOR);
        final String third = validated(3, Priority.PRIORITY_NONE);
        final List<String> lost = List.of(booked(early, 0, 0), booked(senior, 0, 1), booked(third, 0, 2));
        client.execute(OnePost.hold(validated(4, Priority.PRIORITY_NONE), 0, 3));
        final List<Event> events = new CopyOnWriteArrayList<>();
        try (SseReader stream = SseReader.open(edge("/v1/posts/paris/events"), null); Watch watch = client.watch(OnePost.POST, 0, 0, listening(events))) {
            final long closure = post("/v1/posts/paris/closures", 201, dates(CLOSED, CLOSED).put("reasonCode", 4)).getLong("closureId");
            await().until(() -> closures.listClosures(soFar()).getClosures(0).getState() == ClosureState.CLOSURE_STATE_IN_FORCE);
            final JsonObject told = objects(get("/v1/posts/paris/closures", 200), "closures").get(0);
            assertThat(objects(get("/v1/closures", 200), "closures")).containsExactly(told);
            assertThat(told.getMap()).containsEntry("state", "IN_FORCE").containsEntry("displaced", 3).containsEntry("holds", 1).containsEntry("reasonCode", 4)
                    .containsEntry("from", CLOSED + "T00:00:00Z").containsEntry("closureId", (int) closure).doesNotContainKey("pool");
            await().ignoreException(StatusRuntimeException.class).until(() -> waiting(early).getState() == WaiterState.WAITER_STATE_OFFERED && waiting(third).getState() == WaiterState.WAITER_STATE_OFFERED);
            for (final String appointment : lost) {
                await().until(() -> read(appointment, 0).getState() == AppointmentState.APPOINTMENT_STATE_DISPLACED);
            }

            // Two places at a time, on the first day on which there are any.
            final Waiting offered = waiting(early);
            assertThat(offered.getClosureId()).isEqualTo(closure);
            assertThat(offered.getAppointment()).isEqualTo(lost.get(0));
            assertThat(offered.getLines()).isEqualTo(1);
            assertThat(offered.getOffers()).isEqualTo(1);
            assertThat(offered.getPrioritised()).isFalse();
            assertThat(waiting(senior).getPrioritised()).isTrue();
            final long opening = (OnePost.FIRST_DAY + 1) * DAY_MS + 8 * 3_600_000;
            assertThat(List.of(offered, waiting(senior), waiting(third))).extracting(one -> one.getOffer().getStartMs() - opening)
                    .containsExactlyInAnyOrder(0L, 0L, OnePost.VISIT_UNITS * UNIT_MS);
            assertThat(offered.getOffer().getUntilMs()).isPositive();
            final JsonObject same = objects(get("/v1/applications/" + early + "/waiting", 200), "waiting").get(0);
            assertThat(same.getJsonObject("offer").getString("hold")).isEqualTo(offered.getOffer().getHold());
            assertThat(same.getString("state")).isEqualTo("OFFERED");
            final JsonObject queue = get("/v1/posts/paris/waiting?limit=2", 200);
            assertThat(queue.getInteger("count")).isEqualTo(3);
            assertThat(objects(queue, "waiting")).extracting(one -> one.getString("application")).containsExactly(senior, early);
            assertThat(closures.listWaiting(ListWaitingRequest.newBuilder().setPostId(OnePost.POST).build()).getWaitingList()).extracting(Waiting::getApplication)
                    .containsExactly(senior, early, third);

            // One is accepted, one exchanged over either edge and declined, one stays.
            final JsonObject accepted = post("/v1/holds/" + offered.getOffer().getHold() + "/confirm", 201, new JsonObject());
            assertThat(get("/v1/applications/" + early + "/waiting" + at(accepted), 200).getJsonArray("waiting")).isEmpty();
            assertThat(assertLine(early, accepted.getLong("position"), LineState.LINE_STATE_VALIDATED).getAppointment()).isEqualTo(accepted.getString("appointment"));
            final JsonObject another = post("/v1/holds/" + waiting(third).getOffer().getHold() + "/another", 201, legsOf(1, 20));
            final HoldReply yetAnother = appointments.chooseAnother(ChooseAnother.newBuilder().setRequest(client.newRequest()).setHold(another.getString("hold"))
                    .addLegs(OnePost.leg(1, 25)).build());
            assertThat(waiting(third, yetAnother.getPosition()).getOffer().getHold()).isEqualTo(yetAnother.getHold());
            assertThat(waiting(third).getOffer().getLegs(0)).isEqualTo(OnePost.leg(1, 25));
            assertThat(yetAnother.getUntilMs()).isGreaterThanOrEqualTo(another.getLong("untilMs"));
            assertThat(refusal(() -> appointments.chooseAnother(ChooseAnother.newBuilder().setRequest(client.newRequest()).setHold(another.getString("hold"))
                    .addLegs(OnePost.leg(1, 26)).build())).getReason()).isEqualTo("HOLD_EXPIRED");
            final long declined = appointments.release(Release.newBuilder().setRequest(client.newRequest()).setHold(yetAnother.getHold()).build()).getPosition();
            assertThat(closures.getWaiting(GetWaitingRequest.newBuilder().setApplication(third).setMinPosition(declined).build()).getWaitingList()).isEmpty();
            final CommandReply plain = client.execute(OnePost.hold(third, 1, 30));
            assertThat(post("/v1/holds/" + plain.getReference() + "/another", 409, legsOf(1, 31)).getString("result")).isEqualTo("NOT_AN_OFFER");

            // While it is there nobody opens those days; what is told of it is there after a restart, too.
            final JsonObject day = new JsonObject().put("startMs", OnePost.FIRST_DAY * DAY_MS + 8 * 3_600_000).put("releasedAtMs", 0).put("unitCount", OnePost.UNITS)
                    .put("alignUnits", 3).put("runs", new JsonArray().add(new JsonObject().put("startUnit", 0).put("units", 12).put("capacity", 1)));
            assertThat(put("/v1/pools/11/days/" + CLOSED, 409, day).getLong("closureId")).isEqualTo(closure);
            await().until(() -> stream.await(0).stream().anyMatch(event -> event.event().equals("waitingEnded") && event.data().contains("DECLINED")));
            assertThat(stream.await(0)).extracting(SseReader.Sse::event).contains("daysClosed", "closureInForce", "waitingBegun", "offerMade");
            await().until(() -> events.stream().filter(Event::hasWaitingEnded).count() == 2);
            assertThat(events.stream().filter(Event::hasWaitingBegun)).hasSize(3).allMatch(event -> event.getWaitingBegun().getClosureId() == closure);
            assertThat(events.stream().filter(Event::hasOfferMade)).as("three, and two that were exchanged").hasSize(5);
            final String standing = waiting(senior).getOffer().getHold();
            restart();
            assertThat(waiting(senior).getOffer().getHold()).isEqualTo(standing);
            final JsonObject still = objects(get("/v1/posts/paris/closures", 200), "closures").get(0);
            assertThat(still).isEqualTo(told);
            final JsonObject reopened = send(HttpRequest.newBuilder(edge("/v1/closures/" + closure)).DELETE(), "reopen", 200);
            assertThat(refusal(() -> closures.reopenDays(ReopenDays.newBuilder().setRequest(client.newRequest()).setClosureId(closure).build())).getReason()).isEqualTo("CLOSURE_UNKNOWN");
            assertThat(get("/v1/posts/paris/closures" + at(reopened), 200).getJsonArray("closures")).isEmpty();
            put("/v1/pools/11/days/" + CLOSED, 200, day);
        }
    }

    @Test
    void givenRulesAndAcceptedPosts_whenSetOverOneEdge_thenTheOtherTellsThem() throws Exception {
        assertThat(get("/v1/offer-rules", 200).getJsonObject("rules")).isEqualTo(new JsonObject("{\"offerTtlMs\":172800000,\"noticeMs\":7200000,\"searchDays\":120,\"offersEach\":3}"));
        final JsonObject set = put("/v1/offer-rules", 200, new JsonObject().put("offerTtlMs", 300_000).put("noticeMs", 0).put("searchDays", 7).put("offersEach", 1));
        final SetOfferRules rules = closures.getOfferRules(GetOfferRulesRequest.newBuilder().setMinPosition(set.getLong("position")).build()).getRules();
        assertThat(rules).isEqualTo(SetOfferRules.newBuilder().setOfferTtlMs(300_000).setSearchDays(7).setOffersEach(1).build());
        assertThat(refusal(() -> closures.setOfferRules(rules.toBuilder().setRequest(client.newRequest()).setOffersEach(11).build())).getReason()).isEqualTo("RULES_INVALID");

        final String application = validated(1, Priority.PRIORITY_NONE);
        final JsonObject accepted = put("/v1/applications/" + application + "/accepted-posts", 200, new JsonObject().put("posts", new JsonArray().add("lyon").add("1")));
        assertThat(closures.getWaiting(GetWaitingRequest.newBuilder().setApplication(application).setMinPosition(accepted.getLong("position")).build()).getAcceptedPostsList())
                .containsExactly(LYON, OnePost.POST);
        restart();
        assertThat(get("/v1/applications/" + application + "/waiting", 200).getJsonArray("acceptedPosts")).containsExactly("lyon", "paris");
        assertThat(closures.getOfferRules(GetOfferRulesRequest.getDefaultInstance()).getRules()).isEqualTo(rules);
        final long position = applications.acceptPosts(AcceptPosts.newBuilder().setRequest(client.newRequest()).setApplication(application).build()).getPosition();
        assertThat(get("/v1/applications/" + application + "/waiting?minPosition=" + position, 200).getJsonArray("acceptedPosts")).isEmpty();
        assertThat(refusal(() -> applications.acceptPosts(AcceptPosts.newBuilder().setRequest(client.newRequest()).setApplication(application).addPosts(LYON).addPosts(LYON).build()))
                .getReason()).isEqualTo("OUT_OF_RANGE");
        assertThat(refusal(() -> applications.acceptPosts(AcceptPosts.newBuilder().setRequest(client.newRequest()).setApplication(application).addPosts(77).build()))
                .getReason()).isEqualTo("POST_UNKNOWN");
        assertThat(put("/v1/applications/" + application + "/accepted-posts", 404, new JsonObject().put("posts", new JsonArray().add("oslo"))).getString("result"))
                .isEqualTo("POST_UNKNOWN");
    }

    @Test
    void givenWhatNoClosureCanBe_whenAskedForDryOrNot_thenItIsRefusedAlike() throws Exception {
        final long fromMs = OnePost.FIRST_DAY * DAY_MS;
        assertRefused("MALFORMED", 400, new JsonObject());
        assertRefused("MALFORMED", 400, new JsonObject().put("fromMs", fromMs));
        assertRefused("MALFORMED", 400, dates(CLOSED, CLOSED).put("fromMs", fromMs).put("toMs", fromMs + DAY_MS));
        assertRefused("MALFORMED", 400, new JsonObject().put("fromLocal", "2026-02-30T09:00").put("toLocal", CLOSED + "T10:00"));
        assertRefused("OUT_OF_RANGE", 422, dates(NEXT, CLOSED).put("toDate", LocalDate.ofEpochDay(OnePost.FIRST_DAY - 1).toString()));
        assertRefused("OUT_OF_RANGE", 422, new JsonObject().put("fromMs", fromMs + 1).put("toMs", fromMs + DAY_MS));
        assertRefused("OUT_OF_RANGE", 422, new JsonObject().put("fromMs", fromMs).put("toMs", fromMs + 501 * DAY_MS));
        assertRefused("POOL_UNKNOWN", 404, dates(CLOSED, CLOSED).put("pool", "paris/9"));
        assertRefused("IN_THE_PAST", 409, dates("2020-01-01", "2020-01-01"));
        assertRefused("BEYOND_HORIZON", 409, new JsonObject().put("fromMs", fromMs).put("toMs", fromMs + 499 * DAY_MS));
        assertThat(refusal(() -> closures.closeDays(close().setPostId(77).build())).getReason()).isEqualTo("POST_UNKNOWN");
        assertThat(refusal(() -> closures.previewClosure(PreviewClosureRequest.newBuilder().setPostId(77).setInstants(Instants.newBuilder().setFromMs(fromMs).setToMs(fromMs + DAY_MS))
                .build())).getReason()).isEqualTo("POST_UNKNOWN");
        assertThat(refusal(() -> closures.previewClosure(PreviewClosureRequest.newBuilder().setPostId(OnePost.POST).build())).getReason()).isEqualTo("MALFORMED");
        assertThat(refusal(() -> closures.listWaiting(ListWaitingRequest.newBuilder().setPostId(OnePost.POST).setLimit(1_001).build())).getReason()).isEqualTo("OUT_OF_RANGE");
        final ErrorInfo unknown = refusal(() -> closures.listClosures(ListClosuresRequest.newBuilder().setPostId(77).build()));
        assertThat(unknown.getReason()).isEqualTo("POST_UNKNOWN");

        // As many as one post may have; a batch tells the number of each.
        final List<CommandReply> made = IntStream.range(0, 64).mapToObj(i -> client.execute(Command.newBuilder().setCloseDays(close().clearRequest()).build())).toList();
        assertThat(made).allMatch(reply -> reply.getResult() == Result.OK);
        assertThat(made).extracting(CommandReply::getDetail).doesNotHaveDuplicates().allMatch(number -> number > 0);
        assertThat(refusal(() -> closures.closeDays(close().build())).getReason()).isEqualTo("CLOSURES_FULL");
        await().until(() -> closures.listClosures(ListClosuresRequest.newBuilder().setPostId(OnePost.POST).build()).getClosuresCount() == 64);
        assertRefused("CLOSURES_FULL", 507, dates(CLOSED, CLOSED));
    }

    /** Of all that has been answered. */
    private ListClosuresRequest soFar() {
        return ListClosuresRequest.newBuilder().setPostId(OnePost.POST).setMinPosition(service.engine().status().durablePosition()).build();
    }

    private CloseDays.Builder close() {
        return CloseDays.newBuilder().setRequest(client.newRequest()).setPostId(OnePost.POST).setFromMs((OnePost.FIRST_DAY + 5) * DAY_MS).setToMs((OnePost.FIRST_DAY + 6) * DAY_MS);
    }

    private void assertRefused(final String result, final int status, final JsonObject body) throws Exception {
        assertThat(post("/v1/posts/paris/closures", status, body).getString("result")).isEqualTo(result);
        assertThat(post("/v1/posts/paris/closures?dryRun=true", status, body).getString("result")).isEqualTo(result);
    }

    private void restart() throws Exception {
        stop();
        serve();
        closures = ClosureServiceGrpc.newBlockingStub(channel);
    }

    private static WatchListener listening(final List<Event> events) {
        return new WatchListener() {
            @Override
            public void onSnapshot() {
                // only what happens
            }

            @Override
            public void onDays(final List<Day> days) {
                // as above
            }

            @Override
            public void onSnapshotComplete() {
                // as above
            }

            @Override
            public void onEvents(final List<Event> told) {
                events.addAll(told);
            }
        };
    }

    private Waiting waiting(final String application) {
        return waiting(application, 0);
    }

    /** The default when it waits for nothing. */
    private Waiting waiting(final String application, final long position) {
        final List<Waiting> all = closures.getWaiting(GetWaitingRequest.newBuilder().setApplication(application).setMinPosition(position).build()).getWaitingList();
        assertThat(all).hasSizeLessThan(2);
        return all.isEmpty() ? Waiting.getDefaultInstance() : all.get(0);
    }

    private String validated(final long person, final Priority priority) {
        final String application = client.execute(Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().setPostId(OnePost.POST)
                .addLines(NewLine.newBuilder(OnePost.line(person)).setPriority(priority))).build()).getReference();
        OnePost.done(client, OnePost.validate(application).toBuilder());
        return application;
    }

    private String booked(final String application, final int day, final int start) {
        final String hold = client.execute(OnePost.hold(application, day, start)).getReference();
        return client.execute(Command.newBuilder().setConfirm(Confirm.newBuilder().setHold(hold)).build()).getReference();
    }

    private static JsonObject dates(final String from, final String to) {
        return new JsonObject().put("fromDate", from).put("toDate", to);
    }

    private static JsonObject legsOf(final int day, final int start) {
        return new JsonObject().put("legs", new JsonArray().add(new JsonObject().put("deskId", OnePost.DESK).put("lines", new JsonArray().add(0))
                .put("date", LocalDate.ofEpochDay(OnePost.FIRST_DAY + day).toString()).put("startUnit", start * OnePost.VISIT_UNITS).put("units", OnePost.VISIT_UNITS)));
    }

    private static List<JsonObject> objects(final JsonObject in, final String name) {
        final List<JsonObject> objects = new ArrayList<>();
        in.getJsonArray(name).forEach(one -> objects.add((JsonObject) one));
        return objects;
    }

    private JsonObject put(final String path, final int status, final JsonObject body) throws Exception {
        return send(HttpRequest.newBuilder(edge(path)).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body.encode())), path, status);
    }
}
