package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mawid.api.testkit.OnePost;
import org.mawid.engine.Setting;
import org.mawid.grpc.Appointment;
import org.mawid.grpc.AppointmentServiceGrpc.AppointmentServiceBlockingStub;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.ConfirmReply;
import org.mawid.grpc.Done;
import org.mawid.grpc.Hold;
import org.mawid.grpc.InventoryServiceGrpc;
import org.mawid.grpc.LineState;
import org.mawid.grpc.ListChangesRequest;
import org.mawid.grpc.MarkNoShow;
import org.mawid.grpc.StampState;

/** Who has an appointment and does not come is missing when the grace after its start is over, and not a millisecond before: time is told. */
class MissingOverEdgesTest extends LifeFixture {
    @Override
    Map<String, String> settings() {
        return Map.of(Setting.SIMULATION.key(), "true");
    }

    @Override
    void open() {
        advanceTo(System.currentTimeMillis());
    }

    @Test
    void givenAConfirmedVisit_whenTheGraceIsOver_thenMissingOverBothEdgesAndFreeForAnother() throws Exception {
        final long graceMs = client.rules(0).getRules().getNoShowGraceMs();
        assertThat(graceMs).as("as nobody has changed it").isEqualTo(15 * 60_000);
        final long visitMs = startMs + SOON * UNIT_MS;
        final String[] asked = OnePost.validated(client, 1, 2).toArray(String[]::new);
        final ConfirmReply first = confirmed(asked[0]);
        final ConfirmReply second = confirmed(asked[1]);
        assertThat(first.getStartMs()).isEqualTo(visitMs);

        advanceTo(visitMs);
        final JsonObject early = post("/v1/appointments/" + first.getAppointment() + "/no-show", 409, null);
        assertThat(early.getString("result")).isEqualTo("TOO_EARLY");
        assertThat(early.getLong("availableFromMs")).isEqualTo(visitMs + graceMs);
        final ErrorInfo earlyToo = refusal(() -> at(visitMs + graceMs - 1).markNoShow(noShow(second)));
        assertThat(earlyToo.getReason()).isEqualTo("TOO_EARLY");
        assertThat(earlyToo.getMetadataMap()).containsEntry("atMs", Long.toString(visitMs + graceMs));

        advanceTo(visitMs + graceMs);
        post("/v1/appointments/" + first.getAppointment() + "/no-show", 200, null);
        final Done missing = appointments.markNoShow(noShow(second));
        for (final ConfirmReply confirmed : new ConfirmReply[] {first, second}) {
            final Appointment visit = assertVisit(confirmed.getAppointment(), missing.getPosition(), AppointmentState.APPOINTMENT_STATE_NO_SHOW, false);
            assertThat(visit.getTicket()).as("never came").isZero();
            assertThat(visit.getChangedMs()).isEqualTo(visitMs + graceMs);
            assertThat(assertLine(visit.getApplication(), missing.getPosition(), LineState.LINE_STATE_VALIDATED).getAppointment()).isEmpty();
            assertStamp(confirmed.getStamps(0), missing.getPosition(), StampState.STAMP_STATE_ISSUED);
        }
        assertThat(post("/v1/appointments/" + first.getAppointment() + "/no-show", 409, null).getString("result")).isEqualTo("APPOINTMENT_STATE");
        assertThat(appointments.hold(hold(asked[0], LATER)).getUntilMs()).as("another visit with the same line").isGreaterThan(visitMs);
    }

    private ConfirmReply confirmed(final String application) {
        final String hold = appointments.hold(hold(application, SOON)).getHold();
        return appointments.confirm(Confirm.newBuilder().setRequest(client.newRequest()).setHold(hold).setIssueStamps(true).build());
    }

    private Hold hold(final String application, final int startUnit) {
        return Hold.newBuilder().setRequest(client.newRequest()).setApplication(application).addLegs(leg(startUnit).toBuilder().setLines(1)).build();
    }

    private MarkNoShow noShow(final ConfirmReply confirmed) {
        return MarkNoShow.newBuilder().setRequest(client.newRequest()).setAppointment(confirmed.getAppointment()).build();
    }

    private AppointmentServiceBlockingStub at(final long nowMs) {
        return appointments.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(header(nowMs)));
    }

    /** Any call tells it. */
    private void advanceTo(final long nowMs) {
        InventoryServiceGrpc.newBlockingStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(header(nowMs)))
                .listChanges(ListChangesRequest.getDefaultInstance());
    }

    private static Metadata header(final long nowMs) {
        final Metadata header = new Metadata();
        header.put(SimulatedTime.KEY, Long.toString(nowMs));
        return header;
    }
}
