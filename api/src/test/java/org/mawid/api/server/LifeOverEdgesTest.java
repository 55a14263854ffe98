package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.ErrorInfo;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.engine.Setting;
import org.mawid.grpc.Application;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.Appointment;
import org.mawid.grpc.AppointmentChanged;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.Call;
import org.mawid.grpc.CheckIn;
import org.mawid.grpc.CheckInReply;
import org.mawid.grpc.Command;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.ConfirmReply;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.Done;
import org.mawid.grpc.Event;
import org.mawid.grpc.GetApplicationRequest;
import org.mawid.grpc.GetAppointmentRequest;
import org.mawid.grpc.GetStampRequest;
import org.mawid.grpc.Hold;
import org.mawid.grpc.HoldReply;
import org.mawid.grpc.Leg;
import org.mawid.grpc.Line;
import org.mawid.grpc.LineState;
import org.mawid.grpc.LinesDecided;
import org.mawid.grpc.MarkNoShow;
import org.mawid.grpc.PoolKind;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.QuoteReply;
import org.mawid.grpc.QuoteRequest;
import org.mawid.grpc.RejectLines;
import org.mawid.grpc.Reschedule;
import org.mawid.grpc.Result;
import org.mawid.grpc.Run;
import org.mawid.grpc.Serve;
import org.mawid.grpc.SetDeskService;
import org.mawid.grpc.Stamp;
import org.mawid.grpc.StampServiceGrpc;
import org.mawid.grpc.StampState;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;
import org.mawid.grpc.VoidStamp;
import org.mawid.grpc.WalkIn;
import org.mawid.grpc.WalkInReply;
import org.mawid.grpc.WatchReply;
import org.mawid.grpc.WatchRequest;
import org.mawid.grpc.WatchServiceGrpc;
import org.mawid.grpc.WithdrawLines;

/** A visit from the first question to the counter, command by command over each edge, and read by reference over both: the day is today. */
class LifeOverEdgesTest {
    private static final long UNIT_MS = 300_000;
    /** 25 minutes away and more, so that no slow machine makes it the past. */
    private static final int SOON = 2 * OnePost.VISIT_UNITS;
    /** Within the four hours in which one may check in. */
    private static final int LATER = 4 * OnePost.VISIT_UNITS;
    /** More than a signed byte holds. */
    private static final int COUNTER = 200;
    private static final int DESK_WITHOUT_A_DAY = 12;

    /** When the day of the desk begins: with the unit in which the test does. A midnight in between does no harm, a day may go on into the next date. */
    private final long startMs = System.currentTimeMillis() / UNIT_MS * UNIT_MS;
    private final int today = (int) (startMs / 86_400_000L);
    private final String date = LocalDate.ofEpochDay(today).toString();

    @TempDir
    private Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private Service service;
    private MawidClient client;
    private ManagedChannel channel;
    private ApplicationServiceGrpc.ApplicationServiceBlockingStub applications;
    private AppointmentServiceGrpc.AppointmentServiceBlockingStub appointments;
    private StampServiceGrpc.StampServiceBlockingStub stampCalls;

    @BeforeEach
    void start() throws Exception {
        service = Service.start(Settings.of(Map.of(Setting.DATA.key(), folder.resolve("data").toString(), Setting.RECORDS_ENTRIES.key(), "10000",
                Setting.SEGMENT_BYTES.key(), "1048576", EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0",
                EdgeSetting.REPLY_TIMEOUT_MS.key(), "30000"), Map.of(), null)); // PENDING is not what is looked at here
        service.ready();
        service.keepRecords();
        client = MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()));
        channel = NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort()).usePlaintext().build();
        applications = ApplicationServiceGrpc.newBlockingStub(channel);
        appointments = AppointmentServiceGrpc.newBlockingStub(channel);
        stampCalls = StampServiceGrpc.newBlockingStub(channel);
        OnePost.define(client);
        OnePost.done(client, Command.newBuilder().setPublishDay(PublishDay.newBuilder().setPoolId(OnePost.DESK).setEpochDay(today).setStartMs(startMs)
                .setUnitCount(OnePost.UNITS).setAlignUnits(OnePost.VISIT_UNITS).addRuns(Run.newBuilder().setUnits(OnePost.UNITS).setCapacity(20))));
    }

    @AfterEach
    void stop() {
        client.close();
        channel.shutdownNow();
        service.close();
    }

    @Test
    void givenAVisitToday_whenLivedOverHttp_thenEachStepIsReadAndTheEndOverBothEdges() throws Exception {
        final String application = post("/v1/applications", 201, new JsonObject().put("applicant", "000000000000004d").put("postId", OnePost.POST)
                .put("lines", new JsonArray().add(line(1)).add(line(2)).add(line(3)))).getString("application");
        final String asked = "/v1/applications/" + application;
        post(asked + "/reject", 200, new JsonObject().put("lines", List.of(0)).put("reasonCode", 12).put("reasonHash", "00000000000000ff"));
        post(asked + "/validate", 200, new JsonObject().put("lines", List.of(1, 2)));
        final JsonObject quote = get("/v1/quotes?post=paris&service=passport&quantity=2", 200);
        assertThat(quote.getLong("amountCentimes")).isEqualTo(100_000);
        assertThat(quote.getString("currency")).isEqualTo("EUR");

        final JsonObject held = post("/v1/holds", 201, new JsonObject().put("application", application).put("issueStamps", true).put("legs", legs(SOON)));
        final List<String> stamps = strings(held.getJsonArray("stamps"));
        assertThat(stamps).hasSize(2);
        final JsonObject confirmed = post("/v1/holds/" + held.getString("hold") + "/confirm", 201, new JsonObject());
        assertThat(confirmed.getLong("startMs")).isEqualTo(startMs + SOON * UNIT_MS);
        assertThat(confirmed.getJsonArray("stamps")).isEmpty();
        final String appointment = confirmed.getString("appointment");
        final String visit = "/v1/appointments/" + appointment;
        assertThat(state(visit, confirmed)).isEqualTo("CONFIRMED");
        final JsonObject moved = post(visit + "/reschedule", 200, new JsonObject().put("legs", legs(LATER)));
        final JsonObject afterMove = get(visit + at(moved), 200);
        assertThat(afterMove.getString("state")).isEqualTo("CONFIRMED");
        assertThat(afterMove.getLong("startMs")).isEqualTo(startMs + LATER * UNIT_MS);
        assertThat(afterMove.getJsonArray("legs")).isEqualTo(legs(LATER));
        final JsonObject checkedIn = post(visit + "/check-in", 200, null);
        assertThat(checkedIn.getInteger("ticket")).isEqualTo(1);
        assertThat(state(visit, checkedIn)).isEqualTo("CHECKED_IN");
        assertThat(state(visit, post(visit + "/call", 200, new JsonObject().put("counter", COUNTER)))).isEqualTo("CALLED");
        final JsonObject served = post(visit + "/serve", 200, new JsonObject().put("fulfilled", List.of(2)));

        assertServed(application, appointment, stamps, served.getLong("position"));
        assertThat(post(visit + "/serve", 409, new JsonObject().put("fulfilled", List.of(2))).getString("result")).isEqualTo("APPOINTMENT_STATE");
    }

    @Test
    void givenAVisitToday_whenLivedOverGrpc_thenEachStepIsReadAndToldAndTheEndOverBothEdges() throws Exception {
        final Iterator<WatchReply> told = WatchServiceGrpc.newBlockingStub(channel).withDeadlineAfter(120, TimeUnit.SECONDS)
                .watch(WatchRequest.newBuilder().setPostId(OnePost.POST).build());
        assertThat(told.next().getSnapshotComplete()).as("what comes now is told").isTrue();
        final String application = applications.submitApplication(SubmitApplication.newBuilder().setRequest(client.newRequest()).setPostId(OnePost.POST)
                .setApplicant(77).addLines(OnePost.line(1)).addLines(OnePost.line(2)).addLines(OnePost.line(3)).build()).getApplication();
        applications.rejectLines(RejectLines.newBuilder().setRequest(client.newRequest()).setApplication(application).setLines(0b001)
                .setReasonCode(12).setReasonHash(255).build());
        final Done validated = applications.validateLines(ValidateLines.newBuilder().setRequest(client.newRequest()).setApplication(application)
                .setLines(0b110).build());
        final QuoteReply quote = stampCalls.quote(QuoteRequest.newBuilder().setPostId(OnePost.POST).setServiceId(OnePost.SERVICE).setQuantity(2)
                .setMinPosition(validated.getPosition()).build());
        assertThat(quote.getAmountCentimes()).isEqualTo(100_000);
        assertThat(quote.getCurrency()).isEqualTo("EUR");

        final HoldReply held = appointments.hold(Hold.newBuilder().setRequest(client.newRequest()).setApplication(application).setIssueStamps(true)
                .addLegs(leg(SOON)).build());
        assertThat(held.getStampsList()).hasSize(2);
        final ConfirmReply confirmed = appointments.confirm(Confirm.newBuilder().setRequest(client.newRequest()).setHold(held.getHold()).build());
        assertThat(confirmed.getStartMs()).isEqualTo(startMs + SOON * UNIT_MS);
        final String appointment = confirmed.getAppointment();
        assertThat(read(appointment, confirmed.getPosition()).getState()).isEqualTo(AppointmentState.APPOINTMENT_STATE_CONFIRMED);
        final Done moved = appointments.reschedule(Reschedule.newBuilder().setRequest(client.newRequest()).setAppointment(appointment)
                .addLegs(leg(LATER)).build());
        final Appointment afterMove = read(appointment, moved.getPosition());
        assertThat(afterMove.getState()).isEqualTo(AppointmentState.APPOINTMENT_STATE_CONFIRMED);
        assertThat(afterMove.getLegsList()).containsExactly(leg(LATER));
        final CheckInReply checkedIn = appointments.checkIn(CheckIn.newBuilder().setRequest(client.newRequest()).setAppointment(appointment).build());
        assertThat(checkedIn.getTicket()).isEqualTo(1);
        assertThat(read(appointment, checkedIn.getPosition()).getState()).isEqualTo(AppointmentState.APPOINTMENT_STATE_CHECKED_IN);
        final Done called = appointments.call(Call.newBuilder().setRequest(client.newRequest()).setAppointment(appointment).setCounter(COUNTER).build());
        assertThat(read(appointment, called.getPosition()).getState()).isEqualTo(AppointmentState.APPOINTMENT_STATE_CALLED);
        final Serve serve = Serve.newBuilder().setRequest(client.newRequest()).setAppointment(appointment).setFulfilled(0b100).build();
        final Done served = appointments.serve(serve);

        assertServed(application, appointment, held.getStampsList(), served.getPosition());
        assertTold(told, application, appointment);
        final Done again = appointments.serve(serve);
        assertThat(again.getRepeatedAnswer()).isTrue();
        assertThat(again.getPosition()).as("a repeat is in the log too").isGreaterThan(served.getPosition());
        assertThat(refusal(() -> appointments.serve(serve.toBuilder().setRequest(client.newRequest()).build())).getReason()).isEqualTo("APPOINTMENT_STATE");
    }

    /** What no record keeps: why a line was rejected, and which lines were served in vain. */
    private static void assertTold(final Iterator<WatchReply> told, final String application, final String appointment) {
        final List<LinesDecided> decisions = new ArrayList<>();
        final List<AppointmentChanged> steps = new ArrayList<>();
        while (steps.isEmpty() || steps.get(steps.size() - 1).getState() != AppointmentState.APPOINTMENT_STATE_SERVED) {
            for (final Event event : told.next().getEventsList()) {
                if (event.hasLinesDecided()) decisions.add(event.getLinesDecided());
                if (event.hasAppointmentChanged()) steps.add(event.getAppointmentChanged());
            }
        }
        assertThat(decisions.get(0)).isEqualTo(LinesDecided.newBuilder().setApplication(application).setLines(0b001)
                .setState(LineState.LINE_STATE_REJECTED).setReasonCode(12).build());
        assertThat(decisions.get(1).getState()).isEqualTo(LineState.LINE_STATE_VALIDATED);
        assertThat(steps).allMatch(step -> step.getAppointment().equals(appointment));
        assertThat(steps).extracting(AppointmentChanged::getState).containsExactly(AppointmentState.APPOINTMENT_STATE_CHECKED_IN,
                AppointmentState.APPOINTMENT_STATE_CALLED, AppointmentState.APPOINTMENT_STATE_SERVED);
        assertThat(steps.get(1).getCounter()).isEqualTo(COUNTER);
        assertThat(steps.get(2).getFulfilled()).isEqualTo(0b100);
    }

    private Appointment read(final String appointment, final long position) {
        return appointments.getAppointment(GetAppointmentRequest.newBuilder().setAppointment(appointment).setMinPosition(position).build());
    }

    private static ErrorInfo refusal(final ThrowableAssert.ThrowingCallable call) {
        return GrpcFixture.errorInfo(catchThrowableOfType(StatusRuntimeException.class, call));
    }

    /** Three lines: the first rejected, the second seen at the counter in vain, the third fulfilled. */
    private void assertServed(final String application, final String appointment, final List<String> stamps, final long position) throws Exception {
        final JsonObject visit = get("/v1/appointments/" + appointment + "?minPosition=" + position, 200);
        assertThat(visit.getString("application")).isEqualTo(application);
        assertThat(visit.getString("state")).isEqualTo("SERVED");
        assertThat(visit.getInteger("counter")).isEqualTo(COUNTER);
        assertThat(visit.getInteger("ticket")).isEqualTo(1);
        assertThat(visit.getInteger("reschedules")).isEqualTo(1);
        assertThat(visit.getLong("startMs")).isEqualTo(startMs + LATER * UNIT_MS);
        assertThat(visit.getJsonArray("legs")).isEqualTo(legs(LATER));
        final Appointment record = client.appointment(appointment, position).orElseThrow();
        assertThat(record.getApplication()).isEqualTo(application);
        assertThat(record.getState()).isEqualTo(AppointmentState.APPOINTMENT_STATE_SERVED);
        assertThat(record.getCounter()).isEqualTo(COUNTER);
        assertThat(record.getTicket()).isEqualTo(1);
        assertThat(record.getReschedules()).isEqualTo(1);
        assertThat(record.getOverflow()).isFalse();
        assertThat(record.getStartMs()).isEqualTo(startMs + LATER * UNIT_MS);
        assertThat(record.getLegsList()).containsExactly(leg(LATER));

        final JsonArray lines = get("/v1/applications/" + application + "?minPosition=" + position, 200).getJsonArray("lines");
        assertThat(lines.stream().map(line -> ((JsonObject) line).getString("state"))).containsExactly("REJECTED", "VALIDATED", "FULFILLED");
        assertThat(lines.stream().map(line -> ((JsonObject) line).getString("stamp"))).containsExactly(null, stamps.get(0), stamps.get(1));
        final Application asked = client.application(application, position).orElseThrow();
        assertThat(asked.getApplicant()).isEqualTo(77);
        assertThat(asked.getLinesList()).extracting(Line::getState)
                .containsExactly(LineState.LINE_STATE_REJECTED, LineState.LINE_STATE_VALIDATED, LineState.LINE_STATE_FULFILLED);
        assertThat(asked.getLinesList()).extracting(Line::getStamp).containsExactly("", stamps.get(0), stamps.get(1));
        assertThat(asked.getLinesList()).extracting(Line::getHold).containsOnly("");
        assertThat(asked.getLines(1).getAppointment()).as("free for another visit").isEmpty();

        for (int i = 0; i < stamps.size(); i++) {
            final JsonObject told = get("/v1/stamps/" + stamps.get(i) + "?minPosition=" + position, 200);
            assertThat(told.getString("state")).isEqualTo("ISSUED");
            assertThat(told.getInteger("line")).isEqualTo(i + 1);
            assertThat(told.getLong("localMinor")).isEqualTo(4_650);
            final Stamp stamp = client.stamp(stamps.get(i), position).orElseThrow();
            assertThat(stamp.getApplication()).isEqualTo(application);
            assertThat(stamp.getState()).isEqualTo(StampState.STAMP_STATE_ISSUED);
            assertThat(stamp.getLine()).isEqualTo(i + 1);
            assertThat(stamp.getAmountCentimes()).isEqualTo(50_000);
        }
        // What is read comes from events: the core itself is asked by what it lets be done with the lines now.
        assertThat(refusal(() -> appointments.hold(hold(application, 0b100)))).extracting(ErrorInfo::getReason).isEqualTo("NOT_VALIDATED");
        assertThat(appointments.hold(hold(application, 0b010)).getUntilMs()).isPositive();
    }

    @Test
    void givenWhoComesUnannouncedOrNot_whenAtTheCounterOfBothEdges_thenTheyAgreeOnWhatBecameOfIt() throws Exception {
        OnePost.done(client, Command.newBuilder().setDefinePool(DefinePool.newBuilder().setPoolId(DESK_WITHOUT_A_DAY).setPostId(OnePost.POST)
                .setKind(PoolKind.POOL_KIND_DESK).setCode("paris/2")));
        OnePost.done(client, Command.newBuilder().setSetDeskService(SetDeskService.newBuilder().setDeskId(DESK_WITHOUT_A_DAY)
                .setServiceId(OnePost.SERVICE).setServes(true)));
        // Who comes without an appointment and finds no room has his visit now: without grace he can be missing at once.
        OnePost.done(client, Command.newBuilder().setSetRules(client.rules(0).getRules().toBuilder().setNoShowGraceMs(0)));

        // With room: checked in, and a visit to come, so nobody is missing yet.
        final JsonObject came = post("/v1/walk-ins", 201, walkIn(OnePost.DESK, 1));
        assertThat(came.getString("result")).isEqualTo("OK");
        assertThat(came.getInteger("ticket")).isEqualTo(1);
        final WalkInReply cameToo = appointments.walkIn(walkIn(OnePost.DESK).addLines(OnePost.line(2)).build());
        assertThat(cameToo.getResult()).isEqualTo(Result.OK);
        assertThat(cameToo.getTicket()).isEqualTo(2);
        assertThat(cameToo.getStampsList()).hasSize(1);
        // Without: counted.
        final JsonObject more = post("/v1/walk-ins", 201, walkIn(DESK_WITHOUT_A_DAY, 3));
        assertThat(more.getString("result")).isEqualTo("OVERFLOW");
        assertThat(more.getInteger("ticket")).isEqualTo(3);
        final WalkInReply moreToo = appointments.walkIn(walkIn(DESK_WITHOUT_A_DAY).addLines(OnePost.line(4)).build());
        assertThat(moreToo.getResult()).isEqualTo(Result.OVERFLOW);
        assertThat(moreToo.getTicket()).isEqualTo(4);
        for (final String appointment : List.of(came.getString("appointment"), cameToo.getAppointment())) {
            assertVisit(appointment, moreToo.getPosition(), AppointmentState.APPOINTMENT_STATE_CHECKED_IN, false);
        }
        for (final String appointment : List.of(more.getString("appointment"), moreToo.getAppointment())) {
            assertVisit(appointment, moreToo.getPosition(), AppointmentState.APPOINTMENT_STATE_CHECKED_IN, true);
        }

        // Of a visit half an hour from now, at least.
        final String application = OnePost.validated(client, 5, 1).get(0);
        final HoldReply held = appointments.hold(Hold.newBuilder().setRequest(client.newRequest()).setApplication(application).setIssueStamps(true)
                .addLegs(leg(SOON).toBuilder().setLines(1)).build());
        final String booked = appointments.confirm(Confirm.newBuilder().setRequest(client.newRequest()).setHold(held.getHold()).build()).getAppointment();
        final JsonObject early = post("/v1/appointments/" + booked + "/no-show", 409, null);
        assertThat(early.getString("result")).isEqualTo("TOO_EARLY");
        assertThat(early.getLong("availableFromMs")).isEqualTo(startMs + SOON * UNIT_MS);
        final ErrorInfo earlyToo = refusal(() -> appointments.markNoShow(noShow(booked)));
        assertThat(earlyToo.getReason()).isEqualTo("TOO_EARLY");
        assertThat(earlyToo.getMetadataMap()).containsEntry("atMs", Long.toString(startMs + SOON * UNIT_MS));

        post("/v1/appointments/" + more.getString("appointment") + "/no-show", 200, null);
        final Done missing = appointments.markNoShow(noShow(moreToo.getAppointment()));
        for (final String appointment : List.of(more.getString("appointment"), moreToo.getAppointment())) {
            final Appointment visit = assertVisit(appointment, missing.getPosition(), AppointmentState.APPOINTMENT_STATE_NO_SHOW, true);
            final Line line = assertLine(visit.getApplication(), missing.getPosition(), LineState.LINE_STATE_VALIDATED);
            assertThat(line.getAppointment()).isEmpty();
        }
        assertVisit(booked, missing.getPosition(), AppointmentState.APPOINTMENT_STATE_CONFIRMED, false);

        // One stamp made void each, of who came; who was missing withdraws, and his becomes void by that.
        post("/v1/stamps/" + came.getJsonArray("stamps").getString(0) + "/void", 200, null);
        stampCalls.voidStamp(VoidStamp.newBuilder().setRequest(client.newRequest()).setStamp(cameToo.getStamps(0)).build());
        assertThat(post("/v1/stamps/" + cameToo.getStamps(0) + "/void", 409, null).getString("result")).isEqualTo("STAMP_STATE");
        final String first = client.appointment(more.getString("appointment"), missing.getPosition()).orElseThrow().getApplication();
        final String second = read(moreToo.getAppointment(), missing.getPosition()).getApplication();
        post("/v1/applications/" + first + "/withdraw", 200, new JsonObject().put("lines", List.of(0)));
        final Done withdrawn = applications.withdrawLines(WithdrawLines.newBuilder().setRequest(client.newRequest()).setApplication(second).setLines(1).build());
        assertLine(first, withdrawn.getPosition(), LineState.LINE_STATE_WITHDRAWN);
        assertLine(second, withdrawn.getPosition(), LineState.LINE_STATE_WITHDRAWN);
        for (final String stamp : List.of(came.getJsonArray("stamps").getString(0), cameToo.getStamps(0),
                more.getJsonArray("stamps").getString(0), moreToo.getStamps(0))) {
            assertStamp(stamp, withdrawn.getPosition(), StampState.STAMP_STATE_VOID);
        }
        assertStamp(held.getStamps(0), withdrawn.getPosition(), StampState.STAMP_STATE_ISSUED);
        final WithdrawLines taken = WithdrawLines.newBuilder().setRequest(client.newRequest()).setApplication(application).setLines(1).build();
        assertThat(refusal(() -> applications.withdrawLines(taken)).getReason()).isEqualTo("LINE_TAKEN");
        assertThat(post("/v1/applications/" + application + "/withdraw", 409, new JsonObject().put("lines", List.of(0))).getString("result")).isEqualTo("LINE_TAKEN");
    }

    private JsonObject walkIn(final int desk, final long person) {
        return new JsonObject().put("deskId", desk).put("date", date).put("issueStamps", true).put("lines", new JsonArray().add(line(person)));
    }

    private WalkIn.Builder walkIn(final int desk) {
        return WalkIn.newBuilder().setRequest(client.newRequest()).setDeskId(desk).setEpochDay(today).setIssueStamps(true);
    }

    private MarkNoShow noShow(final String appointment) {
        return MarkNoShow.newBuilder().setRequest(client.newRequest()).setAppointment(appointment).build();
    }

    private Appointment assertVisit(final String appointment, final long position, final AppointmentState state, final boolean overflow) throws Exception {
        final JsonObject told = get("/v1/appointments/" + appointment + "?minPosition=" + position, 200);
        assertThat("APPOINTMENT_STATE_" + told.getString("state")).isEqualTo(state.name());
        assertThat(told.getBoolean("overflow")).isEqualTo(overflow);
        final Appointment visit = read(appointment, position);
        assertThat(visit.getState()).isEqualTo(state);
        assertThat(visit.getOverflow()).isEqualTo(overflow);
        assertThat(visit.getLegsCount()).isEqualTo(overflow ? 0 : 1);
        return visit;
    }

    private Line assertLine(final String application, final long position, final LineState state) throws Exception {
        final JsonObject told = get("/v1/applications/" + application + "?minPosition=" + position, 200).getJsonArray("lines").getJsonObject(0);
        assertThat("LINE_STATE_" + told.getString("state")).isEqualTo(state.name());
        final Line line = applications.getApplication(GetApplicationRequest.newBuilder().setApplication(application).setMinPosition(position).build()).getLines(0);
        assertThat(line.getState()).isEqualTo(state);
        return line;
    }

    private void assertStamp(final String stamp, final long position, final StampState state) throws Exception {
        assertThat("STAMP_STATE_" + get("/v1/stamps/" + stamp + "?minPosition=" + position, 200).getString("state")).isEqualTo(state.name());
        assertThat(stampCalls.getStamp(GetStampRequest.newBuilder().setStamp(stamp).setMinPosition(position).build()).getState()).isEqualTo(state);
    }

    private Hold hold(final String application, final int lines) {
        return Hold.newBuilder().setRequest(client.newRequest()).setApplication(application).addLegs(leg(LATER).toBuilder().setLines(lines)).build();
    }

    private Leg leg(final int startUnit) {
        return Leg.newBuilder().setDeskId(OnePost.DESK).setLines(0b110).setEpochDay(today).setStartUnit(startUnit).setUnits(OnePost.VISIT_UNITS).build();
    }

    private JsonArray legs(final int startUnit) {
        return new JsonArray().add(new JsonObject().put("deskId", OnePost.DESK).put("lines", new JsonArray().add(1).add(2)).put("date", date)
                .put("startUnit", startUnit).put("units", OnePost.VISIT_UNITS));
    }

    private static JsonObject line(final long person) {
        return new JsonObject().put("personKey", String.format("%016x", person)).put("serviceId", OnePost.SERVICE);
    }

    private static List<String> strings(final JsonArray array) {
        return array.stream().map(String.class::cast).toList();
    }

    private String state(final String visit, final JsonObject answer) throws Exception {
        return get(visit + at(answer), 200).getString("state");
    }

    /** What was answered can be read. */
    private static String at(final JsonObject answer) {
        return "?minPosition=" + answer.getLong("position");
    }

    private JsonObject get(final String path, final int status) throws Exception {
        return send(HttpRequest.newBuilder(edge(path)), path, status);
    }

    /** @param body null = none */
    private JsonObject post(final String path, final int status, final JsonObject body) throws Exception {
        final HttpRequest.Builder request = HttpRequest.newBuilder(edge(path));
        return send(body == null ? request.POST(BodyPublishers.noBody())
                : request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.encode())), path, status);
    }

    private JsonObject send(final HttpRequest.Builder request, final String path, final int status) throws Exception {
        final HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(status);
        return new JsonObject(response.body());
    }

    private URI edge(final String path) {
        return URI.create("http://127.0.0.1:" + service.httpPort() + path);
    }
}
