package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.testkit.OnePost;
import org.mawid.engine.Setting;
import org.mawid.grpc.AvailabilityServiceGrpc;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.ExplainQuery;
import org.mawid.grpc.ExplainedRequest;
import org.mawid.grpc.Explanation;
import org.mawid.grpc.Hold;
import org.mawid.grpc.InventoryServiceGrpc;
import org.mawid.grpc.ListChangesRequest;
import org.mawid.grpc.Release;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.ServiceNeed;

/** Much happens in one millisecond: each refusal is explained as it was when it was given, not as it was at the end of it. */
@Timeout(120)
class ExplainedRequestsTest extends LifeFixture {
    private static final String DATE = java.time.LocalDate.ofEpochDay(OnePost.FIRST_DAY).toString();

    @Override
    Map<String, String> settings() {
        return Map.of(Setting.SIMULATION.key(), "true");
    }

    /** Time stands still from now on. */
    @Override
    void open() {
        final Metadata header = new Metadata();
        header.put(SimulatedTime.KEY, Long.toString(System.currentTimeMillis()));
        InventoryServiceGrpc.newBlockingStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(header)).listChanges(ListChangesRequest.getDefaultInstance());
    }

    @Test
    void givenTwoRefusalsInOneMillisecond_whenEachIsExplained_thenEachIsToldWhoWasFirstThen() throws Exception {
        OnePost.open(client, 0, 1);
        OnePost.coolsNothing(client);
        final List<String> people = OnePost.validated(client, 1, 4);
        final CommandReply first = client.execute(OnePost.hold(people.get(0), 0, 1));
        final CommandReply early = refused(people.get(1), 1, Result.HELD_BY_OTHER);
        assertThat(client.execute(Command.newBuilder().setRelease(Release.newBuilder().setHold(first.getReference())).build()).getResult()).isEqualTo(Result.OK);
        final CommandReply second = client.execute(OnePost.hold(people.get(2), 0, 1));
        final CommandReply booked = client.execute(Command.newBuilder().setConfirm(Confirm.newBuilder().setHold(second.getReference())).build());
        final CommandReply late = refused(people.get(3), 2, Result.SOLD_OUT);
        assertThat(List.of(first.getNowMs(), booked.getNowMs(), late.getNowMs())).as("all of one millisecond").containsOnly(early.getNowMs());

        final JsonObject toTheEarly = explained(1, late);
        assertThat(toTheEarly.getLong("position")).isEqualTo(early.getPosition());
        assertThat(toTheEarly.getString("verdict")).isEqualTo("HELD_BY_OTHER");
        assertThat(toTheEarly.getJsonObject("request").getString("result")).isEqualTo("HELD_BY_OTHER");
        assertThat(toTheEarly.getJsonArray("firsts").getJsonObject(0).getLong("position")).isEqualTo(first.getPosition());
        final JsonObject toTheLate = explained(2, late);
        assertThat(toTheLate.getLong("position")).isEqualTo(late.getPosition());
        assertThat(toTheLate.getString("verdict")).isEqualTo("SOLD_OUT");
        assertThat(toTheLate.getJsonArray("firsts").getJsonObject(0).getLong("position")).isEqualTo(second.getPosition());
        assertThat(toTheLate.getJsonArray("firsts").getJsonObject(0).getLong("bookedPosition")).isEqualTo(booked.getPosition());

        final long wantedMs = toTheEarly.getLong("startMs");
        final Explanation overGrpc = explained(ofRequest(1, wantedMs).build());
        assertThat(overGrpc.getPosition()).as("the same over the other edge").isEqualTo(early.getPosition());
        assertThat(overGrpc.getVerdict()).isEqualTo(Result.HELD_BY_OTHER);
        assertThat(overGrpc.getRequest()).isEqualTo(ExplainedRequest.newBuilder().setCommand(Command.HOLD_FIELD_NUMBER).setResult(Result.HELD_BY_OTHER).setNowMs(early.getNowMs()).build());
        assertThat(explained(ofRequest(2, wantedMs).setPosition(early.getPosition()).setAtMs(1).build()).getPosition()).as("a request counts before all else").isEqualTo(late.getPosition());
        assertThat(explained(1, late, "&position=" + late.getPosition() + "&when=1999-01-01T00:00:00Z").getLong("position")).isEqualTo(early.getPosition());

        stop();
        serve();
        assertThat(explained(1, late).getLong("position")).as("after a start, too").isEqualTo(early.getPosition());
    }

    private CommandReply refused(final String application, final long id, final Result expected) {
        final Request request = client.newRequest().toBuilder().setIdHigh(7).setIdLow(id).build();
        final Hold hold = OnePost.hold(application, 0, 1).getHold().toBuilder().setRequest(request).build();
        final CommandReply reply = client.execute(Command.newBuilder().setHold(hold).build());
        assertThat(reply.getResult()).isEqualTo(expected);
        return reply;
    }

    private static ExplainQuery.Builder ofRequest(final long id, final long wantedMs) {
        return ExplainQuery.newBuilder().setDeskId(OnePost.DESK).setEpochDay(OnePost.FIRST_DAY).setStartMs(wantedMs).addServices(ServiceNeed.newBuilder().setServiceId(OnePost.SERVICE))
                .setRequestIdHigh(7).setRequestIdLow(id);
    }

    private Explanation explained(final ExplainQuery query) {
        return AvailabilityServiceGrpc.newBlockingStub(channel).explain(query);
    }

    private JsonObject explained(final long id, final CommandReply last) throws Exception {
        return explained(id, last, "");
    }

    private JsonObject explained(final long id, final CommandReply last, final String more) throws Exception {
        return get("/v1/desks/" + OnePost.DESK + "/days/" + DATE + "/explanation?services=passport&at=08:15&requestId=" + new UUID(7, id) + "&minPosition=" + last.getPosition() + more,
                200);
    }
}
