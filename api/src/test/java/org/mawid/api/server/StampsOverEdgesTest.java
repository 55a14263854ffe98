package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.Command;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.ConfirmReply;
import org.mawid.grpc.DefineService;
import org.mawid.grpc.Hold;
import org.mawid.grpc.HoldReply;
import org.mawid.grpc.IssueStamps;
import org.mawid.grpc.IssueStampsReply;
import org.mawid.grpc.LineState;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.SetDeskService;
import org.mawid.grpc.Stamp;
import org.mawid.grpc.StampState;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;

/** Stamps that come with the confirmation, or by a command of their own when the visit stands: the same over both edges. */
class StampsOverEdgesTest extends LifeFixture {
    private static final int TWO = 0b11;
    private static final int UNPRICED = 23;

    @Test
    void givenVisitsWithoutStamps_whenTheyAreIssuedAfterwards_thenThoseLinesHaveThemOnce() throws Exception {
        final String first = application(1);
        final String second = application(3);
        for (final String application : List.of(first, second)) {
            final ConfirmReply confirmed = appointments.confirm(Confirm.newBuilder().setRequest(client.newRequest()).setHold(held(application)).build());
            assertThat(confirmed.getStampsList()).isEmpty();
        }

        final JsonObject issued = post("/v1/applications/" + first + "/stamps", 201, new JsonObject().put("lines", List.of(0, 1)).put("postId", OnePost.POST));
        final IssueStampsReply issuedToo = stampCalls.issueStamps(issue(second, TWO));
        assertStamps(first, strings(issued.getJsonArray("stamps")), issuedToo.getPosition());
        assertStamps(second, issuedToo.getStampsList(), issuedToo.getPosition());

        assertThat(post("/v1/applications/" + first + "/stamps", 409, new JsonObject().put("lines", List.of(1)).put("postId", OnePost.POST)).getString("result"))
                .isEqualTo("STAMP_ALREADY_ISSUED");
        assertThat(refusal(() -> stampCalls.issueStamps(issue(second, 0b10))).getReason()).isEqualTo("STAMP_ALREADY_ISSUED");
    }

    @Test
    void givenHoldsWithoutStamps_whenConfirmedWithThem_thenAppointmentAndStampsAreOneAnswer() throws Exception {
        final String first = application(1);
        final String second = application(3);
        final JsonObject confirmed = post("/v1/holds/" + held(first) + "/confirm", 201, new JsonObject().put("issueStamps", true));
        final ConfirmReply confirmedToo = appointments.confirm(Confirm.newBuilder().setRequest(client.newRequest()).setHold(held(second)).setIssueStamps(true).build());
        assertThat(confirmed.getLong("startMs")).isEqualTo(startMs + SOON * UNIT_MS);
        final long position = confirmedToo.getPosition();
        assertVisit(confirmed.getString("appointment"), position, AppointmentState.APPOINTMENT_STATE_CONFIRMED, false);
        assertVisit(confirmedToo.getAppointment(), position, AppointmentState.APPOINTMENT_STATE_CONFIRMED, false);
        assertStamps(first, strings(confirmed.getJsonArray("stamps")), position);
        assertStamps(second, confirmedToo.getStampsList(), position);
        assertThat(assertLine(first, 1, position, LineState.LINE_STATE_VALIDATED).getAppointment()).isEqualTo(confirmed.getString("appointment"));
    }

    @Test
    void givenALineThatHasItsStamp_whenItsHoldIsConfirmedWithStamps_thenOnlyTheOtherLineGetsOne() throws Exception {
        final String first = application(1);
        final String second = application(3);
        final String early = post("/v1/applications/" + first + "/stamps", 201, new JsonObject().put("lines", List.of(1)).put("postId", OnePost.POST))
                .getJsonArray("stamps").getString(0);
        final String earlyToo = stampCalls.issueStamps(issue(second, 0b10)).getStamps(0);
        final JsonObject confirmed = post("/v1/holds/" + held(first) + "/confirm", 201, new JsonObject().put("issueStamps", true));
        final ConfirmReply confirmedToo = appointments.confirm(Confirm.newBuilder().setRequest(client.newRequest()).setHold(held(second)).setIssueStamps(true).build());
        assertThat(confirmed.getJsonArray("stamps")).hasSize(1);
        assertThat(confirmedToo.getStampsList()).hasSize(1);
        assertStamps(first, List.of(confirmed.getJsonArray("stamps").getString(0), early), confirmedToo.getPosition());
        assertStamps(second, List.of(confirmedToo.getStamps(0), earlyToo), confirmedToo.getPosition());
    }

    @Test
    void givenALineOfWhichNobodyKnowsThePrice_whenItsHoldIsConfirmedWithStamps_thenNeitherIsDoneAndTheHoldStays() throws Exception {
        OnePost.done(client, Command.newBuilder().setDefineService(DefineService.newBuilder().setServiceId(UNPRICED).setCode("unpriced").setDurationMinutes(15)
                .setValidationRequired(true).setAppointmentRequired(true).setQuantityMax(2)));
        OnePost.done(client, Command.newBuilder().setSetDeskService(SetDeskService.newBuilder().setDeskId(OnePost.DESK).setServiceId(UNPRICED).setServes(true)));
        final String application = application(1, UNPRICED);
        final String hold = held(application);
        assertThat(post("/v1/holds/" + hold + "/confirm", 409, new JsonObject().put("issueStamps", true)).getString("result")).isEqualTo("TARIFF_UNKNOWN");
        assertThat(refusal(() -> appointments.confirm(Confirm.newBuilder().setRequest(client.newRequest()).setHold(hold).setIssueStamps(true).build())).getReason())
                .isEqualTo("TARIFF_UNKNOWN");
        final ConfirmReply confirmed = appointments.confirm(Confirm.newBuilder().setRequest(client.newRequest()).setHold(hold).build());
        for (int line = 0; line < 2; line++) {
            assertThat(assertLine(application, line, confirmed.getPosition(), LineState.LINE_STATE_VALIDATED).getStamp()).as("all or nothing").isEmpty();
        }
    }

    private String application(final long person) {
        return application(person, OnePost.SERVICE);
    }

    /** Of two persons, the second with two of what is asked for, validated. */
    private String application(final long person, final int second) {
        final NewLine twice = OnePost.line(person + 1).toBuilder().setServiceId(second).setQuantity(2).build();
        final String application = applications.submitApplication(SubmitApplication.newBuilder().setRequest(client.newRequest()).setPostId(OnePost.POST)
                .addLines(OnePost.line(person)).addLines(twice).build()).getApplication();
        applications.validateLines(ValidateLines.newBuilder().setRequest(client.newRequest()).setApplication(application).setLines(TWO).build());
        return application;
    }

    private String held(final String application) {
        final HoldReply held = appointments.hold(Hold.newBuilder().setRequest(client.newRequest()).setApplication(application)
                .addLegs(leg(SOON).toBuilder().setLines(TWO).setUnits(2 * OnePost.VISIT_UNITS)).build());
        assertThat(held.getStampsList()).isEmpty();
        return held.getHold();
    }

    private IssueStamps issue(final String application, final int lines) {
        return IssueStamps.newBuilder().setRequest(client.newRequest()).setApplication(application).setLines(lines).setPostId(OnePost.POST).build();
    }

    /** In order of line, each with what its line costs, and each line knows its own. */
    private void assertStamps(final String application, final List<String> stamps, final long position) throws Exception {
        assertThat(stamps).hasSize(2).doesNotHaveDuplicates().allMatch(stamp -> stamp.length() == 16);
        final JsonArray lines = get("/v1/applications/" + application + "?minPosition=" + position, 200).getJsonArray("lines");
        for (int line = 0; line < 2; line++) {
            final String reference = stamps.get(line);
            assertStamp(reference, position, StampState.STAMP_STATE_ISSUED);
            assertThat(lines.getJsonObject(line).getString("stamp")).isEqualTo(reference);
            assertThat(assertLine(application, line, position, LineState.LINE_STATE_VALIDATED).getStamp()).isEqualTo(reference);
            final Stamp stamp = client.stamp(reference, position).orElseThrow();
            assertThat(stamp.getApplication()).isEqualTo(application);
            assertThat(stamp.getLine()).isEqualTo(line);
            assertThat(stamp.getAmountCentimes()).isEqualTo(50_000 * (1 + line));
            assertThat(get("/v1/stamps/" + reference, 200).getLong("amountCentimes")).isEqualTo(stamp.getAmountCentimes());
        }
    }
}
