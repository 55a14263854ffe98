package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.client.DoneReply;
import org.mawid.grpc.CatalogueServiceGrpc;
import org.mawid.grpc.Command;
import org.mawid.grpc.GetRulesRequest;
import org.mawid.grpc.Result;
import org.mawid.grpc.SetRules;

/** Whoever changes one rule reads the others first, over either edge, and puts them back as they were. */
@Timeout(120)
class RulesOverEdgesTest extends ServiceFixture {
    private static final long DAY_MS = 86_400_000;

    private static final SetRules DEFAULTS = SetRules.newBuilder().setHoldTtlMs(600_000).setHoldBudgetRefillMs(600_000).setValidationTtlMs(90 * DAY_MS)
            .setRememberMs(DAY_MS).setCreatedSkewMs(60_000).setCheckInEarlyMs(DAY_MS / 6).setNoShowGraceMs(900_000).setRetainMs(30 * DAY_MS)
            .setMaxApplications(12_000_000).setMaxLines(24_000_000).setMaxPersons(12_000_000).setMaxAppointments(12_000_000).setMaxHolds(2_000_000)
            .setMaxLegs(24_000_000).setMaxStamps(24_000_000).setMaxDays(1_000_000).setMaxRequests(4_194_304).setMaxClients(65_536).setMaxChanges(4_096)
            .setHorizonDays(420).setExpiredPerTick(16).setHoldsPerPerson(2).setHoldBudget(8).setOpenLinesPerPerson(16).setReschedulesPerAppointment(3).build();

    /** No two alike, none as before. */
    private static final SetRules OTHERS = SetRules.newBuilder().setHoldTtlMs(300_001).setHoldBudgetRefillMs(300_002).setValidationTtlMs(60 * DAY_MS)
            .setRememberMs(DAY_MS + 3).setCreatedSkewMs(4).setCheckInEarlyMs(5).setNoShowGraceMs(6).setRetainMs(40 * DAY_MS)
            .setMaxApplications(1_001).setMaxLines(1_002).setMaxPersons(1_003).setMaxAppointments(1_004).setMaxHolds(1_005)
            .setMaxLegs(1_006).setMaxStamps(1_007).setMaxDays(1_008).setMaxRequests(1_009).setMaxClients(1_010).setMaxChanges(1_011)
            .setHorizonDays(411).setExpiredPerTick(17).setHoldsPerPerson(7).setHoldBudget(9).setOpenLinesPerPerson(18).setReschedulesPerAppointment(0).build();

    @Test
    void givenNoRulesWereSet_whenRead_thenTheDefaultsAndAfterTheyWereSetEachAsItWasSetAlsoAfterARestart() throws Exception {
        assertRead(DEFAULTS, 0);
        final long position = set(OTHERS);
        assertRead(OTHERS, position);
        assertThat(client.perform(Command.newBuilder().setSetRules(OTHERS.toBuilder().setHoldTtlMs(1)).build()))
                .as("what is refused changes nothing").isEqualTo(new DoneReply.Refused(Result.RULES_INVALID, 0));
        assertRead(OTHERS, position);
        stop();
        start();
        assertRead(OTHERS, position);
        service.engine().requestSnapshot();
        await().until(() -> service.engine().status().snapshotPosition() >= position);
        stop();
        start();
        assertRead(OTHERS, position);
    }

    @Test
    void givenAColleaguesRules_whenOneIsChangedInWhatWasReadAndPutBack_thenTheOthersStay() throws Exception {
        final JsonObject read = read(set(OTHERS)).getJsonObject("rules");
        final HttpResponse<String> put = http.send(HttpRequest.newBuilder(edge("/v1/rules")).header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(read.put("holdTtlMs", 120_000).encode())).build(), BodyHandlers.ofString());
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        final SetRules changed = OTHERS.toBuilder().setHoldTtlMs(120_000).build();
        assertRead(changed, new JsonObject(put.body()).getLong("position"));

        final long position = set(client.rules(0).getRules().toBuilder().setHoldsPerPerson(3).build());
        assertRead(changed.toBuilder().setHoldsPerPerson(3).build(), position);
    }

    @Test
    void givenAPositionThatIsNotThere_whenReadAtIt_thenTheReadSideIsBehind() throws Exception {
        final HttpResponse<String> response = http.send(HttpRequest.newBuilder(edge("/v1/rules?minPosition=1000000")).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(response.body()).getString("result")).isEqualTo("READ_MODEL_BEHIND");
    }

    @Test
    void givenLimitsAtTheEdgesOfTheirRange_whenSet_thenInForceAndBeyondThemRefused() {
        final SetRules before = client.rules(0).getRules();
        for (final FieldDescriptor field : SetRules.getDescriptor().getFields()) {
            if (field.getName().startsWith("max_")) {
                for (final int beyond : new int[] {0, 100_000_001}) {
                    assertThat(client.perform(Command.newBuilder().setSetRules(before.toBuilder().setField(field, beyond)).build()))
                            .as("%s %s", field, beyond).isEqualTo(new DoneReply.Refused(Result.RULES_INVALID, 0));
                }
                for (final int edge : new int[] {1, 100_000_000}) {
                    final SetRules changed = before.toBuilder().setField(field, edge).build();
                    assertThat(client.rules(set(changed)).getRules()).isEqualTo(changed);
                }
            }
        }
    }

    private long set(final SetRules rules) {
        final DoneReply reply = client.perform(Command.newBuilder().setSetRules(rules).build());
        assertThat(reply).isInstanceOf(DoneReply.Done.class);
        return ((DoneReply.Done) reply).position();
    }

    private void assertRead(final SetRules rules, final long position) throws Exception {
        assertThat(client.rules(position).getRules()).isEqualTo(rules);
        final var reply = CatalogueServiceGrpc.newBlockingStub(channel).getRules(GetRulesRequest.newBuilder().setMinPosition(position).build());
        assertThat(reply.getRules()).isEqualTo(rules);
        assertThat(reply.getPosition()).isGreaterThanOrEqualTo(position);
        final JsonObject json = read(position);
        assertThat(json.getLong("position")).isGreaterThanOrEqualTo(position);
        final JsonObject told = json.getJsonObject("rules");
        assertThat(told.getLong("validationTtlMs")).isEqualTo(rules.getValidationTtlMs());
        assertThat(told.getInteger("maxChanges")).isEqualTo(rules.getMaxChanges());
        assertThat(told.getInteger("reschedulesPerAppointment")).as("also when it is 0").isEqualTo(rules.getReschedulesPerAppointment());
        assertThat(told.size()).as("all but the request").isEqualTo(SetRules.getDescriptor().getFields().size() - 1);
    }

    private JsonObject read(final long position) throws Exception {
        final HttpResponse<String> response = http.send(HttpRequest.newBuilder(edge("/v1/rules?minPosition=" + position)).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new JsonObject(response.body());
    }

    private URI edge(final String path) {
        return URI.create("http://127.0.0.1:" + service.httpPort() + path);
    }
}
