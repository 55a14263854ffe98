package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.ErrorInfo;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.DoneReply;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.AppointmentServiceGrpc.AppointmentServiceBlockingStub;
import org.mawid.grpc.Beneficiary;
import org.mawid.grpc.Command;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.DefineService;
import org.mawid.grpc.Hold;
import org.mawid.grpc.IssueStamps;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.QuoteReply;
import org.mawid.grpc.QuoteRequest;
import org.mawid.grpc.Release;
import org.mawid.grpc.Reschedule;
import org.mawid.grpc.Run;
import org.mawid.grpc.SetDeskService;
import org.mawid.grpc.SetRate;
import org.mawid.grpc.SetTariff;
import org.mawid.grpc.StampServiceGrpc;
import org.mawid.grpc.StampServiceGrpc.StampServiceBlockingStub;
import org.mawid.grpc.TariffComponent;
import org.mawid.grpc.WalkIn;

/** What a network that is not whole yet lacks is told by the same name over both edges, when it is asked what something costs and when it is to be done. */
@Timeout(120)
class QuotesOverEdgesTest extends ServiceFixture {
    private static final int OTHER_DESK = 12;
    private static final long NEXT_CENTURY_MS = 4_102_444_800_000L;
    private static final String DATE = LocalDate.ofEpochDay(OnePost.FIRST_DAY).toString();

    private StampServiceBlockingStub stamps;
    private AppointmentServiceBlockingStub appointments;
    private long position;

    @BeforeEach
    void stubs() {
        stamps = StampServiceGrpc.newBlockingStub(channel);
        appointments = AppointmentServiceGrpc.newBlockingStub(channel);
    }

    @Test
    void givenANetworkThatGrows_whenAStampIsQuotedOrIssued_thenWhatIsMissingIsToldUntilItHasAPrice() throws Exception {
        assertNoQuote("POST_UNKNOWN", Code.NOT_FOUND, 404);
        define("EUR", 2);
        assertNoQuote("SERVICE_UNKNOWN", Code.NOT_FOUND, 404);
        done(Command.newBuilder().setDefineService(DefineService.newBuilder().setServiceId(OnePost.SERVICE).setCode("passport").setDurationMinutes(15)
                .setAppointmentRequired(true).setQuantityMax(255)));
        final String application = client.execute(OnePost.submit(1)).getReference();
        assertNoQuote("TARIFF_UNKNOWN", Code.FAILED_PRECONDITION, 409);
        assertNoStamp("TARIFF_UNKNOWN", application);
        setTariff(1, NEXT_CENTURY_MS, 70_000);
        assertNoQuote("TARIFF_UNKNOWN", Code.FAILED_PRECONDITION, 409); // not yet
        assertNoStamp("TARIFF_UNKNOWN", application);
        setTariff(2, 1, 50_000);
        assertNoQuote("RATE_UNKNOWN", Code.FAILED_PRECONDITION, 409);
        assertNoStamp("RATE_UNKNOWN", application);
        done(Command.newBuilder().setSetRate(SetRate.newBuilder().setPostId(OnePost.POST).setMicroMadPerUnit(10_800_000)));

        assertQuote(1, 50_000, 4_650);
        assertQuote(255, 12_750_000, 1_180_550);
        assertThat(stamps.quote(quote(0)).getAmountCentimes()).as("absent is one").isEqualTo(50_000);
        final StatusRuntimeException tooMany = catchThrowableOfType(StatusRuntimeException.class, () -> stamps.quote(quote(256)));
        assertThat(GrpcFixture.errorInfo(tooMany).getReason()).isEqualTo("OUT_OF_RANGE");
        assertThat(get("/v1/quotes?post=1&service=21&quantity=256", 400).getString("result")).isEqualTo("MALFORMED");
        assertThat(get("/v1/quotes?post=1&service=21&quantity=0", 400).getString("result")).isEqualTo("MALFORMED");
        assertThat(post("/v1/applications/" + application + "/stamps", 201, stampsOf()).getJsonArray("stamps")).hasSize(1);
        assertNoStamp("STAMP_ALREADY_ISSUED", application);
        final String another = client.execute(OnePost.submit(2)).getReference();
        define("XOF", 0);
        assertNoQuote("RATE_UNKNOWN", Code.FAILED_PRECONDITION, 409); // the euro's is none of the franc
        assertNoStamp("RATE_UNKNOWN", another);
        define("EUR", 2);
        assertNoQuote("RATE_UNKNOWN", Code.FAILED_PRECONDITION, 409);
        done(Command.newBuilder().setSetRate(SetRate.newBuilder().setPostId(OnePost.POST).setMicroMadPerUnit(10_800_000)));
        assertQuote(1, 50_000, 4_650);
        done(Command.newBuilder().setSetTariff(SetTariff.newBuilder().setServiceId(OnePost.SERVICE).setVersion(3).setValidFromMs(1)));
        assertQuote(3, 0, 0);
    }

    @Test
    void givenADeskThatDoesNotServe_whenAVisitIsAskedThere_thenItIsRefusedUntilItServesAndAgainWhenItNoLongerDoes() throws Exception {
        OnePost.make(client, 1, 2);
        done(Command.newBuilder().setDefinePool(DefinePool.newBuilder().setPoolId(OTHER_DESK).setPostId(OnePost.POST).setCode("paris/2")));
        done(Command.newBuilder().setPublishDay(PublishDay.newBuilder().setPoolId(OTHER_DESK).setEpochDay(OnePost.FIRST_DAY)
                .setStartMs(OnePost.FIRST_DAY * 86_400_000L).setUnitCount(12).setAlignUnits(3)
                .addRuns(Run.newBuilder().setUnits(12).setCapacity(2))));
        final List<String> applications = OnePost.validated(client, 1, 2);
        final String elsewhere = client.execute(OnePost.hold(applications.get(0), 0, 0)).getReference();
        final String booked = client.execute(Command.newBuilder().setConfirm(Confirm.newBuilder().setHold(elsewhere)).build()).getReference();

        assertDoesNotServe(applications.get(1), booked);
        done(Command.newBuilder().setSetDeskService(SetDeskService.newBuilder().setDeskId(OTHER_DESK).setServiceId(OnePost.SERVICE).setServes(true)));
        final JsonObject held = post("/v1/holds", 201, new JsonObject().put("application", applications.get(1)).put("legs", legs()));
        assertThat(appointments.release(Release.newBuilder().setRequest(client.newRequest()).setHold(held.getString("hold")).build())
                .getPosition()).isGreaterThan(held.getLong("position"));
        done(Command.newBuilder().setSetDeskService(SetDeskService.newBuilder().setDeskId(OTHER_DESK).setServiceId(OnePost.SERVICE)));
        assertDoesNotServe(applications.get(1), booked);
    }

    private void assertDoesNotServe(final String application, final String appointment) throws Exception {
        assertRefused("DESK_DOES_NOT_SERVE", Code.FAILED_PRECONDITION, () -> appointments.hold(Hold.newBuilder().setRequest(client.newRequest())
                .setApplication(application).addLegs(OnePost.leg(0, 1).toBuilder().setDeskId(OTHER_DESK)).build()));
        assertProblem("DESK_DOES_NOT_SERVE", post("/v1/holds", 409, new JsonObject().put("application", application).put("legs", legs())));
        assertRefused("DESK_DOES_NOT_SERVE", Code.FAILED_PRECONDITION, () -> appointments.reschedule(Reschedule.newBuilder().setRequest(client.newRequest())
                .setAppointment(appointment).addLegs(OnePost.leg(0, 1).toBuilder().setDeskId(OTHER_DESK)).build()));
        assertProblem("DESK_DOES_NOT_SERVE", post("/v1/appointments/" + appointment + "/reschedule", 409, new JsonObject().put("legs", legs())));
        final int today = (int) (System.currentTimeMillis() / 86_400_000L);
        assertRefused("DESK_DOES_NOT_SERVE", Code.FAILED_PRECONDITION, () -> appointments.walkIn(WalkIn.newBuilder().setRequest(client.newRequest())
                .setDeskId(OTHER_DESK).setEpochDay(today).addLines(OnePost.line(9)).build()));
        assertProblem("DESK_DOES_NOT_SERVE", post("/v1/walk-ins", 409, new JsonObject().put("deskId", OTHER_DESK)
                .put("date", LocalDate.ofEpochDay(today).toString()).put("application", application).put("served", new JsonArray().add(0))));
    }

    private void define(final String currency, final int digits) {
        done(Command.newBuilder().setDefinePost(DefinePost.newBuilder().setPostId(OnePost.POST).setCode("paris").setCurrency(currency)
                .setMinorDigits(digits).setRoundToMinor(50)));
    }

    private void setTariff(final int version, final long validFromMs, final long centimes) {
        done(Command.newBuilder().setSetTariff(SetTariff.newBuilder().setServiceId(OnePost.SERVICE).setVersion(version).setValidFromMs(validFromMs)
                .addComponents(TariffComponent.newBuilder().setBeneficiary(Beneficiary.BENEFICIARY_STAMP).setAmountCentimes(centimes))));
    }

    private void done(final Command.Builder command) {
        final DoneReply reply = client.perform(command.build());
        assertThat(reply).as("%s", command).isInstanceOf(DoneReply.Done.class);
        position = ((DoneReply.Done) reply).position();
    }

    private QuoteRequest quote(final int quantity) {
        return QuoteRequest.newBuilder().setPostId(OnePost.POST).setServiceId(OnePost.SERVICE).setQuantity(quantity).setMinPosition(position).build();
    }

    /** By ids and by codes: these are looked up on another way. */
    private void assertNoQuote(final String reason, final Code code, final int status) throws Exception {
        assertRefused(reason, code, () -> stamps.quote(quote(1)));
        for (final String asked : List.of("?post=1&service=21", "?post=paris&service=passport")) {
            assertProblem(reason, get("/v1/quotes" + asked + "&minPosition=" + position, status));
        }
    }

    /** The core says the same of the command. */
    private void assertNoStamp(final String reason, final String application) throws Exception {
        final ErrorInfo refusal = GrpcFixture.errorInfo(catchThrowableOfType(StatusRuntimeException.class, () -> stamps.issueStamps(IssueStamps.newBuilder()
                .setRequest(client.newRequest()).setApplication(application).setLines(1).setPostId(OnePost.POST).build())));
        assertThat(refusal.getReason()).isEqualTo(reason);
        assertProblem(reason, post("/v1/applications/" + application + "/stamps", 409, stampsOf()));
    }

    private void assertQuote(final int quantity, final long centimes, final long localMinor) throws Exception {
        final QuoteReply reply = stamps.quote(quote(quantity));
        assertThat(reply.getAmountCentimes()).isEqualTo(centimes);
        assertThat(reply.getLocalMinor()).isEqualTo(localMinor);
        assertThat(reply.getPosition()).isGreaterThanOrEqualTo(position);
        final JsonObject told = get("/v1/quotes?post=paris&service=passport&quantity=" + quantity + "&minPosition=" + position, 200);
        assertThat(told).isEqualTo(new JsonObject().put("amountCentimes", centimes).put("localMinor", localMinor).put("currency", reply.getCurrency())
                .put("minorDigits", 2).put("microMadPerUnit", reply.getMicroMadPerUnit()).put("tariffVersion", reply.getTariffVersion())
                .put("position", told.getValue("position")));
        assertThat(reply.getCurrency()).isEqualTo("EUR");
        assertThat(reply.getMicroMadPerUnit()).isEqualTo(10_800_000);
        assertThat(reply.getTariffVersion()).isGreaterThanOrEqualTo(2);
    }

    private static void assertRefused(final String reason, final Code code, final ThrowingCallable call) {
        final StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(GrpcFixture.errorInfo(refusal).getReason()).isEqualTo(reason);
        assertThat(refusal.getStatus().getCode()).isEqualTo(code);
    }

    private static void assertProblem(final String reason, final JsonObject problem) {
        assertThat(problem.getString("result")).isEqualTo(reason);
        assertThat(problem.getString("type")).isEqualTo("urn:mawid:result:" + reason);
    }

    private static JsonObject stampsOf() {
        return new JsonObject().put("lines", new JsonArray().add(0)).put("postId", OnePost.POST);
    }

    private static JsonArray legs() {
        return new JsonArray().add(new JsonObject().put("deskId", OTHER_DESK).put("lines", new JsonArray().add(0)).put("date", DATE)
                .put("startUnit", OnePost.VISIT_UNITS).put("units", OnePost.VISIT_UNITS));
    }

    private JsonObject get(final String path, final int status) throws Exception {
        return send(request(path), status);
    }

    private JsonObject post(final String path, final int status, final JsonObject body) throws Exception {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.encode())), status);
    }

    private JsonObject send(final HttpRequest.Builder request, final int status) throws Exception {
        final HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as("%s: %s", response.request(), response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith(status < 300 ? "application/json" : "application/problem+json");
        return new JsonObject(response.body());
    }

    private HttpRequest.Builder request(final String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + path));
    }
}
