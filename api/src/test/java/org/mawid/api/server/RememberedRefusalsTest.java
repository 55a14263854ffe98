package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
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
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.Command;
import org.mawid.grpc.Hold;
import org.mawid.grpc.Release;
import org.mawid.grpc.SetRules;

/** What is refused for good under its key is not said to be worth repeating, at no edge; with a new key it passes when there is room, or time has come. */
@Timeout(120)
class RememberedRefusalsTest extends ServiceFixture {
    private String application;
    private JsonObject submit;
    private JsonObject hold;

    @BeforeEach
    void oneOfEach() {
        OnePost.make(client, 1, 10);
        final List<String> applications = OnePost.validated(client, 1, 2);
        client.execute(OnePost.hold(applications.get(0), 0, 0));
        application = applications.get(1);
        submit = new JsonObject().put("postId", OnePost.POST).put("lines", new JsonArray()
                .add(new JsonObject().put("personKey", "00000000000004d2").put("serviceId", OnePost.SERVICE)));
        hold = new JsonObject().put("application", application).put("legs", new JsonArray().add(new JsonObject().put("deskId", OnePost.DESK)
                .put("lines", new JsonArray().add(0)).put("date", LocalDate.ofEpochDay(OnePost.FIRST_DAY).toString())
                .put("startUnit", OnePost.VISIT_UNITS).put("units", OnePost.VISIT_UNITS)));
    }

    @Test
    void givenATableThatIsFull_whenTheSameRequestComesAgain_thenRefusedForGoodUntilItComesWithANewKey() throws Exception {
        assertFull("APPLICATIONS_FULL", rules -> rules.setMaxApplications(2), "/v1/applications", submit);
        assertFull("LINES_FULL", rules -> rules.setMaxLines(3), "/v1/applications", submitFor("00000000000004d3"));
        assertFull("PERSONS_FULL", rules -> rules.setMaxPersons(4), "/v1/applications", submitFor("00000000000004d4"));
        assertFull("HOLDS_FULL", rules -> rules.setMaxHolds(1), "/v1/holds", hold);
        client.perform(Command.newBuilder().setRelease(Release.newBuilder().setHold(lastHold)).build());
        assertFull("LEGS_FULL", rules -> rules.setMaxLegs(1), "/v1/holds", hold);
    }

    @Test
    void givenABudgetThatIsSpent_whenTheSameRequestComesAgain_thenBothEdgesTellWhenANewOneMayPassAndNotToRepeatThis() throws Exception {
        set(rules -> rules.setHoldBudget(1));
        final HttpResponse<String> held = post("/v1/holds", hold, UUID.randomUUID());
        client.perform(Command.newBuilder().setRelease(Release.newBuilder().setHold(new JsonObject(held.body()).getString("hold"))).build());
        final UUID key = UUID.randomUUID();
        final JsonObject first = refused("/v1/holds", hold, key, 429, "HOLD_BUDGET_SPENT");
        assertThat(first.getLong("retryAtMs")).isGreaterThan(System.currentTimeMillis());
        assertThat(first.getString("detail")).contains("new request id");
        assertThat(refused("/v1/holds", hold, key, 429, "HOLD_BUDGET_SPENT").getLong("retryAtMs")).isEqualTo(first.getLong("retryAtMs"));

        final StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, () -> AppointmentServiceGrpc.newBlockingStub(channel)
                .hold(Hold.newBuilder().setRequest(client.newRequest()).setApplication(application).addLegs(OnePost.leg(0, 1)).build()));
        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(GrpcFixture.errorInfo(refusal).getMetadataMap()).containsEntry("atMs", Long.toString(first.getLong("retryAtMs")));
        assertThat(GrpcFixture.retryInfo(refusal)).isNull();
    }

    private String lastHold;
    /** Position of the last change of rules: read before that, they are the ones before it. */
    private long lastSet;

    private void assertFull(final String result, final UnaryOperator<SetRules.Builder> bound, final String path, final JsonObject body) throws Exception {
        final SetRules before = client.rules(lastSet).getRules();
        set(bound);
        final UUID key = UUID.randomUUID();
        assertThat(refused(path, body, key, 507, result).getBoolean("repeatedAnswer")).isFalse();
        set(rules -> before.toBuilder());
        assertThat(refused(path, body, key, 507, result).getBoolean("repeatedAnswer")).as("although there is room").isTrue();
        final HttpResponse<String> done = post(path, body, UUID.randomUUID());
        assertThat(done.statusCode()).as(done.body()).isEqualTo(201);
        lastHold = new JsonObject(done.body()).getString("hold");
    }

    private JsonObject refused(final String path, final JsonObject body, final UUID key, final int status, final String result) throws Exception {
        final HttpResponse<String> response = post(path, body, key);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Retry-After")).as(result).isEmpty();
        final JsonObject problem = new JsonObject(response.body());
        assertThat(problem.getString("result")).isEqualTo(result);
        assertThat(problem.getLong("position")).as("it took a position").isPositive();
        return problem;
    }

    private HttpResponse<String> post(final String path, final JsonObject body, final UUID key) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + path)).header("Content-Type", "application/json")
                .header("Idempotency-Key", key.toString()).POST(BodyPublishers.ofString(body.encode())).build(), BodyHandlers.ofString());
    }

    private JsonObject submitFor(final String person) {
        final JsonObject other = submit.copy();
        other.getJsonArray("lines").getJsonObject(0).put("personKey", person);
        return other;
    }

    private void set(final UnaryOperator<SetRules.Builder> change) {
        lastSet = OnePost.done(client, Command.newBuilder().setSetRules(change.apply(client.rules(lastSet).getRules().toBuilder())));
    }
}
