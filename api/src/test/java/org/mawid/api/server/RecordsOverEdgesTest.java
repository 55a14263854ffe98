package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.Uninterruptibles;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.client.ClientOptions;
import org.mawid.client.ConfirmReply;
import org.mawid.client.DoneReply;
import org.mawid.client.HoldReply;
import org.mawid.client.MawidClient;
import org.mawid.client.MawidException;
import org.mawid.client.SubmitReply;
import org.mawid.engine.Setting;
import org.mawid.engine.core.EngineCore;
import org.mawid.grpc.Application;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.ApplicationServiceGrpc.ApplicationServiceFutureStub;
import org.mawid.grpc.Appointment;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.Beneficiary;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.DefineService;
import org.mawid.grpc.GetApplicationRequest;
import org.mawid.grpc.Leg;
import org.mawid.grpc.LineState;
import org.mawid.grpc.LiveHold;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.PoolKind;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.Result;
import org.mawid.grpc.Run;
import org.mawid.grpc.SetDeskService;
import org.mawid.grpc.SetRate;
import org.mawid.grpc.SetTariff;
import org.mawid.grpc.Stamp;
import org.mawid.grpc.StampState;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.SubmitApplicationReply;
import org.mawid.grpc.TariffComponent;

/** What was booked can be read by reference over both edges, at once by who says which position it must reflect, and after a restart. */
class RecordsOverEdgesTest {
    private static final int POST = 1;
    private static final int DESK = 11;
    private static final int SERVICE = 21;
    private static final int DAY = (int) (System.currentTimeMillis() / 86_400_000L) + 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private Service service;
    private MawidClient client;
    private int durable;

    private void start() throws Exception {
        startWithoutRecords();
        service.keepRecords();
    }

    private void startWithoutRecords() throws Exception {
        final Map<String, String> flags = new HashMap<>(Map.of(Setting.DATA.key(), folder.resolve("data").toString(), Setting.RECORDS_ENTRIES.key(), "10000",
                Setting.SEGMENT_BYTES.key(), "4194304", EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0", EdgeSetting.CAPABILITY.key(), "off"));
        service = Service.start(Settings.of(flags, Map.of(), null));
        service.ready();
        client = MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()));
    }

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    private void defineWorld() {
        done(Command.newBuilder().setDefinePost(DefinePost.newBuilder().setPostId(POST).setCode("paris").setCurrency("EUR").setMinorDigits(2).setRoundToMinor(50)));
        done(Command.newBuilder().setDefinePool(DefinePool.newBuilder().setPoolId(DESK).setPostId(POST).setKind(PoolKind.POOL_KIND_DESK).setCode("paris/1")));
        done(Command.newBuilder().setDefineService(DefineService.newBuilder().setServiceId(SERVICE).setCode("passport").setDurationMinutes(15)
                .setAppointmentRequired(true).setQuantityMax(4)));
        done(Command.newBuilder().setSetDeskService(SetDeskService.newBuilder().setDeskId(DESK).setServiceId(SERVICE).setServes(true)));
        done(Command.newBuilder().setSetTariff(SetTariff.newBuilder().setServiceId(SERVICE).setVersion(1)
                .addComponents(TariffComponent.newBuilder().setBeneficiary(Beneficiary.BENEFICIARY_STAMP).setAmountCentimes(50_000))));
        done(Command.newBuilder().setSetRate(SetRate.newBuilder().setPostId(POST).setMicroMadPerUnit(10_800_000)));
        done(Command.newBuilder().setPublishDay(PublishDay.newBuilder().setPoolId(DESK).setEpochDay(DAY).setStartMs(DAY * 86_400_000L)
                .setUnitCount(96).setAlignUnits(3).addRuns(Run.newBuilder().setUnits(96).setCapacity(20))));
    }

    private long done(final Command.Builder command) {
        final DoneReply reply = client.perform(command.build());
        assertThat(reply).as("%s", command).isInstanceOf(DoneReply.Done.class);
        return ((DoneReply.Done) reply).position();
    }

    private void awaitRecords() {
        final long position = service.engine().status().durablePosition();
        await().atMost(PATIENCE).until(() -> service.engine().status().recordsPosition() >= position);
    }

    private HttpRequest request(final String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + path)).build();
    }

    private HttpResponse<String> get(final String path) throws Exception {
        return http.send(request(path), HttpResponse.BodyHandlers.ofString());
    }

    private JsonObject found(final String path) throws Exception {
        final HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(200);
        return new JsonObject(response.body());
    }

    private void refused(final String path, final int status, final String reason) throws Exception {
        final HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(new JsonObject(response.body()).getString("result")).isEqualTo(reason);
    }

    @Test
    void givenALifeOfABooking_whenEachStepIsReadAtItsPosition_thenBothEdgesSayWhatWasJustDone() throws Exception {
        start();
        defineWorld();
        awaitRecords();
        final NewLine line = NewLine.newBuilder().setPersonKey(42).setServiceId(SERVICE).setQuantity(1).build();
        final SubmitReply.Submitted submitted = (SubmitReply.Submitted) client.submitApplication(77, POST, List.of(line));
        final Application application = client.application(submitted.application(), submitted.position()).orElseThrow();
        assertThat(application.getApplicant()).isEqualTo(77);
        assertThat(application.getPosition()).isGreaterThanOrEqualTo(submitted.position());
        assertThat(application.getLines(0).getState()).isEqualTo(LineState.LINE_STATE_VALIDATED);

        final Leg leg = Leg.newBuilder().setDeskId(DESK).setLines(1).setEpochDay(DAY).setStartUnit(30).setUnits(3).build();
        final HoldReply.Held held = (HoldReply.Held) client.hold(submitted.application(), List.of(leg), true);
        final String heldAt = "?minPosition=" + held.position();
        assertThat(found("/v1/holds/" + held.hold() + heldAt).getString("application")).isEqualTo(submitted.application());
        final LiveHold live = client.liveHold(held.hold(), held.position()).orElseThrow();
        assertThat(live.getLegsList()).containsExactly(leg);
        assertThat(live.getUntilMs()).isEqualTo(held.until().toEpochMilli());
        final Stamp stamp = client.stamp(held.stamps().get(0), held.position()).orElseThrow();
        assertThat(stamp.getAmountCentimes()).isEqualTo(50_000);
        assertThat(stamp.getState()).isEqualTo(StampState.STAMP_STATE_ISSUED);
        assertThat(found("/v1/stamps/" + held.stamps().get(0) + heldAt).getString("currency")).isEqualTo("EUR");
        final JsonObject holding = found("/v1/applications/" + submitted.application() + heldAt).getJsonArray("lines").getJsonObject(0);
        assertThat(holding.getString("hold")).isEqualTo(held.hold());
        assertThat(holding.getString("stamp")).isEqualTo(held.stamps().get(0));

        final ConfirmReply.Confirmed confirmed = (ConfirmReply.Confirmed) client.confirm(held.hold(), false);
        final Appointment appointment = client.appointment(confirmed.appointment(), confirmed.position()).orElseThrow();
        assertThat(appointment.getState()).isEqualTo(AppointmentState.APPOINTMENT_STATE_CONFIRMED);
        assertThat(appointment.getStartMs()).isEqualTo(confirmed.start().toEpochMilli());
        assertThat(client.liveHold(held.hold(), confirmed.position())).isEmpty();
        refused("/v1/holds/" + held.hold() + "?minPosition=" + confirmed.position(), 404, "HOLD_UNKNOWN");

        final long cancelled = done(Command.newBuilder().setCancel(Cancel.newBuilder().setAppointment(confirmed.appointment())));
        assertThat(found("/v1/appointments/" + confirmed.appointment() + "?minPosition=" + cancelled).getString("state")).isEqualTo("CANCELLED");
        assertThat(client.application(submitted.application(), cancelled).orElseThrow().getLines(0).getAppointment()).isEmpty();

        assertThat(found("/v1/applications/" + submitted.application()).getLong("position")).isGreaterThanOrEqualTo(cancelled);
        assertThat(get("/metrics").body()).contains("mawid_records_lag").contains("mawid_position_records");
    }

    @Test
    void givenReferences_whenGuessedOrMistyped_thenNothingIsFound() throws Exception {
        start();
        defineWorld();
        awaitRecords();
        final NewLine line = NewLine.newBuilder().setPersonKey(42).setServiceId(SERVICE).setQuantity(1).build();
        final SubmitReply.Submitted submitted = (SubmitReply.Submitted) client.submitApplication(77, POST, List.of(line));
        final String known = submitted.application();
        final char last = known.charAt(known.length() - 1);
        final String mistyped = known.substring(0, known.length() - 1) + (last == '0' ? '1' : '0');
        assertThatThrownBy(() -> client.application(mistyped, 0)).isInstanceOf(MawidException.class)
                .satisfies(refusal -> assertThat(((MawidException) refusal).reason()).isEqualTo(Result.MALFORMED));
        refused("/v1/applications/" + mistyped, 400, "MALFORMED");
        final String neverGiven = service.gateway().references().text(ReferenceKind.APPLICATION, 4_711);
        assertThat(client.application(neverGiven, submitted.position())).isEmpty();
        refused("/v1/applications/" + neverGiven + "?minPosition=" + submitted.position(), 404, "APPLICATION_UNKNOWN");
        assertThatThrownBy(() -> client.application(known, submitted.position() + 1_000_000)).isInstanceOf(MawidException.class)
                .satisfies(refusal -> assertThat(((MawidException) refusal).reason()).isEqualTo(Result.READ_MODEL_BEHIND));
        refused("/v1/applications/" + known + "?minPosition=" + (submitted.position() + 1_000_000), 503, "READ_MODEL_BEHIND");
    }

    /** What a newcomer meets who pastes at once what a demo prints. */
    @Test
    void givenAServerThatHasJustBecomeReady_whenReadByReference_thenBothEdgesWaitUntilTheRecordsAreOpen() throws Exception {
        startWithoutRecords();
        defineWorld();
        final NewLine line = NewLine.newBuilder().setPersonKey(42).setServiceId(SERVICE).setQuantity(1).build();
        final String application = ((SubmitReply.Submitted) client.submitApplication(77, POST, List.of(line))).application();
        final String neverGiven = service.gateway().references().text(ReferenceKind.APPLICATION, 4_711);
        final ManagedChannel channel = Grpc.newChannelBuilder("127.0.0.1:" + service.grpcPort(), InsecureChannelCredentials.create()).build();
        try {
            final ApplicationServiceFutureStub applications = ApplicationServiceGrpc.newFutureStub(channel); // which does not ask again by itself
            final ListenableFuture<Application> grpc = applications.getApplication(GetApplicationRequest.newBuilder().setApplication(application).build());
            final ListenableFuture<Application> unknown = applications.getApplication(GetApplicationRequest.newBuilder().setApplication(neverGiven).build());
            final CompletableFuture<HttpResponse<String>> overHttp = http.sendAsync(request("/v1/applications/" + application), HttpResponse.BodyHandlers.ofString());
            // One connection, one event loop: what was sent before has been looked at.
            CommandServiceGrpc.newBlockingStub(channel).batch(CommandBatch.getDefaultInstance());
            assertThat(get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(grpc).isNotDone();
            assertThat(unknown).isNotDone();
            assertThat(overHttp).isNotDone();

            service.keepRecords();
            assertThat(grpc.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).getApplicant()).isEqualTo(77);
            assertThatThrownBy(unknown::get).cause().isInstanceOfSatisfying(StatusRuntimeException.class,
                    refusal -> assertThat(GrpcFixture.errorInfo(refusal).getReason()).isEqualTo("APPLICATION_UNKNOWN"));
            final HttpResponse<String> response = overHttp.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        } finally {
            channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    /** The core answers before it says how far it is: what it has answered is there to whoever asks in between. */
    @Test
    void givenAnAnswerInABatchThatIsNotOver_whenReadByReference_thenBothEdgesWaitForIt() throws Exception {
        start();
        defineWorld();
        awaitRecords();
        final Busy first = new Busy();
        final Busy second = new Busy();
        final ManagedChannel channel = Grpc.newChannelBuilder("127.0.0.1:" + service.grpcPort(), InsecureChannelCredentials.create()).build();
        try {
            final ApplicationServiceFutureStub applications = ApplicationServiceGrpc.newFutureStub(channel);
            assertThat(service.engine().query(first::on)).isTrue();
            first.reached.await();
            final ListenableFuture<SubmitApplicationReply> submitted = applications.submitApplication(submit(77));
            awaitOneMoreDurable();
            assertThat(service.engine().query(second::on)).isTrue();
            final ListenableFuture<SubmitApplicationReply> behind = applications.submitApplication(submit(78));
            awaitOneMoreDurable(); // so the question has passed the journal too: the three are one batch of the core
            first.end.countDown();
            second.reached.await();
            final String application = submitted.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).getApplication();

            final ListenableFuture<Application> grpc = applications.getApplication(GetApplicationRequest.newBuilder().setApplication(application).build());
            final CompletableFuture<HttpResponse<String>> overHttp = http.sendAsync(request("/v1/applications/" + application), HttpResponse.BodyHandlers.ofString());
            CommandServiceGrpc.newBlockingStub(channel).batch(CommandBatch.getDefaultInstance());
            assertThat(get("/health/live").statusCode()).isEqualTo(200);
            assertThat(grpc).isNotDone();
            assertThat(overHttp).isNotDone();
            second.end.countDown();
            assertThat(grpc.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).getApplicant()).isEqualTo(77);
            final HttpResponse<String> response = overHttp.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            behind.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } finally {
            first.end.countDown();
            second.end.countDown();
            channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    /** Keeps the core from what comes after it. */
    private static final class Busy {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch end = new CountDownLatch(1);

        void on(final EngineCore core) {
            reached.countDown();
            Uninterruptibles.awaitUninterruptibly(end);
        }
    }

    private SubmitApplication submit(final long applicant) {
        return SubmitApplication.newBuilder().setRequest(client.newRequest()).setPostId(POST).setApplicant(applicant)
                .addLines(NewLine.newBuilder().setPersonKey(applicant).setServiceId(SERVICE).setQuantity(1)).build();
    }

    private void awaitOneMoreDurable() {
        final long position = service.engine().status().appliedPosition() + ++durable;
        await().atMost(PATIENCE).until(() -> service.engine().status().durablePosition() >= position);
    }

    /** The wait is bounded: whoever asks of records that take longer is told to come again. */
    @Test
    void givenRecordsThatTakeLong_whenReadByReference_thenBothEdgesSayThatTheReadSideIsBehind() throws Exception {
        startWithoutRecords();
        final String neverGiven = service.gateway().references().text(ReferenceKind.APPLICATION, 4_711);
        final ManagedChannel channel = Grpc.newChannelBuilder("127.0.0.1:" + service.grpcPort(), InsecureChannelCredentials.create()).build();
        try {
            final ListenableFuture<Application> grpc = ApplicationServiceGrpc.newFutureStub(channel)
                    .getApplication(GetApplicationRequest.newBuilder().setApplication(neverGiven).build());
            refused("/v1/applications/" + neverGiven, 503, "READ_MODEL_BEHIND");
            assertThatThrownBy(grpc::get).cause().isInstanceOfSatisfying(StatusRuntimeException.class,
                    refusal -> assertThat(GrpcFixture.errorInfo(refusal).getReason()).isEqualTo("READ_MODEL_BEHIND"));
        } finally {
            channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void givenACleanStop_whenStartedAgain_thenWhatWasBookedCanBeRead() throws Exception {
        start();
        defineWorld();
        final NewLine line = NewLine.newBuilder().setPersonKey(42).setServiceId(SERVICE).setQuantity(1).build();
        final String application = ((SubmitReply.Submitted) client.submitApplication(77, POST, List.of(line))).application();
        awaitRecords();
        stop();
        assertThat(folder.resolve("data/readmodel/records/clean")).exists();
        start();
        awaitRecords();
        assertThat(client.application(application, 0).orElseThrow().getApplicant()).isEqualTo(77);
        assertThat(found("/v1/applications/" + application).getString("applicant")).isEqualTo("000000000000004d");
    }
}
