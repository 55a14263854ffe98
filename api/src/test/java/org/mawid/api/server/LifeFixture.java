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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.engine.Setting;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.Appointment;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.Command;
import org.mawid.grpc.GetApplicationRequest;
import org.mawid.grpc.GetAppointmentRequest;
import org.mawid.grpc.GetStampRequest;
import org.mawid.grpc.Leg;
import org.mawid.grpc.Line;
import org.mawid.grpc.LineState;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.Run;
import org.mawid.grpc.StampServiceGrpc;
import org.mawid.grpc.StampState;
import org.mawid.grpc.ValidateLines;

/** A whole server whose desk is open today, and who asks of it over both edges and reads over both what became of it. */
abstract class LifeFixture {
    static final long UNIT_MS = 300_000;
    /** 25 minutes away and more, so that no slow machine makes it the past. */
    static final int SOON = 2 * OnePost.VISIT_UNITS;
    /** Within the four hours in which one may check in. */
    static final int LATER = 4 * OnePost.VISIT_UNITS;

    /** When the day of the desk begins: with the unit in which the test does. A midnight in between does no harm, a day may go on into the next date. */
    final long startMs = System.currentTimeMillis() / UNIT_MS * UNIT_MS;
    final int today = (int) (startMs / 86_400_000L);
    final String date = LocalDate.ofEpochDay(today).toString();

    @TempDir
    private Path folder;
    final HttpClient http = HttpClient.newHttpClient();
    Service service;
    MawidClient client;
    ManagedChannel channel;
    ApplicationServiceGrpc.ApplicationServiceBlockingStub applications;
    AppointmentServiceGrpc.AppointmentServiceBlockingStub appointments;
    StampServiceGrpc.StampServiceBlockingStub stampCalls;

    @BeforeEach
    void start() throws Exception {
        serve();
        open();
        OnePost.define(client);
        OnePost.done(client, Command.newBuilder().setPublishDay(PublishDay.newBuilder().setPoolId(OnePost.DESK).setEpochDay(today).setStartMs(startMs)
                .setUnitCount(OnePost.UNITS).setAlignUnits(OnePost.VISIT_UNITS).addRuns(Run.newBuilder().setUnits(OnePost.UNITS).setCapacity(20))));
    }

    /** Over what is there already, or over nothing. */
    void serve() throws Exception {
        final Map<String, String> settings = new HashMap<>(Map.of(Setting.DATA.key(), folder.resolve("data").toString(), Setting.RECORDS_ENTRIES.key(), "10000",
                Setting.SEGMENT_BYTES.key(), "1048576", EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0",
                EdgeSetting.CAPABILITY.key(), "off", EdgeSetting.REPLY_TIMEOUT_MS.key(), "30000")); // PENDING is not what is looked at here
        settings.putAll(settings());
        service = Service.start(Settings.of(settings, Map.of(), null));
        service.ready();
        service.keepRecords();
        client = MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()));
        channel = NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort()).usePlaintext().build();
        applications = ApplicationServiceGrpc.newBlockingStub(channel);
        appointments = AppointmentServiceGrpc.newBlockingStub(channel);
        stampCalls = StampServiceGrpc.newBlockingStub(channel);
    }

    /** What a test wants otherwise. */
    Map<String, String> settings() {
        return Map.of();
    }

    /** Before the first command. */
    void open() {
        // nothing, unless somebody has to say what time it is
    }

    @AfterEach
    void stop() {
        client.close();
        channel.shutdownNow();
        service.close();
    }

    Appointment read(final String appointment, final long position) {
        return appointments.getAppointment(GetAppointmentRequest.newBuilder().setAppointment(appointment).setMinPosition(position).build());
    }

    static ErrorInfo refusal(final ThrowableAssert.ThrowingCallable call) {
        return GrpcFixture.errorInfo(catchThrowableOfType(StatusRuntimeException.class, call));
    }

    Appointment assertVisit(final String appointment, final long position, final AppointmentState state, final boolean overflow) throws Exception {
        final JsonObject told = get("/v1/appointments/" + appointment + "?minPosition=" + position, 200);
        assertThat("APPOINTMENT_STATE_" + told.getString("state")).isEqualTo(state.name());
        assertThat(told.getBoolean("overflow")).isEqualTo(overflow);
        final Appointment visit = read(appointment, position);
        assertThat(visit.getState()).isEqualTo(state);
        assertThat(visit.getOverflow()).isEqualTo(overflow);
        assertThat(visit.getLegsCount()).isEqualTo(overflow ? 0 : 1);
        return visit;
    }

    Line assertLine(final String application, final long position, final LineState state) throws Exception {
        return assertLine(application, 0, position, state);
    }

    Line assertLine(final String application, final int index, final long position, final LineState state) throws Exception {
        final JsonObject told = get("/v1/applications/" + application + "?minPosition=" + position, 200).getJsonArray("lines").getJsonObject(index);
        assertThat("LINE_STATE_" + told.getString("state")).isEqualTo(state.name());
        final Line line = applications.getApplication(GetApplicationRequest.newBuilder().setApplication(application).setMinPosition(position).build()).getLines(index);
        assertThat(line.getState()).isEqualTo(state);
        return line;
    }

    void assertStamp(final String stamp, final long position, final StampState state) throws Exception {
        assertThat("STAMP_STATE_" + get("/v1/stamps/" + stamp + "?minPosition=" + position, 200).getString("state")).isEqualTo(state.name());
        assertThat(stampCalls.getStamp(GetStampRequest.newBuilder().setStamp(stamp).setMinPosition(position).build()).getState()).isEqualTo(state);
    }

    Leg leg(final int startUnit) {
        return Leg.newBuilder().setDeskId(OnePost.DESK).setLines(0b110).setEpochDay(today).setStartUnit(startUnit).setUnits(OnePost.VISIT_UNITS).build();
    }

    JsonArray legs(final int startUnit) {
        return new JsonArray().add(new JsonObject().put("deskId", OnePost.DESK).put("lines", new JsonArray().add(1).add(2)).put("date", date)
                .put("startUnit", startUnit).put("units", OnePost.VISIT_UNITS));
    }

    /** An application of one person, that waits for its stamp. */
    String validated(final long person) throws Exception {
        final JsonObject submitted = post("/v1/applications", 201, new JsonObject().put("postId", OnePost.POST).put("lines", new JsonArray().add(line(person))));
        applications.validateLines(ValidateLines.newBuilder().setRequest(client.newRequest()).setApplication(submitted.getString("application")).setLines(1).build());
        return submitted.getString("application");
    }

    /** Its stamp. */
    String issued(final String application) throws Exception {
        return post("/v1/applications/" + application + "/stamps", 201, new JsonObject().put("lines", List.of(0)).put("postId", OnePost.POST)).getJsonArray("stamps").getString(0);
    }

    static JsonObject line(final long person) {
        return new JsonObject().put("personKey", String.format("%016x", person)).put("serviceId", OnePost.SERVICE);
    }

    static List<String> strings(final JsonArray array) {
        return array.stream().map(String.class::cast).toList();
    }

    String state(final String visit, final JsonObject answer) throws Exception {
        return get(visit + at(answer), 200).getString("state");
    }

    /** What was answered can be read. */
    static String at(final JsonObject answer) {
        return "?minPosition=" + answer.getLong("position");
    }

    JsonObject get(final String path, final int status) throws Exception {
        return send(HttpRequest.newBuilder(edge(path)), path, status);
    }

    /** @param body null = none */
    JsonObject post(final String path, final int status, final JsonObject body) throws Exception {
        final HttpRequest.Builder request = HttpRequest.newBuilder(edge(path));
        return send(body == null ? request.POST(BodyPublishers.noBody())
                : request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.encode())), path, status);
    }

    JsonObject send(final HttpRequest.Builder request, final String path, final int status) throws Exception {
        final HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(status);
        return new JsonObject(response.body());
    }

    URI edge(final String path) {
        return URI.create("http://127.0.0.1:" + service.httpPort() + path);
    }
}
