package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.sync.SyncRig;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.AddToChange;
import org.mawid.grpc.ApplyChange;
import org.mawid.grpc.BeginChange;
import org.mawid.grpc.Channel;
import org.mawid.grpc.CloseDays;
import org.mawid.grpc.Command;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.Hold;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.Quota;
import org.mawid.grpc.QuotaClass;
import org.mawid.grpc.ReopenDays;
import org.mawid.grpc.Run;
import org.mawid.grpc.SetCapacity;

/** What a day keeps for channels is in the post's folder, and counts there as the server counts it. */
@Timeout(600)
class SyncQuotasTest extends SyncFixture {
    private static final int DATE = OnePost.FIRST_DAY + 1;
    private static final long START_MS = DATE * 86_400_000L + 8 * 3_600_000L;
    private static final Quota TWO_FOR_THE_CALL_CENTRE = quota(QuotaClass.QUOTA_CLASS_CALL_CENTRE, 0, OnePost.UNITS, 2, 0);
    private static final Quota ONE_FOR_THE_COUNTER = quota(QuotaClass.QUOTA_CLASS_WALK_IN, 6, 30, 1, 0);

    @Test
    void givenADayThatKeepsPlacesForChannels_whenTheyAreTakenGivenBackMovedClosedAndSpill_thenTheFolderIsInStepAfterEach() throws Exception {
        final SyncRig step = rig("by step");
        final SyncRig atOnce = rig("at once");
        step.once(service.grpcPort());
        atOnce.once(service.grpcPort());

        publish(4, 0, TWO_FOR_THE_CALL_CENTRE, ONE_FOR_THE_COUNTER);
        inStep(step);
        assertThat(places(step, "open")).startsWith(2, 2).contains(1);
        assertThat(places(step, "withheld")).startsWith(2, 2).contains(3);
        assertThat(ofCallCentre(step).getJsonArray("left").getInteger(0)).isEqualTo(2);

        final String visit = byTheCallCentre();
        inStep(step);
        assertThat(ofCallCentre(step).getJsonArray("left").getInteger(0)).isEqualTo(1);
        assertThat(places(step, "withheld").get(0)).isEqualTo(1);

        done(Command.newBuilder().setSetCapacity(SetCapacity.newBuilder().setPoolId(OnePost.DESK).setEpochDay(DATE).setRun(Run.newBuilder().setUnits(12).setCapacity(6).setWithheld(1))));
        inStep(step);
        publish(5, 1, quota(QuotaClass.QUOTA_CLASS_CALL_CENTRE, 0, 40, 1, 0)); // fewer than before, one of which is taken
        inStep(step);
        assertThat(places(step, "withheld").get(0)).isEqualTo(1);
        staged(5, TWO_FOR_THE_CALL_CENTRE);
        inStep(step);
        cancel(visit);
        inStep(step);
        assertThat(ofCallCentre(step).getJsonArray("left").getInteger(0)).isEqualTo(2);

        done(Command.newBuilder().setCloseDays(CloseDays.newBuilder().setPostId(OnePost.POST).setCapacity(1).setFromMs(START_MS).setToMs(START_MS + 3_600_000L)));
        await().untilAsserted(() -> {
            inStep(step);
            assertThat(places(step, "open").get(0)).isZero();
        });
        done(Command.newBuilder().setReopenDays(ReopenDays.newBuilder().setClosureId(Long.parseLong(step.names("closures").get(0).replace(".json", "")))));
        inStep(step);

        publish(4, 0, quota(QuotaClass.QUOTA_CLASS_CALL_CENTRE, 0, 12, 2, System.currentTimeMillis() + 1_500), ONE_FOR_THE_COUNTER);
        byTheCallCentre();
        await().untilAsserted(() -> {
            inStep(step);
            assertThat(ofCallCentre(step).containsKey("spill")).isFalse();
        });
        assertThat(places(step, "open").get(0)).as("what was left is everybody's").isEqualTo(4);
        assertThat(ofCallCentre(step).getJsonArray("taken").getInteger(0)).isEqualTo(1);

        atOnce.once(service.grpcPort());
        assertThat(atOnce.kept()).isEqualTo(step.kept());
        final SyncRig fresh = rig("fresh");
        fresh.once(service.grpcPort());
        assertThat(fresh.kept()).isEqualTo(step.kept());
    }

    // ---- as the test says it

    private void inStep(final SyncRig rig) throws Exception {
        rig.once(service.grpcPort());
        assertInStep(rig);
    }

    private static Quota quota(final QuotaClass quotaClass, final int from, final int units, final int places, final long spillMs) {
        return Quota.newBuilder().setQuotaClass(quotaClass).setStartUnit(from).setUnits(units).setPlaces(places).setSpillMs(spillMs).build();
    }

    private void publish(final int capacity, final int withheld, final Quota... quotas) {
        done(Command.newBuilder().setPublishDay(PublishDay.newBuilder().setPoolId(OnePost.DESK).setEpochDay(DATE).setStartMs(START_MS).setUnitCount(OnePost.UNITS).setAlignUnits(3)
                .addRuns(Run.newBuilder().setUnits(OnePost.UNITS).setCapacity(capacity).setWithheld(withheld)).addAllQuotas(List.of(quotas))));
    }

    private void staged(final int capacity, final Quota... quotas) {
        final String change = done(Command.newBuilder().setBeginChange(BeginChange.newBuilder().setPostId(OnePost.POST))).getReference();
        done(Command.newBuilder().setAddToChange(AddToChange.newBuilder().setChange(change).setPoolId(OnePost.DESK).setEpochDay(DATE).setStartMs(START_MS).setUnitCount(OnePost.UNITS)
                .setAlignUnits(3).addRuns(Run.newBuilder().setUnits(OnePost.UNITS).setCapacity(capacity)).addAllQuotas(List.of(quotas))));
        final int version = client.openChanges(OnePost.POST, 0).getChanges(0).getCalendarVersion();
        done(Command.newBuilder().setApplyChange(ApplyChange.newBuilder().setChange(change).setExpectedVersion(version)));
    }

    /** The first visit of the day. @return the appointment's reference */
    private String byTheCallCentre() {
        final Hold.Builder hold = Hold.newBuilder().setRequest(client.newRequest().toBuilder().setChannel(Channel.CHANNEL_CALL_CENTRE)).setApplication(application(OnePost.POST)).addLegs(leg(DATE, 0));
        return done(Command.newBuilder().setConfirm(Confirm.newBuilder().setHold(done(Command.newBuilder().setHold(hold)).getReference()))).getReference();
    }

    private static JsonObject pool(final SyncRig rig) throws IOException {
        return new JsonObject(Files.readString(rig.folder.resolve("calendar").resolve(date(DATE) + ".json"))).getJsonObject("pools").getJsonObject(String.valueOf(OnePost.DESK));
    }

    private static JsonObject ofCallCentre(final SyncRig rig) throws IOException {
        return pool(rig).getJsonObject("kept").getJsonObject("CALL_CENTRE");
    }

    private static List<Integer> places(final SyncRig rig, final String list) throws IOException {
        final JsonArray places = pool(rig).getJsonArray(list);
        return places.stream().map(Integer.class::cast).toList();
    }
}
