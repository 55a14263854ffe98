package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.rpc.ErrorInfo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.fake.SseReader;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.PackedBatch;
import org.mawid.client.PackedReplies;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.LineState;
import org.mawid.grpc.RecordConsumption;
import org.mawid.grpc.RecordVisit;
import org.mawid.grpc.RecordVisitReply;
import org.mawid.grpc.RecordWalkIn;
import org.mawid.grpc.Result;
import org.mawid.grpc.StampState;
import org.mawid.grpc.WalkInReply;
import org.mawid.sbe.Channel;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.RecordConsumptionEncoder;

/** What a post recorded while its link was down is told in the evening, over either edge. */
@Timeout(120)
class RecordedOverEdgesTest extends LifeFixture {
    private static final AppointmentState SERVED = AppointmentState.APPOINTMENT_STATE_SERVED;
    /** By the post's clock. */
    private final long atMs = System.currentTimeMillis() - 60_000;

    @Test
    void givenVisitsThatWereRecorded_whenTold_thenWhoWasServedWasServedWhateverWasDecidedMeanwhile() throws Exception {
        final String kept = booked(1);
        final String cancelled = booked(2);
        final String gone = booked(3);
        for (final String appointment : List.of(cancelled, gone)) {
            post("/v1/appointments/" + appointment + "/cancel", 200, null);
        }
        try (SseReader stream = SseReader.open(edge("/v1/posts/paris/events"), null)) {
            final JsonObject served = post("/v1/appointments/" + kept + "/record", 200, visit("SERVED").put("fulfilled", List.of(0)).put("ticket", 31).put("counter", 4));
            assertThat(served.getString("appointment")).isEqualTo(kept);
            assertThat(served.getInteger("ticket")).isEqualTo(31);
            assertVisit(kept, served.getLong("position"), SERVED, false);
            // The other had been given back: a visit of its own.
            final RecordVisitReply own = appointments.recordVisit(recorded(cancelled).setState(SERVED).setFulfilled(1).setTicket(32).build());
            assertThat(own.getAppointment()).isNotEqualTo(cancelled);
            assertThat(own.getTicket()).isEqualTo(32);
            assertVisit(own.getAppointment(), own.getPosition(), SERVED, true);
            assertVisit(cancelled, own.getPosition(), AppointmentState.APPOINTMENT_STATE_CANCELLED, false);
            assertLine(read(cancelled, own.getPosition()).getApplication(), own.getPosition(), LineState.LINE_STATE_FULFILLED);
            // Nobody was served: it has gone on otherwise, and how is told.
            assertThat(post("/v1/appointments/" + gone + "/record", 409, visit("CHECKED_IN")).getMap()).containsEntry("result", "SUPERSEDED")
                    .containsEntry("appointmentState", "CANCELLED");
            final ErrorInfo superseded = refusal(() -> appointments.recordVisit(recorded(gone).setState(AppointmentState.APPOINTMENT_STATE_NO_SHOW).build()));
            assertThat(superseded.getReason()).isEqualTo("SUPERSEDED");
            assertThat(superseded.getMetadataMap()).containsEntry("appointmentState", Integer.toString(AppointmentState.APPOINTMENT_STATE_CANCELLED_VALUE));

            await().until(() -> stream.await(0).stream().filter(event -> event.event().equals("recordedOffline")).count() == 4);
            final List<JsonObject> told = stream.await(0).stream().filter(event -> event.event().equals("recordedOffline")).map(event -> new JsonObject(event.data())).toList();
            assertThat(told.get(0).getMap()).containsEntry("appointment", kept).containsEntry("asAppointment", kept).containsEntry("state", "SERVED").containsEntry("atMs", atMs);
            assertThat(told.get(1).getString("asAppointment")).isEqualTo(own.getAppointment());
            assertThat(told.get(2).getMap()).as("of nobody").doesNotContainKey("asAppointment");
        }
    }

    @Test
    void givenWhatCannotHaveBeenRecorded_whenTold_thenItIsRefused() throws Exception {
        final String appointment = booked(1);
        assertThat(refusal(() -> appointments.recordVisit(recorded(appointment).setState(SERVED).setFulfilled(0b10).build())).getReason()).isEqualTo("LINE_UNKNOWN");
        assertThat(refusal(() -> appointments.recordVisit(recorded(appointment).setState(AppointmentState.APPOINTMENT_STATE_CANCELLED).build())).getReason()).isEqualTo("OUT_OF_RANGE");
        assertThat(post("/v1/appointments/" + appointment + "/record", 422, visit("CHECKED_IN").put("fulfilled", List.of(0))).getString("result")).isEqualTo("OUT_OF_RANGE");
        assertThat(post("/v1/appointments/" + appointment + "/record", 409, visit("SERVED").put("atMs", atMs + 3_600_000)).getString("result")).isEqualTo("TOO_EARLY");
        assertThat(post("/v1/appointments/" + appointment + "/record", 409, visit("SERVED").put("atMs", atMs - 31 * 86_400_000L)).getString("result")).isEqualTo("REQUEST_TOO_OLD");
        assertThat(post("/v1/walk-ins/record", 404, new JsonObject().put("post", "oslo").put("atMs", atMs).put("lines", new JsonArray().add(line(2)))).getString("result"))
                .isEqualTo("POST_UNKNOWN");
        assertThat(post("/v1/walk-ins/record", 422, new JsonObject().put("post", "paris").put("atMs", atMs)).getString("result")).isEqualTo("OUT_OF_RANGE");
    }

    @Test
    void givenWhoCameUnannounced_whenTold_thenTheyWaitOrWereServedAndTakeNoRoom() throws Exception {
        final JsonObject came = post("/v1/walk-ins/record", 201, new JsonObject().put("post", "paris").put("atMs", atMs).put("ticket", 41).put("issueStamps", true)
                .put("lines", new JsonArray().add(line(1))));
        assertThat(came.getInteger("ticket")).isEqualTo(41);
        assertThat(came.getJsonArray("stamps")).hasSize(1);
        assertVisit(came.getString("appointment"), came.getLong("position"), AppointmentState.APPOINTMENT_STATE_CHECKED_IN, true);
        final WalkInReply served = appointments.recordWalkIn(RecordWalkIn.newBuilder().setRequest(client.newRequest()).setPostId(OnePost.POST).setAtMs(atMs).setFulfilled(1).setCounter(3)
                .addLines(OnePost.line(2)).setIssueStamps(true).build());
        assertThat(served.getStampsCount()).isEqualTo(1);
        assertVisit(served.getAppointment(), served.getPosition(), SERVED, true);
        // Of an application that had a visit: it came now instead.
        final String booked = booked(3);
        final String application = read(booked, 0).getApplication();
        final JsonObject instead = post("/v1/walk-ins/record", 201, new JsonObject().put("post", "1").put("atMs", atMs).put("application", application).put("lineSet", List.of(0))
                .put("fulfilled", List.of(0)));
        assertVisit(booked, instead.getLong("position"), AppointmentState.APPOINTMENT_STATE_CANCELLED, false);
        assertLine(application, instead.getLong("position"), LineState.LINE_STATE_FULFILLED);
    }

    @Test
    void givenStampsThatWereUsed_whenTold_thenTheyAreConsumedOrABreakSaysWhyTheyCannotBe() throws Exception {
        final String application = validated(1);
        final String paid = issued(application);
        post("/v1/applications/" + application + "/counter-receipts", 201, new JsonObject().put("stamps", List.of(paid)).put("postId", OnePost.POST).put("date", date)
                .put("amountMinor", 4_650).put("currency", "EUR"));
        final JsonObject use = new JsonObject().put("application", application).put("line", 0).put("postId", OnePost.POST).put("date", date).put("atMs", atMs);
        assertThat(post("/v1/stamps/" + paid + "/recorded-consumption", 403, use.copy().put("secret", "0000-0000-00000")).getString("result")).isEqualTo("SECRET_WRONG");
        final JsonObject used = post("/v1/stamps/" + paid + "/recorded-consumption", 200, use.copy().put("secret", secret(paid)));
        assertThat(used.getLong("amountCentimes")).isEqualTo(50_000);
        assertStamp(paid, used.getLong("position"), StampState.STAMP_STATE_CONSUMED);

        // At another counter, too, with the same stamp.
        final JsonObject twice = post("/v1/stamps/" + paid + "/recorded-consumption", 409, use.copy().put("secret", secret(paid)).put("atMs", atMs - 1_000));
        assertThat(twice.getMap()).containsEntry("result", "STAMP_ALREADY_CONSUMED").containsEntry("consumedPostId", OnePost.POST);
        assertBreak(twice.getString("break"), twice.getLong("position"), "CONSUMED_TWICE");
        final RecordConsumption again = RecordConsumption.newBuilder().setStamp(paid).setApplication(application).setPostId(OnePost.POST).setEpochDay(today).setAtMs(atMs - 1_000)
                .setSecret(secret(paid)).build();
        final ErrorInfo same = refusal(() -> stampCalls.recordConsumption(again.toBuilder().setRequest(client.newRequest()).build()));
        assertThat(same.getReason()).isEqualTo("STAMP_ALREADY_CONSUMED");
        assertThat(same.getMetadataMap()).containsEntry("break", twice.getString("break")).containsEntry("consumedPostId", "1");
        final CommandReply inABatch = client.execute(Command.newBuilder().setRecordConsumption(again).build());
        assertThat(inABatch.getResult()).isEqualTo(Result.STAMP_ALREADY_CONSUMED);
        assertThat(inABatch.getReference()).isEqualTo(twice.getString("break"));

        final PackedReplies packed = packed(paid, application, secret(paid));
        assertThat(packed.result(0)).isEqualTo(org.mawid.sbe.Result.STAMP_ALREADY_CONSUMED);
        assertThat(service.gateway().references().number(ReferenceKind.BREAK, packed.openedBreak(0)))
                .isEqualTo(service.gateway().references().number(ReferenceKind.BREAK, twice.getString("break")));
        assertThat(packed(paid, application, "0000-0000-00000").result(0)).isEqualTo(org.mawid.sbe.Result.SECRET_WRONG);

        final String other = validated(2);
        final String worthless = issued(other);
        post("/v1/stamps/" + worthless + "/void", 200, null);
        final JsonObject without = post("/v1/stamps/" + worthless + "/recorded-consumption", 409, use.copy().put("application", other).put("secret", secret(worthless)));
        assertThat(without.getString("result")).isEqualTo("STAMP_STATE");
        assertBreak(without.getString("break"), without.getLong("position"), "USED_WITHOUT_VALUE");
    }

    private void assertBreak(final String reference, final long position, final String type) throws Exception {
        final List<JsonObject> open = get("/v1/breaks?minPosition=" + position, 200).getJsonArray("breaks").stream().map(JsonObject.class::cast).toList();
        assertThat(open).filteredOn(one -> one.getString("break").equals(reference)).extracting(one -> one.getString("breakType")).containsExactly(type);
    }

    private String secret(final String stamp) {
        final References references = service.gateway().references();
        return references.secret().of(references.number(ReferenceKind.STAMP, stamp));
    }

    /** Of the first stamp, packed. */
    private PackedReplies packed(final String stamp, final String application, final String secret) {
        final PackedBatch batch = client.packedBatch(4_096);
        final RecordConsumptionEncoder use = new RecordConsumptionEncoder();
        use.wrapAndApplyHeader(batch.buffer(), batch.messageOffset(), new MessageHeaderEncoder());
        use.request().deadlineMs(0).idHigh(0).idLow(0).createdMs(0).sequence(0).actor(0).onBehalfOf(0).clientId(0).channel(Channel.COUNTER)
                .putReserved((short) 0, (short) 0, (short) 0);
        final References references = service.gateway().references();
        use.stampId(references.longForm(ReferenceKind.STAMP, references.number(ReferenceKind.STAMP, stamp)))
                .applicationId(references.longForm(ReferenceKind.APPLICATION, references.number(ReferenceKind.APPLICATION, application)))
                .atMs(atMs - 1_000).epochDay(today).postId(OnePost.POST).line((short) 0).secret(references.secret().value(secret));
        batch.commit(MessageHeaderEncoder.ENCODED_LENGTH + use.encodedLength());
        final PackedReplies replies = new PackedReplies();
        batch.send(replies);
        return replies;
    }

    private String booked(final long person) throws Exception {
        final CommandReply held = client.execute(Command.newBuilder().setHold(OnePost.hold(validated(person), 0, 0).getHold().toBuilder().setLegs(0,
                leg(SOON).toBuilder().setLines(1))).build());
        return client.execute(Command.newBuilder().setConfirm(Confirm.newBuilder().setHold(held.getReference())).build()).getReference();
    }

    private JsonObject visit(final String state) {
        return new JsonObject().put("atMs", atMs).put("state", state);
    }

    private RecordVisit.Builder recorded(final String appointment) {
        return RecordVisit.newBuilder().setRequest(client.newRequest()).setAppointment(appointment).setAtMs(atMs);
    }
}
